"""How roles are given and end, and how colleagues leave and come back.

The ledger's line is written first: it holds up everybody else who would write one, so the rows
locked after it are never locked the other way round.
"""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from nyumbani.accounts import permissions
from nyumbani.accounts.actions import agreement, own
from nyumbani.accounts.leaving import Leaving, ask_who_takes_over
from nyumbani.accounts.models import Proposal, RoleGrant, Staff
from nyumbani.accounts.terms import NotPossible, Role
from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.kit import clock


@transaction.atomic
def grant_role(*, staff_id: str, role: Role, by: Actor) -> bool:
    """A colleague does this work from now on, or once a director has agreed.

    Where cases are read a director has to; returns whether it counts already. Raises `NotPossible`
    for oneself, for somebody who left, who has the role, or if the roles do not go together.
    """
    staff = Staff.objects.get(pk=staff_id)
    is_first = role == Role.DIRECTOR and agreement.is_nobody_to_ask()
    counts = is_first or not agreement.is_guarded(role)
    if counts:
        record(by=by, verb="role.granted", about=f"staff:{staff_id}", role=role.value)
    else:
        agreement.propose(staff=staff, role=role, by=by)
    _may_be_given(Staff.objects.select_for_update(no_key=True).get(pk=staff_id), role, by)
    if counts:
        RoleGrant.objects.create(
            staff=staff, role=role, since=clock.now(), granted_by_id=by.staff_id
        )
    if is_first:
        agreement.waive(staff=staff, by=by)
    return counts


@transaction.atomic
def end_role(*, staff_id: str, role: Role, by: Actor, to: str = "") -> bool:
    """A colleague does this work no longer; their next page already shows less.

    A role that waits for a director is asked for no more. Returns whether anything ended; raises
    `NotPossible` if nobody would be left to look after staff, and `StillHeld` if they still answer
    for cases or conversations and nobody, `to`, takes over.
    """
    ask_who_takes_over(Leaving(staff_id, frozenset(_held(staff_id) - {role}), to, by))
    withdrawn = agreement.withdraw(staff_id=staff_id, role=role, by=by)
    if not RoleGrant.objects.filter(staff_id=staff_id, role=role, until=None).exists():
        return bool(withdrawn)
    record(by=by, verb="role.ended", about=f"staff:{staff_id}", role=role.value)
    if role == Role.ADMINISTRATOR:
        _someone_else_looks_after_staff(staff_id)
    return bool(_end(staff_id, role))


@transaction.atomic
def deactivate(*, staff_id: str, by: Actor, to: str = "") -> None:
    """A colleague leaves: sessions end at once, all roles end, no way in is left.

    Raises `NotPossible` for oneself and for the last administrator, and `StillHeld` if they still
    answer for cases or conversations and nobody, `to`, takes over.
    """
    ask_who_takes_over(Leaving(staff_id, frozenset(), to, by))
    record(by=by, verb="staff.deactivated", about=f"staff:{staff_id}")
    staff = Staff.objects.select_for_update(no_key=True).get(pk=staff_id)
    if staff_id == by.staff_id:
        raise NotPossible(_("Ask another administrator: nobody ends their own account."))
    _someone_else_looks_after_staff(staff_id)
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    for role in sorted(_held(staff_id)):
        record(by=by, verb="role.ended", about=f"staff:{staff_id}", role=role.value)
        _end(staff_id, role)
    agreement.withdraw(staff_id=staff_id, by=by)
    own.shut_out(staff=staff, by=by)


@transaction.atomic
def bring_back(*, staff_id: str, by: Actor) -> None:
    """A colleague who left works here again: without roles, and needing a new set-up link."""
    if Staff.objects.filter(pk=staff_id, is_active=False).exists():
        record(by=by, verb="staff.brought_back", about=f"staff:{staff_id}")
        Staff.objects.filter(pk=staff_id).update(is_active=True)


def _may_be_given(staff: Staff, role: Role, by: Actor) -> None:
    if staff.pk == by.staff_id:
        raise NotPossible(_("Ask another administrator: nobody gives roles to themselves."))
    if not staff.is_active:
        raise NotPossible(_("This colleague has left; bring them back first."))
    held = _held(staff.pk)
    if role in held:
        raise NotPossible(_("This colleague has this role already."))
    asked = Proposal.objects.filter(staff=staff, outcome="").exclude(role="")
    wanted = {Role(row.role) for row in asked} | {role}
    if not permissions.may_hold_together(held | wanted):
        raise NotPossible(_("An administrator cannot also work on cases."))


def _held(staff_id: str) -> set[Role]:
    rows = RoleGrant.objects.filter(staff_id=staff_id, until=None)
    return {Role(role) for role in rows.values_list("role", flat=True)}


def _end(staff_id: str, role: Role) -> int:
    # The demonstration's clock may have been set back behind the beginning.
    ended = Greatest(F("since"), clock.now())
    return RoleGrant.objects.filter(staff_id=staff_id, role=role, until=None).update(until=ended)


def _someone_else_looks_after_staff(staff_id: str) -> None:
    administrators = RoleGrant.objects.select_for_update(of=("self",), no_key=True).filter(
        role=Role.ADMINISTRATOR, until=None, staff__is_active=True
    )
    holders = {row.staff_id for row in administrators}
    if staff_id in holders and holders == {staff_id}:
        raise NotPossible(
            _("This is the last administrator: give the role to somebody else first.")
        )
