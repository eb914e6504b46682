"""What nobody sees unless somebody looks over all cases: numbers only, nothing of what they hold.

Coordinators and directors read these without belonging to the cases and without breaking glass.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from nyumbani.accounts.models import RoleGrant
from nyumbani.accounts.permissions import INBOX_ROLES
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.team import CaseMembership
from nyumbani.cases.permissions import has_somebody, reads_cases
from nyumbani.people.models.pairs import Pair
from nyumbani.people.terms import PairStanding

_MOST_PAIRS = 500


@dataclass(frozen=True, slots=True)
class Unseen:
    """Two people who may be one, of whom nobody may know both: in which cases they are."""

    left: tuple[str, ...]  # NYB-7; empty: in no case
    right: tuple[str, ...]


def orphaned_cases(viewer: Viewer) -> QuerySet[Case]:
    """Cases on which nobody is left who may open them, the oldest first; for those who lead."""
    rows = Case.objects.exclude(has_somebody()).order_by("number")
    return rows if viewer.may_lead else rows.none()


def orphaned_case(viewer: Viewer, case_id: str) -> Case | None:
    """One of them."""
    return orphaned_cases(viewer).filter(pk=case_id).first()


def unseen_pairs(viewer: Viewer) -> list[Unseen]:
    """Pairs that wait although nobody is asked, as nobody may know both people; for directors."""
    if Role.DIRECTOR not in viewer.roles or not viewer.may_lead:
        return []
    pairs = list(
        Pair.objects.filter(standing=PairStanding.OPEN).order_by("raised_at")[:_MOST_PAIRS]
    )
    inside = _cases_of({side for pair in pairs for side in (pair.left_id, pair.right_id)})
    teams = _teams({case.pk for cases in inside.values() for case in cases})
    answering = _who_answers() if pairs else set()

    def who_knows(person: str) -> set[str]:
        knowing = {one for case in inside.get(person, []) for one in teams.get(case.pk, ())}
        return knowing or answering

    return [
        Unseen(_numbers(inside.get(pair.left_id, [])), _numbers(inside.get(pair.right_id, [])))
        for pair in pairs
        if not who_knows(pair.left_id) & who_knows(pair.right_id)
    ]


def _cases_of(people: Iterable[str]) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    rows = Member.objects.filter(person__in=list(people), until=None).select_related("case")
    for row in rows.order_by("case__number"):
        found.setdefault(row.person_id, []).append(row.case)
    return found


def _teams(cases: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    rows = CaseMembership.objects.filter(reads_cases("staff"), case__in=list(cases), until=None)
    for case, staff in rows.values_list("case_id", "staff_id"):
        found.setdefault(case, set()).add(staff)
    return found


def _who_answers() -> set[str]:
    """Who may know of people nobody is with yet."""
    held = RoleGrant.objects.filter(reads_cases("staff"), role__in=INBOX_ROLES, until=None)
    return set(held.values_list("staff_id", flat=True))


def _numbers(cases: Iterable[Case]) -> tuple[str, ...]:
    return tuple(str(case) for case in cases)
