"""A simulated phone with Messenger."""

import datetime as dt

from nyumbani.drill.phones.phone import Phone
from nyumbani.drill.phones.telephone import Said
from nyumbani.drill.wire import messenger
from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.parts import Item, Platform, Shape, Upload


class MessengerPhone(Phone):
    """A woman on Messenger: the page knows a page-scoped id and, if it asks, a name."""

    def __init__(
        self,
        platform: Platform,
        door: Door,
        *,
        psid: str,
        first_name: str,
        last_name: str = "",
        looking: bool = False,
        receipts: bool = True,
    ) -> None:
        self.psid, self.first_name, self.last_name = psid, first_name, last_name
        self._edits: dict[str, int] = {}
        super().__init__(platform, door, looking=looking, receipts=receipts)

    @property
    def addresses(self) -> frozenset[str]:
        """Her page-scoped id."""
        return frozenset({self.psid})

    @property
    def profile(self) -> Shape:
        """What GET /<PSID> answers."""
        return {"id": self.psid, "first_name": self.first_name, "last_name": self.last_name}

    def write(self, text: str, *, reply_to: str = "", at: dt.datetime | None = None) -> str:
        """Write a text."""
        answered: Shape = {"reply_to": {"mid": reply_to}} if reply_to else {}
        return self._message({"text": text, **answered}, at)

    def voice(self, seconds: float = 4, content: bytes = b"") -> str:
        """Send a voice note: an audio attachment by address."""
        return self._message(_attachment("audio", self._voice(seconds, content)))

    def photo(self, caption: str = "", content: bytes = b"") -> str:
        """Send a photo; a caption arrives as the message's text."""
        more: Shape = {"text": caption} if caption else {}
        return self._message({**_attachment("image", self._photo(content)), **more})

    def locate(self, latitude: float, longitude: float, name: str = "") -> str:
        """Send a place."""
        place: Shape = {"type": "location", "payload": {"coordinates": {}}}
        place["payload"]["coordinates"] = {"lat": latitude, "long": longitude}
        return self._message({"attachments": [{**place, **({"title": name} if name else {})}]})

    def react(self, message_id: str, emoji: str) -> str:
        """React to a message, or take the reaction away; answers the message's own id."""
        content: Shape = {"mid": message_id, "action": "react" if emoji else "unreact"}
        if emoji:
            content |= {"emoji": emoji, "reaction": "other"}
        self._platform.carry(self._item({"reaction": content}))
        return message_id

    def edit(self, message_id: str, text: str) -> str:
        """Change a message; answers its id, which stays."""
        count = self._edits[message_id] = self._edits.get(message_id, 0) + 1
        content: Shape = {"mid": message_id, "text": text, "num_edit": count}
        self._platform.carry(self._item({"message_edit": content}))
        self._alter(message_id, text)
        return message_id

    def take_back(self, message_id: str) -> str:
        """Delete a message for everybody; answers its id."""
        self._platform.carry(self._item({"message": {"mid": message_id, "is_deleted": True}}))
        self._alter(message_id, None)
        return message_id

    def _item(self, content: Shape, at: dt.datetime | None = None) -> Item:
        return messenger.item(self.door, self.psid, at or self._platform.now(), content)

    def _message(self, content: Shape, at: dt.datetime | None = None) -> str:
        moment = at or self._platform.now()
        message_id = self._platform.new_id("")
        item = self._item({"message": {"mid": message_id, **content}}, moment)
        return self._say(item, Said(message_id, _kind(content), content.get("text", ""), moment))


def _kind(content: Shape) -> str:
    """What she sees of it on her own phone."""
    attached = [attachment["type"] for attachment in content.get("attachments", [])]
    shown = {"audio": "voice", "image": "photo", "location": "place"}
    return shown.get(attached[0], "other") if attached else "text"


def _attachment(kind: str, upload: Upload) -> Shape:
    return {"attachments": [{"type": kind, "payload": {"url": upload.url}}]}
