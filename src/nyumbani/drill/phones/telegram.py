"""A simulated phone with Telegram."""

import datetime as dt

from nyumbani.drill.phones.telephone import Said, Telephone
from nyumbani.drill.wire import samples
from nyumbani.drill.wire.doors import Channel, Door
from nyumbani.drill.wire.parts import Shape
from nyumbani.drill.wire.telegram import Network
from nyumbani.drill.wire.telegram import seconds as as_seconds


class TelegramPhone(Telephone):
    """A woman on Telegram, in a private chat with our bot: it learns her account, not her number.

    Verbs that write answer the message's id, `chat:number`, as our door will know it.
    """

    def __init__(
        self, network: Network, *, id: int, first_name: str, last_name: str = "",  # noqa: A002 - as the platform calls it
        username: str = "",
    ) -> None:  # fmt: skip
        bot = network.bot
        super().__init__(Door(Channel.TELEGRAM, bot.id, bot.url, bot.secret, bot.token))
        known = {"first_name": first_name, "last_name": last_name, "username": username}
        self._account: Shape = {"id": id, **{k: v for k, v in known.items() if v}}
        self._blocks = False
        self._network = network
        self._shapes: dict[str, Shape] = {}
        network.join(self)

    @property
    def account(self) -> Shape:
        """Her account."""
        return self._account

    @property
    def profile(self) -> Shape:
        """What a bot is told of her."""
        return {"username": self._account.get("username", "")}

    @property
    def blocks(self) -> bool:
        """Whether she has blocked the bot."""
        return self._blocks

    def write(self, text: str, *, reply_to: str = "", at: dt.datetime | None = None) -> str:  # noqa: ARG002 - Telegram's own clock counts
        """Write a text."""
        said: Shape = {"text": text}
        if reply_to:
            said["reply_to_message"] = {
                "message_id": _number(reply_to), "chat": self._chat, "date": 0,
            }  # fmt: skip
        return self._send(said, "text", text)

    def voice(self, seconds: float = 4, content: bytes = b"") -> str:
        """Send a voice note: `content` (OGG/Opus), or that many seconds of silence."""
        note = content or samples.voice_note(seconds)
        name = self._network.upload(note, "oga")
        file = {"file_id": name, "file_unique_id": name[-8:], "duration": int(seconds)}
        voice = {**file, "mime_type": "audio/ogg", "file_size": len(note)}
        return self._send({"voice": voice}, "voice")

    def photo(self, caption: str = "", content: bytes = b"") -> str:
        """Send a photo, of which Telegram makes a small one, too."""
        picture = content or samples.photo()
        shown = [
            {
                "file_id": self._network.upload(content, "jpg"),
                "width": width,
                "height": height,
                "file_size": len(content),
            }
            for width, height, content in ((90, 120, picture[:200]), (240, 320, picture))
        ]
        said = {"photo": shown, **({"caption": caption} if caption else {})}
        return self._send(said, "photo", caption)

    def document(self, content: bytes, name: str, mime_type: str) -> str:
        """Send any file."""
        file = {"file_id": self._network.upload(content, "bin"), "file_size": len(content)}
        document = {**file, "file_name": name, "mime_type": mime_type}
        return self._send({"document": document}, "other")

    def locate(self, latitude: float, longitude: float) -> str:
        """Send where she is, in degrees."""
        place = {"latitude": latitude, "longitude": longitude}
        return self._send({"location": place}, "place")

    def edit(self, message_id: str, text: str) -> str:
        """Change the words of a message."""
        edited = {"text": text, "edit_date": as_seconds(self._network.now())}
        self._alter(message_id, text)
        self._network.update("edited_message", self._shapes[message_id] | edited)
        return message_id

    def press(self, number: int, data: str, title: str = "") -> None:
        """Press a button under a message of ours."""
        buttons = [[{"text": title or data, "callback_data": data}]]
        under = {
            "message_id": number,
            "chat": self._chat,
            "date": 1,
            "reply_markup": {"inline_keyboard": buttons},
        }
        press = {"id": f"{self.account['id']}{number}", "from": self._account, "data": data}
        self._network.update("callback_query", {**press, "message": under})

    def block(self) -> None:
        """Block the bot: nothing of ours arrives any more."""
        self._stand("member", "kicked")
        self._blocks = True

    def unblock(self) -> None:
        """Start the bot again."""
        self._stand("kicked", "member")
        self._blocks = False

    @property
    def _chat(self) -> Shape:
        return {**self._account, "type": "private"}

    def _stand(self, before: str, after: str) -> None:
        shape = {
            "chat": self._chat,
            "from": self._account,
            "date": as_seconds(self._network.now()),
            "old_chat_member": {"status": before},
            "new_chat_member": {"status": after},
        }
        self._network.update("my_chat_member", shape)

    def _send(self, content: Shape, kind: str, text: str = "") -> str:
        number, now = self._network.new_id(self), self._network.now()
        shape: Shape = {
            "message_id": number,
            "from": {**self._account, "is_bot": False},
            "chat": self._chat,
            "date": as_seconds(now),
            **content,
        }
        name = f"{self.account['id']}:{number}"
        self._shapes[name] = shape
        self._keep(Said(name, kind, text, now))
        self._network.update("message", shape)
        return name


def _number(message_id: str) -> int:
    """A message's number in its chat."""
    return int(message_id.rpartition(":")[2])
