"""Who still waits when a part of conversations that are shown as one was answered."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeAlias

from nyumbani.inbox.models.conversations import Conversation

Before: TypeAlias = tuple[dt.datetime | None, int | None]
"""Since when she waited and how grave it seemed, before the answer."""


def wait_where_unread(main: Conversation, unread: Sequence[Conversation], before: Before) -> None:
    """Whoever answered cannot have read what she wrote in a part that is not theirs.

    So that still waits for those who may.
    """
    if main in unread:  # it does not say by itself which of it came where
        main.waiting_since, main.mark = before
        return
    waits = [one.waiting_since for one in (main, *unread) if one.waiting_since is not None]
    marks = [one.mark for one in (main, *unread) if one.mark is not None]
    main.waiting_since, main.mark = min(waits, default=None), min(marks, default=None)
