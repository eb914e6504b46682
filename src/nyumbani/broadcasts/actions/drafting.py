"""Words to many are drafted: what is said, in which languages, to whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor, viewer_for
from nyumbani.audit.actions import record
from nyumbani.broadcasts.models import Broadcast, BroadcastWords, Recipient
from nyumbani.broadcasts.queries.aims import people_meant
from nyumbani.broadcasts.terms import Aim, State
from nyumbani.cases.queries import OpenedCase
from nyumbani.inbox.queries.library import Kept
from nyumbani.kit import clock, ids
from nyumbani.vault import terms


@dataclass(frozen=True, slots=True)
class Draft:
    """What the writer filled in."""

    subject: str
    aim: Aim
    value: str  # parts, days or a language's code
    words: Mapping[str, str]  # by language
    fallback: str
    patience: int  # minutes
    case: OpenedCase | None = None
    template: Kept | None = None  # for whom the platform's day is over


@transaction.atomic
def draft(*, given: Draft, by: Actor) -> Broadcast:
    """Keep words to many, and to whom they would go now; nothing leaves."""
    broadcast_id = ids.new()
    record(by=by, verb="broadcast.drafted", about=f"broadcast:{broadcast_id}")
    row = Broadcast(
        id=broadcast_id, seal_scope=given.case.seal_scope if given.case else terms.HOUSE,
        case=given.case, aim=given.aim, aim_value=given.value, subject=given.subject,
        fallback=given.fallback, template=given.template, patience=given.patience,
        made_at=clock.now(), made_by_id=by.staff_id,
    )  # fmt: skip
    row.save(force_insert=True)
    _keep_words(row, given.words)
    _keep_recipients(row, by)
    return row


@transaction.atomic
def redraft(*, broadcast: Broadcast, given: Draft, by: Actor) -> Broadcast:
    """Change words that have not been sent; who is meant is found anew."""
    record(by=by, verb="broadcast.redrafted", about=f"broadcast:{broadcast.pk}")
    row = Broadcast.objects.select_for_update().get(pk=broadcast.pk)
    if row.state != State.DRAFT:
        return row
    row.subject, row.fallback, row.patience = given.subject, given.fallback, given.patience
    row.aim_value, row.template = given.value, given.template
    row.save(update_fields=["subject", "fallback", "patience", "aim_value", "template"])
    BroadcastWords.objects.filter(broadcast=row).delete()
    Recipient.objects.filter(broadcast=row).delete()
    _keep_words(row, given.words)
    _keep_recipients(row, by)
    return row


def _keep_words(row: Broadcast, words: Mapping[str, str]) -> None:
    for language, text in words.items():
        kept = BroadcastWords(
            seal_scope=row.seal_scope, broadcast=row, language=language, text=text.strip()
        )
        kept.save(force_insert=True)


def _keep_recipients(row: Broadcast, by: Actor) -> None:
    viewer = viewer_for(Staff.objects.get(pk=by.staff_id))
    meant = people_meant(viewer, Aim(row.aim), row.aim_value, row.case)
    for person, thread in meant:
        kept = Recipient(
            seal_scope=person.seal_scope, broadcast=row, person=person, conversation=thread
        )
        kept.save(force_insert=True)
