"""Whether anything has happened since a page was shown: most polls are answered by one question.

Whatever changes the house writes a line into the ledger first. As long as the newest line that is
not a look is the one it was, a page looks as it did, but for time: what was laid aside comes back,
broken glass closes, "waits 5 minutes" grows old. Until then a mark is kept in this process, which
every other process works out for itself.
"""

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.http import HttpRequest

from nyumbani.accounts.viewers import Viewer, viewer_of
from nyumbani.audit.queries import newest_act
from nyumbani.cases.queries import glass_closes_at
from nyumbani.inbox.queries.attention import next_to_come_back
from nyumbani.inbox.queries.listing import STALE
from nyumbani.kit import clock

_MOST = 2_000  # marks kept in one process


@dataclass(frozen=True, slots=True)
class _Mark:
    """How a page looked, after which act, and until when time alone changes nothing in it."""

    stamp: str
    act: int
    since: dt.datetime
    until: dt.datetime


_kept: OrderedDict[tuple[str, str], _Mark] = OrderedDict()
_lock = Lock()


class Quiet:
    """The mark of one page for one member of staff."""

    def __init__(self, request: HttpRequest) -> None:
        self._viewer = viewer_of(request)
        asked = request.GET.copy()
        asked.pop("since", None)
        self._key = (self._viewer.staff_id, f"{request.path}?{asked.urlencode()}")
        # Asked before the page is: what happens in between is seen the next time.
        self._act = newest_act(self._viewer)

    @property
    def stamp(self) -> str:
        """The page's mark if it must still be the same; empty where it has to be worked out."""
        kept, now = _kept.get(self._key), clock.now()
        is_same = kept is not None and kept.act == self._act and kept.since <= now < kept.until
        return kept.stamp if kept is not None and is_same else ""

    def keep(self, stamp: str) -> None:
        """Remember how it looks now."""
        now = clock.now()
        mark = _Mark(stamp, self._act, now, _until(self._viewer, now))
        with _lock:
            _kept[self._key] = mark
            _kept.move_to_end(self._key)
            while len(_kept) > _MOST:
                _kept.popitem(last=False)


def _until(viewer: Viewer, now: dt.datetime) -> dt.datetime:
    moments = (now + STALE, next_to_come_back(viewer), glass_closes_at(viewer))
    return min(one for one in moments if one is not None)
