"""Reading words to many: every read begins with who looks, and shows only whom they may know."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.broadcasts.guard import instead, letters_to, twice, words_instead, would_go
from nyumbani.broadcasts.models import Broadcast, BroadcastWords, Recipient
from nyumbani.broadcasts.permissions import broadcasts_joined_by, broadcasts_open_to
from nyumbani.broadcasts.terms import Step
from nyumbani.cases.permissions import people_open_to
from nyumbani.cases.queries import OpenedCase
from nyumbani.cases.terms import OnlyLooks
from nyumbani.domain.answers import Answer
from nyumbani.domain.safe_words import Hit, weigh
from nyumbani.domain.to_many import Chosen, Outlook, language_for, outlook
from nyumbani.inbox.queries.library import Words
from nyumbani.inbox.queries.wording import allowance_of, words_about
from nyumbani.inbox.terms import WITHDRAWN
from nyumbani.kit import clock
from nyumbani.people import queries as people
from nyumbani.people.agreed import agreed_with
from nyumbani.people.queries import Called

ToMany: TypeAlias = Broadcast


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of the words to one person, were they sent now."""

    recipient: Recipient
    called: Called
    chosen: Chosen
    outlook: Outlook
    answer: Answer
    until: dt.datetime | None
    zone: dt.tzinfo | None  # hers, if one was agreed on
    template: Words | None = None  # what she gets in the place of the words

    @property
    def her_until(self) -> str:
        """Until when it is held, by her clock; empty where it is not, or her zone is not known."""
        known = self.until is not None and self.zone is not None
        return f"{self.until.astimezone(self.zone):%H:%M}" if known and self.until else ""


def broadcasts(viewer: Viewer) -> QuerySet[Broadcast]:
    """Words to many that the viewer may see, the newest first."""
    found = Broadcast.objects.filter(broadcasts_open_to(viewer))
    return found.select_related("case", "made_by", "begun_by", "stopped_by")


def broadcast(viewer: Viewer, broadcast_id: str) -> Broadcast | None:
    """One of them."""
    return broadcasts(viewer).filter(pk=broadcast_id).first()


def broadcast_to_work_on(viewer: Viewer, broadcast_id: str) -> Broadcast | None:
    """One of them, to change, send or stop it; None if the viewer may not.

    Raises OnlyLooks for whoever sees its case through broken glass.
    """
    found = broadcast(viewer, broadcast_id)
    if found is None or not viewer.may_send:
        return None
    if not may_work_on(viewer, found):
        raise OnlyLooks
    return found


def may_work_on(viewer: Viewer, row: Broadcast) -> bool:
    """Whether the viewer may send, stop and change it."""
    return Broadcast.objects.filter(broadcasts_joined_by(viewer), pk=row.pk).exists()


def broadcasts_of(viewer: Viewer, case: OpenedCase) -> QuerySet[Broadcast]:
    """... of which those to the people of a case."""
    return broadcasts(viewer).filter(case=case)


def words_of(viewer: Viewer, row: Broadcast) -> dict[str, str]:
    """What is said, by language."""
    found = BroadcastWords.objects.filter(broadcast__in=broadcasts(viewer).filter(pk=row.pk))
    return {one.language: str(one.text) for one in found}


def recipients(viewer: Viewer, row: Broadcast) -> list[Recipient]:
    """To whom it goes, as far as the viewer may know of them."""
    found = Recipient.objects.filter(
        people_open_to(viewer, "person"), broadcast__in=broadcasts(viewer).filter(pk=row.pk)
    )
    return list(found.select_related("person", "conversation").order_by("id"))


def kept_back(viewer: Viewer, row: Broadcast) -> int:
    """How many letters a stop kept back, to people the viewer may know of."""
    found = recipients(viewer, row)
    newest = [one for attempts in letters_to(found).values() for one in attempts]
    not_written = sum(one.step == Step.WITHDRAWN for one in found)
    return not_written + sum(one.why == WITHDRAWN for one in newest)


def recipient(viewer: Viewer, recipient_id: str) -> Recipient | None:
    """One recipient, if the viewer may know of her and of what is sent."""
    found = Recipient.objects.filter(
        people_open_to(viewer, "person"), broadcast__in=broadcasts(viewer), pk=recipient_id
    )
    return found.select_related("person", "conversation", "broadcast").first()


def foreseen(viewer: Viewer, row: Broadcast) -> list[Foreseen]:
    """What would become of it now, person by person; nothing is sent."""
    found, said, now = recipients(viewer, row), words_of(viewer, row), clock.now()
    called, doubled = people.names_of(viewer, [one.person for one in found]), twice(found)
    return [
        _foreseen(one, called[one.person_id], row, said, now, is_twice=one.pk in doubled)
        for one in found
    ]


def hits_in(viewer: Viewer, row: Broadcast) -> dict[str, tuple[Hit, ...]]:
    """Which words could betray somebody, by language; only what every rule allows may stand.

    The template's too: what was written at the platform instead of here was weighed by nobody.
    """
    hers = [one.person for one in recipients(viewer, row)]
    house, allowed = words_about(viewer, hers), allowance_of(viewer, hers)
    said = [*words_of(viewer, row).items()]
    said += [(code, one.body) for code, one in words_instead(row).items()]
    found: dict[str, tuple[Hit, ...]] = {}
    for code, text in said:
        found[code] = (*found.get(code, ()), *weigh(text, house, allowed))
    return {code: hits for code, hits in found.items() if hits}


def _foreseen(
    one: Recipient, called: Called, row: Broadcast, said: Mapping[str, str], now: dt.datetime, *,
    is_twice: bool,
) -> Foreseen:  # fmt: skip
    chosen = language_for(one.person.languages, said.keys(), row.fallback)
    goes = would_go(one.conversation, said.get(chosen.language, ""), now)
    template = instead(row, one.person) if goes.answer.why == "window_closed" else None
    if template is not None:
        goes = would_go(one.conversation, "", now, template=template)
    answer = Answer.no("twice") if is_twice else goes.answer
    agreed = agreed_with(one.person_id)
    zone = agreed.rule.zone if agreed.agreed_at else None
    return Foreseen(
        one, called, chosen, outlook(answer, goes.until), answer, goes.until, zone, template
    )
