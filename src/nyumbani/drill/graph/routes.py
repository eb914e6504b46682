"""The platform's counter: who may ask for what, and what is answered."""

import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from nyumbani.drill.graph import errors, orders, uploads
from nyumbani.drill.graph.exchange import Exchange
from nyumbani.drill.graph.faults import BRINGING, FETCHING, SENDING, Fault, Faults
from nyumbani.drill.wire.doors import Channel, Door
from nyumbani.drill.wire.parts import Shape

_VERSION = re.compile(r"^/v\d+\.\d+(?=/)")
_SEND = re.compile(r"^/(me|\d+)/messages$")
_BRING = re.compile(r"^/(\d+)/media$")
_ATTACH = re.compile(r"^/(me)/message_attachments$")
_FILE = re.compile(r"^/(?:whatsapp_business/attachments|cdn)/(\d+)$")
_TEMPLATES = re.compile(r"^/(\d+)/message_templates$")
_OBJECT = re.compile(r"^/(\d+)$")
_TOKEN = re.compile(r"^/(debug_token)$")

_REFUSALS: dict[Fault, Callable[[], errors.GraphError]] = {
    Fault.SERVER_ERROR: errors.away,
    Fault.THROTTLED: errors.throttled,
    Fault.PAIR_THROTTLED: errors.pair_throttled,
    Fault.REFUSED: errors.undeliverable,
}


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path without the version in front."""
        return _VERSION.sub("", urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        """The first value of each query parameter."""
        return {k: values[0] for k, values in parse_qs(urlsplit(self.target).query).items()}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes
    mime_type: str = "application/json; charset=UTF-8"


def _json(payload: Shape, status: int = 200) -> Answer:
    return Answer(status, json.dumps(payload).encode())


class Routes:
    """Answers each request from what exchange and shelf know; None: the connection drops."""

    def __init__(self, exchange: Exchange, faults: Faults) -> None:
        self._exchange, self._faults = exchange, faults
        self._closing = threading.Event()

    def close(self) -> None:
        """Keep nobody waiting any longer."""
        self._closing.set()

    def answer(self, request: Request) -> Answer | None:
        """The answer to one request."""
        try:
            return self._answer(request)
        except errors.GraphError as refusal:
            return _json(refusal.body, refusal.status)

    def _answer(self, request: Request) -> Answer | None:
        pages: list[tuple[str, re.Pattern[str], Callable[[Request, str], Answer | None]]] = [
            ("POST", _SEND, self._send),
            ("POST", _BRING, self._bring),
            ("POST", _ATTACH, self._attach),
            ("POST", _TEMPLATES, self._take_template),
            ("GET", _TEMPLATES, self._templates),
            ("POST", _OBJECT, self._change_template),
            ("GET", _FILE, self._file),
            ("GET", _OBJECT, self._object),
            ("GET", _TOKEN, self._token),
        ]
        for method, pattern, page in pages:
            found = pattern.match(request.path)
            if method == request.method and found:
                return page(request, found[1])
        raise errors.no_such_object(request.path)

    def _doors(self, request: Request) -> list[Door]:
        """The accounts this bearer token may act for; one token may serve several."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        doors = [door for door in self._exchange.doors if token and token == door.token]
        if kind != "Bearer" or not doors:
            raise errors.bad_token()
        return doors

    def _named(self, request: Request, name: str) -> Door:
        for door in self._doors(request):
            of_page = name == "me" and door.channel is Channel.MESSENGER
            if door.account == name or of_page:
                return door
        raise errors.no_such_object(name)

    def _token(self, request: Request, _name: str) -> Answer:
        """What is known of a token: those of our doors do not end by themselves."""
        self._doors(request)
        asked = request.query.get("input_token", "")
        is_valid = any(door.token == asked for door in self._exchange.doors)
        return _json({"data": {"is_valid": is_valid, "expires_at": 0, "type": "SYSTEM_USER"}})

    # ---- sending ----

    def _send(self, request: Request, name: str) -> Answer | None:
        door = self._named(request, name)
        try:
            payload = json.loads(request.body)
        except ValueError:
            raise errors.bad_parameter("the body is not JSON") from None
        aside = self._small_sign(door, payload)
        return aside or self._carry_out(door, payload)

    def _small_sign(self, door: Door, payload: Shape) -> Answer | None:
        """Not a message: blue ticks, "is typing"."""
        if not isinstance(payload, dict):
            raise errors.bad_parameter("a JSON object is required")
        if door.channel is Channel.WHATSAPP and payload.get("status") == "read":
            self._exchange.read(door, str(payload.get("message_id", "")))
            return _json({"success": True})
        if door.channel is Channel.MESSENGER and payload.get("sender_action"):
            to = str((payload.get("recipient") or {}).get("id", ""))
            known = self._exchange.find(door, to)
            if known is None:
                raise errors.messenger_nobody()
            if payload["sender_action"] == "mark_seen":
                known.handset.tick("")
            return _json({"recipient_id": to})
        return None

    def _carry_out(self, door: Door, payload: Shape) -> Answer | None:
        trouble = self._faults.strike(SENDING, _words(payload))
        if trouble and trouble.fault in _REFUSALS:
            refusal = _REFUSALS[trouble.fault]()
            raise refusal
        if door.channel is Channel.WHATSAPP:
            templates = self._exchange.library.approved(door.business)
            order = orders.whatsapp(payload, templates, self._exchange.knows)
        else:
            order = orders.messenger(payload)
        name = self._exchange.send(door, order, trouble)
        if trouble and trouble.fault is Fault.DROPPED:
            return None
        if trouble and trouble.fault is Fault.ANSWER_LATE:
            self._closing.wait(trouble.seconds)
        return _json(_accepted(door, order, name))

    def _bring(self, request: Request, name: str) -> Answer | None:
        """A file for WhatsApp: its id, and nobody is told."""
        door = self._named(request, name)
        fields, files = uploads.taken_apart(request.headers.get("Content-Type", ""), request.body)
        file = files.get("file")
        if file is None or fields.get("messaging_product") != "whatsapp":
            raise errors.bad_parameter("messaging_product and file are required")
        kind = fields.get("type", file.mime_type)
        uploads.check_whatsapp(uploads.whatsapp_kind(kind), kind, len(file.content))
        return self._kept(door, file, kind, "id")

    def _attach(self, request: Request, name: str) -> Answer | None:
        """A file for Messenger: its id, and nobody is told."""
        door = self._named(request, name)
        fields, files = uploads.taken_apart(request.headers.get("Content-Type", ""), request.body)
        file = files.get("filedata")
        if file is None or "attachment" not in fields.get("message", ""):
            raise errors.bad_parameter("message and filedata are required")
        uploads.check_messenger(len(file.content))
        return self._kept(door, file, file.mime_type, "attachment_id")

    def _kept(self, door: Door, file: uploads.Brought, kind: str, called: str) -> Answer | None:
        trouble = self._faults.strike(BRINGING)
        if trouble and trouble.fault is Fault.BRINGING_AWAY:
            raise errors.away()
        name = self._exchange.shelf.keep(door, file.content, kind).id
        self._exchange.brought.append((door.account, file.name, name))
        return None if trouble else _json({called: name})

    # ---- templates ----

    def _take_template(self, request: Request, name: str) -> Answer:
        return _json(self._exchange.library.take(self._business(request, name), _asked(request)))

    def _change_template(self, request: Request, name: str) -> Answer:
        businesses = {door.business for door in self._doors(request)}
        return _json(self._exchange.library.change(businesses, name, _asked(request)))

    def _templates(self, request: Request, name: str) -> Answer:
        business, query = self._business(request, name), request.query
        limit = int(query.get("limit", "25"))
        return _json(self._exchange.library.listed(business, query.get("after", ""), limit))

    def _business(self, request: Request, name: str) -> str:
        if name not in {door.business for door in self._doors(request)}:
            raise errors.no_such_object(name)
        return name

    # ---- reading ----

    def _object(self, request: Request, name: str) -> Answer:
        doors = self._doors(request)
        fields = request.query.get("fields")
        if fields is None:
            self._exchange.shelf.check()
            return _json(self._exchange.shelf.card(name, {door.account for door in doors}))
        pages = [door for door in doors if door.channel is Channel.MESSENGER]
        found = [known for door in pages if (known := self._exchange.find(door, name))]
        if not found:
            raise errors.no_such_object(name)
        wanted = {*fields.split(","), "id"}
        return _json({k: v for k, v in found[0].handset.profile.items() if k in wanted})

    def _file(self, request: Request, name: str) -> Answer:
        shelf = self._exchange.shelf
        open_to: set[str] | None = None  # Messenger's addresses are signed: anybody may open them
        if "attachments" in request.path:
            open_to = {door.account for door in self._doors(request)}
        shelf.check()
        trouble = self._faults.strike(FETCHING)
        try:
            if trouble and trouble.fault is Fault.MEDIA_AWAY:
                raise errors.away()
            if trouble and trouble.fault is Fault.MEDIA_EXPIRED:
                raise errors.expired()
            until, signed = request.query.get("ext", ""), request.query.get("hash", "")
            kept = shelf.open(name, int(until or 0), signed, open_to)
        except errors.GraphError:
            shelf.failed()
            raise
        altered = b"\0" if trouble and trouble.fault is Fault.MEDIA_ALTERED else b""
        return Answer(200, kept.content + altered, kept.mime_type)


def _asked(request: Request) -> Shape:
    try:
        asked = json.loads(request.body)
    except ValueError:
        raise errors.bad_parameter("the body is not JSON") from None
    if not isinstance(asked, dict):
        raise errors.bad_parameter("a JSON object is required")
    return asked


def _accepted(door: Door, order: orders.Order, name: str) -> Shape:
    if door.channel is Channel.MESSENGER:
        return {"recipient_id": order.to, "message_id": name}
    found = {"wa_id": order.to} if order.to.isdigit() else {"user_id": order.to}
    status = {"message_status": "accepted"} if order.kind == "template" else {}
    return {
        "messaging_product": "whatsapp",
        "contacts": [{"input": order.asked, **found}],
        "messages": [{"id": name, **status}],
    }


def _words(payload: Shape) -> str:
    """The free words of a message that is to be sent."""
    found = payload.get("text") or payload.get("message")
    words = found.get("body") or found.get("text") if isinstance(found, dict) else ""
    return str(words or "")
