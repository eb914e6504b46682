"""Cases as lists show them, and what a list of people takes from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.tasks import Task
from nyumbani.cases.models.team import CaseMembership
from nyumbani.cases.permissions import people_open_to
from nyumbani.cases.queries import cases, members, open_cases, team
from nyumbani.cases.terms import CaseRole, Show, Stage, Urgency
from nyumbani.people import queries as persons
from nyumbani.people.models.pairs import Pair
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import PairStanding
from nyumbani.vault import datakeys

_GRAVEST_FIRST = (Urgency.NOW, Urgency.SOON, Urgency.UNKNOWN, Urgency.PLANNED)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list of cases."""

    case: Case
    lead: str  # empty: nobody leads it
    people: int
    next_task: Task | None


def shown(viewer: Viewer, show: Show) -> QuerySet[Case]:
    """The cases behind one chip of the list."""
    return cases(viewer).filter(_behind(viewer, show))


def tallies(viewer: Viewer) -> dict[Show, int]:
    """How many cases stand behind each chip; one query."""
    wanted = {show.value: Count("pk", filter=_behind(viewer, show)) for show in Show}
    found = cases(viewer).order_by().aggregate(**wanted)
    return {show: found[show.value] for show in Show}


def rows(viewer: Viewer, found: Sequence[Case]) -> list[CaseRow]:
    """These cases as lines of the list; as many queries for fifty as for one."""
    if not viewer.may_read_cases:
        return []
    datakeys.warm(case.seal_scope for case in found)
    ids = [case.pk for case in found]
    leads = CaseMembership.objects.filter(case__in=ids, role=CaseRole.LEAD, until=None)
    led_by = {row.case_id: row.staff.display_name for row in leads.select_related("staff")}
    inside = Member.objects.filter(case__in=ids, until=None).order_by().values("case")
    count = {row["case"]: row["count"] for row in inside.annotate(count=Count("pk"))}
    first: dict[str, Task] = {}
    for task in Task.objects.filter(case__in=ids, done_at=None):
        first.setdefault(task.case_id, task)
    return [
        CaseRow(case, led_by.get(case.pk, ""), count.get(case.pk, 0), first.get(case.pk))
        for case in found
    ]


def most_urgent(viewer: Viewer, person_ids: Iterable[str]) -> dict[str, Case]:
    """The most urgent open case of each of these people that the viewer may open."""
    inside = Member.objects.filter(
        person__in=list(person_ids), until=None, case__in=open_cases(viewer)
    )
    found: dict[str, Case] = {}
    for row in inside.select_related("case").order_by("case__number"):
        known = found.get(row.person_id)
        if known is None or _rank(row.case) < _rank(known):
            found[row.person_id] = row.case
    return found


def gravest(viewer: Viewer, found: Iterable[Case]) -> Case:  # noqa: ARG001 - of their own
    """The most urgent of these."""
    return min(found, key=_rank)


def people_in_danger(viewer: Viewer, path: str = "pk") -> Q:
    """People in one of the viewer's open cases of which somebody said "danger now"."""
    urgent = open_cases(viewer).filter(urgency=Urgency.NOW).values("pk")
    inside = Member.objects.filter(until=None, case__in=urgent)
    # Few cases are urgent: they are found first, and not asked of each person.
    return Q(**{f"{path}__in": inside.order_by().values("person")})


def people_of_cases(viewer: Viewer, path: str = "pk") -> Q:
    """People in the viewer's own cases, found from the cases: few, and none is asked one by one."""
    own = CaseMembership.objects.filter(staff=viewer.staff_id, until=None).order_by()
    inside = Member.objects.filter(until=None, case__in=own.values("case"))
    return Q(**{f"{path}__in": inside.order_by().values("person")})


def pairs_of(viewer: Viewer, person_ids: Iterable[str]) -> list[Pair]:
    """Pairs that touch these people, of which the viewer may know both sides."""
    return list(persons.pairs_of(viewer, list(person_ids)).filter(*_both_known(viewer)))


def pair_counts(viewer: Viewer, person_ids: Iterable[str]) -> dict[str, int]:
    """How many others each of these people may be, with nobody having decided yet."""
    counts: dict[str, int] = {}
    for pair in pairs_of(viewer, person_ids):
        if pair.standing == PairStanding.OPEN:
            for side in (pair.left_id, pair.right_id):
                counts[side] = counts.get(side, 0) + 1
    return counts


def pairs_to_decide(viewer: Viewer) -> QuerySet[Pair]:
    """Every pair the viewer may know both sides of and nobody has decided, the oldest first."""
    rows = Pair.objects.filter(*_both_known(viewer), standing=PairStanding.OPEN)
    return rows.select_related("left", "right").order_by("raised_at")


def pair(viewer: Viewer, pair_id: int) -> Pair | None:
    """One pair, if the viewer may know both sides."""
    rows = Pair.objects.filter(*_both_known(viewer), pk=pair_id)
    return rows.select_related("left", "right").first()


def people_to_choose(viewer: Viewer, case: Case) -> list[tuple[str, str]]:
    """Who is in a case, for a form to choose from: id, and number with name."""
    called = persons.names_of(viewer, [row.person for row in members(viewer, case)])
    return [(one.person_id, f"{one.label} {one.name}".strip()) for one in called.values()]


def team_to_choose(viewer: Viewer, case: Case) -> list[tuple[str, str]]:
    """Who works on a case, for a form to choose from."""
    return [(row.staff_id, row.staff.display_name) for row in team(viewer, case)]


def people_of(viewer: Viewer, pairs: Iterable[Pair]) -> list[Person]:  # noqa: ARG001 - found already
    """Both sides of these pairs."""
    return list({one.pk: one for pair in pairs for one in (pair.left, pair.right)}.values())


def _both_known(viewer: Viewer) -> tuple[Q, Q]:
    return people_open_to(viewer, "left"), people_open_to(viewer, "right")


def _behind(viewer: Viewer, show: Show) -> Q:
    still_open = ~Q(stage=Stage.CLOSED)
    match show:
        case Show.OPEN:
            return still_open
        case Show.DANGER:
            return still_open & Q(urgency=Urgency.NOW)
        case Show.LED:
            led = CaseMembership.objects.filter(
                case=OuterRef("pk"), staff=viewer.staff_id, role=CaseRole.LEAD, until=None
            )
            return still_open & Q(Exists(led))
        case Show.CLOSED:
            return Q(stage=Stage.CLOSED)


def _rank(case: Case) -> int:
    return _GRAVEST_FIRST.index(Urgency(case.urgency))
