"""Which cases and people somebody may know of: written once, so that lists and pages agree."""

from django.db.models import Exists, OuterRef, Q

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models import BrokenGlass, CaseMembership, Member
from nyumbani.kit import clock

_NOBODY = Q(pk__in=[])


def cases_open_to(viewer: Viewer) -> Q:
    """Cases the viewer belongs to, or has broken the glass of for now."""
    if not viewer.may_read_cases:
        return _NOBODY
    belongs = CaseMembership.objects.filter(case=OuterRef("pk"), staff=viewer.staff_id, until=None)
    broke = BrokenGlass.objects.filter(
        case=OuterRef("pk"), staff=viewer.staff_id, until__gt=clock.now()
    )
    return Q(Exists(belongs)) | Q(Exists(broke))


def people_open_to(viewer: Viewer, path: str = "pk") -> Q:
    """People in the viewer's cases, and, for those who answer the inbox, people in no case yet.

    `path` leads to the person from whatever is being filtered.
    """
    if not viewer.may_read_cases:
        return _NOBODY
    now = clock.now()
    here = Member.objects.filter(person=OuterRef(path), until=None)
    belongs = CaseMembership.objects.filter(
        case=OuterRef("case"), staff=viewer.staff_id, until=None
    )
    broke = BrokenGlass.objects.filter(case=OuterRef("case"), staff=viewer.staff_id, until__gt=now)
    mine = Q(Exists(here.filter(Q(Exists(belongs)) | Q(Exists(broke)))))
    if not viewer.may_read_inbox:
        return mine
    return mine | ~Q(Exists(here))
