"""May this be written back now? One rule for the composer that shows it and the verb that sends."""

import datetime as dt
from dataclasses import dataclass

from nyumbani.domain.answers import YES, Answer
from nyumbani.domain.window import Window


@dataclass(frozen=True, slots=True)
class FileFit:
    """A file that is about to leave, as far as the platform's limits go."""

    refusal: str = ""  # why the platform would not take it: not_taken, wrong_type, too_large
    told: tuple[str, ...] = ()  # what a page may say of that: the largest it takes
    caption_limit: int = 0  # what words beside it may fill; 0: none may go along
    caption_taken: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is about to send, and through what."""

    text: str
    limit: int  # what the platform takes, in its own way of counting
    window: Window
    is_stopped: bool = False  # the platform refused our credentials
    is_reachable: bool = True  # she has a number or id on this channel now
    is_template: bool = False  # words the platform has approved: they may go at any time
    taken: int | None = None  # how much of the limit the text fills; None: it counts characters
    file: FileFit | None = None  # a file that goes along

    @property
    def excess(self) -> int:
        """By how much the text is too long."""
        return (len(self.text) if self.taken is None else self.taken) - self.limit


def may_write_back(draft: Draft, now: dt.datetime) -> Answer:
    """Whether these words may leave now, as far as the platform goes; reasons, gravest first."""
    if not draft.is_reachable:
        return Answer.no("unreachable")
    if draft.is_stopped:
        return Answer.no("stopped")
    if not (draft.is_template or draft.window.is_open(now)):
        return Answer.no("window_closed")
    return _may_be_said(draft) if draft.file is None else _may_carry(draft.file, draft.text)


def _may_be_said(draft: Draft) -> Answer:
    if not draft.text.strip():
        return Answer.no("empty")
    if draft.excess > 0:
        return Answer.no("too_long", str(draft.excess))
    return YES


def _may_carry(file: FileFit, caption: str) -> Answer:
    """Whether the platform takes this file with these words; words may be missing."""
    if file.refusal:
        return Answer.no(f"file_{file.refusal}", *file.told)
    if caption.strip() and file.caption_limit == 0:
        return Answer.no("no_caption")
    excess = file.caption_taken - file.caption_limit
    return Answer.no("caption_too_long", str(excess)) if excess > 0 else YES
