"""May this be written back now? One rule for the composer that shows it and the verb that sends."""

import datetime as dt
from dataclasses import dataclass

from nyumbani.domain.answers import YES, Answer
from nyumbani.domain.window import Window


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is about to send, and through what."""

    text: str
    limit: int  # characters the platform takes
    window: Window
    is_stopped: bool = False  # the platform refused our credentials
    is_reachable: bool = True  # she has a number or id on this channel now


def may_write_back(draft: Draft, now: dt.datetime) -> Answer:
    """Whether free words may leave now; the reasons, gravest first."""
    if not draft.is_reachable:
        return Answer.no("unreachable")
    if draft.is_stopped:
        return Answer.no("stopped")
    if not draft.window.is_open(now):
        return Answer.no("window_closed")
    if not draft.text.strip():
        return Answer.no("empty")
    if len(draft.text) > draft.limit:
        return Answer.no("too_long", str(len(draft.text) - draft.limit))
    return YES
