"""Nobody is answered through a form: whoever filled it in has closed it."""

from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import Answer, CannotSend, Outgoing, Refused, Unclear
from nyumbani.kit.phrases import gettext_noop

NO_WAY_BACK = gettext_noop("nobody can be answered through the form")


def text(*, account: str, to: Name, body: str, callback: str, reply_to: str = "") -> Outgoing:  # noqa: ARG001 - every channel is asked alike
    """Never: raises CannotSend."""
    raise CannotSend(NO_WAY_BACK)


def answer(status: int, body: bytes, *, attempt: int = 1) -> Answer:  # noqa: ARG001 - nothing is ever sent
    """There is nothing to understand."""
    return Unclear(f"HTTP {status}")


def refused(code: int, *, title: str = "", attempt: int = 1) -> Refused:  # noqa: ARG001 - every channel is asked alike
    """Whatever is asked: no."""
    return Refused(code, title or NO_WAY_BACK, NO_WAY_BACK)
