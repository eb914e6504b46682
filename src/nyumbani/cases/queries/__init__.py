"""Reading cases: every read begins with who looks."""

import datetime as dt
from typing import TypeAlias

from django.db.models import Q, QuerySet

from nyumbani.accounts.models import Staff
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.facts import Fact
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.notes import Note
from nyumbani.cases.models.tasks import Task
from nyumbani.cases.models.team import BrokenGlass, CaseMembership, Notice
from nyumbani.cases.permissions import (
    cases_joined_by,
    cases_open_to,
    has_somebody,
    people_joined_to,
    people_open_to,
    reads_cases,
)
from nyumbani.cases.terms import CaseRole, OnlyLooks, Stage
from nyumbani.kit import clock
from nyumbani.people.models.persons import Person

# Rows as pages hold them: pages never import tables.
OpenedCase: TypeAlias = Case
KnownPerson: TypeAlias = Person
SetTask: TypeAlias = Task

_MAY_OVERRIDE = frozenset({Role.COORDINATOR, Role.DIRECTOR})  # her safe-contact rule, with a reason


def cases(viewer: Viewer) -> QuerySet[Case]:
    """The cases the viewer may open, newest first."""
    return Case.objects.filter(cases_open_to(viewer))


def case(viewer: Viewer, case_id: str) -> Case | None:
    """One case, if the viewer may open it."""
    return cases(viewer).filter(pk=case_id).first()


def case_numbered(viewer: Viewer, number: int) -> Case | None:
    """The case of this number, if the viewer may open it."""
    return cases(viewer).filter(number=number).first()


def open_cases(viewer: Viewer) -> QuerySet[Case]:
    """... of which those that are not closed."""
    return cases(viewer).exclude(stage=Stage.CLOSED)


def cases_to_work_on(viewer: Viewer) -> QuerySet[Case]:
    """The cases the viewer works on that are not closed, newest first."""
    return Case.objects.filter(cases_joined_by(viewer)).exclude(stage=Stage.CLOSED)


def case_to_work_on(viewer: Viewer, case_id: str) -> Case | None:
    """One case, to write something in it; None if the viewer may not open it.

    Raises `OnlyLooks` for whoever sees it through broken glass.
    """
    found = case(viewer, case_id)
    if found is not None and not belongs_to(viewer, found):
        raise OnlyLooks
    return found


