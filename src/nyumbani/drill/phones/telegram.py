"""A simulated phone with Telegram."""

import threading

from nyumbani.drill.wire import samples
from nyumbani.drill.wire.parts import Shape
from nyumbani.drill.wire.telegram import Network, Sent, seconds


class TelegramPhone:
    """A woman on Telegram, in a private chat with our bot: it learns her account, not her number.

    Verbs that write answer the message's number in her chat.
    """

    def __init__(
        self, network: Network, *, id: int, first_name: str, last_name: str = "", username: str = ""  # noqa: A002 - as the platform calls it
    ) -> None:  # fmt: skip
        known = {"first_name": first_name, "last_name": last_name, "username": username}
        self._account: Shape = {"id": id, **{k: v for k, v in known.items() if v}}
        self._blocks = False
        self.received: list[Sent] = []
        self._network = network
        self._written: dict[int, Shape] = {}
        self._lock = threading.Lock()
        network.join(self)

    @property
    def account(self) -> Shape:
        """Her account."""
        return self._account

    @property
    def blocks(self) -> bool:
        """Whether she has blocked the bot."""
        return self._blocks

    @property
    def texts(self) -> list[str]:
        """What she got from us, in words."""
        with self._lock:
            return [sent.text for sent in self.received]

    def arrive(self, sent: Sent) -> None:
        """Lay a message of ours on the phone; nobody is told whether she reads it."""
        with self._lock:
            self.received.append(sent)

    def write(self, text: str, *, reply_to: int = 0) -> int:
        """Write a text."""
        quoted = {"message_id": reply_to, "chat": self._chat, "date": 0} if reply_to else None
        return self._send({"text": text, **({"reply_to_message": quoted} if quoted else {})})

    def voice(self, seconds_long: float = 4, content: bytes = b"") -> int:
        """Send a voice note: `content` (OGG/Opus), or that many seconds of silence."""
        note = content or samples.voice_note(seconds_long)
        name = self._network.upload(note, "oga")
        file = {"file_id": name, "file_unique_id": name[-8:], "duration": int(seconds_long)}
        return self._send({"voice": {**file, "mime_type": "audio/ogg", "file_size": len(note)}})

    def photo(self, caption: str = "", content: bytes = b"") -> int:
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
        return self._send({"photo": shown, **({"caption": caption} if caption else {})})

    def document(self, content: bytes, name: str, mime_type: str) -> int:
        """Send any file."""
        file = {"file_id": self._network.upload(content, "bin"), "file_size": len(content)}
        return self._send({"document": {**file, "file_name": name, "mime_type": mime_type}})

    def locate(self, latitude: float, longitude: float) -> int:
        """Send where she is, in degrees."""
        return self._send({"location": {"latitude": latitude, "longitude": longitude}})

    def edit(self, number: int, text: str) -> int:
        """Change the words of a message."""
        shape = self._written[number] | {
            "text": text,
            "edit_date": seconds(self._network.now()),
        }
        self._network.update("edited_message", shape)
        return number

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
            "date": seconds(self._network.now()),
            "old_chat_member": {"status": before},
            "new_chat_member": {"status": after},
        }
        self._network.update("my_chat_member", shape)

    def _send(self, content: Shape) -> int:
        number = self._network.new_id(self)
        shape: Shape = {
            "message_id": number,
            "from": {**self._account, "is_bot": False},
            "chat": self._chat,
            "date": seconds(self._network.now()),
            **content,
        }
        self._written[number] = shape
        self._network.update("message", shape)
        return number
