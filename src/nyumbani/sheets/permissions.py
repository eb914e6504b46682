"""Who may bring people in from a list, and see what was brought in."""

from django.db.models import Q

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.team import CaseMembership
from nyumbani.cases.permissions import cases_joined_by
from nyumbani.cases.terms import CaseRole


def sheets_open_to(viewer: Viewer) -> Q:
    """Lists of cases that the viewer leads, or works on as a coordinator; glass opens none."""
    mine = Case.objects.filter(cases_joined_by(viewer))
    if Role.COORDINATOR not in viewer.roles:
        led = CaseMembership.objects.filter(
            staff=viewer.staff_id, role=CaseRole.LEAD, until=None
        )  # fmt: skip
        mine = mine.filter(pk__in=led.values("case"))
    return Q(case__in=mine.order_by().values("pk"))
