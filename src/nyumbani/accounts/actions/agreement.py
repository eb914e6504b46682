"""What takes two people: nobody comes in, or does work, where cases are read by one person's word.

An administrator proposes, a director agrees. Until the first director has come in there is nobody
to ask: that one comes in without a second person, which is written down for ever.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nyumbani.accounts import permissions
from nyumbani.accounts.models import Proposal, RoleGrant, SetupLink, Staff
from nyumbani.accounts.terms import Matter, NotPossible, Outcome, Role
from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer


def is_guarded(role: Role) -> bool:
    """Whether this work is given by two people: cases are read in it."""
    return permissions.may_read_cases({role})


def is_guarded_account(staff: Staff) -> bool:
    """Whether somebody who came in as this person could read cases, now or once roles come back."""
    had = RoleGrant.objects.filter(staff=staff, role__in=permissions.CASE_ROLES).exists()
    return had or _open(staff.pk).exists()


def is_nobody_to_ask() -> bool:
    """Whether no director has come in since the house was opened."""
    came = RoleGrant.objects.filter(role=Role.DIRECTOR, staff__last_login__isnull=False)
    return not came.exists()


def is_first_director(staff: Staff) -> bool:
    """Whether this is a director to be, who has not come in, in a house where none has."""
    held = RoleGrant.objects.filter(staff=staff, role=Role.DIRECTOR, until=None).exists()
    return held and is_nobody_to_ask()


def has_a_director_beside(staff: Staff) -> bool:
    """Whether a director other than this person works here and could agree."""
    others = RoleGrant.objects.filter(role=Role.DIRECTOR, until=None, staff__is_active=True)
    return others.exclude(staff=staff).exists()


@transaction.atomic
def propose(
    *, staff: Staff, by: Actor, role: Role | None = None, link: SetupLink | None = None
) -> None:
    """Ask the directors whether a colleague may have this role, or come in by this link.

    Raises `NotPossible` if they have been asked for this role already.
    """
    matter = Matter.ROLE if role else Matter.LINK
    record(
        by=by, verb=f"staff.{matter.value}_proposed", about=f"staff:{staff.pk}", **_role_fact(role)
    )
    if _open(staff.pk).filter(matter=matter, role=role or "").exists():
        raise NotPossible(_("This waits for a director already."))
    Proposal.objects.create(
        staff=staff, matter=matter, role=role or "", link=link, asked_at=clock.now(),
        asked_by_id=by.staff_id,
    )  # fmt: skip


@transaction.atomic
def waive(*, staff: Staff, by: Actor) -> None:
    """Somebody is the first director, by one person's word: this stays to be seen for ever."""
    record(by=by, verb="staff.first_director", about=f"staff:{staff.pk}")
    now = clock.now()
    Proposal.objects.create(
        staff=staff, matter=Matter.ROLE, role=Role.DIRECTOR, asked_at=now, asked_by_id=by.staff_id,
        decided_at=now, outcome=Outcome.WAIVED,
    )  # fmt: skip


@transaction.atomic
def agree(*, staff_id: str, proposals: Iterable[str], by: Actor) -> None:
    """What was proposed for a colleague counts from now on: the link opens, the work is theirs.

    Only what is named: what was added after the page was drawn still waits. Raises `NotPossible`
    if nothing of it waits, for who asked, and for who is no director.
    """
    record(by=by, verb="staff.agreed", about=f"staff:{staff_id}")
    for row in _for_decision(staff_id, proposals, by):
        _come_true(row, by)
        _close(row, Outcome.AGREED, by.staff_id)


@transaction.atomic
def decline(*, staff_id: str, proposals: Iterable[str], by: Actor) -> None:
    """What was proposed for a colleague comes to nothing; a link that waited opens nothing.

    Raises `NotPossible` as `agree` does.
    """
    record(by=by, verb="staff.declined", about=f"staff:{staff_id}")
    for row in _for_decision(staff_id, proposals, by):
        link = row.link
        _close(row, Outcome.DECLINED, by.staff_id)
        if link is not None and link.used_at is None:
            link.delete()


