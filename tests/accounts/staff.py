"""Invented colleagues for tests: with a password, an app on the phone, a signed-in client.

Other rooms' tests may use `hire` and `sign_in` too.
"""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from nyumbani.accounts.actions import agreement
from nyumbani.accounts.guards import Sitting
from nyumbani.accounts.models import Proposal, RoleGrant, Staff
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Actor, actor_for
from nyumbani.audit.models import Entry
from nyumbani.kit import clock

PASSWORD = "lantern-river-otter-nine"


def hire(username: str = "wanjiku", *roles: Role, password: str = PASSWORD) -> Staff:
    """Somebody works here, with these roles and, unless empty, a password."""
    staff = Staff(username=username, display_name=username.title(), joined_at=clock.now())
    if password:
        staff.set_password(password)
    else:
        staff.set_unusable_password()
    staff.save()
    for role in roles or (Role.CASEWORKER,):
        RoleGrant.objects.create(staff=staff, role=role, since=clock.now())
    return staff


def administrator(username: str = "cherono") -> Staff:
    """Somebody who looks after staff."""
    return hire(username, Role.ADMINISTRATOR)


def director(username: str = "amina") -> Staff:
    """A director who has come in before."""
    staff = Staff.objects.filter(username=username).first() or hire(username, Role.DIRECTOR)
    Staff.objects.filter(pk=staff.pk).update(last_login=clock.now())
    staff.refresh_from_db()
    return staff


def agree_to(staff: Staff, by: Staff | None = None) -> None:
    """A director agrees to all that waits about this colleague."""
    waiting = Proposal.objects.filter(staff=staff, outcome="").values_list("pk", flat=True)
    agreement.agree(staff_id=staff.pk, proposals=list(waiting), by=actor(by or director()))


def actor(staff: Staff) -> Actor:
    """This person as `by=`."""
    return actor_for(staff)


def give_app(staff: Staff) -> str:
    """The colleague has set up an authenticator app; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(staff, secret)
    return secret


def give_codes(staff: Staff) -> list[str]:
    """The colleague has recovery codes."""
    return RecoveryCodes.activate(staff).get_unused_codes()


def code(secret: str, steps: int = 0) -> str:
    """What the app shows now, or some half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client: Client, staff: Staff, *, proven: bool = True) -> Client:
    """A session of this person, as after sign-in with (or without) the second factor."""
    session = client.session
    session[SESSION_KEY] = staff.pk
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    Sitting(session).begin(proven=proven)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def is_signed_in(client: Client) -> bool:
    """Whether the client holds a session of anybody; status codes would prove nothing."""
    return SESSION_KEY in client.session


def ledger(verb: str) -> list[Entry]:
    """The ledger's lines with this verb, oldest first."""
    return list(Entry.objects.filter(verb=verb).order_by("n"))
