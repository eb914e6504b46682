"""Requests to the gateway, and what its answers mean.

There is no idempotency key and nothing of ours comes back in its reports: after a time-out nobody
knows whether a message went out, and only a person may decide to send it again.
"""

from nyumbani.inbox.channels.answers import by_status, is_a_no, is_good, object_in
from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import (
    Accepted,
    Answer,
    CannotSend,
    Outgoing,
    Refused,
    Unclear,
    checked,
)
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.refusals import refusal
from nyumbani.inbox.channels.sms.length import length
from nyumbani.inbox.channels.sms.numbers import names_of
from nyumbani.inbox.channels.sms.payloads import Recipient
from nyumbani.inbox.channels.sms.refusals import ACCEPTED, RULES, WORDS

PATH = "/version1/messaging"
REACHABLE_BY = ("msisdn",)


def text(
    *,
    account: str,
    to: Name,
    body: str,
    callback: str,  # noqa: ARG001 - nothing of ours can go along; every channel is asked alike
    reply_to: str = "",  # noqa: ARG001 - an SMS quotes nothing
) -> Outgoing:
    """Plain words to one number, at any time; raises CannotSend if they are too long."""
    if to.kind not in REACHABLE_BY or not to.value:
        raise CannotSend(f"nobody can be written to by {to.kind or 'nothing'}")
    room = length(body)
    if room.taken > room.limit:
        raise CannotSend(f"{room.parts} parts; this channel takes {room.limit} signs")
    words = checked(body, limit=room.limit)
    # Queued on their side: they answer at once instead of waiting for the network.
    form = {"to": to.value, "message": words, "from": account, "enqueue": "1"}
    return Outgoing("POST", PATH, form=form)


def answer(status: int, body: bytes, *, attempt: int = 1) -> Answer:
    """What the answer to a message means; `attempt` counts from 1 and lengthens the wait."""
    if not is_good(status):
        return no(status, attempt=attempt) or Unclear(f"HTTP {status}")
    said = object_in(body).get("SMSMessageData")
    said = said if isinstance(said, dict) else {}
    recipients = said.get("Recipients")
    first = recipients[0] if isinstance(recipients, list) and recipients else None
    if isinstance(first, dict):
        return _of_recipient(first, attempt)
    code = WORDS.get(str(said.get("Message", "")).strip())
    if code is not None:
        return refusal(RULES, code, attempt=attempt)
    return Unclear(f"HTTP {status} without what was asked for")


def refused(code: int, *, title: str = "", attempt: int = 1) -> Refused:
    """The same rules for a code alone, such as one of a delivery report."""
    return refusal(RULES, code, title=title, attempt=attempt)


def no(status: int, *, attempt: int = 1) -> Refused | None:
    """The refusal a bare status means; None where it leaves open what happened.

    The gateway's codes and HTTP's overlap and mean different things: 401 is "held as a risk" there.
    """
    if not is_a_no(status):
        return None
    title = f"HTTP {status} without a reason"
    return refusal({}, status, attempt=attempt, otherwise=by_status(status), title=title)


def _of_recipient(raw: dict[str, object], attempt: int) -> Answer:
    recipient, _ = read(Recipient, raw)
    code = recipient.status_code
    if code in ACCEPTED:
        if not recipient.message_id or recipient.message_id == "None":
            return Unclear(f"code {code} without a message id")
        return Accepted(recipient.message_id, names_of(recipient.number))
    if code.isascii() and code.isdigit() and len(code) < 6:
        return refusal(RULES, int(code), attempt=attempt, title=recipient.status)
    return Unclear("a recipient without a code")
