"""How staff come in: the first administrator, invited colleagues, visitors of the demonstration.

A link's token is returned once, to be passed on, and only its digest is stored. The ledger's line
is written before anything is locked (see `actions.roles`).
"""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from nyumbani.accounts import permissions
from nyumbani.accounts.actions import agreement, own
from nyumbani.accounts.models import Counter, RoleGrant, SetupLink, Staff
from nyumbani.accounts.terms import INVENTED, LinkClosed, LinkKind, NotPossible, Role
from nyumbani.accounts.viewers import Actor, actor_for, digest_of
from nyumbani.audit.actions import record
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer

FIRST_LINK_LASTS = timedelta(days=1)
INVITATION_LASTS = timedelta(days=3)
DEMO_LINK_LASTS = timedelta(days=1)
BATCH = 500
"""How many rows one tidying takes away of each kind, so that nobody waits for it."""


@transaction.atomic
def issue_first_link(*, by: Doer) -> str:
    """Make the link by which the first administrator comes in; earlier ones stop working.

    Returns the token for /set-up/<token>/. Raises `NotPossible` once there are staff.
    """
    if Staff.objects.exists():
        raise NotPossible(_("There are staff here already: an administrator invites the next."))
    return _issue_to_nobody(LinkKind.FIRST_ADMINISTRATOR, FIRST_LINK_LASTS, by)


@transaction.atomic
def set_up_first(*, token: str, username: str, display_name: str, password: str, by: Doer) -> Staff:
    """Let the first administrator in with the name and password just chosen.

    Raises `LinkClosed` if the link is not good, or somebody came in before.
    """
    staff_id = ids.new()
    record(by=by, verb="staff.set_up", about=f"staff:{staff_id}", role="administrator")
    _use(token, LinkKind.FIRST_ADMINISTRATOR)
    if Staff.objects.exists():
        raise LinkClosed
    staff = _new_staff(staff_id, username, display_name, by)
    own.set_password(staff=staff, password=password, by=by)
    _give(staff, [Role.ADMINISTRATOR], None)
    return staff


@transaction.atomic
def invite(
    *, username: str, display_name: str, roles: Iterable[Role], by: Actor, email: str = ""
) -> tuple[Staff, str]:
    """Give a colleague a name and roles, and make the link by which they come in.

    Where cases are read, roles and link count once a director has agreed (actions.agreement).
    Returns the colleague and the token. Raises `NotPossible` if a name is taken or the roles do
    not go together.
    """
    wanted = frozenset(roles)
    if not permissions.may_hold_together(wanted):
        raise NotPossible(_("An administrator cannot also work on cases."))
    is_first = Role.DIRECTOR in wanted and agreement.is_nobody_to_ask()
    guarded = [] if is_first else sorted(role for role in wanted if agreement.is_guarded(role))
    staff_id = ids.new()
    record(by=by, verb="staff.invited", about=f"staff:{staff_id}", roles=len(wanted))
    staff = _new_staff(staff_id, username, display_name, by, email=email)
    for role in sorted(wanted.difference(guarded)):
        record(by=by, verb="role.granted", about=f"staff:{staff_id}", role=role.value)
        _give(staff, [role], by.staff_id)
    for role in guarded:
        agreement.propose(staff=staff, role=role, by=by)
    if is_first:
        agreement.waive(staff=staff, by=by)
    record(by=by, verb="staff.link_issued", about=f"staff:{staff_id}", kind="invitation")
    return staff, _issue(staff, by, waits=bool(guarded))


@transaction.atomic
def issue_link(*, staff_id: str, by: Doer) -> str:
    """Let a colleague who lost phone or password begin anew; until then nobody signs in as them.

    Ends their sessions and takes password, second factor and earlier links away. Returns the
    token; where cases are read it opens nothing until a director has agreed. Raises `NotPossible`
    for somebody who left, for oneself, or if no other director is there to agree.
    """
    record(by=by, verb="staff.link_issued", about=f"staff:{staff_id}", kind="invitation")
    staff = Staff.objects.select_for_update(no_key=True).get(pk=staff_id)
    if not staff.is_active:
        raise NotPossible(_("This colleague has left; bring them back first."))
    if by.ledger_name == actor_for(staff).ledger_name:
        raise NotPossible(_("Ask another administrator: nobody makes this link for themselves."))
    waits = isinstance(by, Actor) and _waits_for_a_director(staff)
    own.shut_out(staff=staff, by=by)
    return _issue(staff, by, waits=waits)


@transaction.atomic
def issue_link_by_name(*, username: str, by: Doer) -> str:
    """Let whoever has the machine help a colleague nobody else could help; no director is asked.

    Returns the token. Raises `NotPossible` if nobody has this sign-in name, or they left.
    """
    staff = Staff.objects.filter(username=username.lower()).first()
    if staff is None:
        raise NotPossible(_("Nobody has this sign-in name."))
    return issue_link(staff_id=staff.pk, by=by)


