"""How much stands behind each chip of the inbox, counted no further than somebody would read.

A count over a hundred thousand conversations, each asked whether the viewer may know of it, takes
longer than the page. So for each chip only the newest thousand that could stand behind it are
looked at: found by an index, asked of one by one. Where there are more, the figure says so.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from nyumbani.accounts.viewers import Viewer
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.queries.joins import shown_alone
from nyumbani.inbox.queries.listing import behind
from nyumbani.inbox.terms import Show

_COUNT = "(SELECT COUNT(*) FROM ({}) AS {}_rows)"
FURTHEST = 1_000
"""How many conversations are looked at for one chip."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many are there, or so many at least."""

    count: int
    is_more: bool = False  # there are older ones, which were not looked at

    def __str__(self) -> str:
        return f"{self.count}+" if self.is_more else str(self.count)


def tallies(viewer: Viewer) -> dict[Show, Tally]:
    """How many threads stand behind each chip; one query."""
    asked: list[str] = []
    values: list[Any] = []
    for show in Show:
        for sql, some in _counted(viewer, show):
            asked.append(_COUNT.format(sql, show.value))
            values += some
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(asked), values)
        found = iter(cursor.fetchone())
    return {show: Tally(next(found), next(found) > FURTHEST) for show in Show}


def _counted(viewer: Viewer, show: Show) -> list[tuple[str, tuple[Any, ...]]]:
    """Those of the newest that the viewer may see, and the newest with one more than is asked."""
    newest = Conversation.objects.filter(behind(viewer, show)).order_by("-last_at", "-pk")
    looked_at = newest.values("pk")[:FURTHEST]
    hers = Q(pk__in=looked_at) & threads_open_to(viewer)
    visible = Conversation.objects.filter(hers, shown_alone(viewer)).order_by().values("pk")
    return [rows.query.sql_with_params() for rows in (visible, newest.values("pk")[: FURTHEST + 1])]
