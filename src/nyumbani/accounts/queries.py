"""Reading about staff. Everybody may know who works here; accounts are for administrators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from nyumbani.accounts.models import Proposal, RoleGrant, SetupLink, Staff
from nyumbani.accounts.terms import Matter, Outcome, Role, folded
from nyumbani.accounts.viewers import Viewer
from nyumbani.kit import clock


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody one can give work to."""

    staff_id: str
    display_name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff as an administrator sees them."""

    staff_id: str
    username: str
    display_name: str
    email: str
    is_active: bool
    roles: tuple[Role, ...]
    has_second_factor: bool
    is_invited: bool
    last_login: datetime | None


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of somebody, now or formerly."""

    role: Role
    since: datetime
    until: datetime | None
    granted_by: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What waits for a director about one colleague."""

    staff_id: str
    display_name: str
    username: str
    is_known: bool  # came in before: then the link lets somebody in as a person who has a past
    roles: tuple[Role, ...]
    has_link: bool
    asked_by: str  # sign-in name
    asked_at: datetime
    proposals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstDirector:
    """A director who came in by one person's word, as there was no other to ask."""

    display_name: str
    username: str
    asked_by: str  # sign-in name
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What somebody sees about themselves."""

    username: str
    display_name: str
    language: str
    roles: tuple[Role, ...]
    has_password: bool


def colleagues(viewer: Viewer) -> list[Colleague]:  # noqa: ARG001 - all staff may know each other
    """Who works here now, by name, with what they do."""
    held = _roles_held()
    rows = Staff.objects.filter(is_active=True).order_by("display_name", "pk")
    return [Colleague(row.pk, row.display_name, frozenset(held.get(row.pk, ()))) for row in rows]


def colleagues_with(viewer: Viewer, *roles: Role) -> list[Colleague]:
    """Who works here now in one of these roles."""
    wanted = frozenset(roles)
    return [one for one in colleagues(viewer) if one.roles & wanted]


def names_of(viewer: Viewer, staff_ids: Iterable[str]) -> dict[str, str]:  # noqa: ARG001
    """What colleagues, also former ones, are called: id → name. Unknown ids are left out.

    The sign-in name, which cannot be changed, stands behind a name that is not the same.
    """
    rows = Staff.objects.filter(pk__in=set(staff_ids))
    return {
        pk: called if folded(called) == username else f"{called} ({username})"
        for pk, called, username in rows.values_list("pk", "display_name", "username")
    }


def accounts(viewer: Viewer) -> list[Account]:
    """Every account, those who left last; empty for who does not look after staff."""
    if not viewer.may_look_after_staff:
        return []
    return _accounts(Staff.objects.order_by("-is_active", "display_name", "pk"))


def account(viewer: Viewer, staff_id: str) -> Account | None:
    """One account; None if there is none or the viewer does not look after staff."""
    if not viewer.may_look_after_staff:
        return None
    return next(iter(_accounts(Staff.objects.filter(pk=staff_id))), None)


def grants_of(viewer: Viewer, staff_id: str) -> list[Grant]:
    """Roles somebody has and had, newest first; empty for who does not look after staff."""
    if not viewer.may_look_after_staff:
        return []
    rows = RoleGrant.objects.filter(staff_id=staff_id).select_related("granted_by")
    return [
        Grant(Role(row.role), row.since, row.until, str(row.granted_by or ""))
        for row in rows.order_by("-since", "role")
    ]


def waiting_for_a_director(viewer: Viewer) -> list[Proposed]:
    """What the viewer may agree to, by colleague, the longest waiting first; for directors alone.

    What the viewer asked for stays out: somebody else has to agree.
    """
    if not viewer.may_agree:
        return []
    return _proposed(Proposal.objects.exclude(asked_by=viewer.staff_id))


def proposed_for(viewer: Viewer, staff_id: str) -> Proposed | None:
    """What waits for a director about one colleague; None for who does not look after staff."""
    if not viewer.may_look_after_staff:
        return None
    return next(iter(_proposed(Proposal.objects.filter(staff=staff_id))), None)


def first_directors(viewer: Viewer) -> list[FirstDirector]:
    """Directors who came in without a second person; shown for ever to who reads the ledger."""
    if not viewer.may_read_ledger:
        return []
    rows = Proposal.objects.filter(outcome=Outcome.WAIVED).select_related("staff", "asked_by")
    return [
        FirstDirector(
            row.staff.display_name, row.staff.username, row.asked_by.username, row.asked_at
        )
        for row in rows.order_by("pk")
    ]


def own_account(viewer: Viewer) -> OwnAccount:
    """What is written about the viewer."""
    staff = Staff.objects.get(pk=viewer.staff_id)
    return OwnAccount(
        username=staff.username,
        display_name=staff.display_name,
        language=staff.language,
        roles=tuple(sorted(viewer.roles)),
        has_password=staff.has_usable_password(),
    )


def second_factors(viewer: Viewer) -> int:
    """How many second factors the viewer could sign in with: app and passkeys, not codes."""
    factors = Authenticator.objects.filter(user_id=viewer.staff_id)
    return int(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).count())


def _proposed(rows: QuerySet[Proposal]) -> list[Proposed]:
    of: dict[str, list[Proposal]] = {}
    for row in rows.filter(outcome="").select_related("staff", "asked_by").order_by("pk"):
        of.setdefault(row.staff_id, []).append(row)
    return [
        Proposed(
            staff_id=first.staff_id,
            display_name=first.staff.display_name,
            username=first.staff.username,
            is_known=first.staff.last_login is not None,
            roles=tuple(Role(row.role) for row in found if row.role),
            has_link=any(row.matter == Matter.LINK for row in found),
            asked_by=first.asked_by.username,
            asked_at=first.asked_at,
            proposals=tuple(row.pk for row in found),
        )
        for found in of.values()
        for first in found[:1]
    ]


def _roles_held() -> dict[str, list[Role]]:
    held: dict[str, list[Role]] = {}
    rows = RoleGrant.objects.filter(until=None).order_by("role")
    for staff_id, role in rows.values_list("staff_id", "role"):
        held.setdefault(staff_id, []).append(Role(role))
    return held


def _accounts(rows: QuerySet[Staff]) -> list[Account]:
    held = _roles_held()
    codes = Authenticator.Type.RECOVERY_CODES
    proven = set(Authenticator.objects.exclude(type=codes).values_list("user_id", flat=True))
    links = SetupLink.objects.filter(used_at=None, expires_at__gt=clock.real_now())
    invited = set(links.values_list("staff_id", flat=True))
    return [
        Account(
            staff_id=row.pk,
            username=row.username,
            display_name=row.display_name,
            email=row.email,
            is_active=row.is_active,
            roles=tuple(held.get(row.pk, ())),
            has_second_factor=row.pk in proven,
            is_invited=row.pk in invited,
            last_login=row.last_login,
        )
        for row in rows
    ]
