"""A simulated Bot API on loopback: updates with our secret word, sends, files."""

import datetime as dt
import json
import re
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Self
from urllib.parse import unquote

from nyumbani.drill.graph.faults import SENDING, Fault, Faults
from nyumbani.drill.graph.routes import Answer, Request
from nyumbani.drill.graph.server import Server
from nyumbani.drill.graph.uploads import CAPTION, KINDS, MB, Brought, taken_apart
from nyumbani.drill.wire import telegram
from nyumbani.drill.wire.courier import Courier, Errand
from nyumbani.drill.wire.parts import Letter, Shape
from nyumbani.drill.wire.telegram import Bot, Receiver
from nyumbani.kit import clock

LARGEST = 20 * 1024 * 1024  # bytes that a bot can fetch
LONGEST = 4096
FILES = {
    "sendPhoto": ("photo", 10 * MB), "sendDocument": ("document", 50 * MB),
    "sendVoice": ("voice", 50 * MB), "sendAudio": ("audio", 50 * MB),
}  # fmt: skip
TRIES = 5  # how often an update is brought that is not answered 200; in life for a day
_PATH = re.compile(r"/(?P<file>file/)?bot(?P<token>[^/]+)/(?P<rest>.+)")


class Refusal(Exception):
    """What Telegram says instead of doing what was asked."""

    def __init__(self, code: int, words: str, **parameters: int) -> None:
        super().__init__(words)
        self.code, self.words, self.parameters = code, words, parameters