def belongs_to(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer works on a case; whoever only broke its glass does not."""
    return Case.objects.filter(cases_joined_by(viewer), pk=case.pk).exists()


def people(viewer: Viewer) -> QuerySet[Person]:
    """The people the viewer may know of."""
    return Person.objects.filter(people_open_to(viewer))


def person(viewer: Viewer, person_id: str) -> Person | None:
    """One person, if the viewer may know of them."""
    return people(viewer).filter(pk=person_id).first()


def person_numbered(viewer: Viewer, number: int) -> Person | None:
    """The person of this number, if the viewer may know of them."""
    return people(viewer).filter(number=number).first()


def person_to_join(viewer: Viewer, number: int) -> Person | None:
    """The person of this number, to become part of a case.

    Whom one sees through broken glass alone is not there: she would stay open when it has closed.
    """
    return Person.objects.filter(people_joined_to(viewer), number=number).first()


def person_to_write_about(viewer: Viewer, person_id: str) -> Person | None:
    """One person, to write to her or about her; None if the viewer may not know of her.

    Raises `OnlyLooks` for whoever sees her through broken glass alone.
    """
    found = person(viewer, person_id)
    if found is not None and not may_write_about(viewer, found):
        raise OnlyLooks
    return found


def may_write_about(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer may do more than look at somebody whom they may know of."""
    return Person.objects.filter(people_joined_to(viewer), pk=person.pk).exists()


def may_override(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer may let words leave against her safe-contact rule, saying why."""
    if not (viewer.may_send and may_write_about(viewer, person)):
        return False
    led = CaseMembership.objects.filter(staff=viewer.staff_id, role=CaseRole.LEAD, until=None)
    hers = Member.objects.filter(person=person, until=None, case__in=led.values("case"))
    return bool(viewer.roles & _MAY_OVERRIDE) or hers.exists()


def is_with_nobody(viewer: Viewer, person: Person) -> bool:
    """Whether this person is in a case, and in none on which anybody works who may open it."""
    here = Member.objects.filter(person=person, until=None)
    if not viewer.may_read_cases or not here.exists():
        return False
    return not here.filter(has_somebody("case")).exists()


def members(viewer: Viewer, case: Case) -> QuerySet[Member]:
    """Who is in a case."""
    return Member.objects.filter(
        case__in=cases(viewer).filter(pk=case.pk), until=None
    ).select_related("person", "told_by")


def cases_of(viewer: Viewer, person: Person) -> QuerySet[Case]:
    """The viewer's cases that a person is in."""
    inside = Member.objects.filter(person=person, until=None).order_by()
    return cases(viewer).filter(pk__in=inside.values("case"))


def open_cases_of(viewer: Viewer, person: Person) -> QuerySet[Case]:
    """The viewer's cases that a person is in and that are not closed."""
    return cases_of(viewer, person).exclude(stage=Stage.CLOSED)


def facts(viewer: Viewer, case: Case) -> QuerySet[Fact]:
    """What is known in a case, newest first."""
    return Fact.objects.filter(case__in=cases(viewer).filter(pk=case.pk)).select_related(
        "about", "said_by", "written_by", "judged_by"
    )


def fact(viewer: Viewer, case: Case, fact_id: str) -> Fact | None:
    """One fact of a case."""
    return facts(viewer, case).filter(pk=fact_id).first()


def facts_about(viewer: Viewer, person: Person) -> QuerySet[Fact]:
    """What is known about a person or was said by them, in the viewer's cases."""
    return (
        Fact.objects.filter(case__in=cases(viewer))
        .filter(Q(about=person) | Q(said_by=person))
        .select_related("case", "about", "said_by", "written_by")
    )


def tasks(viewer: Viewer, case: Case) -> QuerySet[Task]:
    """What is to be done in a case, what is due first first."""
    return Task.objects.filter(case__in=cases(viewer).filter(pk=case.pk)).select_related(
        "assignee", "made_by", "done_by"
    )


def task(viewer: Viewer, case: Case, task_id: str) -> Task | None:
    """One task of a case."""
    return tasks(viewer, case).filter(pk=task_id).first()


def my_tasks(viewer: Viewer) -> QuerySet[Task]:
    """What the viewer is to do and has not done."""
    return Task.objects.filter(
        case__in=open_cases(viewer), assignee=viewer.staff_id, done_at=None
    ).select_related("case")


def tasks_of_others(viewer: Viewer) -> QuerySet[Task]:
    """What the viewer's cases wait for: open tasks of colleagues, and those nobody has yet."""
    return (
        Task.objects.filter(case__in=open_cases(viewer), done_at=None)
        .exclude(assignee=viewer.staff_id)
        .select_related("case", "assignee")
    )


def notes(viewer: Viewer, case: Case) -> QuerySet[Note]:
    """What staff told each other about a case, newest first."""
    return Note.objects.filter(case__in=cases(viewer).filter(pk=case.pk)).select_related(
        "written_by"
    )


def team(viewer: Viewer, case: Case) -> QuerySet[CaseMembership]:
    """Who works on a case, its lead first."""
    return (
        CaseMembership.objects.filter(case__in=cases(viewer).filter(pk=case.pk), until=None)
        .select_related("staff")
        .order_by("role", "since")
    )


def broken_glasses(viewer: Viewer, case: Case) -> QuerySet[BrokenGlass]:
    """Who broke into a case and why."""
    return (
        BrokenGlass.objects.filter(case__in=cases(viewer).filter(pk=case.pk))
        .select_related("staff")
        .order_by("-at")
    )


def glass_closes_at(viewer: Viewer) -> dt.datetime | None:
    """When the next glass that the viewer has broken closes; None if none is open."""
    mine = BrokenGlass.objects.filter(staff=viewer.staff_id, until__gt=clock.now())
    return mine.order_by("until").values_list("until", flat=True).first()


def notices(viewer: Viewer) -> QuerySet[Notice]:
    """What the viewer must be told and has not acknowledged.

    Whoever is told of a broken glass sees the case's number, even without belonging to the case.
    """
    return (
        Notice.objects.filter(staff=viewer.staff_id, seen_at=None)
        .select_related("case", "glass", "glass__staff")
        .order_by("-at")
    )


def notice(viewer: Viewer, notice_id: int) -> Notice | None:
    """One thing the viewer must be told, or was told and has acknowledged."""
    return Notice.objects.filter(staff=viewer.staff_id, pk=notice_id).first()


def is_lead(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer leads a case."""
    return CaseMembership.objects.filter(
        case=case, staff=viewer.staff_id, role=CaseRole.LEAD, until=None
    ).exists()


def may_assign(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer decides who works on a case: its lead, or a coordinator or director in it.

    Whoever has only broken the glass looks; the team stays as it is.
    """
    mine = CaseMembership.objects.filter(case=case, staff=viewer.staff_id, until=None)
    if not viewer.may_lead:
        mine = mine.filter(role=CaseRole.LEAD)
    return viewer.may_read_cases and mine.exists()


def leads_case_of(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer leads a case this person is in."""
    led = CaseMembership.objects.filter(staff=viewer.staff_id, role=CaseRole.LEAD, until=None)
    return cases_of(viewer, person).filter(pk__in=led.values("case")).exists()


def case_behind_glass(viewer: Viewer, number: int) -> Case | None:
    """The case of a number, to break its glass; only for those whose role may ever do so."""
    return Case.objects.filter(number=number).first() if viewer.may_break_glass else None


def colleagues(viewer: Viewer) -> QuerySet[Staff]:
    """Active staff who can be given casework, by name; who runs the machine is not among them."""
    if not viewer.may_read_cases:
        return Staff.objects.none()
    return Staff.objects.filter(reads_cases()).order_by("display_name", "pk")
