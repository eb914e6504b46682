"""The errors WhatsApp reports inside a message, a status or a webhook."""

import re
from collections.abc import Iterable

from nyumbani.inbox.channels.events import Problem
from nyumbani.inbox.channels.whatsapp.payloads import Error

_CODE = re.compile(r"\d{1,9}", re.ASCII)


def problems_of(errors: Iterable[Error]) -> tuple[Problem, ...]:
    """The same errors in our words; a code that is no such number becomes 0, kept in the title."""
    return tuple(_problem(error) for error in errors)


def _problem(error: Error) -> Problem:
    title = error.title or error.message
    details = error.error_data.details if error.error_data else ""
    if not _CODE.fullmatch(error.code):
        return Problem(0, f"{error.code} {title}".strip(), details)
    return Problem(int(error.code), title, details)