@transaction.atomic
def agree_on_the_machine(*, username: str, by: Doer) -> int:
    """Whoever has the machine agrees in a director's place; returns to how many proposals.

    Raises `NotPossible` while a director works here who has come in, or if nobody has this name.
    """
    staff = Staff.objects.filter(username=username.lower()).first()
    if staff is None:
        raise NotPossible(_("Nobody has this sign-in name."))
    record(by=by, verb="staff.agreed", about=f"staff:{staff.pk}")
    directors = RoleGrant.objects.filter(role=Role.DIRECTOR, until=None, staff__is_active=True)
    if directors.filter(staff__last_login__isnull=False).exists():
        raise NotPossible(_("A director works here: they agree on their own page."))
    rows = list(_open(staff.pk).select_for_update(of=("self",), no_key=True))
    if not rows:
        raise NotPossible(_("Nothing of this waits any more."))
    for row in rows:
        _come_true(row, by)
        _close(row, Outcome.AGREED, None)
    return len(rows)


@transaction.atomic
def withdraw(
    *, staff_id: str, by: Doer, matter: Matter | None = None, role: Role | None = None
) -> int:
    """What was proposed is asked no more; returns how much that was. By default all of it."""
    rows = _open(staff_id)
    rows = rows.filter(matter=matter) if matter else rows
    rows = rows.filter(role=role) if role else rows
    if not rows.exists():
        return 0
    record(by=by, verb="staff.proposal_withdrawn", about=f"staff:{staff_id}")
    return rows.update(outcome=Outcome.WITHDRAWN, decided_at=clock.now())


def _open(staff_id: str) -> QuerySet[Proposal]:
    return Proposal.objects.filter(staff_id=staff_id, outcome="").order_by("pk")


def _for_decision(staff_id: str, proposals: Iterable[str], by: Actor) -> list[Proposal]:
    """What `by` may decide; read again here, as a page may be older than a role."""
    roles = RoleGrant.objects.filter(staff_id=by.staff_id, until=None, staff__is_active=True)
    if not permissions.may_agree({Role(row.role) for row in roles}):
        raise NotPossible(_("A director has to agree to this."))
    rows = _open(staff_id).filter(pk__in=list(proposals)).select_related("staff", "link")
    found = list(rows.select_for_update(of=("self",), no_key=True))
    if not found:
        raise NotPossible(_("Nothing of this waits any more."))
    if any(row.asked_by_id == by.staff_id for row in found):
        raise NotPossible(_("Somebody else than who asked has to agree."))
    return found


def _come_true(row: Proposal, by: Doer) -> None:
    about = f"staff:{row.staff_id}"
    if row.matter == Matter.LINK:
        record(by=by, verb="staff.link_agreed", about=about)
        SetupLink.objects.filter(pk=row.link_id, used_at=None).update(waits=False)
        return
    role = Role(row.role)
    held = RoleGrant.objects.filter(staff_id=row.staff_id, until=None).values_list(
        "role", flat=True
    )
    if not permissions.may_hold_together({role, *map(Role, held)}):
        raise NotPossible(_("An administrator cannot also work on cases."))
    record(by=by, verb="role.granted", about=about, role=role.value)
    RoleGrant.objects.create(
        staff_id=row.staff_id, role=role, since=clock.now(), granted_by_id=row.asked_by_id
    )


def _close(row: Proposal, outcome: Outcome, decided_by: str | None) -> None:
    row.outcome, row.decided_at, row.decided_by_id = outcome, clock.now(), decided_by
    row.save(update_fields=["outcome", "decided_at", "decided_by"])


def _role_fact(role: Role | None) -> dict[str, str]:
    return {"role": role.value} if role else {}
