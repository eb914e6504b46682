"""The index as it is read: counts and the newest bearers of many tokens, one statement each.

Written as SQL because each part of a statement stops after so many rows, which Django's words
cannot say on both databases.
"""

from collections.abc import Sequence

from django.db import connection

from nyumbani.accounts.viewers import Viewer

Posting = tuple[int, int]
"""A person's number, and a token she stands under."""
_COUNT = (
    "SELECT %s AS token, (SELECT count(*) FROM"
    " (SELECT 1 AS one FROM people_findable WHERE token = %s LIMIT %s) AS part)"
)
_NEWEST = (
    "SELECT * FROM (SELECT number, token FROM people_findable WHERE token = %s"
    " ORDER BY number DESC LIMIT %s) AS part"
)
_CROSSING = (
    "SELECT * FROM (SELECT number, token FROM people_findable f WHERE token = %s AND EXISTS"
    " (SELECT 1 FROM people_findable g WHERE g.number = f.number AND g.token IN (OTHERS))"
    " ORDER BY number DESC LIMIT %s) AS part"
)


def counts(viewer: Viewer, tokens: Sequence[int], most: int) -> dict[int, int]:
    """How many stand under each token, counted up to `most`."""
    args = [value for token in tokens for value in (token, token, most)]
    return dict(_asked(viewer, [_COUNT] * len(tokens), args))


def newest(viewer: Viewer, tokens: Sequence[int], most: int) -> list[Posting]:
    """Who stands under these tokens, of each the newest."""
    args = [value for token in tokens for value in (token, most)]
    return _asked(viewer, [_NEWEST] * len(tokens), args)


def crossing(
    viewer: Viewer, tokens: Sequence[int], others: Sequence[int], most: int
) -> list[Posting]:  # fmt: skip
    """Who stands under one of these tokens and under one of the others as well."""
    if not others:
        return []
    one = _CROSSING.replace("OTHERS", ", ".join(["%s"] * len(others)))
    args = [value for token in tokens for value in (token, *others, most)]
    return _asked(viewer, [one] * len(tokens), args)


def _asked(viewer: Viewer, parts: Sequence[str], args: Sequence[int]) -> list[Posting]:
    if not parts or not viewer.may_read_cases:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), args)
        return [(int(one), int(other)) for one, other in cursor.fetchall()]
