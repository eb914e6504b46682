"""A simulated phone with WhatsApp."""

import datetime as dt
from dataclasses import replace

from nyumbani.drill.phones.phone import Phone
from nyumbani.drill.phones.telephone import Said
from nyumbani.drill.wire import whatsapp
from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.parts import Item, Platform, Shape
from nyumbani.drill.wire.whatsapp import Sender


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit())


class WhatsAppPhone(Phone):
    """A woman on WhatsApp: with a number, or with a username that hides it (BSUID only)."""

    def __init__(
        self,
        platform: Platform,
        door: Door,
        *,
        name: str,
        bsuid: str,
        number: str = "",
        username: str = "",
        looking: bool = False,
        receipts: bool = True,
    ) -> None:
        self._sender = Sender(name=name, wa_id=_digits(number), bsuid=bsuid, username=username)
        super().__init__(platform, door, looking=looking, receipts=receipts)

    @property
    def sender(self) -> Sender:
        """How webhooks name her now."""
        return self._sender

    @property
    def addresses(self) -> frozenset[str]:
        """Her number and her business-scoped id."""
        return frozenset({self._sender.wa_id, self._sender.bsuid} - {""})

    @property
    def profile(self) -> Shape:
        """Her identity as the platform keeps it."""
        known = self._sender
        return {
            "name": known.name,
            "wa_id": known.wa_id,
            "bsuid": known.bsuid,
            "username": known.username,
        }

    def write(self, text: str, *, reply_to: str = "", at: dt.datetime | None = None) -> str:
        """Write a text."""
        return self.send("text", {"body": text}, reply_to=reply_to, at=at)

    def voice(self, seconds: float = 4, content: bytes = b"") -> str:
        """Send a voice note: an `audio` with `voice: true`."""
        return self.send("audio", whatsapp.media(self._voice(seconds, content), voice=True))

    def photo(self, caption: str = "", content: bytes = b"") -> str:
        """Send a photo."""
        more = {"caption": caption} if caption else {}
        return self.send("image", whatsapp.media(self._photo(content), **more))

    def locate(self, latitude: float, longitude: float, name: str = "") -> str:
        """Send a place."""
        place: Shape = {"latitude": latitude, "longitude": longitude}
        return self.send("location", {**place, **({"name": name} if name else {})})

    def react(self, message_id: str, emoji: str) -> str:
        """React; taken away, the emoji is missing altogether."""
        return self.send(
            "reaction", {"message_id": message_id, **({"emoji": emoji} if emoji else {})}
        )

    def edit(self, message_id: str, text: str) -> str:
        """Change the words of a text."""
        new: Shape = {"type": "text", "text": {"body": text}}
        return self.send("edit", {"original_message_id": message_id, "message": new})

    def take_back(self, message_id: str) -> str:
        """Delete a message for everybody."""
        return self.send("revoke", {"original_message_id": message_id})

    def view_once(self) -> str:
        """Send what the platform does not pass on: a photo to be seen once."""
        problem = {
            "code": 131051,
            "title": "Message type unknown",
            "message": "Message type unknown",
            "error_data": {"details": "Message type is currently not supported."},
        }
        return self.send("unsupported", {"type": "view_once"}, errors=[problem])

    def send(
        self,
        kind: str,
        content: Shape,
        *,
        reply_to: str = "",
        at: dt.datetime | None = None,
        **beside: object,
    ) -> str:
        """Send any type of message, with whatever stands `beside` its content."""
        moment = at or self._platform.now()
        message_id = self._platform.new_id(self._sender.address)
        known: Shape = {"id": message_id, "timestamp": whatsapp.seconds(moment), **beside}
        if reply_to:
            known["context"] = {"from": self.door.number, "id": reply_to}
        item = whatsapp.message(self.door, self._sender, known, kind, content)
        if kind in {"edit", "revoke"}:  # no new word from her: the reply window stays as it is
            self._platform.carry(item)
            new = content.get("message", {}).get("text", {}).get("body")
            self._alter(content["original_message_id"], new)
            return message_id
        return self._say(item, Said(message_id, *_shown(kind, content), moment))

    def change_number(self, number: str, bsuid: str, *, linked: bool = True) -> None:
        """Move to another number (empty: hidden); the platform gives her a new BSUID as well.

        Two notices go out, the system message and the link from old id to new; `linked` False
        keeps the second back, as when the new id writes before anybody says whose it is.
        """
        before, moment = self._sender, self._platform.now()
        with self._lock:
            self._sender = replace(before, wa_id=_digits(number), bsuid=bsuid)
        known: Shape = {
            "id": self._platform.new_id(before.address),
            "timestamp": whatsapp.seconds(moment),
        }
        notices: tuple[Item, ...] = whatsapp.changed_number(
            self.door, before, self._sender, known, moment
        )
        for notice in notices if linked else notices[:1]:
            self._platform.carry(notice)


def _shown(kind: str, content: Shape) -> tuple[str, str]:
    """What she sees of it on her own phone: its kind, and its words."""
    match kind:
        case "text":
            return "text", content["body"]
        case "audio":
            return "voice", ""
        case "image":
            return "photo", content.get("caption", "")
        case "location":
            return "place", content.get("name", "")
        case _:
            return "other", content.get("emoji", "")
