"""One INSERT for the two places where every microsecond is a message: the door and the queue.

Everywhere else rows are stored by models. A model's `save` looks up, converts and signals for each
column of each row; at the door that was half of the work.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

Value = bool | str | int | bytes | dt.datetime | None
_ROWS_A_STATEMENT = 500


class Insert:
    """Rows of one table that differ in `columns` and are alike in `alike` (our own words only).

    A row that breaks a uniqueness rule is left out, every other broken rule raises: SQLite's INSERT
    OR IGNORE would swallow those too.
    """

    def __init__(self, table: str, columns: Sequence[str], alike: Mapping[str, str | int]) -> None:
        names = ", ".join([*columns, *alike])
        same = [f"'{word}'" if isinstance(word, str) else str(word) for word in alike.values()]
        self._row = f"({', '.join([*(['%s'] * len(columns)), *same])})"
        self._start = f"INSERT INTO {table} ({names}) VALUES "  # noqa: S608 # nosec B608 - our own words
        self._one = self._statement(1)

    def store(self, rows: Sequence[Sequence[Value]]) -> set[str]:
        """Store the rows in the current transaction; returns the ids (`id`) of those stored."""
        stored: set[str] = set()
        with connection.cursor() as cursor:
            for start in range(0, len(rows), _ROWS_A_STATEMENT):
                part = rows[start : start + _ROWS_A_STATEMENT]
                cursor.execute(
                    self._one if len(part) == 1 else self._statement(len(part)), _flat(part)
                )
                stored.update(found for (found,) in cursor.fetchall())
        return stored

    def _statement(self, rows: int) -> str:
        values = ", ".join([self._row] * rows)
        return f"{self._start}{values} ON CONFLICT DO NOTHING RETURNING id"


def _flat(rows: Iterable[Sequence[Value]]) -> list[Value]:
    moment = connection.ops.adapt_datetimefield_value
    return [moment(one) if isinstance(one, dt.datetime) else one for row in rows for one in row]
