"""The verbs of casework.

The ledger's line comes first: from it on nobody else writes, so what is read after it is as it is.
A page that was sent twice is mostly noticed before; where both copies come at the same moment the
second one's line stays, and nothing else does.
"""

import datetime as dt
from dataclasses import replace
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from nyumbani.accounts.models import RoleGrant, Staff
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.cases.actions.group import AS_USUAL, Counted, count_in
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.facts import Fact
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.notes import Note
from nyumbani.cases.models.tasks import Task
from nyumbani.cases.models.team import BrokenGlass, CaseMembership, Notice
from nyumbani.cases.permissions import has_somebody, reads_cases
from nyumbani.cases.terms import (
    BroughtBy,
    CaseRole,
    Matter,
    NotOrphaned,
    Part,
    Stage,
    Standing,
    Urgency,
)
from nyumbani.kit import clock, ids
from nyumbani.people.actions import meet, next_number, note_name
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import NameSource
from nyumbani.vault import terms
from nyumbani.vault.actions import make_key

Row = TypeVar("Row", Fact, Task, Note)

GLASS_STAYS_BROKEN = dt.timedelta(hours=4)

ARE_TOLD = 2
"""So many people at least learn of a broken glass; where they are fewer, the ledger says so."""


@transaction.atomic
def open_case(
    *, title: str, urgency: Urgency, urgency_why: str = "", by: Actor, case_id: str | None = None
) -> Case:
    """A matter is taken up: whoever opens the case leads it until somebody else does.

    A page that gives its own `case_id` may be sent twice and still opens one case.
    """
    known = Case.objects.filter(pk=case_id).first()
    if known is not None and known.opened_by_id == by.staff_id:
        return known
    case_id = _mark(Case, case_id)
    record(by=by, verb="case.opened", about=f"case:{case_id}")
    known = Case.objects.filter(pk=case_id).first()
    if known is not None:
        return known
    scope, now = terms.case(case_id), clock.now()
    number = next_number(name="case", by=by)
    make_key(scope=scope, by=by)
    case = Case(
        id=case_id, seal_scope=scope, number=number, title=title.strip(), urgency=urgency,
        urgency_why=urgency_why.strip(), opened_at=now, opened_by_id=by.staff_id,
    )  # fmt: skip
    case.save(force_insert=True)
    CaseMembership.objects.create(
        case=case, staff_id=by.staff_id, role=CaseRole.LEAD, since=now, given_by_id=by.staff_id
    )
    return case


@transaction.atomic
def join(
    *, case: Case, person: Person, part: Part, by: Actor, told_by: Person | None = None,
    counted: Counted = AS_USUAL,
) -> Member:  # fmt: skip
    """A person becomes part of a case; who is in it already stays as they are.

    Whoever is in distress is of its group from now on, counted as said.
    """
    inside = Member.objects.filter(case=case, person=person, until=None)
    if known := inside.first():
        return known
    record(by=by, verb="case.joined", about=f"case:{case.id}", person=f"person:{person.id}")
    return inside.first() or _become_member(case, person, part, told_by, by, counted)


@transaction.atomic
def introduce(
    *, case: Case, part: Part, by: Actor, called: str = "", told_by: Person | None = None,
    person_id: str | None = None, counted: Counted = AS_USUAL,
) -> Member:  # fmt: skip
    """Somebody not known before becomes part of a case, with a name or without.

    A page that gives its own `person_id` may be sent twice and still introduces one person.
    """
    known = Member.objects.filter(case=case, person=person_id, until=None).first()
    if known is not None:
        return known
    # Somebody else's id must not bring that person into this case.
    person_id = _mark(Person, person_id)
    record(by=by, verb="case.joined", about=f"case:{case.id}", person=f"person:{person_id}")
    known = Member.objects.filter(case=case, person=person_id, until=None).first()
    if known is not None:
        return known
    now = clock.now()
    person = meet(at=now, by=by, person_id=person_id)
    if called.strip():
        note_name(person=person, given=called, source=NameSource.SAID, at=now, by=by)
    return _become_member(case, person, part, told_by, by, counted)


@transaction.atomic
def assign(*, case: Case, to: Staff, role: CaseRole = CaseRole.TEAM, by: Actor) -> None:
    """Let a colleague work on a case; a new lead takes over from the former one."""
    known = CaseMembership.objects.filter(case=case, staff=to, until=None)
    if known.filter(role__in={role, CaseRole.LEAD}).exists():
        return  # a lead stays lead, and who is in the team stays in it
    record(
        by=by, verb="case.assigned", about=f"case:{case.id}", to=f"staff:{to.pk}", role=role.value
    )
    _give_part(case, to, role, by)


@transaction.atomic
def name_lead(*, case: Case, to: Staff, by: Actor) -> None:
    """Somebody leads a case again on which nobody was left; raises `NotOrphaned` otherwise."""
    record(by=by, verb="case.lead_named", about=f"case:{case.id}", to=f"staff:{to.pk}")
    if Case.objects.filter(has_somebody(), pk=case.pk).exists():
        raise NotOrphaned
    _give_part(case, to, CaseRole.LEAD, by)


