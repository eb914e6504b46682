"""Which cases and people somebody may know of: written once, so that lists and pages agree."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from nyumbani.accounts.models import RoleGrant
from nyumbani.accounts.permissions import CASE_ROLES
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models import BrokenGlass, CaseMembership, Member
from nyumbani.kit import clock

_NOBODY = Q(pk__in=[])


def reads_cases(path: str = "pk") -> Q:
    """Staff who may open cases at all; `path` leads to them from whatever is being filtered.

    Whoever left, lost the roles of casework or runs the machine is none of them.
    """
    held = RoleGrant.objects.filter(staff=OuterRef(path), until=None, staff__is_active=True)
    return Q(Exists(held.filter(role__in=CASE_ROLES))) & ~Q(
        Exists(held.filter(role=Role.ADMINISTRATOR))
    )


def has_somebody(path: str = "pk") -> Q:
    """Cases on which somebody works who may open them; all others are orphaned."""
    team = CaseMembership.objects.filter(case=OuterRef(path), until=None)
    return Q(Exists(team.filter(reads_cases("staff"))))


def cases_joined_by(viewer: Viewer) -> Q:
    """Cases the viewer belongs to: here one may also write."""
    if not viewer.may_read_cases:
        return _NOBODY
    return Q(Exists(_membership(viewer, "pk")))


def cases_open_to(viewer: Viewer) -> Q:
    """Cases the viewer belongs to, or has broken the glass of for now."""
    if not viewer.may_read_cases:
        return _NOBODY
    return Q(Exists(_membership(viewer, "pk"))) | Q(Exists(_glass(viewer, "pk")))


def people_joined_to(viewer: Viewer, path: str = "pk") -> Q:
    """People in the viewer's cases and, for those who answer the inbox, people nobody is with yet.

    Nobody is with who is in no case, or in orphaned cases alone. `path` leads to the person from
    whatever is being filtered. Broken glass opens nobody here: it is for looking only.
    """
    return _people(viewer, path, Q(Exists(_membership(viewer, "case"))))


def people_open_to(viewer: Viewer, path: str = "pk") -> Q:
    """... and people in cases of which the viewer has broken the glass for now."""
    mine = Q(Exists(_membership(viewer, "case"))) | Q(Exists(_glass(viewer, "case")))
    return _people(viewer, path, mine)


def _people(viewer: Viewer, path: str, mine: Q) -> Q:
    if not viewer.may_read_cases:
        return _NOBODY
    here = Member.objects.filter(person=OuterRef(path), until=None)
    known = Q(Exists(here.filter(mine)))
    if not viewer.may_read_inbox:
        return known
    return known | ~Q(Exists(here.filter(has_somebody("case"))))


def _membership(viewer: Viewer, path: str) -> QuerySet[CaseMembership]:
    return CaseMembership.objects.filter(case=OuterRef(path), staff=viewer.staff_id, until=None)


def _glass(viewer: Viewer, path: str) -> QuerySet[BrokenGlass]:
    return BrokenGlass.objects.filter(
        case=OuterRef(path), staff=viewer.staff_id, until__gt=clock.now()
    )
