"""What an answer's status alone says of a request, on any platform."""

from http import HTTPStatus

from nyumbani.inbox.channels.body import Malformed, load
from nyumbani.inbox.channels.refusals import FINAL, SIGNED_OUT, THROTTLED, TRANSIENT, Rule


def is_good(status: int) -> bool:
    """Whether the platform says that it did what was asked."""
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def is_a_no(status: int) -> bool:
    """Whether a status alone says that the message was not taken.

    A gateway's own error page (500, 502, 504) leaves it unclear: the message may have gone out.
    """
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return False
    return 400 <= status < 500 or status == HTTPStatus.SERVICE_UNAVAILABLE


def by_status(status: int) -> Rule:
    """The rule for a code we have none for."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return THROTTLED
    if status == HTTPStatus.UNAUTHORIZED:
        return SIGNED_OUT
    return TRANSIENT if status >= HTTPStatus.INTERNAL_SERVER_ERROR else FINAL


def object_in(body: bytes) -> dict[str, object]:
    """The JSON object an answer holds; an empty one if it holds none."""
    try:
        tree = load(body).tree
    except Malformed:
        return {}
    return tree if isinstance(tree, dict) else {}
