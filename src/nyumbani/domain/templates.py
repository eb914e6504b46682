"""Words a platform approves before they are sent: their blanks, what fills them, what they became.

Source: the WhatsApp Cloud API's rules for message templates as of mid-2026.
"""

import datetime as dt
import enum
import re
from collections.abc import Sequence

from nyumbani.domain.answers import YES, Answer

LONGEST = 1024  # characters of a body, and of what is sent
_BLANK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_ROW = re.compile(r"[\n\t]| {5}")
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:_[A-Z]{2})?")


class Status(enum.StrEnum):
    """Where words stand with the platform; only approved ones may be sent."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    PAUSED = "paused"
    DISABLED = "disabled"
    DELETED = "deleted"


_RANK = {status: rank for rank, status in enumerate(Status)}
_SAID = {
    "APPROVED": Status.APPROVED,
    "REINSTATED": Status.APPROVED,
    "PENDING": Status.SUBMITTED,
    "IN_APPEAL": Status.SUBMITTED,
    "REJECTED": Status.REJECTED,
    "PAUSED": Status.PAUSED,
    "DISABLED": Status.DISABLED,
    "LIMIT_EXCEEDED": Status.DISABLED,
    "ARCHIVED": Status.DISABLED,
    "PENDING_DELETION": Status.DELETED,
    "DELETED": Status.DELETED,
}
WARNINGS = frozenset({"FLAGGED"})  # people complain: it may still be sent, and be disabled soon
CHANGEABLE = frozenset({Status.DRAFT, Status.APPROVED, Status.REJECTED, Status.PAUSED})


def status_for(said: str) -> Status | None:
    """What a platform's word means; None for one that leaves the status as it is, or is unknown."""
    return _SAID.get(said.upper())


def is_newer(
    known: Status, known_at: dt.datetime, status: Status, at: dt.datetime
) -> bool:  # fmt: skip
    """Whether news replaces what is known. The platform counts seconds and sends in any order.

    Of two of one second the further one counts: a template is checked before it is approved, and
    approved before it is paused.
    """
    return (at, _RANK[status]) > (known_at, _RANK[known])


def blanks(body: str) -> int:
    """How many values a body wants."""
    return len(set(_BLANK.findall(body)))


def filled(body: str, values: Sequence[str]) -> str:
    """The body with its blanks filled, as she will read it."""

    def value(blank: re.Match[str]) -> str:
        number = blank[1]
        known = number.isdecimal() and 0 < int(number) <= len(values)
        return values[int(number) - 1].strip() if known else blank[0]

    return _BLANK.sub(value, body)


def may_be_named(name: str) -> Answer:
    """Whether the platform takes this name."""
    return YES if _NAME.fullmatch(name) else Answer.no("template_name")


def is_language(code: str) -> bool:
    """Whether it looks like one of the platform's codes: sw, en, pt_BR."""
    return bool(_LANGUAGE.fullmatch(code))


def may_be_written(body: str, examples: Sequence[str]) -> Answer:
    """Whether the platform would look at such words at all; reasons, gravest first."""
    text, found = body.strip(), _BLANK.findall(body)
    if not text:
        return Answer.no("empty")
    if len(text) > LONGEST:
        return Answer.no("too_long", str(len(text) - LONGEST))
    wanted = [str(number) for number in range(1, len(set(found)) + 1)]
    if set(found) != set(wanted) or "{{" in _BLANK.sub("", text):
        return Answer.no("blanks_not_in_order")
    if text.startswith("{{") or text.endswith("}}"):
        return Answer.no("blank_at_the_edge")
    if len(examples) != len(wanted) or not all(one.strip() for one in examples):
        return Answer.no("examples_missing", str(len(wanted)))
    return YES


def may_be_filled(body: str, values: Sequence[str]) -> Answer:
    """Whether these values may stand in the blanks; reasons, gravest first."""
    if len(values) != blanks(body) or not all(one.strip() for one in values):
        return Answer.no("values_missing", str(blanks(body)))
    if any(_ROW.search(one.strip()) for one in values):
        return Answer.no("value_in_rows")
    excess = len(filled(body, values)) - LONGEST
    return Answer.no("too_long", str(excess)) if excess > 0 else YES
