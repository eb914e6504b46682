"""What staff do with their own account, and how it is closed to everybody."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from nyumbani.accounts.models import SetupLink, Staff
from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.kit.doer import Doer


@transaction.atomic
def set_password(*, staff: Staff, password: str, by: Doer) -> None:
    """Somebody signs in with this password from now on; sessions under the former one end."""
    staff.set_password(password)
    staff.save(update_fields=["password"])
    record(by=by, verb="staff.password_changed", about=f"staff:{staff.pk}")


@transaction.atomic
def change_details(*, display_name: str, language: str, by: Actor) -> None:
    """Somebody is called something else, or reads pages in another language."""
    Staff.objects.filter(pk=by.staff_id).update(display_name=display_name, language=language)
    record(by=by, verb="staff.details_changed", about=f"staff:{by.staff_id}")


@transaction.atomic
def forget_authenticator_app(*, by: Actor) -> None:
    """The phone app used so far gives no more codes; the next line sets up another."""
    gone = Authenticator.objects.filter(user_id=by.staff_id, type=Authenticator.Type.TOTP).delete()
    if gone[0]:
        note(by=by, verb="staff.second_factor_removed", kind="totp")


@transaction.atomic
def end_session(*, session_id: int, by: Actor) -> bool:
    """A session left open somewhere else is over; False if it is not one's own or over already."""
    session = UserSession.objects.filter(pk=session_id, user_id=by.staff_id).first()
    if session is None:
        return False
    session.end()
    record(by=by, verb="session.ended", about=f"staff:{by.staff_id}", session=session_id)
    return True


@transaction.atomic
def end_other_sessions(*, keep: str, by: Actor) -> int:
    """All sessions but the one with the key `keep` are over; returns how many there were."""
    others = UserSession.objects.filter(user_id=by.staff_id).exclude(session_key=keep)
    count = 0
    for session in others:
        session.end()
        count += 1
    if count:
        record(by=by, verb="session.others_ended", about=f"staff:{by.staff_id}", sessions=count)
    return count


@transaction.atomic
def shut_out(*, staff: Staff, by: Doer) -> None:
    """Nobody signs in as this person any more: sessions, password, second factor and links go."""
    for session in UserSession.objects.filter(user=staff):
        session.end()
    Authenticator.objects.filter(user=staff).delete()
    SetupLink.objects.filter(staff=staff, used_at=None).delete()
    # A new password hash also ends every session that is listed nowhere.
    staff.set_unusable_password()
    staff.save(update_fields=["password"])
    record(by=by, verb="staff.shut_out", about=f"staff:{staff.pk}")


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
