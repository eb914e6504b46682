"""Requests to the WhatsApp Cloud API, and what its answers mean.

There is no idempotency key: after a time-out nobody knows whether the message went out. So every
message carries our own attempt id, which comes back in its statuses.
"""

from collections.abc import Mapping, Sequence

from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.graph import path, understood
from nyumbani.inbox.channels.outgoing import (
    Accepted,
    Answer,
    CannotSend,
    Outgoing,
    Refused,
    checked,
)
from nyumbani.inbox.channels.reading import Payload, Words, read
from nyumbani.inbox.channels.refusals import refusal
from nyumbani.inbox.channels.whatsapp.people import names, number
from nyumbani.inbox.channels.whatsapp.refusals import RULES

TEXT_LIMIT = 4096  # characters
REACHABLE_BY = ("wa_id", "msisdn", "bsuid", "parent_bsuid")  # best first


class SentTo(Payload):
    """Who the platform says it went to."""

    wa_id: Words = ""
    user_id: Words = ""


class SentMessage(Payload):
    """The message as the platform knows it."""

    id: Words = ""
    message_status: Words = ""


def text(*, account: str, to: Name, body: str, callback: str, reply_to: str = "") -> Outgoing:
    """Plain words to one person, allowed within 24 hours of her last message.

    No link is previewed: a preview would show on her screen, and be fetched from elsewhere.
    """
    words = {"body": checked(body, limit=TEXT_LIMIT), "preview_url": False}
    return message(account, to, callback, reply_to, {"type": "text", "text": words})


def template(
    *,
    account: str,
    to: Name,
    name: str,
    language: str,
    components: Sequence[Mapping[str, object]] = (),
    callback: str,
    reply_to: str = "",
) -> Outgoing:
    """A template the platform has approved; the only thing that may go out at any time."""
    if not name or not language:
        raise CannotSend("a template needs its name and its language")
    chosen: dict[str, object] = {"name": name, "language": {"code": language}}
    if components:
        chosen["components"] = [dict(component) for component in components]
    return message(account, to, callback, reply_to, {"type": "template", "template": chosen})


def answer(status: int, body: bytes, *, attempt: int = 1) -> Answer:
    """What the answer to a message means; `attempt` counts from 1 and lengthens the wait."""
    return understood(status, body, rules=RULES, attempt=attempt, found=_accepted)


def refused(code: int, *, title: str = "", attempt: int = 1) -> Refused:
    """The same rules for an error that comes later, in a status "failed"."""
    return refusal(RULES, code, title=title, attempt=attempt)


def message(
    account: str, to: Name, callback: str, reply_to: str, contents: dict[str, object]
) -> Outgoing:
    """A message of any type to one person, with our attempt's id."""
    request: dict[str, object] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_address(to),
        **contents,
        "biz_opaque_callback_data": callback,
    }
    if reply_to:
        request["context"] = {"message_id": reply_to}
    return Outgoing("POST", path(account, "messages"), request)


def _address(to: Name) -> dict[str, object]:
    """A number goes into `to`, a business-scoped id into `recipient`."""
    if to.value and to.kind in {"wa_id", "msisdn"}:
        digits = number(to.value)
        return {"to": f"+{digits}" if to.kind == "msisdn" else digits}
    if to.value and to.kind in {"bsuid", "parent_bsuid"}:
        return {"recipient": to.value}
    raise CannotSend(f"nobody can be written to by {to.kind or 'nothing'}")


def _accepted(said: dict[str, object]) -> Accepted | None:
    sent, _ = read(SentMessage, _first(said.get("messages")))
    person, _ = read(SentTo, _first(said.get("contacts")))
    if not sent.id:
        return None
    held = "" if sent.message_status in {"", "accepted"} else sent.message_status
    return Accepted(sent.id, names(wa_id=person.wa_id, user_id=person.user_id), held)


def _first(items: object) -> dict[str, object]:
    first = items[0] if isinstance(items, list) and items else {}
    return first if isinstance(first, dict) else {}