class BotPlatform:
    """Brings what phones do to our bot, and what the bot sends to phones."""

    def __init__(self, bot: Bot, *, now: Callable[[], dt.datetime] = clock.now) -> None:
        self.bot = bot
        self.faults = Faults()
        self.courier = Courier(tries=TRIES)
        self.sent: list[Shape] = []  # every request to send, as it came
        self._now = now
        self._phones: dict[str, Receiver] = {}
        self._numbers: dict[str, int] = {}  # the last message's number, chat by chat
        self._files: dict[str, tuple[bytes, str]] = {}
        self._updates = 714_000
        self._lock = threading.RLock()
        self._running = ExitStack()
        self._closing = threading.Event()
        self.url = ""

    def __enter__(self) -> Self:
        self.url = self._running.enter_context(Server(self._answer)).url
        self._running.enter_context(self.courier)
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._running.close()

    # ---- what a phone asks of Telegram (wire.telegram.Network) ----

    def now(self) -> dt.datetime:
        """The time the story is at."""
        return self._now()

    def join(self, phone: Receiver) -> None:
        """Let this phone be written to."""
        self._phones[str(phone.account["id"])] = phone

    def new_id(self, phone: Receiver) -> int:
        """The number of the next message in her chat with the bot."""
        with self._lock:
            chat = str(phone.account["id"])
            self._numbers[chat] = self._numbers.get(chat, 0) + 1
            return self._numbers[chat]

    def upload(self, content: bytes, extension: str) -> str:
        """Keep a file she sends; answers its id."""
        with self._lock:
            name = f"AgACAgQAAx{len(self._files):08d}"
            self._files[name] = (content, f"files/file_{len(self._files)}.{extension}")
            return name

    def update(self, kind: str, shape: Shape) -> None:
        """Bring an update to our door, until it is answered 200."""
        with self._lock:
            self._updates += 1
            body = telegram.body(self._updates, kind, shape)
        headers = {"Content-Type": "application/json", telegram.HEADER: self.bot.secret}
        self.courier.carry(Errand(self.bot.url, body, headers))

    # ---- what our bot asks of Telegram ----

    def _answer(self, request: Request) -> Answer | None:
        found = _PATH.fullmatch(unquote(request.path))
        try:
            return self._let_in(found, request)
        except Refusal as no:
            said: Shape = {"ok": False, "error_code": no.code, "description": no.words}
            if no.parameters:
                said["parameters"] = no.parameters
            return Answer(no.code, json.dumps(said).encode())

    def _let_in(self, found: re.Match[str] | None, request: Request) -> Answer | None:
        if found is None:
            raise Refusal(404, "Not Found")
        if found["token"] != self.bot.token:
            raise Refusal(401, "Unauthorized")
        return self._file(found["rest"]) if found["file"] else self._method(found["rest"], request)

    def _method(self, name: str, request: Request) -> Answer | None:
        if name == "sendMessage" and request.method == "POST":
            return self._send(json.loads(request.body))
        if name in FILES and request.method == "POST":
            return self._send_file(name, request)
        if name == "getFile":
            return self._place(request.query.get("file_id", ""))
        raise Refusal(404, "Not Found")

    def _send_file(self, name: str, request: Request) -> Answer | None:
        """A photo, document or sound, with its caption."""
        fields, files = taken_apart(request.headers.get("Content-Type", ""), request.body)
        field, most = FILES[name]
        file = files.get(field)
        if file is None:
            raise Refusal(400, f"Bad Request: there is no {field} in the request")
        if len(file.content) > most:
            raise Refusal(413, "Request Entity Too Large")
        asked: Shape = dict(fields)
        if "reply_parameters" in asked:
            asked["reply_parameters"] = json.loads(asked["reply_parameters"])
        return self._send(asked, KINDS.get(field, field), file)

    def _send(self, asked: Shape, kind: str = "text", file: Brought | None = None) -> Answer | None:
        trouble = self.faults.strike(SENDING, str(asked.get("text", "")))
        if trouble and trouble.fault is Fault.SERVER_ERROR:
            return Answer(503, b"Service Unavailable", "text/plain")
        if trouble and trouble.fault is Fault.THROTTLED:
            raise Refusal(429, "Too Many Requests: retry after 35", retry_after=35)
        phone, text = self._phones.get(str(asked.get("chat_id"))), _said(asked)
        if phone is None:
            raise Refusal(400, "Bad Request: chat not found")
        if phone.blocks or (trouble and trouble.fault is Fault.REFUSED):
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        _check(text, file)
        number, chat_id = self.new_id(phone), phone.account["id"]
        quoted = (asked.get("reply_parameters") or {}).get("message_id", 0)
        letter = Letter(
            f"{chat_id}:{number}", kind, text, self._now(),
            refers_to=f"{chat_id}:{quoted}" if quoted else "",
            file=file.content if file else b"", file_name=file.name if file else "",
        )  # fmt: skip
        self.sent.append(asked)
        phone.arrive(letter)
        if trouble and trouble.fault is Fault.DROPPED:
            return None
        if trouble and trouble.fault is Fault.ANSWER_LATE:
            self._closing.wait(trouble.seconds)
        chat = {**phone.account, "type": "private"}
        date = telegram.seconds(self._now())
        return _json({"message_id": number, "chat": chat, "date": date, "text": text})

    def _place(self, name: str) -> Answer:
        if name not in self._files:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        content, path = self._files[name]
        if len(content) > LARGEST:
            raise Refusal(400, "Bad Request: file is too big")
        return _json({"file_id": name, "file_size": len(content), "file_path": path})

    def _file(self, path: str) -> Answer:
        found = next((content for content, known in self._files.values() if known == path), None)
        if found is None:
            raise Refusal(404, "Not Found")
        return Answer(200, found, "application/octet-stream")


def _said(asked: Shape) -> str:
    return str(asked.get("text") or asked.get("caption") or "")


def _check(text: str, file: Brought | None) -> None:
    taken, most = len(text.encode("utf-16-le")) // 2, CAPTION if file else LONGEST
    if taken > most or not (taken or file):
        raise Refusal(400, "Bad Request: message is too long")


def _json(result: Shape) -> Answer:
    return Answer(200, json.dumps({"ok": True, "result": result}).encode())
