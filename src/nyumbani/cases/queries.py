"""Reading cases: every read begins with who looks."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Viewer
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
from nyumbani.cases.permissions import cases_open_to, people_open_to
from nyumbani.cases.terms import CaseRole, Stage
from nyumbani.people.models import Person


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is in a case."""

    members: int
    tasks_open: int
    facts: int
    notes: int


def cases(viewer: Viewer) -> QuerySet[Case]:
    """The cases the viewer may open, newest first."""
    return Case.objects.filter(cases_open_to(viewer))


def open_cases(viewer: Viewer) -> QuerySet[Case]:
    """... of which those that are not closed."""
    return cases(viewer).exclude(stage=Stage.CLOSED)


def people(viewer: Viewer) -> QuerySet[Person]:
    """The people the viewer may know of."""
    return Person.objects.filter(people_open_to(viewer))


def members(viewer: Viewer, case: Case) -> QuerySet[Member]:
    """Who is in a case."""
    return Member.objects.filter(
        case__in=cases(viewer).filter(pk=case.pk), until=None
    ).select_related("person", "told_by")


def cases_of(viewer: Viewer, person: Person) -> QuerySet[Case]:
    """The viewer's cases that a person is in."""
    inside = Member.objects.filter(case=OuterRef("pk"), person=person, until=None)
    return cases(viewer).filter(Exists(inside))


def facts(viewer: Viewer, case: Case) -> QuerySet[Fact]:
    """What is known in a case, newest first."""
    return Fact.objects.filter(case__in=cases(viewer).filter(pk=case.pk)).select_related(
        "about", "said_by", "written_by", "judged_by"
    )


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


def my_tasks(viewer: Viewer) -> QuerySet[Task]:
    """What the viewer is to do and has not done."""
    return Task.objects.filter(
        case__in=open_cases(viewer), assignee=viewer.staff_id, done_at=None
    ).select_related("case")


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


def notices(viewer: Viewer) -> QuerySet[Notice]:
    """What the viewer must be told and has not acknowledged.

    Whoever is told of a broken glass sees the case's number, even without belonging to the case.
    """
    return (
        Notice.objects.filter(staff=viewer.staff_id, seen_at=None)
        .select_related("case", "glass", "glass__staff")
        .order_by("-at")
    )


def is_lead(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer leads a case."""
    return CaseMembership.objects.filter(
        case=case, staff=viewer.staff_id, role=CaseRole.LEAD, until=None
    ).exists()


def case_behind_glass(viewer: Viewer, number: int) -> Case | None:
    """The case of a number, to break its glass; only for those whose role may ever do so."""
    return Case.objects.filter(number=number).first() if viewer.may_break_glass else None


def colleagues(viewer: Viewer) -> QuerySet[Staff]:
    """Active staff somebody can be given work, by name."""
    found = Staff.objects.filter(is_active=True).order_by("display_name")
    return found if viewer.may_read_cases else found.none()


def counts(viewer: Viewer, case: Case) -> Counts:
    """How much there is in a case."""
    seen = cases(viewer).filter(pk=case.pk)
    return Counts(
        members=Member.objects.filter(case__in=seen, until=None).count(),
        tasks_open=Task.objects.filter(case__in=seen, done_at=None).count(),
        facts=Fact.objects.filter(case__in=seen).count(),
        notes=Note.objects.filter(case__in=seen).count(),
    )


def growth(viewer: Viewer, case: Case) -> list[tuple[object, int]]:
    """When how many people joined a case, for the growth plot."""
    rows = (
        Member.objects.filter(case__in=cases(viewer).filter(pk=case.pk))
        .values("since__date").annotate(count=Count("pk")).order_by("since__date")
    )  # fmt: skip
    return [(row["since__date"], row["count"]) for row in rows]
