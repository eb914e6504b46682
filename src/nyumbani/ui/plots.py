"""The geometry of plots: figures in, places on a small sheet out. No HTML, no framework.

Places are whole numbers, so that no language's decimal comma can break a drawing.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 110
LEFT, RIGHT, TOP, GROUND = 8, 312, 18, 92
_TAIL = 36  # the last level is drawn on for this far, so that one can see it
_FIGURE, _DATE = (22, 14), (52, HEIGHT + 1)  # the room a figure and a date need, across and up


@dataclass(frozen=True, slots=True)
class Point:
    """From this moment on, it is so many; `note` says what made the difference."""

    at: dt.datetime | dt.date
    value: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point's place, and whether its figure and its date have room to be written there."""

    point: Point
    x: int
    y: int
    shows_value: bool
    shows_date: bool
    anchor: str  # start, mid or end: which way the date hangs


@dataclass(frozen=True, slots=True)
class Steps:
    """A step plot: the level holds until the next point."""

    path: str
    marks: tuple[Mark, ...]


def steps(points: Sequence[Point]) -> Steps:
    """Lay out points, in whatever order they come, as steps from the ground (0) up.

    Points at one moment follow each other upright. No points give an empty path.
    """
    known = sorted(points, key=lambda p: _seconds(p.at))
    if not known:
        return Steps("", ())
    places = [(_x(p, known), _y(p, known)) for p in known]
    path = f"M{places[0][0]} {places[0][1]}"
    path += "".join(f"H{x}V{y}" for x, y in places[1:]) + f"H{RIGHT}"
    values, days = _with_room(places, _FIGURE), _with_room(places, _DATE)
    return Steps(
        path,
        tuple(
            Mark(p, x, y, i in values, i in days, _anchor(x))
            for i, (p, (x, y)) in enumerate(zip(known, places, strict=True))
        ),
    )


def _seconds(at: dt.datetime | dt.date) -> float:
    if not isinstance(at, dt.datetime):
        at = dt.datetime.combine(at, dt.time(), tzinfo=dt.UTC)
    return at.timestamp()


def _x(point: Point, known: Sequence[Point]) -> int:
    first, last = _seconds(known[0].at), _seconds(known[-1].at)
    share = (_seconds(point.at) - first) / (last - first) if last > first else 0
    return round(LEFT + share * (RIGHT - _TAIL - LEFT))


def _y(point: Point, known: Sequence[Point]) -> int:
    top = max(p.value for p in known) or 1
    return round(GROUND - point.value / top * (GROUND - TOP))


def _with_room(places: Sequence[tuple[int, int]], room: tuple[int, int]) -> set[int]:
    """Which of these may be written: the last, the first, then the later ones that find room."""
    chosen: list[int] = []
    for i in [len(places) - 1, 0, *range(len(places) - 2, 0, -1)]:
        x, y = places[i]
        away = ((abs(x - places[j][0]), abs(y - places[j][1])) for j in chosen)
        if all(across >= room[0] or up >= room[1] for across, up in away):
            chosen.append(i)
    return set(chosen)


def _anchor(x: int) -> str:
    if x < LEFT + _DATE[0] // 2:
        return "start"
    return "end" if x > RIGHT - _DATE[0] // 2 else "mid"