@transaction.atomic
def set_up_invited(*, token: str, password: str, by: Doer) -> Staff:
    """Let an invited colleague in with the password just chosen; raises `LinkClosed`."""
    known = SetupLink.objects.filter(digest=digest_of(token)).select_related("staff").first()
    if known is None or known.staff is None or not known.staff.is_active:
        raise LinkClosed
    staff = known.staff
    record(by=by, verb="staff.set_up", about=f"staff:{staff.pk}")
    _use(token, LinkKind.INVITATION)
    own.set_password(staff=staff, password=password, by=by)
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
            staff_id = ids.new()
            record(by=by, verb="staff.invented", about=f"staff:{staff_id}", role=role.value)
            staff = _new_staff(staff_id, username, display_name, by)
            _give(staff, [role], None)
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
    return _issue_to_nobody(LinkKind.DEMO, DEMO_LINK_LASTS, by)


@transaction.atomic
def use_demo_link(*, token: str, role: Role, by: Doer) -> Staff:
    """Come into the demonstration by its link, in this role; raises `LinkClosed`."""
    staff = enter_demo(role=role, by=by)
    _use(token, LinkKind.DEMO)
    return staff


@transaction.atomic
def tidy(*, by: Doer) -> int:
    """Sessions that are over and attempts that count no longer are forgotten, some at a time.

    Returns how many rows are gone, at most `BATCH` of each kind; 0 when nothing is left to tidy.
    """
    now = clock.real_now()
    over = list(
        Session.objects.filter(expire_date__lt=now)
        .order_by("expire_date")
        .values_list("session_key", flat=True)[:BATCH]
    )
    stale = list(
        Counter.objects.filter(expires__lt=now)
        .order_by("expires")
        .values_list("cache_key", flat=True)[:BATCH]
    )
    if not (over or stale):
        return 0
    record(by=by, verb="staff.tidied", about="staff", sessions=len(over), counters=len(stale))
    # Asked again: a session may have been prolonged, an attempt counted anew, a moment ago.
    Session.objects.filter(session_key__in=over, expire_date__lt=now).delete()
    prolonged = Session.objects.filter(session_key__in=over).values("session_key")
    gone = UserSession.objects.filter(session_key__in=over).exclude(session_key__in=prolonged)
    gone.delete()
    Counter.objects.filter(cache_key__in=stale, expires__lt=now).delete()
    return len(over) + len(stale)


def _waits_for_a_director(staff: Staff) -> bool:
    if not agreement.is_guarded_account(staff) or agreement.is_first_director(staff):
        return False
    # Who never came in loses nothing while the link waits.
    if staff.last_login is not None and not agreement.has_a_director_beside(staff):
        raise NotPossible(
            _("No other director is here to agree. Whoever has the machine can make the link.")
        )
    return True


def _new_staff(
    staff_id: str, username: str, display_name: str, by: Doer, *, email: str = ""
) -> Staff:
    if Staff.objects.filter(username=username.lower()).exists():
        raise NotPossible(_("This sign-in name is taken; choose another."))
    staff = Staff(
        id=staff_id,
        username=username.lower(),
        display_name=display_name,
        email=email,
        joined_at=clock.now(),
    )
    staff.set_unusable_password()
    staff.save(force_insert=True)
    own.take_name(staff=staff, display_name=display_name, by=by)
    return staff


def _give(staff: Staff, roles: Iterable[Role], granted_by: str | None) -> None:
    for role in roles:
        RoleGrant.objects.create(
            staff=staff, role=role, since=clock.now(), granted_by_id=granted_by
        )


def _issue(staff: Staff, by: Doer, *, waits: bool) -> str:
    """A link for a colleague; the verb has written the ledger's line and ended earlier links."""
    token = secrets.token_urlsafe(32)
    link = _link(token, LinkKind.INVITATION, INVITATION_LASTS)
    link.staff, link.waits = staff, waits
    link.save(force_insert=True)
    if waits and isinstance(by, Actor):
        agreement.propose(staff=staff, link=link, by=by)
    return token


def _issue_to_nobody(kind: LinkKind, lasts: timedelta, by: Doer) -> str:
    """A link for who has no account yet, or takes one of the demonstration's."""
    token = secrets.token_urlsafe(32)
    link = _link(token, kind, lasts)
    record(by=by, verb="staff.link_issued", about=f"link:{link.pk}", kind=kind.value)
    SetupLink.objects.filter(kind=kind, used_at=None).delete()
    link.save(force_insert=True)
    return token


def _link(token: str, kind: LinkKind, lasts: timedelta) -> SetupLink:
    now = clock.real_now()
    return SetupLink(digest=digest_of(token), kind=kind, issued_at=now, expires_at=now + lasts)


def _use(token: str, kind: LinkKind) -> None:
    """Mark a link used; of two who try at the same moment, one gets in."""
    now = clock.real_now()
    links = SetupLink.objects.filter(digest=digest_of(token), kind=kind, waits=False)
    if links.filter(used_at=None, expires_at__gt=now).update(used_at=now) != 1:
        raise LinkClosed
