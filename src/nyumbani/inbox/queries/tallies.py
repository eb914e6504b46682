"""How much stands behind each chip of the inbox, counted no further than somebody would read.

A count over a hundred thousand conversations, each asked whether the viewer may know of it, takes
longer than the page. So for each chip only the newest 250 that could stand behind it are
looked at: found by an index, asked of one by one. Where there are more, the figure says so.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from nyumbani.accounts.viewers import Viewer
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.queries.joins import shown_alone
from nyumbani.inbox.queries.listing import behind
from nyumbani.inbox.terms import Show

_COUNT = """
(SELECT COUNT(*) FROM ({sees} AND "inbox_conversation"."id" IN ({rows})) AS {name}_seen),
(SELECT COUNT(*) FROM ({rows}) AS {name}_rows)"""
FURTHEST = 250
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
    visible = Conversation.objects.filter(threads_open_to(viewer), shown_alone(viewer))
    sees, sees_values = visible.order_by().values("pk").query.sql_with_params()
    asked: list[str] = []
    values: list[Any] = []
    for show in Show:
        newest = Conversation.objects.filter(behind(viewer, show)).order_by("-last_at", "-pk")
        rows, some = newest.values("pk")[: FURTHEST + 1].query.sql_with_params()
        asked.append(_COUNT.format(sees=sees, rows=rows, name=show.value))
        values += [*sees_values, *some, *some]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(asked), values)
        found = iter(cursor.fetchone())
    return {show: Tally(next(found), next(found) > FURTHEST) for show in Show}
