"""The platform's exchange: who can be reached, who wrote last when, what became of our messages."""

import datetime as dt
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from nyumbani.drill.graph import errors
from nyumbani.drill.graph.faults import Fault, Planned
from nyumbani.drill.graph.library import Library
from nyumbani.drill.graph.orders import Order, Templates
from nyumbani.drill.graph.shelf import Shelf
from nyumbani.drill.graph.uploads import KINDS
from nyumbani.drill.wire import messenger, whatsapp
from nyumbani.drill.wire.doors import Channel, Door
from nyumbani.drill.wire.parts import Handset, Item, Letter, Upload
from nyumbani.drill.wire.post import Postman
from nyumbani.drill.wire.whatsapp import Sender

BEFORE_THE_ANSWER = (Fault.ANSWER_LATE, Fault.DROPPED)  # statuses overtake our answer


@dataclass(slots=True)
class Known:
    """A phone as the exchange knows it."""

    handset: Handset
    wrote_at: dt.datetime | None = None  # opens the reply window


@dataclass(frozen=True, slots=True)
class Habits:
    """How this platform goes about things."""

    templates: Templates = field(default_factory=dict)  # approved from the beginning
    refuses_late: bool = False  # accept, then report closed windows and unknown numbers as failed
    lead: float = 0.05  # real seconds between our answer and the first status
    echoes: bool = True  # Messenger tells our own messages back, as to every page that asks for it


