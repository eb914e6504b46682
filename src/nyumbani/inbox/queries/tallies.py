"""How much stands behind each chip of the inbox, counted no further than somebody would read.

A count over a hundred thousand conversations, each asked whether the viewer may know of it, takes
longer than the page. So for each chip the newest 100 that could stand behind it are looked at:
found by an index, asked of one by one; and, however old, the newest 250 of people in the
viewer's own cases. Where there are more among the next 400, the figure says so. Nothing that
the viewer may not know of moves a figure or its mark: both are counted over what they may read
alone.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.queries import lists as cases
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.queries.joins import shown_alone
from nyumbani.inbox.queries.listing import behind
from nyumbani.inbox.terms import Show

_COUNT = """
(SELECT COUNT(*) FROM ({sees} AND "inbox_conversation"."id" IN (
  SELECT * FROM ({behind} {newest} LIMIT {furthest}) AS {name}_rows
  UNION ALL SELECT id FROM {name}_mine
)) AS {name}_seen),
EXISTS (SELECT 1 FROM ({sees} AND "inbox_conversation"."id" IN (
  SELECT * FROM ({behind} {newest} LIMIT {beyond} OFFSET {furthest}) AS {name}_more)
  AND "inbox_conversation"."id" NOT IN (
    SELECT id FROM {name}_mine)) AS {name}_beyond)"""
# One by one from the few that are one's own, never from the many that stand behind a chip.
_MINE = """{name}_mine AS MATERIALIZED (SELECT own.id FROM own WHERE EXISTS (
  SELECT 1 FROM ({behind}) AS {name}_own WHERE {name}_own.id = own.id))"""
_NEWEST = 'ORDER BY "inbox_conversation"."last_at" DESC, "inbox_conversation"."id" DESC'
OWN = 250
"""How many conversations of people in one's own cases are counted however old they are."""
FURTHEST = 100
"""How many conversations are looked at for one chip."""
BEYOND = 400
"""... and how many older ones, to say whether there are more."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many are there, or so many at least."""

    count: int
    is_more: bool = False  # there are older ones, which were not looked at

    def __str__(self) -> str:
        return f"{self.count}+" if self.is_more else str(self.count)


def tallies(viewer: Viewer) -> dict[Show, Tally]:
    """How many threads stand behind each chip; one query."""
    if not viewer.may_read_cases:
        return {show: Tally(0) for show in Show}
    visible = Conversation.objects.filter(threads_open_to(viewer), shown_alone(viewer))
    sees, sees_values = _ids(visible)
    own, own_values = _ids(Conversation.objects.filter(cases.people_of_cases(viewer, "person")))
    kept = [f"own AS MATERIALIZED ({own} {_NEWEST} LIMIT {OWN})"]
    kept_values: list[Any] = [*own_values]
    asked: list[str] = []
    values: list[Any] = []
    for show in Show:
        # Worked out once a chip: that takes longer than the database's answer.
        here, some = _ids(Conversation.objects.filter(behind(viewer, show)))
        kept.append(_MINE.format(name=show.value, behind=here))
        kept_values += some
        asked.append(
            _COUNT.format(
                sees=sees, behind=here, name=show.value, newest=_NEWEST,
                furthest=FURTHEST, beyond=BEYOND,
            )
        )  # fmt: skip
        values += [*sees_values, *some] * 2
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(kept)} SELECT {', '.join(asked)}", [*kept_values, *values])
        found = iter(cursor.fetchone())
    return {show: Tally(next(found), bool(next(found))) for show in Show}


def _ids(rows: QuerySet[Conversation]) -> tuple[str, tuple[Any, ...]]:
    sql, values = rows.order_by().values("id").query.sql_with_params()
    return sql, tuple(values)
