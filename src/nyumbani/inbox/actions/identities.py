"""Whose an item is, and what happens when a number or id changes hands."""

import datetime as dt
from collections.abc import Iterable

from nyumbani.domain.identity import Key, renamed, whose
from nyumbani.inbox.actions.page import CannotPlace, Page, keys, reach
from nyumbani.inbox.channels.events import InboundEvent
from nyumbani.inbox.models import Conversation
from nyumbani.people import actions as people
from nyumbani.people.models import Person
from nyumbani.people.queries import Reach, owners_at
from nyumbani.people.terms import NameSource, PairReason


def thread_of(event: InboundEvent, page: Page) -> Conversation:
    """The thread an item belongs to; somebody new gets one. Never merges two people."""
    found = reach(event, event.identifiers)
    if not found:
        raise CannotPlace("it does not say who it is from")
    moment = event.sent_at or page.entry.received_at
    answer = whose(keys(found), owners_at(None, found, moment))
    thread = _thread(answer.owner, moment, page)
    if answer.new:
        new = _those(found, answer.new)
        people.add_reach(person=thread.person, reach=new, since=moment, by=page.by)
    _ask(thread.person_id, answer.asked, PairReason.SHARED_IDENTIFIER, page)
    named = (thread.person_id, event.profile_name)
    if event.profile_name and named not in page.named:
        page.named.add(named)
        people.note_name(
            person=thread.person, given=event.profile_name, source=NameSource.PROFILE, at=moment,
            by=page.by,
        )  # fmt: skip
    return thread


def name_known(event: InboundEvent, page: Page) -> None:
    """Note a name for somebody we know; nobody new comes from it."""
    found, moment = reach(event, event.identifiers), event.sent_at or page.entry.received_at
    owner = whose(keys(found), owners_at(None, found, moment)).owner
    if owner is not None and event.profile_name:
        people.note_name(
            person=Person.objects.get(id=owner), given=event.profile_name,
            source=NameSource.PROFILE, at=moment, by=page.by,
        )  # fmt: skip


def take_identity(event: InboundEvent, page: Page) -> None:
    """She is known by another number or id from now on."""
    before, now = reach(event, event.former), reach(event, event.identifiers)
    if not now and not before:
        raise CannotPlace("a change of number that names neither number")
    moment = event.sent_at or page.entry.received_at
    # A number changes hands at this moment: who had it just before is who had it.
    known = owners_at(None, [*before, *now], moment - dt.timedelta(seconds=1))
    change = renamed(keys(before), keys(now), known)
    if change.owner is None and not now:
        raise CannotPlace("a change of number of somebody we do not know, without the new number")
    person = _thread(change.owner, moment, page).person
    people.end_reach(person=person, reach=_those(before, change.ends), until=moment, by=page.by)
    people.add_past_reach(
        person=person, reach=_those(before, change.past), until=moment, by=page.by
    )
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


def _those(found: Iterable[Reach], wanted: Iterable[Key]) -> list[Reach]:
    wanted = set(wanted)
    return [one for one in found if Key(one.kind, one.value) in wanted]


def _ask(person: str, others: Iterable[str], reason: PairReason, page: Page) -> None:
    for other in others:
        people.put_side_by_side(one=person, other=other, reason=reason, by=page.by)
