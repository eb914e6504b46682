"""Whose an item is, and what happens when a number or id changes hands."""

import datetime as dt
import re
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_noop

from nyumbani.audit.actions import record
from nyumbani.domain.identity import Key, renamed, whose
from nyumbani.inbox.actions.page import CannotPlace, Page, keys, reach
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import InboundEvent
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.terms import NAMING_TRIES
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer
from nyumbani.people import actions as people
from nyumbani.people.models.names import PersonName
from nyumbani.people.models.persons import Person
from nyumbani.people.queries import Reach, owners_at
from nyumbani.people.terms import NameSource, PairReason

_NO_NUMBER = gettext_noop("a change of number that names neither number")
_NOBODYS_NUMBER = gettext_noop(
    "a change of number of somebody we do not know, without the new number"
)


def thread_of(event: InboundEvent, page: Page) -> Conversation:
    """The thread an item belongs to; somebody new gets one. Never merges two people."""
    found = reach(event, event.identifiers)
    if not found:
        raise CannotPlace(gettext_noop("it does not say who it is from"))
    moment = event.sent_at or page.entry.received_at
    answer = whose(keys(found), owners_at(None, found, moment))
    thread = _thread(answer.owner, moment, page)
    if answer.new:
        new = _those(found, answer.new)
        people.add_reach(person=thread.person, reach=new, since=moment, by=page.by)
        _ask_name(event, new, thread.person, page)
        same = _who_has_the_number(event, new, moment)
        _ask(thread.person_id, same - {thread.person_id}, PairReason.SAME_NUMBER, page)
    _ask(thread.person_id, answer.asked, PairReason.SHARED_IDENTIFIER, page)
    named = (thread.person_id, event.profile_name)
    if event.profile_name and named not in page.named:
        page.named.add(named)
        people.note_name(
            person=thread.person, given=event.profile_name, source=NameSource.PROFILE, at=moment,
            by=page.by,
        )  # fmt: skip
    return thread


@transaction.atomic
def learn_name(*, person_id: str, given: str, by: Doer) -> None:
    """Her profile says what she calls herself: kept as alleged, and only while we know no name."""
    # The ledger's turn first: somebody may be writing down what she told them.
    record(by=by, verb="person.profile_read", about=f"person:{person_id}")
    if not PersonName.objects.filter(person=person_id).exists():
        people.note_name(
            person=Person.objects.get(id=person_id), given=given, source=NameSource.PROFILE,
            at=clock.now(), by=by,
        )  # fmt: skip


def name_known(event: InboundEvent, page: Page) -> None:
    """Note a name for somebody we know; nobody new comes from it."""
    person, moment = person_of(event, page), event.sent_at or page.entry.received_at
    if person is not None and event.profile_name:
        people.note_name(
            person=person, given=event.profile_name, source=NameSource.PROFILE, at=moment,
            by=page.by,
        )  # fmt: skip


def person_of(event: InboundEvent, page: Page) -> Person | None:
    """Whose an item is, if we know her already."""
    found, moment = reach(event, event.identifiers), event.sent_at or page.entry.received_at
    owner = whose(keys(found), owners_at(None, found, moment)).owner
    return Person.objects.get(id=owner) if owner else None


def take_identity(event: InboundEvent, page: Page) -> None:
    """She is known by another number or id from now on."""
    before, now = reach(event, event.former), reach(event, event.identifiers)
    if not now and not before:
        raise CannotPlace(_NO_NUMBER)
    moment = event.sent_at or page.entry.received_at
    # A number changes hands at this moment: who had it just before is who had it.
    known = owners_at(None, [*before, *now], moment - dt.timedelta(seconds=1))
    change = renamed(keys(before), keys(now), known)
    if change.owner is None and not now:
        raise CannotPlace(_NOBODYS_NUMBER)
    person = _thread(change.owner, moment, page).person
    people.end_reach(person=person, reach=_those(before, change.ends), until=moment, by=page.by)
    past = _those(before, change.past)
    people.add_reach(person=person, reach=past, since=moment, until=moment, by=page.by)
    people.add_reach(person=person, reach=_those(now, change.new), since=moment, by=page.by)
    _ask(person.id, change.asked, PairReason.CHANGED_NUMBER, page)


def _thread(owner: str | None, moment: dt.datetime, page: Page) -> Conversation:
    """Somebody's thread; a person who is new, or met without a message, gets one now."""
    if owner in page.conversations:
        return page.conversations[owner]
    thread = None
    if owner is None:
        person = people.meet(at=moment, by=page.by)
    else:
        thread = Conversation.objects.select_related("person").filter(person=owner).first()
        person = thread.person if thread else Person.objects.get(id=owner)
    if thread is None:
        thread = Conversation(seal_scope=person.seal_scope, person=person, last_at=moment)
        thread.save(force_insert=True)
    page.conversations[person.id] = thread
    return thread


def _ask_name(event: InboundEvent, new: Iterable[Reach], person: Person, page: Page) -> None:
    """Have somebody's name asked for where the platform's messages do not say it."""
    known = registry.channel(event.channel)
    if known.name_lookup is None or known.named_by not in {one.kind for one in new}:
        return
    enqueue(
        kind="inbox.name", data={"person": person.id, "account": page.account(event).id},
        by=page.by, key=f"name:{person.id}", max_attempts=NAMING_TRIES,
    )  # fmt: skip


def _who_has_the_number(event: InboundEvent, new: Iterable[Reach], moment: dt.datetime) -> set[str]:
    """Who is known by one of these telephone numbers on any channel: perhaps the same woman.

    Perhaps not: a telephone passes from hand to hand. So people are asked, and nothing is joined.
    """
    here = registry.channel(event.channel)
    digits = {re.sub(r"\D", "", one.value) for one in new if one.kind in here.numbers}
    wanted = [
        Reach(channel.kind, kind, value)
        for channel in map(registry.channel, registry.kinds())
        for kind in channel.numbers
        for number in digits
        for value in (number, f"+{number}")
    ]
    return set(owners_at(None, wanted, moment).values()) if wanted else set()


def _those(found: Iterable[Reach], wanted: Iterable[Key]) -> list[Reach]:
    wanted = set(wanted)
    return [one for one in found if Key(one.kind, one.value) in wanted]


def _ask(person: str, others: Iterable[str], reason: PairReason, page: Page) -> None:
    for other in others:
        people.put_side_by_side(one=person, other=other, reason=reason, by=page.by)
