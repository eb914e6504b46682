"""What every simulated telephone can do, whatever its channel tells of it."""

import datetime as dt
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass

from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.parts import Letter, Shape


@dataclass(slots=True)
class Said:
    """Something she sent, as it stands on her own phone."""

    id: str  # as the platform names it to our door
    kind: str  # text | voice | photo | place | other
    text: str
    at: dt.datetime
    is_edited: bool = False
    is_taken_back: bool = False


class Telephone(ABC):
    """One invented person on one channel: what she wrote, what lies there, what she has not read.

    Subclasses say what the platform is told when something arrives (`_arrived`), when it has to
    wait because the phone is off (`_kept`), and when she reads (`_read`).
    """

    def __init__(self, door: Door) -> None:
        self.door = door
        self.is_on = True
        self.received: list[Letter] = []  # what lies on the phone, in order of arrival
        self.written: list[str] = []  # ids of her messages, in order
        self.said: list[Said] = []  # ... and what stands in them now
        self._waiting: list[Letter] = []  # kept by the platform while the phone is off
        self._unread: list[Letter] = []
        self._lock = threading.RLock()

    @property
    @abstractmethod
    def profile(self) -> Shape:
        """What the platform knows of her."""

    @abstractmethod
    def write(self, text: str, *, reply_to: str = "", at: dt.datetime | None = None) -> str:
        """Write to us; `at` is the time on her phone. Answers the message's id, as all do."""

    def arrive(self, letter: Letter) -> None:
        """Lay a message of ours on the phone, or keep it until she switches it on."""
        with self._lock:
            if not self.is_on:
                self._waiting.append(letter)
                self._kept(letter)
                return
            self.received.append(letter)
            self._unread.append(letter)
            self._arrived(letter)

    def switch_off(self) -> None:
        """No power, no signal, or somebody took it."""
        self.is_on = False

    def switch_on(self) -> None:
        """Everything that waited arrives."""
        with self._lock:
            self.is_on = True
            waiting, self._waiting = self._waiting, []
            for letter in waiting:
                self.arrive(letter)

    def open_chat(self) -> None:
        """She reads what lies there."""
        with self._lock:
            unread, self._unread = self._unread, []
            for letter in unread:
                self._read(letter)

    @property
    def unread(self) -> int:
        """How many messages of ours she has not opened yet."""
        with self._lock:
            return len(self._unread)

    @property
    def texts(self) -> list[str]:
        """What she got from us, in words."""
        with self._lock:
            return [letter.text for letter in self.received]

    # ---- what the platform is told; most channels tell nobody that she has read ----

    def _arrived(self, letter: Letter) -> None:  # noqa: B027
        """It lies on the phone now."""

    def _kept(self, letter: Letter) -> None:  # noqa: B027
        """The phone is off: it waits."""

    def _read(self, letter: Letter) -> None:  # noqa: B027
        """She has read it."""

    # ---- inside ----

    def _keep(self, said: Said) -> str:
        with self._lock:
            self.written.append(said.id)
            self.said.append(said)
        return said.id

    def _alter(self, message_id: str, text: str | None) -> None:
        """Other words on her own phone; None: they are gone."""
        with self._lock:
            for said in self.said:
                if said.id == message_id:
                    said.is_edited, said.is_taken_back = text is not None, text is None
                    said.text = text or ""
