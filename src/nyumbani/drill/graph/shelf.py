"""Where the platform keeps the files people send, and for how long."""

import datetime as dt
import hashlib
import threading
from collections import deque
from collections.abc import Callable, Container
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from nyumbani.drill.graph import errors
from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.parts import Shape, Upload

ADDRESS_LIVES = dt.timedelta(minutes=5)
FILE_LIVES = dt.timedelta(days=7)
FAILURES_ALLOWED = 20  # failed downloads an hour; one more and none is served for BLOCKED
BLOCKED = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Kept:
    """One file with the account it was sent to."""

    door: Door
    content: bytes
    mime_type: str
    since: dt.datetime

    @property
    def sha256(self) -> bytes:
        """Its digest."""
        return hashlib.sha256(self.content).digest()


class Shelf:
    """Files by media id, handed out by addresses that live five minutes of the given clock."""

    def __init__(self, *, now: Callable[[], dt.datetime], dice: Random) -> None:
        self.url = ""  # the server's own address, known once it listens
        self._now, self._dice = now, dice
        self._kept: dict[str, Kept] = {}
        self._failures: deque[dt.datetime] = deque()
        self._blocked_until: dt.datetime | None = None
        self._lock = threading.Lock()

    def keep(self, door: Door, content: bytes, mime_type: str) -> Upload:
        """Put a file on the shelf."""
        kept = Kept(door, content, mime_type, self._now())
        with self._lock:
            name = str(self._dice.randrange(10**14, 10**15))
            self._kept[name] = kept
        # Messenger's addresses are signed for longer than WhatsApp's five minutes.
        return Upload(name, self._address(name, FILE_LIVES), mime_type, kept.sha256)

    def taken(self, name: str, account: str) -> Kept:
        """A file that was brought to this account; raises GraphError for an id of none."""
        try:
            return self._find(name, {account})
        except errors.GraphError:
            raise errors.no_such_media(name) from None

    def card(self, name: str, accounts: Container[str]) -> Shape:
        """What GET /<media id> answers: a fresh address, and what the file should be."""
        kept = self._find(name, accounts)
        return {
            "messaging_product": "whatsapp",
            "url": self._address(name, ADDRESS_LIVES),
            "mime_type": kept.mime_type,
            "sha256": kept.sha256.hex(),
            "file_size": len(kept.content),
            "id": name,
        }

    def shown(self, name: str) -> str:
        """Where a file of ours is shown to whoever asks for it."""
        return self._address(name, FILE_LIVES)

    def open(self, name: str, until: int, signed: str, accounts: Container[str] | None) -> Kept:
        """The file at an address, for who may act for `accounts`; None: for anybody."""
        kept = self._find(name, accounts)
        if signed != _signed(kept, name, until) or self._now().timestamp() > until:
            raise errors.expired()
        return kept

    def check(self) -> None:
        """Refuse every download while too many have failed."""
        with self._lock:
            if self._blocked_until and self._now() < self._blocked_until:
                raise errors.blocked_fetches()

    def failed(self) -> None:
        """Remember a failed download."""
        moment = self._now()
        with self._lock:
            self._failures.append(moment)
            while self._failures[0] < moment - dt.timedelta(hours=1):
                self._failures.popleft()
            if len(self._failures) > FAILURES_ALLOWED:
                self._blocked_until = moment + BLOCKED
                self._failures.clear()

    def _find(self, name: str, accounts: Container[str] | None) -> Kept:
        kept = self._kept.get(name)
        old = kept is not None and self._now() > kept.since + FILE_LIVES
        if kept is None or old or (accounts is not None and kept.door.account not in accounts):
            raise errors.no_such_object(name)
        return kept

    def _address(self, name: str, lives: dt.timedelta) -> str:
        until = int((self._now() + lives).timestamp())
        kept = self._kept[name]
        path = f"whatsapp_business/attachments/{name}"
        if kept.door.channel == "messenger":
            path = f"cdn/{name}"
        query = urlencode({"ext": until, "hash": _signed(kept, name, until)})
        return f"{self.url}/{path}?{query}"


def _signed(kept: Kept, name: str, until: int) -> str:
    return hashlib.sha256(f"{kept.door.secret}{name}{until}".encode()).hexdigest()[:16]
