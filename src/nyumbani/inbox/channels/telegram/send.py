"""Requests to Telegram's Bot API, and what its answers mean.

There is no idempotency key, no receipt and nothing that comes back: after a time-out nobody knows
whether a message went out, and "sent" is the last we hear of it.
"""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from nyumbani.inbox.channels.answers import by_status, is_a_no, is_good, object_in
from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import (
    Accepted,
    Answer,
    CannotSend,
    Length,
    Outgoing,
    Refused,
    Unclear,
    checked,
)
from nyumbani.inbox.channels.reading import Payload, Size, Words, read
from nyumbani.inbox.channels.refusals import refusal
from nyumbani.inbox.channels.telegram.payloads import Chat
from nyumbani.inbox.channels.telegram.refusals import rule_for

TEXT_LIMIT = 4096  # in units of UTF-16, as Telegram counts: an emoji may be two and more
REACHABLE_BY = ("tg_id",)
PACE = dt.timedelta(seconds=1)  # a second between two messages in one chat
LONGEST_WAIT = dt.timedelta(days=1)

Found = TypeVar("Found")


class Parameters(Payload):
    """What helps after a refusal."""

    retry_after: Size = None  # seconds


class Failure(Payload):
    """A refusal."""

    error_code: Size = None
    description: Words = ""
    parameters: Parameters | None = None


class Sent(Payload):
    """The message as Telegram knows it."""

    message_id: Words = ""
    chat: Chat | None = None


def length(text: str) -> Length:
    """How much of the limit a text takes."""
    return Length(len(text.encode("utf-16-le", "surrogatepass")) // 2, TEXT_LIMIT)


def text(
    *,
    account: str,  # noqa: ARG001 - the token says which bot it is; every channel is asked alike
    to: Name,
    body: str,
    callback: str,  # noqa: ARG001 - nothing of ours can go along
    reply_to: str = "",
) -> Outgoing:
    """Plain words to one person who has started the bot, at any time.

    No link is previewed: a preview would show on her screen, and be fetched from elsewhere.
    """
    chat = reachable(to)
    words = checked(body, limit=TEXT_LIMIT)
    if length(words).taken > TEXT_LIMIT:
        raise CannotSend(f"{length(words).taken} signs; this channel takes {TEXT_LIMIT}")
    request: dict[str, object] = {
        "chat_id": chat,
        "text": words,
        "link_preview_options": {"is_disabled": True},
    }
    quoted = in_her_chat(reply_to, chat)
    if quoted is not None:
        known = {"message_id": quoted, "allow_sending_without_reply": True}
        request["reply_parameters"] = known
    return Outgoing("POST", "/sendMessage", request)


def answer(status: int, body: bytes, *, attempt: int = 1) -> Answer:
    """What the answer to a message means; `attempt` counts from 1 and lengthens the wait."""
    return understood(status, body, attempt=attempt, found=_accepted)


def refused(code: int, *, title: str = "", attempt: int = 1) -> Refused:
    """The same rules for a code alone."""
    rule = rule_for(code, title) or by_status(code)
    return refusal({}, code, attempt=attempt, otherwise=rule, title=title)


def understood(
    status: int,
    body: bytes,
    *,
    attempt: int,
    found: Callable[[dict[str, object]], Found | None],
) -> Found | Refused | Unclear:
    """What an answer means; `found` takes what was asked for out of a good one. Never raises."""
    said = object_in(body)
    result = said.get("result")
    if is_good(status) and said.get("ok") is True:
        good = found(result) if isinstance(result, dict) else None
        return good or Unclear(f"HTTP {status} without what was asked for")
    failure, _ = read(Failure, said)
    code = failure.error_code or (0 if is_good(status) else status)
    if said.get("ok") is not False and not is_a_no(status):
        return Unclear(f"HTTP {status}")
    if code >= 500 and not is_a_no(code):
        return Unclear(f"HTTP {code}")
    return _refusal(code or status, failure, attempt)


def _refusal(code: int, failure: Failure, attempt: int) -> Refused:
    rule = rule_for(code, failure.description) or by_status(code)
    asked = failure.parameters.retry_after if failure.parameters else None
    no = refusal({}, code, attempt=attempt, otherwise=rule, title=failure.description)
    if asked is None or no.stops_channel:
        return no
    wait = min(dt.timedelta(seconds=min(asked, 10**6)), LONGEST_WAIT)
    return Refused(no.code, no.title, no.meaning, retry_after=max(wait, PACE))


def _accepted(result: dict[str, object]) -> Accepted | None:
    sent, _ = read(Sent, result)
    if not sent.message_id or sent.chat is None or not sent.chat.id:
        return None
    person = (Name("tg_id", sent.chat.id),) if sent.chat.type == "private" else ()
    return Accepted(f"{sent.chat.id}:{sent.message_id}", person)


def reachable(to: Name) -> str:
    """The chat in which she is written to; raises CannotSend."""
    if to.kind not in REACHABLE_BY or not to.value:
        raise CannotSend(f"nobody can be written to by {to.kind or 'nothing'}")
    return to.value


def in_her_chat(reply_to: str, chat: str) -> int | None:
    """The number of the quoted message; None where it stands in another chat, such as a group."""
    where, _, number = reply_to.partition(":")
    is_number = number.isascii() and number.isdigit() and len(number) < 16
    return int(number) if where == chat and is_number else None
