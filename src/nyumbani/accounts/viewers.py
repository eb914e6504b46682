"""Who looks, who acts, who knocks: the one form in which pages and other rooms know staff."""

import hashlib
from dataclasses import dataclass, field
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from nyumbani.accounts import permissions
from nyumbani.accounts.models import RoleGrant, SetupLink, Staff
from nyumbani.accounts.terms import LinkKind, Role
from nyumbani.kit import clock


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff doing something; what `by=` takes."""

    staff_id: str
    display_name: str

    @property
    def ledger_name(self) -> str:
        """How the ledger calls this person: by id, never by name."""
        return f"staff:{self.staff_id}"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member of staff looking at something, with the roles held at this moment."""

    staff_id: str
    display_name: str
    roles: frozenset[Role] = field(default_factory=frozenset)

    @property
    def ledger_name(self) -> str:
        """How the ledger calls this person: by id, never by name."""
        return f"staff:{self.staff_id}"

    @property
    def may_look_after_staff(self) -> bool:
        """Invite colleagues, give and end roles, end accounts."""
        return permissions.may_look_after_staff(self.roles)

    @property
    def may_read_cases(self) -> bool:
        """Open the cases one belongs to."""
        return permissions.may_read_cases(self.roles)

    @property
    def may_open_cases(self) -> bool:
        """Open a new case."""
        return permissions.may_open_cases(self.roles)

    @property
    def may_lead(self) -> bool:
        """Assign the cases one is in, be told when a glass is broken; no case opens by this."""
        return permissions.may_lead(self.roles)

    @property
    def may_break_glass(self) -> bool:
        """Open a case one does not belong to, with a reason."""
        return permissions.may_break_glass(self.roles)

    @property
    def may_read_inbox(self) -> bool:
        """Read messages that belong to no case yet."""
        return permissions.may_read_inbox(self.roles)

    @property
    def may_send(self) -> bool:
        """Write to people in distress."""
        return permissions.may_send(self.roles)

    @property
    def may_read_ledger(self) -> bool:
        """Read who did and saw what."""
        return permissions.may_read_ledger(self.roles)

    @property
    def may_agree(self) -> bool:
        """Agree, as the second person, to what administrators propose."""
        return permissions.may_agree(self.roles)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who holds a good set-up link and has not come in yet."""

    kind: LinkKind
    staff_id: str = ""
    username: str = ""
    display_name: str = ""
    waits: bool = False  # a director has yet to agree


def viewer_for(staff: Staff) -> Viewer:
    """This person with the roles held now; one query. Somebody who left has none."""
    held: frozenset[Role] = frozenset()
    if staff.is_active:
        rows = RoleGrant.objects.filter(staff=staff, until__isnull=True)
        held = frozenset(Role(role) for role in rows.values_list("role", flat=True))
    return Viewer(staff_id=staff.pk, display_name=staff.display_name, roles=held)


def actor_for(staff: Staff) -> Actor:
    """This person as the one who acts."""
    return Actor(staff_id=staff.pk, display_name=staff.display_name)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks, read once a request; raises `PermissionDenied` where nobody is signed in."""
    known = getattr(request, "_nyumbani_viewer", None)
    if known is None or known.staff_id != request.user.pk:
        if not request.user.is_authenticated:
            raise PermissionDenied
        known = viewer_for(request.user)
        request._nyumbani_viewer = known  # type: ignore[attr-defined]  # noqa: SLF001
    return cast("Viewer", known)


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; raises `PermissionDenied` where nobody is signed in."""
    viewer = viewer_of(request)
    return Actor(staff_id=viewer.staff_id, display_name=viewer.display_name)


def or_404(allowed: bool) -> None:  # noqa: FBT001 - `or_404(viewer.may_send)` reads as a sentence
    """Answer 404 unless `allowed`: what one may not open does not exist."""
    if not allowed:
        raise Http404


def in_language(response: HttpResponse, language: str) -> HttpResponse:
    """Let this browser show pages in `language`; "" goes back to what the browser asks for."""
    name = settings.LANGUAGE_COOKIE_NAME
    if not language:
        response.delete_cookie(name)
        return response
    response.set_cookie(
        name,
        language,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def digest_of(token: str) -> str:
    """What is stored of a link's token: SHA-256; the token is random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def guest_with(token: str) -> Guest | None:
    """Whom a set-up link lets in; None if it is wrong, used or too old, without saying which."""
    link = (
        SetupLink.objects.filter(
            digest=digest_of(token), used_at=None, expires_at__gt=clock.real_now()
        )
        .exclude(kind=LinkKind.DEMO)
        .select_related("staff")
        .first()
    )
    if link is None:
        return None
    if link.staff is None:
        return None if Staff.objects.exists() else Guest(LinkKind(link.kind))
    who = link.staff
    return Guest(LinkKind(link.kind), who.pk, who.username, who.display_name, link.waits)
