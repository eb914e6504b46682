"""What guards a signed-in session: its lock, its idle time, the second factor shown in it.

The state lies in the session row on the server; a stolen cookie of a locked session opens nothing.
Besides: the mark of a browser in which somebody has signed in before.
"""

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

from nyumbani.kit import clock

_LOCKED = "nyumbani_locked"  # where to go back to after unlocking
_SEEN = "nyumbani_seen"  # last activity, seconds since 1970
_FRESH = "nyumbani_fresh"  # when the password or a code was last given
_PROVEN = "nyumbani_proven"  # the second factor was shown, or set up, in this very session
_DEMO = "nyumbani_demo"
_SIGNED_IN = "_auth_user_id"  # django.contrib.auth's own mark

WRITE_EVERY = 60  # seconds between two notes of activity: one small write a minute at most
FRESH_FOR = 5 * 60  # seconds after which a delicate change asks for password or code again


class Sitting:
    """One session of one member of staff, from sign-in to sign-out."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session

    @property
    def is_signed_in(self) -> bool:
        """Whether anybody is signed in here; asks no database where there is no session."""
        return _SIGNED_IN in self.session

    @property
    def is_locked(self) -> bool:
        """Whether it was hidden, or left alone for too long (NYUMBANI_IDLE_MINUTES)."""
        return _LOCKED in self.session or self._idle() > settings.NYUMBANI_IDLE_MINUTES * 60

    @property
    def is_proven(self) -> bool:
        """Whether the second factor was shown or set up in this session."""
        return self.is_demo or _PROVEN in self.session

    @property
    def is_demo(self) -> bool:
        """Whether it came in by the demonstration's door, while this is a demonstration."""
        return bool(settings.NYUMBANI_DEMO) and _DEMO in self.session

    @property
    def is_stray(self) -> bool:
        """Whether it came in by the demonstration's door and this is a real house."""
        return not settings.NYUMBANI_DEMO and _DEMO in self.session

    @property
    def is_fresh(self) -> bool:
        """Whether password or code were given within the last minutes."""
        return _now() - int(self.session.get(_FRESH, 0)) < FRESH_FOR

    def begin(self, *, proven: bool) -> None:
        """Somebody has just signed in; `proven` says that the second factor was shown."""
        self.session.pop(_LOCKED, None)
        self.session.pop(_PROVEN, None)
        self.session[_SEEN] = self.session[_FRESH] = _now()
        if proven:
            self.prove()

    def prove(self) -> None:
        """The second factor was shown or set up here."""
        self.session[_PROVEN] = True

    def mark_demo(self) -> None:
        """This session belongs to a visitor of the demonstration."""
        self.session[_DEMO] = True

    def lock(self, back_to: str = "") -> None:
        """Close the session until its owner gives password or code; then go `back_to`."""
        self.session.setdefault(_LOCKED, back_to)

    def unlock(self) -> str:
        """Open the session again; returns where its owner was."""
        self.session[_SEEN] = self.session[_FRESH] = _now()
        return str(self.session.pop(_LOCKED, ""))

    def touch(self) -> None:
        """Note activity, at most once a minute."""
        if self._idle() >= WRITE_EVERY:
            self.session[_SEEN] = _now()

    def _idle(self) -> int:
        # A session without a mark was not begun by us: idle for ever.
        return _now() - int(self.session.get(_SEEN, 0))


def _now() -> int:
    # Real time: the demonstration's clock jumps by weeks and must not lock anybody.
    return int(clock.real_now().timestamp())


class Acquaintance:
    """Who has signed in with this browser before: a stranger elsewhere cannot keep them out.

    A signed cookie with keyed digests of sign-in names, and a number for each that means nothing:
    attempts from here are counted under it. It opens nothing by itself.
    """

    COOKIE = "seen-before"
    LASTS = 90 * 24 * 60 * 60  # seconds
    MOST = 8  # colleagues at one shared computer

    def __init__(self, request: HttpRequest) -> None:
        text = request.COOKIES.get(self.COOKIE, "")
        try:
            self._known: dict[str, str] = signing.loads(text, salt=self.COOKIE, max_age=self.LASTS)
        except signing.BadSignature:
            self._known = {}

    def number_of(self, username: str) -> str:
        """Under which this person's attempts are counted here; "" if they never signed in here."""
        return self._known.get(_digest(username), "")

    def note(self, username: str, response: HttpResponse) -> None:
        """Let the browser remember that this person has signed in here, second factor and all."""
        known = {_digest(username): get_random_string(22)}
        others = ((key, number) for key, number in self._known.items() if key not in known)
        known.update(list(others)[: self.MOST - 1])
        response.set_cookie(
            self.COOKIE,
            signing.dumps(known, salt=self.COOKIE),
            max_age=self.LASTS,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )


def _digest(username: str) -> str:
    key = salted_hmac("nyumbani.accounts.seen-before", username.lower(), algorithm="sha256")
    return key.hexdigest()[:32]
