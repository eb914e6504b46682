"""Which chats somebody may read: written once, so that lists, pages and files agree."""

from django.db.models import Q

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models.case import Case
from nyumbani.cases.permissions import cases_open_to


def chats_open_to(viewer: Viewer) -> Q:
    """Chats, and exports, of a case the viewer may open; without a case, those of one's own.

    Coordinators read what belongs to no case: somebody must be able to when a colleague leaves.
    """
    if not viewer.may_read_cases:
        return Q(pk__in=[])
    of_a_case = Q(case__in=Case.objects.filter(cases_open_to(viewer)).order_by().values("pk"))
    if Role.COORDINATOR in viewer.roles:
        return of_a_case | Q(case=None)
    return of_a_case | Q(case=None, brought_by=viewer.staff_id)


def may_bring_in(viewer: Viewer) -> bool:
    """Bring an exported chat into the house: whoever answers messages."""
    return viewer.may_read_inbox
