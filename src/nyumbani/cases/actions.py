"""The verbs of casework."""

import datetime as dt

from django.db import transaction

from nyumbani.accounts.models import RoleGrant, Staff
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.cases.models import (
    BrokenGlass,
    Case,
    CaseMembership,
    Fact,
    Member,
    Note,
    Notice,
    Task,
)
from nyumbani.cases.terms import CaseRole, Matter, Part, Stage, Standing, Urgency
from nyumbani.kit import clock, ids
from nyumbani.people.actions import meet, next_number, note_name
from nyumbani.people.models import Person
from nyumbani.people.terms import NameSource
from nyumbani.vault import terms
from nyumbani.vault.actions import make_key

GLASS_STAYS_BROKEN = dt.timedelta(hours=4)


@transaction.atomic
def open_case(
    *, title: str, urgency: Urgency, urgency_why: str = "", by: Actor, case_id: str | None = None
) -> Case:
    """A matter is taken up: whoever opens the case leads it until somebody else does.

    A page that gives its own `case_id` may be sent twice and still opens one case.
    """
    # Two clicks of one person wait for each other here.
    Staff.objects.select_for_update(no_key=True).get(pk=by.staff_id)
    known = Case.objects.filter(pk=case_id).first() if case_id else None
    if known is not None and known.opened_by_id == by.staff_id:
        return known
    number = next_number(name="case", by=by)
    # The id of somebody else's case is no mark of this page.
    case_id = case_id if case_id and known is None else ids.new()
    scope = terms.case(case_id)
    make_key(scope=scope, by=by)
    now = clock.now()
    case = Case(
        id=case_id, seal_scope=scope, number=number, title=title.strip(), urgency=urgency,
        urgency_why=urgency_why.strip(), opened_at=now, opened_by_id=by.staff_id,
    )  # fmt: skip
    case.save(force_insert=True)
    CaseMembership.objects.create(
        case=case, staff_id=by.staff_id, role=CaseRole.LEAD, since=now, given_by_id=by.staff_id
    )
    record(by=by, verb="case.opened", about=f"case:{case.id}")
    return case


@transaction.atomic
def join(
    *, case: Case, person: Person, part: Part, by: Actor, told_by: Person | None = None
) -> Member:
    """A person becomes part of a case; who is in it already stays as they are."""
    known = Member.objects.filter(case=case, person=person, until=None).first()
    if known is not None:
        return known
    member = Member(
        seal_scope=case.seal_scope, case=case, person=person, part=part, told_by=told_by,
        since=clock.now(),
    )  # fmt: skip
    member.save(force_insert=True)
    record(by=by, verb="case.joined", about=f"case:{case.id}", person=f"person:{person.id}")
    return member


@transaction.atomic
def introduce(
    *, case: Case, part: Part, by: Actor, called: str = "", told_by: Person | None = None,
    person_id: str | None = None,
) -> Member:  # fmt: skip
    """Somebody not known before becomes part of a case, with a name or without.

    A page that gives its own `person_id` may be sent twice and still introduces one person.
    """
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    known = Member.objects.filter(case=case, person=person_id, until=None).first()
    if known is not None:
        return known
    if person_id and Person.objects.filter(pk=person_id).exists():
        person_id = None  # somebody else's id: it must not bring that person into this case
    now = clock.now()
    person = meet(at=now, by=by, person_id=person_id)
    if called.strip():
        note_name(person=person, given=called, source=NameSource.SAID, at=now, by=by)
    return join(case=case, person=person, part=part, told_by=told_by, by=by)


@transaction.atomic
def share_out(*, case: Case, to: Staff, role: CaseRole = CaseRole.TEAM, by: Actor) -> None:
    """Let a colleague work on a case; a new lead takes over from the former one."""
    now = clock.now()
    current = CaseMembership.objects.filter(case=case, until=None)
    if role == CaseRole.LEAD:
        current.filter(role=CaseRole.LEAD).update(role=CaseRole.TEAM)
    known = current.filter(staff=to).first()
    if known is None:
        CaseMembership.objects.create(
            case=case, staff=to, role=role, since=now, given_by_id=by.staff_id
        )
    elif role == CaseRole.LEAD:
        known.role = role
        known.save(update_fields=["role"])
    record(
        by=by, verb="case.shared_out", about=f"case:{case.id}", to=f"staff:{to.pk}", role=role.value
    )


@transaction.atomic
def take_off(*, case: Case, staff: Staff, by: Actor) -> None:
    """A colleague no longer works on a case; its lead cannot be taken off, only replaced."""
    left = CaseMembership.objects.filter(
        case=case, staff=staff, until=None, role=CaseRole.TEAM
    ).update(until=clock.now())
    if left:
        record(by=by, verb="case.taken_off", about=f"case:{case.id}", staff=f"staff:{staff.pk}")