@transaction.atomic
def take_off(*, case: Case, staff: Staff, by: Actor) -> None:
    """A colleague no longer works on a case; its lead cannot be taken off, only replaced."""
    here = CaseMembership.objects.filter(case=case, staff=staff, until=None, role=CaseRole.TEAM)
    if here.exists():
        record(by=by, verb="case.taken_off", about=f"case:{case.id}", staff=f"staff:{staff.pk}")
        here.update(until=clock.now())


@transaction.atomic
def leave_all(*, staff: Staff, by: Actor) -> None:
    """A colleague works on no case any more; what they led has been given to others before."""
    mine = CaseMembership.objects.filter(staff=staff, until=None)
    for case_id in list(mine.values_list("case_id", flat=True)):
        record(by=by, verb="case.taken_off", about=f"case:{case_id}", staff=f"staff:{staff.pk}")
    mine.update(until=clock.now())


@transaction.atomic
def break_glass(*, case: Case, reason: str, by: Actor) -> BrokenGlass:
    """Open a case one does not belong to, for four hours: its lead and a director are told."""
    now, told = clock.now(), _who_is_told(case, but=by.staff_id)
    record(
        by=by, verb="glass.broken", about=f"case:{case.id}", told=len(told),
        enough="yes" if len(told) >= ARE_TOLD else "no",
    )  # fmt: skip
    glass = BrokenGlass(
        seal_scope=case.seal_scope, case=case, staff_id=by.staff_id, reason=reason.strip(), at=now,
        until=now + GLASS_STAYS_BROKEN,
    )  # fmt: skip
    glass.save(force_insert=True)
    Notice.objects.bulk_create(
        Notice(staff_id=staff, case=case, glass=glass, at=now) for staff in told
    )
    return glass


@transaction.atomic
def miss_glass(*, number: int, by: Actor) -> None:
    """Somebody tried to break the glass of a case that there is not: the ledger keeps that too."""
    record(by=by, verb="glass.missed", about="case:none", number=number)


@transaction.atomic
def acknowledge(*, notice: Notice, by: Actor) -> None:
    """Say that one has read what one was told; who says it again is not heard twice."""
    if notice.seen_at is not None:
        return
    record(by=by, verb="notice.read", about=f"case:{notice.case_id}")
    notice.seen_at = clock.now()
    notice.save(update_fields=["seen_at"])


@transaction.atomic
def write_fact(
    *, case: Case, matter: Matter, text: str, said_at: dt.datetime, by: Actor,
    about: Person | None = None, said_by: Person | None = None, fact_id: str | None = None,
) -> Fact:  # fmt: skip
    """Write down what somebody said; it stays alleged until somebody establishes it.

    A page that gives its own `fact_id` may be sent twice and still writes one fact;
    other words than before are another fact.
    """
    if known := _sent_before(Fact, fact_id, case, text=text.strip()):
        return known
    fact_id = _mark(Fact, fact_id)
    record(by=by, verb="fact.written", about=f"case:{case.id}", fact=fact_id)
    if known := Fact.objects.filter(pk=fact_id).first():
        return known
    fact = Fact(
        id=fact_id, seal_scope=case.seal_scope,
        case=case, about=about, said_by=said_by, matter=matter,
        text=text.strip(), said_at=said_at, written_at=clock.now(), written_by_id=by.staff_id,
    )  # fmt: skip
    fact.save(force_insert=True)
    return fact


@transaction.atomic
def judge_fact(*, fact: Fact, standing: Standing, by: Actor) -> None:
    """Say by name that a fact is established, contradicted, or alleged once more."""
    record(
        by=by, verb="fact.judged", about=f"case:{fact.case_id}", fact=fact.id,
        standing=standing.value,
    )  # fmt: skip
    fact.standing = standing
    fact.judged_at, fact.judged_by_id = clock.now(), by.staff_id
    fact.save(update_fields=["standing", "judged_at", "judged_by"])


@transaction.atomic
def set_task(
    *, case: Case, title: str, by: Actor, due_at: dt.datetime | None = None,
    assignee: Staff | None = None, task_id: str | None = None,
) -> Task:  # fmt: skip
    """Something is to be done for a case.

    A page that gives its own `task_id` may be sent twice and still sets one task;
    other words than before are another task.
    """
    if known := _sent_before(Task, task_id, case, title=title.strip()):
        return known
    task_id = _mark(Task, task_id)
    record(by=by, verb="task.set", about=f"case:{case.id}", task=task_id)
    if known := Task.objects.filter(pk=task_id).first():
        return known
    task = Task(
        id=task_id, seal_scope=case.seal_scope,
        case=case, title=title.strip(), due_at=due_at, assignee=assignee,
        made_at=clock.now(), made_by_id=by.staff_id,
    )  # fmt: skip
    task.save(force_insert=True)
    return task


