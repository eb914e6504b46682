"""The verbs of a group: who comes, who goes, how they are, and what was not so after all.

What does not fit what is known is refused by `NotSo` and nothing is stored; leaving the group
takes nobody out of the case.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.cases.course import event_of, rows_of, told
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.events import GroupEvent
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.tasks import Task
from nyumbani.cases.terms import STEPS, BroughtBy, NotSo
from nyumbani.domain.answers import Answer
from nyumbani.domain.groups import protocol
from nyumbani.domain.groups.events import Kind, State, may_be_taken_back, may_be_written
from nyumbani.kit import clock
from nyumbani.people.models.persons import Person


@dataclass(frozen=True, slots=True)
class Said:
    """When something happened, by whose word, and what is known of it."""

    at: dt.datetime | None = None  # None: now
    whose_word: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """What brought somebody into the group, if it is known, and whether she counts as a child."""

    brought_by: BroughtBy | None = None
    is_child: bool = False


@dataclass(slots=True)
class Bulk:
    """What became of many at once: of each of them it says so."""

    done: list[str] = field(default_factory=list)
    refused: dict[str, Answer] = field(default_factory=dict)


NOW, AS_USUAL = Said(), Counted()


@transaction.atomic
def count_in(
    *, case: Case, person: Person, by: Actor, said: Said = NOW, counted: Counted = AS_USUAL
) -> GroupEvent:  # fmt: skip
    """Somebody is of the group from a moment on, or again; counted, an adult or a child."""
    record(by=by, verb="group.joined", about=f"case:{case.id}", person=f"person:{person.id}")
    row = _row(case, person, Kind.JOINED, said, by)
    row.brought_by, row.is_child = counted.brought_by or BroughtBy.STAFF, counted.is_child
    return _stored(row)


@transaction.atomic
def leave(*, case: Case, person: Person, said: Said, by: Actor) -> GroupEvent:
    """Somebody is no longer of the group; she stays in the case and may come back."""
    record(by=by, verb="group.left", about=f"case:{case.id}", person=f"person:{person.id}")
    return _stored(_row(case, person, Kind.LEFT, said, by))


@transaction.atomic
def become(*, case: Case, person: Person, state: State, said: Said, by: Actor) -> GroupEvent:
    """Somebody of the group is now otherwise; a grave state brings the tasks of its protocol."""
    record(
        by=by, verb="group.became", about=f"case:{case.id}", person=f"person:{person.id}",
        state=state.value,
    )  # fmt: skip
    answer = protocol.may_become(state, whose_word=said.whose_word, why=said.why)
    if not answer:
        raise NotSo(answer)
    row = _row(case, person, Kind.BECAME, said, by)
    row.state = state
    stored = _stored(row)
    _set_steps(stored, by)
    return stored


def each(people: Iterable[Person], verb: Callable[..., object]) -> Bulk:
    """One of these verbs for many people, each by herself: whom it does not fit is named."""
    found = Bulk()
    for person in people:
        try:
            verb(person=person)
        except NotSo as refusal:
            found.refused[person.pk] = refusal.answer
        else:
            found.done.append(person.pk)
    return found


@transaction.atomic
def confirm(*, event: GroupEvent, by: Actor) -> None:
    """A second person confirms a death; raises `NotSo` for whoever wrote it down."""
    record(
        by=by, verb="group.confirmed", about=f"case:{event.case_id}",
        person=f"person:{event.person_id}",
    )  # fmt: skip
    row = GroupEvent.objects.get(pk=event.pk)
    state = State(row.state) if row.state else None
    answer = protocol.may_be_confirmed(state, written_by=row.written_by_id, by=by.staff_id)
    if row.taken_back_at is not None:
        answer = Answer.no("taken_back_already")
    if not answer:
        raise NotSo(answer)
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by_id = clock.now(), by.staff_id
        row.save(update_fields=["confirmed_at", "confirmed_by"])


@transaction.atomic
def take_back(*, event: GroupEvent, why: str, by: Actor) -> None:
    """It was not so: it counts no more from now on, and stands as what was believed until now."""
    record(
        by=by, verb="group.taken_back", about=f"case:{event.case_id}",
        person=f"person:{event.person_id}",
    )  # fmt: skip
    rows = rows_of(event.case)
    events = told(rows)
    this = next(one for row, one in zip(rows, events, strict=True) if row.pk == event.pk)
    answer = may_be_taken_back(this, events)
    if not answer:
        raise NotSo(answer)
    row = GroupEvent.objects.get(pk=event.pk)
    row.taken_back_at, row.taken_back_by_id, row.taken_back_why = clock.now(), by.staff_id, why
    row.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])


def _row(case: Case, person: Person, kind: Kind, said: Said, by: Actor) -> GroupEvent:
    if not Member.objects.filter(case=case, person=person, until=None).exists():
        raise NotSo(Answer.no("not_in_the_case"))
    now = clock.now()
    return GroupEvent(
        seal_scope=case.seal_scope, case=case, person=person, kind=kind, at=said.at or now,
        known_at=now, whose_word=said.whose_word.strip(), why=said.why.strip(),
        written_by_id=by.staff_id,
    )  # fmt: skip


def _stored(row: GroupEvent) -> GroupEvent:
    """The row, if it fits; asked after the ledger's line, so that nobody else writes meanwhile."""
    if row.at > row.known_at:
        raise NotSo(Answer.no("not_yet"))
    rows = rows_of(row.case)
    answer = may_be_written(event_of(row, len(rows)), told(rows))
    if not answer:
        raise NotSo(answer)
    row.save(force_insert=True)
    return row


def _set_steps(event: GroupEvent, by: Actor) -> None:
    now = clock.now()
    for step in protocol.steps(State(event.state)):
        task = Task(
            seal_scope=event.case.seal_scope, case=event.case, title=STEPS[step.code],
            about=event.person, due_at=now + step.within, made_at=now, made_by_id=by.staff_id,
        )  # fmt: skip
        task.save(force_insert=True)
