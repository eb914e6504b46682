"""How staff come in: the first administrator, invited colleagues, visitors of the demonstration.

A link's token is returned once, to be passed on, and only its digest is stored.
"""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from nyumbani.accounts import permissions
from nyumbani.accounts.actions import own
from nyumbani.accounts.models import RoleGrant, SetupLink, Staff
from nyumbani.accounts.terms import INVENTED, LinkClosed, LinkKind, NotPossible, Role
from nyumbani.accounts.viewers import Actor, actor_for, digest_of
from nyumbani.audit.actions import record
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer

FIRST_LINK_LASTS = timedelta(days=1)
INVITATION_LASTS = timedelta(days=3)
DEMO_LINK_LASTS = timedelta(days=1)


@transaction.atomic
def issue_first_link(*, by: Doer) -> str:
    """Make the link by which the first administrator comes in; earlier ones stop working.

    Returns the token for /set-up/<token>/. Raises `NotPossible` once there are staff.
    """
    if Staff.objects.exists():
        raise NotPossible(_("There are staff here already: an administrator invites the next."))
    return _issue(LinkKind.FIRST_ADMINISTRATOR, None, FIRST_LINK_LASTS, by)


@transaction.atomic
def set_up_first(*, token: str, username: str, display_name: str, password: str, by: Doer) -> Staff:
    """Let the first administrator in with the name and password just chosen.

    Raises `LinkClosed` if the link is not good, or somebody came in before.
    """
    _use(token, LinkKind.FIRST_ADMINISTRATOR)
    if Staff.objects.exists():
        raise LinkClosed
    staff = _new_staff(username=username, display_name=display_name)
    own.set_password(staff=staff, password=password, by=by)
    _give(staff, [Role.ADMINISTRATOR], None)
    record(by=by, verb="staff.set_up", about=f"staff:{staff.pk}", role="administrator")
    return staff


@transaction.atomic
def invite(
    *, username: str, display_name: str, roles: Iterable[Role], by: Actor, email: str = ""
) -> tuple[Staff, str]:
    """Give a colleague a name and roles, and make the link by which they come in.

    Returns the colleague and the token. Raises `NotPossible` if the sign-in name is taken or the
    roles do not go together.
    """
    wanted = frozenset(roles)
    if not permissions.may_hold_together(wanted):
        raise NotPossible(_("An administrator cannot also work on cases."))
    staff = _new_staff(username=username, display_name=display_name, email=email)
    _give(staff, sorted(wanted), by.staff_id)
    record(by=by, verb="staff.invited", about=f"staff:{staff.pk}", roles=len(wanted))
    for role in sorted(wanted):
        record(by=by, verb="role.granted", about=f"staff:{staff.pk}", role=role.value)
    return staff, _issue(LinkKind.INVITATION, staff, INVITATION_LASTS, by)


@transaction.atomic
def issue_link(*, staff_id: str, by: Doer) -> str:
    """Let a colleague who lost phone or password begin anew; until then nobody signs in as them.

    Ends their sessions and takes password, second factor and earlier links away. Returns the
    token. Raises `NotPossible` for somebody who left, or for oneself.
    """
    staff = Staff.objects.select_for_update().get(pk=staff_id)
    if not staff.is_active:
        raise NotPossible(_("This colleague has left; bring them back first."))
    if by.ledger_name == actor_for(staff).ledger_name:
        raise NotPossible(_("Ask another administrator: nobody makes this link for themselves."))
    own.shut_out(staff=staff, by=by)
    return _issue(LinkKind.INVITATION, staff, INVITATION_LASTS, by)


@transaction.atomic
def issue_link_by_name(*, username: str, by: Doer) -> str:
    """Let whoever has the machine help an administrator who lost the phone and has no colleague.

    Returns the token. Raises `NotPossible` if nobody has this sign-in name, or they left.
    """
    staff = Staff.objects.filter(username=username.lower()).first()
    if staff is None:
        raise NotPossible(_("Nobody has this sign-in name."))
    return issue_link(staff_id=staff.pk, by=by)


@transaction.atomic
def set_up_invited(*, token: str, password: str, by: Doer) -> Staff:
    """Let an invited colleague in with the password just chosen; raises `LinkClosed`."""
    staff = _use(token, LinkKind.INVITATION).staff
    if staff is None or not staff.is_active:
        raise LinkClosed
    own.set_password(staff=staff, password=password, by=by)
    record(by=by, verb="staff.set_up", about=f"staff:{staff.pk}")
    return staff


@transaction.atomic
def make_demo_staff(*, by: Doer) -> dict[Role, Actor]:
    """Let the demonstration's invented people work here, one a role; says who they are.

    A second call makes nobody new.
    """
    actors = {}
    for role, (username, display_name) in INVENTED.items():
        staff = Staff.objects.filter(username=username).first()
        if staff is None:
            staff = _new_staff(username=username, display_name=display_name)
            _give(staff, [role], None)
            record(by=by, verb="staff.invented", about=f"staff:{staff.pk}", role=role.value)
        actors[role] = actor_for(staff)
    return actors


@transaction.atomic
def enter_demo(*, role: Role, by: Doer) -> Staff:
    """A visitor of the demonstration takes the part of the invented person with this role."""
    staff = Staff.objects.get(pk=make_demo_staff(by=by)[role].staff_id)
    record(by=by, verb="demo.entered", about=f"staff:{staff.pk}", role=role.value)
    return staff


@transaction.atomic
def issue_demo_link(*, by: Doer) -> str:
    """Make the link that `nyumbani demo` prints: /demo/enter/<token>/, good once."""
    return _issue(LinkKind.DEMO, None, DEMO_LINK_LASTS, by)


@transaction.atomic
def use_demo_link(*, token: str, role: Role, by: Doer) -> Staff:
    """Come into the demonstration by its link, in this role; raises `LinkClosed`."""
    _use(token, LinkKind.DEMO)
    return enter_demo(role=role, by=by)


def _new_staff(*, username: str, display_name: str, email: str = "") -> Staff:
    if Staff.objects.filter(username=username.lower()).exists():
        raise NotPossible(_("This sign-in name is taken; choose another."))
    staff = Staff(
        username=username.lower(),
        display_name=display_name,
        email=email,
        joined_at=clock.now(),
    )
    staff.set_unusable_password()
    staff.save(force_insert=True)
    return staff


def _give(staff: Staff, roles: Iterable[Role], granted_by: str | None) -> None:
    for role in roles:
        RoleGrant.objects.create(
            staff=staff, role=role, since=clock.now(), granted_by_id=granted_by
        )


def _issue(kind: LinkKind, staff: Staff | None, lasts: timedelta, by: Doer) -> str:
    SetupLink.objects.filter(kind=kind, staff=staff, used_at=None).delete()
    token = secrets.token_urlsafe(32)
    now = clock.real_now()
    link = SetupLink.objects.create(
        digest=digest_of(token), kind=kind, staff=staff, issued_at=now, expires_at=now + lasts
    )
    about = f"staff:{staff.pk}" if staff else f"link:{link.pk}"
    record(by=by, verb="staff.link_issued", about=about, kind=kind.value)
    return token


def _use(token: str, kind: LinkKind) -> SetupLink:
    """Mark a link used; of two who try at the same moment, one gets in."""
    now = clock.real_now()
    links = SetupLink.objects.filter(digest=digest_of(token), kind=kind)
    if links.filter(used_at=None, expires_at__gt=now).update(used_at=now) != 1:
        raise LinkClosed
    return links.select_related("staff").get()