@transaction.atomic
def tick(*, task: Task, done: bool, by: Actor) -> None:
    """A task is done, or is open again after all; who ticked it first stays who did it."""
    now_so = Task.objects.filter(pk=task.pk, done_at__isnull=not done)
    if now_so.exists():
        return
    verb = "task.done" if done else "task.reopened"
    record(by=by, verb=verb, about=f"case:{task.case_id}", task=task.id)
    if not now_so.exists():
        task.done_at = clock.now() if done else None
        task.done_by_id = by.staff_id if done else None
        task.save(update_fields=["done_at", "done_by"])


@transaction.atomic
def write_note(*, case: Case, text: str, by: Actor, note_id: str | None = None) -> Note:
    """Tell colleagues something about a case; it is never sent to anybody.

    A page that gives its own `note_id` may be sent twice and still writes one note;
    other words than before are another note.
    """
    if known := _sent_before(Note, note_id, case, text=text.strip()):
        return known
    note_id = _mark(Note, note_id)
    record(by=by, verb="case.noted", about=f"case:{case.id}", note=note_id)
    if known := Note.objects.filter(pk=note_id).first():
        return known
    note = Note(
        id=note_id, seal_scope=case.seal_scope,
        case=case, text=text.strip(), written_at=clock.now(), written_by_id=by.staff_id,
    )  # fmt: skip
    note.save(force_insert=True)
    return note


@transaction.atomic
def move_stage(*, case: Case, stage: Stage, by: Actor) -> None:
    """The way home has come a step further, or a step back; a closed case keeps its date."""
    if Case.objects.filter(pk=case.pk, stage=stage).exists():
        return
    record(by=by, verb="case.moved", about=f"case:{case.id}", stage=stage.value)
    case.stage = stage
    case.closed_at = clock.now() if stage == Stage.CLOSED else None
    case.save(update_fields=["stage", "closed_at"])


@transaction.atomic
def judge_urgency(*, case: Case, urgency: Urgency, why: str, by: Actor) -> None:
    """Say by name, with a reason, how soon somebody must act."""
    record(by=by, verb="case.urgency_judged", about=f"case:{case.id}", urgency=urgency.value)
    case.urgency, case.urgency_why = urgency, why.strip()
    case.save(update_fields=["urgency", "urgency_why"])


def _sent_before(table: type[Row], mark: str | None, case: Case, **words: str) -> Row | None:
    """What a page wrote when it was sent the first time, if it is sent with the same words."""
    known = table._default_manager.filter(pk=mark, case=case).first()  # noqa: SLF001 - as Django documents
    same = known is not None and all(getattr(known, name) == said for name, said in words.items())
    return known if same else None


def _become_member(
    case: Case, person: Person, part: Part, told_by: Person | None, by: Actor,
    counted: Counted,
) -> Member:  # fmt: skip
    member = Member(
        seal_scope=case.seal_scope, case=case, person=person, part=part, told_by=told_by,
        since=clock.now(),
    )  # fmt: skip
    member.save(force_insert=True)
    if part == Part.IN_DISTRESS:
        if counted.brought_by is None:
            usual = BroughtBy.WORD if told_by else BroughtBy.STAFF
            counted = replace(counted, brought_by=usual)
        count_in(case=case, person=person, by=by, counted=counted)
    return member


def _mark(table: type[Model], mark: str | None) -> str:
    """The page's mark as an id; a new one where that is taken: other words, or another's row."""
    free = mark and not table._default_manager.filter(pk=mark).exists()  # noqa: SLF001
    return mark if mark and free else ids.new()


def _give_part(case: Case, to: Staff, role: CaseRole, by: Actor) -> None:
    current = CaseMembership.objects.filter(case=case, until=None)
    known = current.filter(staff=to).first()
    if role == CaseRole.LEAD:
        current.filter(role=CaseRole.LEAD).exclude(staff=to).update(role=CaseRole.TEAM)
    if known is None:
        CaseMembership.objects.create(
            case=case, staff=to, role=role, since=clock.now(), given_by_id=by.staff_id
        )
    elif role == CaseRole.LEAD:
        known.role = role
        known.save(update_fields=["role"])


def _who_is_told(case: Case, but: str) -> set[str]:
    """The case's lead and every director: at least two people who are not the one who broke it.

    Where they are fewer, because the lead has left or there is no other director, every
    coordinator is told as well.
    """
    lead = CaseMembership.objects.filter(case=case, until=None, role=CaseRole.LEAD)
    leading = RoleGrant.objects.filter(
        reads_cases("staff"), role__in=[Role.DIRECTOR, Role.COORDINATOR], until=None
    )
    told = set(lead.filter(reads_cases("staff")).values_list("staff_id", flat=True))
    told |= set(leading.filter(role=Role.DIRECTOR).values_list("staff_id", flat=True))
    if len(told - {but}) < ARE_TOLD:
        told |= set(leading.values_list("staff_id", flat=True))
    return told - {but}
