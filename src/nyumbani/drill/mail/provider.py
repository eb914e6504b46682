"""The simulated provider: boxes of ours, and the telephones and computers people write from."""

import threading
from contextlib import ExitStack
from typing import Self

from nyumbani.drill.mail.box import Box
from nyumbani.drill.mail.imap import Keeper
from nyumbani.drill.mail.listening import Listener
from nyumbani.drill.mail.smtp import Counter
from nyumbani.drill.wire.mail import Letterbox


class Provider:
    """Carries letters between one box of ours and invented people."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self._people: dict[str, Letterbox] = {}
        self._lock = threading.Lock()
        self._running = ExitStack()
        self.urls: dict[str, str] = {}

    def __enter__(self) -> Self:
        imap = self._running.enter_context(Listener(Keeper(self.box).talk))
        smtp = self._running.enter_context(Listener(Counter(self.box, self._carry).talk))
        self.urls = {
            "imap": f"imap://127.0.0.1:{imap.port}",
            "smtp": f"smtp://127.0.0.1:{smtp.port}",
        }
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def join(self, person: Letterbox) -> None:
        """Let this person be written to."""
        with self._lock:
            self._people[person.address] = person

    def wrote(self, raw: bytes) -> int:
        """Lay a letter of somebody's into our box."""
        return self.box.lay(raw)

    def _carry(self, to: str, contents: bytes) -> None:
        person = self._people.get(to.lower())
        if person is not None:
            person.arrive(contents)
