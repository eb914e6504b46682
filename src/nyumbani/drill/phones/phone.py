"""What every simulated phone can do: get our messages, and be switched on and off."""

import datetime as dt
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass

from nyumbani.drill.wire import samples
from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.parts import Item, Letter, Platform, Shape, Upload


@dataclass(slots=True)
class Said:
    """Something she sent, as it stands on her own phone."""

    id: str
    kind: str  # text | voice | photo | place | other
    text: str
    at: dt.datetime
    is_edited: bool = False
    is_taken_back: bool = False


class Phone(ABC):
    """One invented person on one channel.

    A message of ours is delivered while the phone is on, and read when she opens the chat: at
    once when `looking`, else at `open_chat()`. `receipts` off: she reads, nobody is told.
    """

    def __init__(
        self, platform: Platform, door: Door, *, looking: bool = False, receipts: bool = True
    ) -> None:
        self.door = door
        self.looking, self.receipts = looking, receipts
        self.is_on = True
        self.received: list[Letter] = []  # what lies on the phone, in order of arrival
        self.ticked: set[str] = set()  # ids of her messages that show as read by us
        self.written: list[str] = []  # ids of her messages, in order
        self.said: list[Said] = []  # ... and what stands in them now
        self._platform = platform
        self._waiting: list[Letter] = []  # kept by the platform while the phone is off
        self._unread: list[Letter] = []
        self._lock = threading.RLock()
        platform.join(self)

    # ---- what the platform asks of a phone (wire.parts.Handset) ----

    @property
    @abstractmethod
    def addresses(self) -> frozenset[str]:
        """Everything she can be reached by on this channel now."""

    @property
    @abstractmethod
    def profile(self) -> Shape:
        """What the platform knows of her."""

    def arrive(self, letter: Letter) -> None:
        """Lay a message of ours on the phone, or keep it until she switches it on."""
        with self._lock:
            if not self.is_on:
                self._waiting.append(letter)
                return
            self.received.append(letter)
            self._unread.append(letter)
            self._platform.report(self, letter, "delivered")
            if self.looking:
                self.open_chat()

    def tick(self, message_id: str) -> None:
        """Show that we read her message; without an id: everything so far."""
        self.ticked.update({message_id} if message_id else self.written)

    # ---- what she does ----

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
            if self.receipts:
                for letter in unread:
                    self._platform.report(self, letter, "read")

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

    @abstractmethod
    def write(self, text: str, *, reply_to: str = "", at: dt.datetime | None = None) -> str:
        """Write to us; `at` is the time on her phone. Answers the message's id, as all do."""

    @abstractmethod
    def voice(self, seconds: float = 4, content: bytes = b"") -> str:
        """Send a voice note: `content` (OGG/Opus), or that many seconds of silence."""

    @abstractmethod
    def photo(self, caption: str = "", content: bytes = b"") -> str:
        """Send a photo: `content` (JPEG), or a drawing of a door."""

    @abstractmethod
    def locate(self, latitude: float, longitude: float, name: str = "") -> str:
        """Send where she is, in degrees."""

    @abstractmethod
    def react(self, message_id: str, emoji: str) -> str:
        """Put an emoji on a message; an empty one takes it away."""

    @abstractmethod
    def edit(self, message_id: str, text: str) -> str:
        """Change a message of hers."""

    @abstractmethod
    def take_back(self, message_id: str) -> str:
        """Delete a message of hers for everybody."""

    # ---- inside ----

    def _voice(self, seconds: float, content: bytes) -> Upload:
        note = content or samples.voice_note(seconds)
        return self._platform.upload(self.door, note, "audio/ogg; codecs=opus")

    def _photo(self, content: bytes) -> Upload:
        return self._platform.upload(self.door, content or samples.photo(), "image/jpeg")

    def _say(self, item: Item, said: Said) -> str:
        with self._lock:
            self.written.append(said.id)
            self.said.append(said)
        self._platform.wrote(self, item, at=said.at)
        return said.id

    def _alter(self, message_id: str, text: str | None) -> None:
        """Other words on her own phone; None: they are gone."""
        with self._lock:
            for said in self.said:
                if said.id == message_id:
                    said.is_edited, said.is_taken_back = text is not None, text is None
                    said.text = text or ""
