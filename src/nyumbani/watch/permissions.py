"""Who may do what in this room; whom one may know of is decided in nyumbani.cases.permissions."""

from nyumbani.accounts import permissions
from nyumbani.accounts.permissions import Roles
from nyumbani.accounts.viewers import Viewer


def may_be_on_duty(roles: Roles) -> bool:
    """Be asked at night: whoever may open somebody else's case with a reason."""
    return permissions.may_break_glass(roles)


def may_plan_duty(viewer: Viewer) -> bool:
    """Say who is on duty when, and after how long something climbs."""
    return viewer.may_lead
