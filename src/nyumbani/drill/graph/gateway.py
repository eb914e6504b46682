"""A simulated SMS gateway on loopback: sends, delivery reports, lists of what came in."""

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Self
from urllib.parse import parse_qs

from nyumbani.drill.graph.faults import SENDING, Fault, Faults, Planned
from nyumbani.drill.graph.routes import Answer, Request
from nyumbani.drill.graph.server import Server
from nyumbani.drill.wire import sms
from nyumbani.drill.wire.courier import Courier, Errand
from nyumbani.drill.wire.parts import Letter, Shape
from nyumbani.drill.wire.sms import Receiver, ShortCode
from nyumbani.kit import clock

PATH = "/version1/messaging"
MOST_LISTED = 10  # messages in one answer to a question for missed ones
REPORT_AFTER = 0.05  # real seconds between our answer and the first report


class Gateway:
    """Carries what phones write to our short codes, and what we send to phones.

    A callback is tried once and never again, as in life: who was not at home must ask.
    """

    def __init__(
        self, codes: Iterable[ShortCode], *, now: Callable[[], dt.datetime] = clock.now
    ) -> None:
        self.codes = tuple(codes)
        self.faults = Faults()
        self.courier = Courier()
        self.credit = True  # off: every message is refused for want of money
        self.lost = 0  # how many callbacks to come are lost on their way
        self.listed: list[Shape] = []  # everything that ever came in
        self._now = now
        self._phones: dict[str, Receiver] = {}
        self._sent: dict[str, ShortCode] = {}
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

    # ---- what a phone asks of the gateway (wire.sms.Network) ----

    def join(self, phone: Receiver) -> None:
        """Let this phone be written to."""
        self._phones[phone.number] = phone

    def wrote(self, code: ShortCode, sender: str, text: str) -> str:
        """Keep a message of hers, and carry it to our door unless the callback is lost."""
        with self._lock:
            shape = sms.message(code, 15_000 + len(self.listed), sender, text, self._now())
            self.listed.append(shape)
            if self.lost:
                self.lost -= 1
                return str(shape["id"])
        self._call_back(code, shape)
        return str(shape["id"])

    def report(self, phone: Receiver, letter: Letter, status: str, reason: str = "") -> None:
        """Tell our door what became of a message of ours; it does not say through which code."""
        shape: Shape = {
            "id": letter.id,
            "status": status,
            "phoneNumber": phone.number,
            "networkCode": "63902",
            "retryCount": 0,
            **({"failureReason": reason} if reason else {}),
        }
        self._call_back(self._sent[letter.id], shape, wait=REPORT_AFTER)

    def _call_back(self, code: ShortCode, shape: Shape, *, wait: float = 0.0) -> None:
        headers = {"Content-Type": sms.FORM}
        self.courier.carry(Errand(code.url, sms.form(shape), headers, wait))

    # ---- what we ask of the gateway ----

    def _answer(self, request: Request) -> Answer | None:
        fields = {name: values[-1] for name, values in parse_qs(request.body.decode()).items()}
        asked = {**request.query, **fields}
        known = [code for code in self.codes if code.username == asked.get("username")]
        key = next((v for k, v in request.headers.items() if k.lower() == "apikey"), "")
        if request.path != PATH:
            return Answer(404, b"Not Found", "text/plain")
        if key not in {code.api_key for code in known}:
            return Answer(401, b"The supplied authentication is invalid", "text/plain")
        if request.method == "GET":
            return self._list(int(asked.get("lastReceivedId") or 0))
        return self._take(known, asked)

    def _list(self, since: int) -> Answer:
        with self._lock:
            found = [one for one in self.listed if one["id"] > since][:MOST_LISTED]
        return _json({"Messages": found})

    def _take(self, known: list[ShortCode], asked: dict[str, str]) -> Answer | None:
        trouble = self.faults.strike(SENDING, asked.get("message", ""))
        if trouble and trouble.fault is Fault.SERVER_ERROR:
            return Answer(503, b"Service Unavailable", "text/plain")
        if trouble and trouble.fault is Fault.THROTTLED:
            return Answer(429, b"Too Many Requests", "text/plain")
        code = next((one for one in known if one.number == asked.get("from")), None)
        if code is None:
            return _json({"Message": "InvalidSenderId", "Recipients": []}, 201)
        to = asked.get("to", "")
        refusal = self._refusal(to, trouble)
        if refusal:
            return self._recipient(to, *refusal, "None")
        with self._lock:
            name, words = f"ATXid_{len(self._sent):032x}", asked.get("message", "")
            letter = Letter(name, "text", words, self._now())
            self._sent[letter.id] = code
        phone = self._phones[to]
        if trouble and trouble.fault is Fault.FAILS_LATER:
            self.report(phone, letter, "Failed", "DeliveryFailure")
        else:
            self.report(phone, letter, "Sent")
            phone.arrive(letter)
        if trouble and trouble.fault is Fault.DROPPED:
            return None
        if trouble and trouble.fault is Fault.ANSWER_LATE:
            self._closing.wait(trouble.seconds)
        return self._recipient(
            to, 102 if asked.get("enqueue") == "1" else 101, "Success", letter.id
        )

    def _refusal(self, to: str, trouble: Planned | None) -> tuple[int, str] | None:
        if not self.credit:
            return 405, "InsufficientBalance"
        is_nobody = to not in self._phones or (trouble and trouble.fault is Fault.REFUSED)
        return (403, "InvalidPhoneNumber") if is_nobody else None

    def _recipient(self, to: str, code: int, status: str, name: str) -> Answer:
        recipient = {
            "statusCode": code,
            "number": to,
            "status": status,
            "cost": "KES 0.8000" if code < 400 else "0",
            "messageId": name,
        }
        sent = 1 if code < 400 else 0
        said = f"Sent to {sent}/1 Total Cost: KES {sent * 0.8:.4f}"
        return _json({"Message": said, "Recipients": [recipient]}, 201)


def _json(said: Shape, status: int = 200) -> Answer:
    return Answer(status, json.dumps({"SMSMessageData": said}).encode())