class Exchange:
    """Carries what phones write to our doors, and what we send to phones."""

    def __init__(
        self,
        doors: Iterable[Door],
        *,
        now: Callable[[], dt.datetime],
        dice: Random,
        postman: Postman,
        shelf: Shelf,
        habits: Habits,
    ) -> None:
        self.doors = tuple(doors)
        self.postman, self.shelf, self.habits = postman, shelf, habits
        self._now, self._dice = now, dice
        self.library = Library(
            self.doors, habits.templates, dice=dice, now=now, carry=postman.carry
        )
        self._known: list[Known] = []
        self._messages: dict[str, Handset] = {}  # every message id ever, either direction
        self.brought: list[tuple[str, str, str]] = []  # files of ours: account, name, id
        self._lock = threading.RLock()

    # ---- what a phone asks of the platform (wire.parts.Platform) ----

    def now(self) -> dt.datetime:
        """The time the story is at."""
        return self._now()

    def join(self, handset: Handset) -> None:
        """Let this phone be written to."""
        with self._lock:
            self._known.append(Known(handset))

    def new_id(self, address: str) -> str:
        """A message id; for WhatsApp it carries the address inside, as the platform's do."""
        with self._lock:
            if address:
                return whatsapp.message_id(address, self._dice)
            return messenger.message_id(self._dice)

    def upload(self, door: Door, content: bytes, mime_type: str) -> Upload:
        """Keep a file she sends."""
        return self.shelf.keep(door, content, mime_type)

    def wrote(self, handset: Handset, item: Item, *, at: dt.datetime) -> None:
        """Carry a message of hers to our door; it opens the reply window."""
        with self._lock:
            known = next(k for k in self._known if k.handset is handset)
            known.wrote_at = max(at, known.wrote_at or at)
            name = item.shape.get("id") or item.shape.get("message", {}).get("mid", "")
            self._messages[name] = handset
        self.postman.carry(item)

    def carry(self, item: Item, *, wait: float = 0.0) -> None:
        """Carry any item to our door."""
        self.postman.carry(item, wait=wait)

    def report(self, handset: Handset, letter: Letter, status: str) -> None:
        """Tell our door that she got, or read, a message of ours."""
        self.postman.carry(self._receipt(handset, letter, status), wait=self.habits.lead)

    # ---- what we ask of the platform ----

    def knows(self, message_id: str) -> bool:
        """Whether a message of this id was ever written, by her or by us."""
        with self._lock:
            return message_id in self._messages

    def find(self, door: Door, address: str) -> Known | None:
        """Whoever is reached at this address through this account."""
        with self._lock:
            for known in reversed(self._known):
                same = known.handset.door.account == door.account
                if same and address in known.handset.addresses:
                    return known
        return None

    def send(self, door: Door, order: Order, trouble: Planned | None = None) -> str:
        """Take an order and let it reach her; answers its message id, or raises GraphError."""
        known = self.find(door, order.to)
        refusal = self._refusal(door, order, known)
        if refusal and not self.habits.refuses_late:
            raise refusal
        if trouble and trouble.fault is Fault.FAILS_LATER:
            refusal = errors.undeliverable()
        address = order.to if door.channel is Channel.WHATSAPP else ""
        file, url = self._file_of(door, order)
        letter = Letter(
            id=self.new_id(address),
            kind=KINDS.get(order.kind, order.kind) if order.media else order.kind,
            text=order.text,
            at=self._now(),
            refers_to=order.refers_to,
            callback=order.callback,
            file=file,
            file_name=order.file_name,
            file_url=url,
        )
        early = trouble is not None and trouble.fault in BEFORE_THE_ANSWER
        self._let_go(door, order, letter, known, refusal, lead=0.0 if early else self.habits.lead)
        return letter.id

    def read(self, door: Door, message_id: str) -> None:
        """We read a message of hers: her phone shows blue ticks."""
        with self._lock:
            handset = self._messages.get(message_id)
        if handset is None or handset.door.account != door.account:
            raise errors.bad_value("message_id is not a message of this conversation")
        handset.tick(message_id)

    def staff_wrote(self, handset: Handset, text: str) -> str:
        """Staff type on the organisation's own phone or page: she gets it, and we get an echo."""
        door = handset.door
        of_whatsapp = door.channel is Channel.WHATSAPP
        sender = sender_of(handset)
        name = self.new_id(sender.address if of_whatsapp else "")
        letter = Letter(id=name, kind="text", text=text, at=self._now())
        with self._lock:
            self._messages[name] = handset
        if of_whatsapp:
            echo = whatsapp.echo(door, sender, name, text, letter.at)
        else:
            echo = messenger.echo(door, handset.profile["id"], letter)
        self.postman.carry(echo)
        handset.arrive(letter)
        return name

    # ---- inside ----

    def _file_of(self, door: Door, order: Order) -> tuple[bytes, str]:
        """The file an order names, and where it is shown; raises GraphError for an id of none."""
        if not order.media:
            return b"", ""
        return self.shelf.taken(order.media, door.account).content, self.shelf.shown(order.media)

    def _refusal(self, door: Door, order: Order, known: Known | None) -> errors.GraphError | None:
        of_whatsapp = door.channel is Channel.WHATSAPP
        if known is None:
            return errors.undeliverable() if of_whatsapp else errors.messenger_nobody()
        if order.window is None:
            return None
        since = known.wrote_at
        if since is None or self._now() - since > order.window:
            return errors.window_closed() if of_whatsapp else errors.messenger_window_closed()
        return None

    def _let_go(
        self,
        door: Door,
        order: Order,
        letter: Letter,
        known: Known | None,
        refusal: errors.GraphError | None,
        *,
        lead: float,
    ) -> None:
        if refusal or known is None:
            self._fail(door, order, letter, refusal or errors.undeliverable(), lead)
            return
        with self._lock:
            self._messages[letter.id] = known.handset
        if door.channel is Channel.WHATSAPP:
            self.postman.carry(self._receipt(known.handset, letter, "sent"), wait=lead)
        elif self.habits.echoes:
            echo = messenger.echo(door, known.handset.profile["id"], letter, app="201407")
            self.postman.carry(echo, wait=lead)
        known.handset.arrive(letter)

    def _fail(
        self, door: Door, order: Order, letter: Letter, why: errors.GraphError, lead: float
    ) -> None:
        if door.channel is not Channel.WHATSAPP:
            return  # Messenger has no failed status: nothing ever comes
        bsuid = "" if order.to.isdigit() else order.to
        sender = Sender(wa_id="" if bsuid else order.to, bsuid=bsuid)
        item = whatsapp.status(door, sender, letter.id, "failed", letter.at)
        item.shape["errors"] = [why.in_status]
        if letter.callback:
            item.shape["biz_opaque_callback_data"] = letter.callback
        self.postman.carry(item, wait=lead)

    def _receipt(self, handset: Handset, letter: Letter, status: str) -> Item:
        door, at = handset.door, self._now()
        if door.channel is Channel.MESSENGER:
            return messenger.receipt(door, handset.profile["id"], letter, status, at)
        item = whatsapp.status(door, sender_of(handset), letter.id, status, at)
        if letter.callback:
            item.shape["biz_opaque_callback_data"] = letter.callback
        return item


def sender_of(handset: Handset) -> Sender:
    """The WhatsApp identity of a phone, from its profile."""
    profile = handset.profile
    return Sender(
        name=profile.get("name", ""),
        wa_id=profile.get("wa_id", ""),
        bsuid=profile.get("bsuid", ""),
        username=profile.get("username", ""),
    )
