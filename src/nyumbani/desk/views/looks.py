"""Lists show people too: that somebody looked at one is written down, once in a while.

A list is looked at many times an hour. One line in five minutes tells as much as one a look, and
leaves room in the ledger for what was done. Polls that find nothing new write none.
"""

import datetime as dt

from django.http import HttpRequest

from nyumbani.accounts.viewers import actor_of
from nyumbani.audit.actions import record
from nyumbani.kit import clock
from nyumbani.vault import index

EVERY = dt.timedelta(minutes=5)
_KEPT = "looks"


def looked(request: HttpRequest, page: str, *, words: str = "", **shown: int) -> None:
    """Write down that a list was shown, at most every five minutes for the same part of it.

    `words` tell which part: the chip, the cursor, what was searched for. Only their keyed digest
    is kept. `shown` counts what stood there, such as `people=8`.
    """
    about, query = f"page:{page}", index.digest(f"look|{page}", words)
    now = clock.now()
    kept = {
        mark: at
        for mark, at in request.session.get(_KEPT, {}).items()
        if dt.timedelta() <= now - dt.datetime.fromisoformat(at) < EVERY
    }
    mark = f"{page}:{query}"
    if mark in kept:
        return
    verb = "today.seen" if page == "today" else "list.seen"
    record(by=actor_of(request), verb=verb, about=about, query=query, **shown)
    request.session[_KEPT] = kept | {mark: now.isoformat()}
