"""Requests to the Messenger interface, and what its answers mean.

There is no idempotency key here either: our own attempt id goes out as `metadata` and comes back
in the echo of the message.
"""

from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.graph import path, understood
from nyumbani.inbox.channels.messenger.refusals import RULES
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

TEXT_LIMIT = 2000  # characters
REACHABLE_BY = ("psid", "user_ref")  # best first


class Sent(Payload):
    """The message and the person as the platform knows them."""

    message_id: Words = ""
    recipient_id: Words = ""


def text(
    *,
    account: str,  # noqa: ARG001 - the token says which page it is; every channel is asked alike
    to: Name,
    body: str,
    callback: str,
    reply_to: str = "",
    human_agent: bool = False,
) -> Outgoing:
    """Plain words to one person, allowed within 24 hours of her last message.

    With `human_agent` it is marked as written by a member of staff, which the platform allows
    up to seven days after her last message (a permission the page must have been given).
    """
    message: dict[str, object] = {"text": checked(body, limit=TEXT_LIMIT), "metadata": callback}
    request: dict[str, object] = {"recipient": address(to), "messaging_type": "RESPONSE"}
    if human_agent:
        request.update(messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT")
    if reply_to:
        request["reply_to"] = {"mid": reply_to}
    return Outgoing("POST", path("me", "messages"), {**request, "message": message})


def late_text(*, account: str, to: Name, body: str, callback: str, reply_to: str = "") -> Outgoing:
    """`text` by a member of staff, between 24 hours and seven days after her last message."""
    return text(
        account=account, to=to, body=body, callback=callback, reply_to=reply_to, human_agent=True
    )


def answer(status: int, body: bytes, *, attempt: int = 1) -> Answer:
    """What the answer to a message means; `attempt` counts from 1 and lengthens the wait."""
    return understood(status, body, rules=RULES, attempt=attempt, found=_accepted)


def refused(code: int, *, title: str = "", attempt: int = 1) -> Refused:
    """The same rules for a code alone."""
    return refusal(RULES, code, title=title, attempt=attempt)


def address(to: Name) -> dict[str, object]:
    """How she is named as the one it goes to; raises CannotSend."""
    if not to.value or to.kind not in REACHABLE_BY:
        raise CannotSend(f"nobody can be written to by {to.kind or 'nothing'}")
    return {"id" if to.kind == "psid" else "user_ref": to.value}


def _accepted(said: dict[str, object]) -> Accepted | None:
    sent, _ = read(Sent, said)
    person = (Name("psid", sent.recipient_id),) if sent.recipient_id else ()
    return Accepted(sent.message_id, person) if sent.message_id else None
