"""Saying who wrote on a telephone that several share, and of whom a message speaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.cases import actions as cases
from nyumbani.cases.models.case import Case
from nyumbani.cases.terms import Part
from nyumbani.inbox.models.attribution import MessagePerson
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.terms import Share, Way
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import NameSource


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody not known before, with a name or without; in a case, if the telephone's owner is.

    So whoever reads the telephone reads of her too.
    """

    case: Case | None = None
    called: str = ""


@transaction.atomic
def say_writer(
    *, first: Message, last: Message, writer: Person | Newcomer, act: str, by: Actor
) -> int:
    """From this message to that one she wrote, on somebody's telephone; returns how many.

    What comes of `act` twice is written once. What colleagues said of these messages before stays
    written down, and holds again when this is taken back.
    """
    thread = first.conversation
    record(by=by, verb="messages.writer_said", about=f"person:{thread.person_id}", act=act)
    if MessagePerson.objects.filter(act=act).exists():
        return 0
    who = _meet(writer, thread.person, by) if isinstance(writer, Newcomer) else writer
    stretch = _between(first, last) if first.conversation_id == last.conversation_id else [first]
    _write(stretch, [who], Share.WRITER, act, by)
    return len(stretch)


@transaction.atomic
def say_about(*, message: Message, spoken_of: Sequence[Person], act: str, by: Actor) -> None:
    """This message speaks of these people."""
    record(
        by=by, verb="message.about_said", about=f"person:{message.conversation.person_id}",
        message=message.pk, count=len(spoken_of), act=act,
    )  # fmt: skip
    standing = MessagePerson.objects.filter(message=message, share=Share.ABOUT, undone_at=None)
    known = set(standing.values_list("person", flat=True))
    if not MessagePerson.objects.filter(act=act).exists():
        new = [person for person in spoken_of if person.pk not in known]
        _write([message], new, Share.ABOUT, act, by)


@transaction.atomic
def take_back(*, act: str, about: Person, by: Actor) -> None:
    """What was said at once is taken back at once; `about` is whose telephone it was."""
    record(by=by, verb="messages.said_taken_back", about=f"person:{about.pk}", act=act)
    rows = MessagePerson.objects.filter(act=act, undone_at=None)
    rows.update(undone_at=clock.now(), undone_by_id=by.staff_id)


def _meet(somebody: Newcomer, owner: Person, by: Actor) -> Person:
    if somebody.case is not None:
        return cases.introduce(
            case=somebody.case, part=Part.IN_DISTRESS, called=somebody.called, told_by=owner, by=by
        ).person
    person = people.meet(at=clock.now(), by=by)
    people.note_name(
        person=person, given=somebody.called, source=NameSource.SAID, at=clock.now(), by=by
    )
    return person


def _between(first: Message, last: Message) -> list[Message]:
    """What she sent from one message to the other, both included, whichever came first."""
    one, other = sorted((first, last), key=lambda row: (row.sent_at, row.place, row.pk))
    rows = Message.objects.filter(
        _not_before(one), conversation=one.conversation_id, way=Way.IN, sent_at__lte=other.sent_at
    )
    found = [row for row in rows if _order(row) <= _order(other)]
    return sorted(found, key=_order)


def _order(row: Message) -> tuple[object, str, str]:
    return row.sent_at, row.place, row.pk


def _not_before(one: Message) -> Q:
    same = Q(sent_at=one.sent_at)
    later = Q(place__gt=one.place) | Q(place=one.place, pk__gte=one.pk)
    return Q(sent_at__gt=one.sent_at) | (same & later)


def _write(
    messages: Sequence[Message], who: Sequence[Person], share: Share, act: str, by: Actor
) -> None:
    now = clock.now()
    MessagePerson.objects.bulk_create(
        MessagePerson(
            message=message, person=person, share=share, act=act, by_id=by.staff_id, at=now
        )
        for message in messages
        for person in who
    )
