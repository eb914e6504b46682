"""How roles are given and end, and how colleagues leave and come back."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from nyumbani.accounts import permissions
from nyumbani.accounts.actions import own
from nyumbani.accounts.models import RoleGrant, Staff
from nyumbani.accounts.terms import NotPossible, Role
from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.kit import clock


@transaction.atomic
def grant_role(*, staff_id: str, role: Role, by: Actor) -> None:
    """A colleague does this work from now on; who has the role already keeps it.

    Raises `NotPossible` for oneself, for somebody who left, or if the roles do not go together.
    """
    staff = Staff.objects.select_for_update().get(pk=staff_id)
    if staff_id == by.staff_id:
        raise NotPossible(_("Ask another administrator: nobody gives roles to themselves."))
    if not staff.is_active:
        raise NotPossible(_("This colleague has left; bring them back first."))
    held = {Role(row.role) for row in _running(staff_id)}
    if not permissions.may_hold_together(held | {role}):
        raise NotPossible(_("An administrator cannot also work on cases."))
    if role in held:
        return
    RoleGrant.objects.create(staff=staff, role=role, since=clock.now(), granted_by_id=by.staff_id)
    record(by=by, verb="role.granted", about=f"staff:{staff_id}", role=role.value)


@transaction.atomic
def end_role(*, staff_id: str, role: Role, by: Actor) -> None:
    """A colleague does this work no longer; their next page already shows less.

    Raises `NotPossible` if nobody would be left to look after staff.
    """
    if role == Role.ADMINISTRATOR:
        _someone_else_looks_after_staff(staff_id)
    if _end(staff_id, role):
        record(by=by, verb="role.ended", about=f"staff:{staff_id}", role=role.value)


@transaction.atomic
def deactivate(*, staff_id: str, by: Actor) -> None:
    """A colleague leaves: sessions end at once, all roles end, no way in is left.

    Raises `NotPossible` for oneself and for the last administrator.
    """
    staff = Staff.objects.select_for_update().get(pk=staff_id)
    if staff_id == by.staff_id:
        raise NotPossible(_("Ask another administrator: nobody ends their own account."))
    _someone_else_looks_after_staff(staff_id)
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    for grant in _running(staff_id):
        if _end(staff_id, Role(grant.role)):
            record(by=by, verb="role.ended", about=f"staff:{staff_id}", role=grant.role)
    own.shut_out(staff=staff, by=by)
    record(by=by, verb="staff.deactivated", about=f"staff:{staff_id}")


@transaction.atomic
def bring_back(*, staff_id: str, by: Actor) -> None:
    """A colleague who left works here again: without roles, and needing a new set-up link."""
    if Staff.objects.filter(pk=staff_id, is_active=False).update(is_active=True):
        record(by=by, verb="staff.brought_back", about=f"staff:{staff_id}")


def _running(staff_id: str) -> list[RoleGrant]:
    return list(RoleGrant.objects.filter(staff_id=staff_id, until=None).order_by("role"))


def _end(staff_id: str, role: Role) -> int:
    # The demonstration's clock may have been set back behind the beginning.
    ended = Greatest(F("since"), clock.now())
    return RoleGrant.objects.filter(staff_id=staff_id, role=role, until=None).update(until=ended)


def _someone_else_looks_after_staff(staff_id: str) -> None:
    administrators = RoleGrant.objects.select_for_update().filter(
        role=Role.ADMINISTRATOR, until=None, staff__is_active=True
    )
    holders = {row.staff_id for row in administrators}
    if staff_id in holders and holders == {staff_id}:
        raise NotPossible(
            _("This is the last administrator: give the role to somebody else first.")
        )