@transaction.atomic
def break_glass(*, case: Case, reason: str, by: Actor) -> BrokenGlass:
    """Open a case one does not belong to, for four hours: its lead and a director are told."""
    now = clock.now()
    glass = BrokenGlass(
        seal_scope=case.seal_scope, case=case, staff_id=by.staff_id, reason=reason.strip(), at=now,
        until=now + GLASS_STAYS_BROKEN,
    )  # fmt: skip
    glass.save(force_insert=True)
    told = _who_is_told(case, but=by.staff_id)
    Notice.objects.bulk_create(
        Notice(staff_id=staff, case=case, glass=glass, at=now) for staff in told
    )
    record(by=by, verb="glass.broken", about=f"case:{case.id}", told=len(told))
    return glass


@transaction.atomic
def miss_glass(*, number: int, by: Actor) -> None:
    """Somebody tried to break the glass of a case that there is not: the ledger keeps that too."""
    record(by=by, verb="glass.missed", about="case:none", number=number)


@transaction.atomic
def acknowledge(*, notice: Notice, by: Actor) -> None:
    """Say that one has read what one was told."""
    notice.seen_at = clock.now()
    notice.save(update_fields=["seen_at"])
    record(by=by, verb="notice.read", about=f"case:{notice.case_id}")


@transaction.atomic
def write_fact(
    *, case: Case, matter: Matter, text: str, said_at: dt.datetime, by: Actor,
    about: Person | None = None, said_by: Person | None = None,
) -> Fact:  # fmt: skip
    """Write down what somebody said; it stays alleged until somebody establishes it."""
    fact = Fact(
        seal_scope=case.seal_scope, case=case, about=about, said_by=said_by, matter=matter,
        text=text.strip(), said_at=said_at, written_at=clock.now(), written_by_id=by.staff_id,
    )  # fmt: skip
    fact.save(force_insert=True)
    record(by=by, verb="fact.written", about=f"case:{case.id}", fact=fact.id)
    return fact


@transaction.atomic
def judge_fact(*, fact: Fact, standing: Standing, by: Actor) -> None:
    """Say by name that a fact is established, contradicted, or alleged once more."""
    fact.standing = standing
    fact.judged_at, fact.judged_by_id = clock.now(), by.staff_id
    fact.save(update_fields=["standing", "judged_at", "judged_by"])
    record(
        by=by, verb="fact.judged", about=f"case:{fact.case_id}", fact=fact.id,
        standing=standing.value,
    )  # fmt: skip


@transaction.atomic
def set_task(
    *, case: Case, title: str, by: Actor, due_at: dt.datetime | None = None,
    assignee: Staff | None = None,
) -> Task:  # fmt: skip
    """Something is to be done for a case."""
    task = Task(
        seal_scope=case.seal_scope, case=case, title=title.strip(), due_at=due_at,
        assignee=assignee, made_at=clock.now(), made_by_id=by.staff_id,
    )  # fmt: skip
    task.save(force_insert=True)
    record(by=by, verb="task.set", about=f"case:{case.id}", task=task.id)
    return task


@transaction.atomic
def tick(*, task: Task, done: bool, by: Actor) -> None:
    """A task is done, or is open again after all."""
    task.done_at = clock.now() if done else None
    task.done_by_id = by.staff_id if done else None
    task.save(update_fields=["done_at", "done_by"])
    verb = "task.done" if done else "task.reopened"
    record(by=by, verb=verb, about=f"case:{task.case_id}", task=task.id)


@transaction.atomic
def write_note(*, case: Case, text: str, by: Actor) -> Note:
    """Tell colleagues something about a case; it is never sent to anybody."""
    note = Note(
        seal_scope=case.seal_scope, case=case, text=text.strip(), written_at=clock.now(),
        written_by_id=by.staff_id,
    )  # fmt: skip
    note.save(force_insert=True)
    record(by=by, verb="case.noted", about=f"case:{case.id}", note=note.id)
    return note


@transaction.atomic
def move_stage(*, case: Case, stage: Stage, by: Actor) -> None:
    """The way home has come a step further, or a step back."""
    case.stage = stage
    case.closed_at = clock.now() if stage == Stage.CLOSED else None
    case.save(update_fields=["stage", "closed_at"])
    record(by=by, verb="case.moved", about=f"case:{case.id}", stage=stage.value)


@transaction.atomic
def judge_urgency(*, case: Case, urgency: Urgency, why: str, by: Actor) -> None:
    """Say by name, with a reason, how soon somebody must act."""
    case.urgency, case.urgency_why = urgency, why.strip()
    case.save()
    record(by=by, verb="case.urgency_judged", about=f"case:{case.id}", urgency=urgency.value)


def _who_is_told(case: Case, but: str) -> set[str]:
    """The case's lead and every director: at least two people who are not the one who broke it."""
    lead = CaseMembership.objects.filter(case=case, until=None, role=CaseRole.LEAD)
    leading = RoleGrant.objects.filter(
        role__in=[Role.DIRECTOR, Role.COORDINATOR], until=None, staff__is_active=True
    )
    told = set(lead.values_list("staff_id", flat=True))
    told |= set(leading.filter(role=Role.DIRECTOR).values_list("staff_id", flat=True))
    if len(told - {but}) < 2:
        told |= set(leading.values_list("staff_id", flat=True))
    return told - {but}
