"""What every simulated phone on one of Meta's platforms can do."""

from abc import abstractmethod

from nyumbani.drill.phones.telephone import Said, Telephone
from nyumbani.drill.wire import samples
from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.parts import Item, Letter, Platform, Upload


class Phone(Telephone):
    """One invented person on one channel.

    A message of ours is delivered while the phone is on, and read when she opens the chat: at
    once when `looking`, else at `open_chat()`. `receipts` off: she reads, nobody is told.
    """

    def __init__(
        self, platform: Platform, door: Door, *, looking: bool = False, receipts: bool = True
    ) -> None:
        super().__init__(door)
        self.looking, self.receipts = looking, receipts
        self.ticked: set[str] = set()  # ids of her messages that show as read by us
        self._platform = platform
        platform.join(self)

    # ---- what the platform asks of a phone (wire.parts.Handset) ----

    @property
    @abstractmethod
    def addresses(self) -> frozenset[str]:
        """Everything she can be reached by on this channel now."""

    def tick(self, message_id: str) -> None:
        """Show that we read her message; without an id: everything so far."""
        self.ticked.update({message_id} if message_id else self.written)

    # ---- what she does ----

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

    def _arrived(self, letter: Letter) -> None:
        self._platform.report(self, letter, "delivered")
        if self.looking:
            self.open_chat()

    def _read(self, letter: Letter) -> None:
        if self.receipts:
            self._platform.report(self, letter, "read")

    def _say(self, item: Item, said: Said) -> str:
        self._keep(said)
        self._platform.wrote(self, item, at=said.at)
        return said.id
