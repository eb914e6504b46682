"""What staff do with their own account, and how it is closed to everybody."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from nyumbani.accounts.actions import agreement
from nyumbani.accounts.models import NameUsed, SetupLink, Staff
from nyumbani.accounts.terms import Matter, NotPossible, folded
from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.kit.doer import Doer


@transaction.atomic
def set_password(*, staff: Staff, password: str, by: Doer) -> None:
    """Somebody signs in with this password from now on; sessions under the former one end."""
    record(by=by, verb="staff.password_changed", about=f"staff:{staff.pk}")
    staff.set_password(password)
    staff.save(update_fields=["password"])


@transaction.atomic
def change_details(*, display_name: str, language: str, by: Actor) -> None:
    """Somebody is called something else, or reads pages in another language.

    Raises `NotPossible` for a name that is or was a colleague's.
    """
    record(by=by, verb="staff.details_changed", about=f"staff:{by.staff_id}")
    take_name(staff=Staff.objects.get(pk=by.staff_id), display_name=display_name, by=by)
    Staff.objects.filter(pk=by.staff_id).update(display_name=display_name, language=language)


@transaction.atomic
def take_name(*, staff: Staff, display_name: str, by: Doer) -> None:  # noqa: ARG001 - see below
    """The name is this colleague's from now on, and nobody's after them.

    The line in the ledger, saying by whom, is written by the verb that needs the name. Raises
    `NotPossible` if somebody else has or had it, as name or as sign-in name, however it is written.
    """
    name = folded(display_name)
    if not name:
        raise NotPossible(_("Write a name that can be read."))
    others = Staff.objects.exclude(pk=staff.pk).values_list("display_name", "username")
    used = NameUsed.objects.filter(folded=name).exclude(staff=staff)
    if used.exists() or any(name in {folded(called), known_as} for called, known_as in others):
        raise NotPossible(_("A colleague has or had this name: add what tells you apart."))
    for mine in {name, folded(staff.display_name)}:
        NameUsed.objects.get_or_create(folded=mine, defaults={"staff": staff})


@transaction.atomic
def forget_authenticator_app(*, by: Actor) -> None:
    """The phone app used so far gives no more codes; the next line sets up another."""
    apps = Authenticator.objects.filter(user_id=by.staff_id, type=Authenticator.Type.TOTP)
    if apps.exists():
        note(by=by, verb="staff.second_factor_removed", kind="totp")
        apps.delete()


@transaction.atomic
def end_session(*, session_id: int, by: Actor) -> bool:
    """A session left open somewhere else is over; False if it is not one's own or over already."""
    session = UserSession.objects.filter(pk=session_id, user_id=by.staff_id).first()
    if session is None:
        return False
    record(by=by, verb="session.ended", about=f"staff:{by.staff_id}", session=session_id)
    session.end()
    return True


@transaction.atomic
def end_other_sessions(*, keep: str, by: Actor) -> int:
    """All sessions but the one with the key `keep` are over; returns how many there were."""
    others = list(UserSession.objects.filter(user_id=by.staff_id).exclude(session_key=keep))
    if others:
        about = f"staff:{by.staff_id}"
        record(by=by, verb="session.others_ended", about=about, sessions=len(others))
    for session in others:
        session.end()
    return len(others)


@transaction.atomic
def shut_out(*, staff: Staff, by: Doer) -> None:
    """Nobody signs in as this person any more: sessions, password, second factor and links go."""
    record(by=by, verb="staff.shut_out", about=f"staff:{staff.pk}")
    agreement.withdraw(staff_id=staff.pk, matter=Matter.LINK, by=by)
    for session in UserSession.objects.filter(user=staff):
        session.end()
    Authenticator.objects.filter(user=staff).delete()
    SetupLink.objects.filter(staff=staff, used_at=None).delete()
    # A new password hash also ends every session that is listed nowhere.
    staff.set_unusable_password()
    staff.save(update_fields=["password"])


def note(*, by: Actor, verb: str, **facts: str | int) -> None:
    """Write down what somebody did about the own account: came, left, locked, set up a factor."""
    record(by=by, verb=verb, about=f"staff:{by.staff_id}", **facts)


def note_failed_sign_in(*, username: str, by: Doer) -> None:
    """Write down that somebody tried to come in as one of us.

    Names nobody has are not written down: a stranger must not be able to fill the ledger.
    """
    staff = Staff.objects.filter(username=username.lower()).first()
    if staff is not None:
        record(by=by, verb="staff.sign_in_failed", about=f"staff:{staff.pk}")
