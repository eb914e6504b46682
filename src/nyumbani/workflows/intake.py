"""From the first message to a case: somebody writes, often about somebody else."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor, viewer_for
from nyumbani.audit.actions import record
from nyumbani.cases import actions as cases
from nyumbani.cases import queries
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.facts import Fact
from nyumbani.cases.terms import Matter, Part, Urgency
from nyumbani.inbox.actions import work
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import NameSource


@dataclass(frozen=True, slots=True)
class FirstWord:
    """What the reader of a first message understood from it; all of it may be unknown."""

    title: str
    about_somebody_else: bool
    called: str = ""  # how the person in distress is called, if the message says so
    matter: Matter = Matter.MISTREATMENT
    alleged: str = ""  # in the writer's words
    urgency: Urgency = Urgency.UNKNOWN
    urgency_why: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking up a first message brought about."""

    case: Case
    writer: Person
    in_distress: Person
    fact: Fact | None


FIRST_TASKS = (
    (gettext_noop("Ask when and how it is safe to write"), dt.timedelta(minutes=30)),
    (
        gettext_noop("Find out where she is and whether she can leave the house"),
        dt.timedelta(hours=4),
    ),
    (gettext_noop("Find out who holds her passport"), dt.timedelta(days=1)),
)


class TakenUpSince(Exception):
    """A colleague has taken her up since the page was opened: she is not the actor's any more."""


class InCaseSince(Exception):
    """The writer is in an open case of the actor; a second one is opened only knowingly."""


@transaction.atomic
def take_up_once(
    *, message: Message, word: FirstWord, once: str, by: Actor, another: bool = False
) -> Case:
    """Open a case from a message; the same page sent twice leads to the same case.

    `once` is the page's mark and becomes the case's id. Raises as `take_up` does.
    """
    known = _opened_by(once, by)
    if known is None:
        _one_after_the_other(message, by)
        known = _opened_by(once, by)
    return known or _take_up(message, word, by, case_id=once, another=another).case


@transaction.atomic
def take_up(*, message: Message, word: FirstWord, by: Actor, another: bool = False) -> Taken:
    """Open a case from a message: the writer is the reporter if it is about somebody else.

    The person in distress may have no name and no number; she is a person all the same. What is
    said of her is written down as alleged, pointing to the message that says it.

    Raises `TakenUpSince` if the writer is not the actor's to take up, and `InCaseSince` if she is
    in an open case of the actor, unless this is knowingly `another` matter.
    """
    _one_after_the_other(message, by)
    return _take_up(message, word, by, another=another)


def _take_up(
    message: Message, word: FirstWord, by: Actor, *, another: bool, case_id: str | None = None
) -> Taken:
    writer = message.conversation.person
    _may_be_taken_up(writer, by, another=another)
    case = cases.open_case(
        title=word.title, urgency=word.urgency, urgency_why=word.urgency_why, case_id=case_id,
        by=by,
    )  # fmt: skip
    in_distress = _meet_her(writer, message, word, by)
    if in_distress != writer:
        cases.join(case=case, person=writer, part=Part.REPORTER, by=by)
    cases.join(
        case=case, person=in_distress, part=Part.IN_DISTRESS, by=by,
        told_by=writer if in_distress != writer else None,
    )  # fmt: skip
    fact = _write_what_was_said(case, writer, in_distress, message, word, by)
    _first_tasks(case, by)
    work.assign(thread=message.conversation, to=_staff(by), by=by)
    return Taken(case, writer, in_distress, fact)


def _one_after_the_other(message: Message, by: Actor) -> None:
    """Two who take up one conversation wait for each other here, and the second sees the first.

    The ledger's turn first: whoever writes back takes it before the conversation, too.
    """
    person = message.conversation.person_id
    record(by=by, verb="message.taken_up", about=f"person:{person}", message=message.id)
    Conversation.objects.select_for_update(no_key=True).get(pk=message.conversation_id)


def _may_be_taken_up(writer: Person, by: Actor, *, another: bool) -> None:
    """Ask again, now that nobody else can act: the page may be older than a colleague's."""
    viewer = viewer_for(_staff(by))
    if not viewer.may_open_cases or not queries.may_write_about(viewer, writer):
        raise TakenUpSince
    if not another and queries.open_cases_of(viewer, writer).exists():
        raise InCaseSince


def _opened_by(once: str, by: Actor) -> Case | None:
    return Case.objects.filter(pk=once, opened_by=by.staff_id).first()


def _meet_her(writer: Person, message: Message, word: FirstWord, by: Actor) -> Person:
    if not word.about_somebody_else:
        return writer
    her = people.meet(at=message.sent_at, by=by)
    if word.called:
        people.note_name(
            person=her, given=word.called, source=NameSource.SAID, at=message.sent_at, by=by
        )
    return her


def _write_what_was_said(
    case: Case, writer: Person, her: Person, message: Message, word: FirstWord, by: Actor
) -> Fact | None:
    if not word.alleged.strip():
        return None
    fact = cases.write_fact(
        case=case, matter=word.matter, text=word.alleged, said_at=message.sent_at, about=her,
        said_by=writer, by=by,
    )  # fmt: skip
    work.point_to(fact=fact, message=message, by=by)
    return fact


def _first_tasks(case: Case, by: Actor) -> None:
    now = clock.now()
    for title, within in FIRST_TASKS:
        cases.set_task(
            case=case, title=gettext(title), due_at=now + within, assignee=_staff(by), by=by
        )


def _staff(by: Actor) -> Staff:
    return Staff.objects.get(pk=by.staff_id)
