"""The Graph API both platforms are spoken to through: paths, answers, errors."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from nyumbani.inbox.channels.answers import by_status, is_a_no, is_good, object_in
from nyumbani.inbox.channels.outgoing import Refused, Unclear
from nyumbani.inbox.channels.reading import Flag, Payload, Words, read
from nyumbani.inbox.channels.refusals import TRANSIENT, Rules, refusal

VERSION = "v25.0"

Found = TypeVar("Found")


class ErrorData(Payload):
    """The part of an error written for people."""

    details: Words = ""


class Error(Payload):
    """Why a request was refused."""

    code: Words = ""
    error_subcode: Words = ""
    message: Words = ""
    error_user_msg: Words = ""
    error_data: ErrorData | None = None
    is_transient: Flag = False
    fbtrace_id: Words = ""


def path(*parts: str) -> str:
    """`/v25.0/<part>/...`; ids come from outside, so a slash in one stays inside its part."""
    return "/".join(("", VERSION, *(quote(part, safe="") for part in parts)))


def understood(
    status: int,
    body: bytes,
    *,
    rules: Rules,
    attempt: int,
    found: Callable[[dict[str, object]], Found | None],
) -> Found | Refused | Unclear:
    """What an answer means; `found` takes what was asked for out of a good one. Never raises.

    Only a clear yes or a clear no counts as such. A gateway's own error page (500, 502, 504) or a
    good status without the id leave it unclear, because the message may have gone out.
    """
    answer = object_in(body)
    error = answer.get("error")
    if isinstance(error, dict):
        return _refused(status, error, rules=rules, attempt=attempt)
    if is_good(status):
        return found(answer) or Unclear(f"HTTP {status} without what was asked for")
    if not is_a_no(status):
        return Unclear(f"HTTP {status}")
    return refusal(
        rules,
        status,
        attempt=attempt,
        otherwise=by_status(status),
        title=f"HTTP {status} without a reason",
    )


def _refused(status: int, raw: dict[str, object], *, rules: Rules, attempt: int) -> Refused:
    error, _ = read(Error, raw)
    return refusal(
        rules,
        _number(error.code, otherwise=status),
        attempt=attempt,
        otherwise=TRANSIENT if error.is_transient else by_status(status),
        subcode=_number(error.error_subcode, otherwise=None),
        title=error.message,
        details=error.error_data.details if error.error_data else error.error_user_msg,
        trace=error.fbtrace_id,
    )


Default = TypeVar("Default", int, None)


def _number(digits: str, *, otherwise: Default) -> int | Default:
    return int(digits) if digits.isascii() and digits.isdigit() else otherwise
