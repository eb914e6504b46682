"""A small map of the surroundings of a place, as SVG: land, borders, towns, a scale.

The land is coarse (Natural Earth 1:50m, reduced): it shows which coast and which town, never which
street. Everything is drawn here; no picture comes from anybody else.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise

from nyumbani.domain.maps.places import EARTH, Point, Town, nearest, towns

WIDTH, HEIGHT = 320, 240
_LEAST, _MOST = 40.0, 800.0  # km from the place to the left or right edge
_DEGREE = math.radians(1) * EARTH  # km
_MOST_TOWNS = 8
HEAVY = 5_900  # bytes; all names are written in ASCII but for some accents
_COARSE = (1, 2, 4, 8, 1_000)  # pixels that are not worth a point; the last draws a bare frame
_SEA, _LAND, _LINE, _INK, _HERE = "#cfe0e8", "#f4efe3", "#8a7a5c", "#222222", "#b3261e"

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """Coasts as rings and borders as lines, each a run of longitude and latitude."""

    box: tuple[float, float, float, float]  # west, south, east, north
    land: tuple[tuple[Spot, ...], ...]
    borders: tuple[tuple[Spot, ...], ...]


@dataclass(frozen=True, slots=True)
class View:
    """What part of the world is shown: plane near the middle, north up."""

    middle: Point
    reach: float  # km from the middle to the left or right edge

    @property
    def per_km(self) -> float:
        """How many pixels a kilometre has."""
        return WIDTH / 2 / self.reach

    def spot(self, longitude: float, latitude: float) -> Spot:
        """Where something is on the picture; the origin is at its top left."""
        narrow = math.cos(math.radians(self.middle.latitude))
        east = (longitude - self.middle.longitude) * _DEGREE * narrow
        north = (latitude - self.middle.latitude) * _DEGREE
        return WIDTH / 2 + east * self.per_km, HEIGHT / 2 - north * self.per_km


def is_mapped(point: Point) -> bool:
    """Whether our outlines reach this far."""
    west, south, east, north = outline().box
    return west < point.longitude < east and south < point.latitude < north


def view_of(point: Point) -> View:
    """As near as shows the nearest two towns; or one, where the second is much further away."""
    first, second = (one.km for one in nearest(point, 2))
    wanted = second if second <= 4 * max(first, _LEAST) else first
    return View(point, min(_MOST, max(_LEAST, wanted * 1.6)))


def scale_km(view: View) -> int:
    """A round number of kilometres that fills about a quarter of the width."""
    wanted = view.reach / 2
    ten = 10 ** math.floor(math.log10(wanted))
    return int(max(step * ten for step in (1, 2, 5) if step * ten <= wanted))


def svg_of(point: Point) -> str:
    """The whole picture; its words are towns' names and kilometres alone.

    Where a coast has so many bays that the picture would be heavy, it is drawn more roughly.
    """
    return next(
        drawn for coarse in _COARSE if len(drawn := _drawn(view_of(point), coarse)) <= HEAVY
    )


def _drawn(view: View, coarse: int) -> str:
    middle = f'cx="{WIDTH // 2}" cy="{HEIGHT // 2}"'
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return "".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_SEA}"/>',
        f'<path d="{_land(view, coarse)}" fill="{_LAND}" stroke="{_LINE}" stroke-width=".7"/>',
        f'<path d="{_borders(view, coarse)}" fill="none" stroke="{_LINE}" stroke-dasharray="4 3"/>',
        *_towns(view),
        f'<circle {middle} r="6" fill="none" stroke="{_HERE}" stroke-width="3"/>',
        f'<circle {middle} r="1.5" fill="{_HERE}"/>',
        _scale(view),
        "</svg>",
    ])  # fmt: skip


@cache
def outline() -> Outline:
    """The outlines we have, read once."""
    text = files("nyumbani.domain.maps").joinpath("data", "outline.json").read_text("utf-8")
    kept = json.loads(text)
    west, south, east, north = kept["box"]
    return Outline(
        (west, south, east, north),
        tuple(tuple(_run(one)) for one in kept["land"]),
        tuple(tuple(_run(one)) for one in kept["borders"]),
    )


def _run(kept: Sequence[int]) -> Iterator[Spot]:
    east = north = 0
    for across, up in zip(kept[::2], kept[1::2], strict=True):
        east, north = east + across, north + up
        yield east / 100, north / 100


def _land(view: View, coarse: int) -> str:
    rings = (_clipped([view.spot(*one) for one in ring]) for ring in outline().land)
    return "".join(f"{drawn}z" for ring in rings if (drawn := _path(ring, coarse)))


def _borders(view: View, coarse: int) -> str:
    lines = ([view.spot(*one) for one in line] for line in outline().borders)
    return "".join(_path(piece, coarse) for line in lines for piece in _pieces(line))


def _pieces(line: Sequence[Spot]) -> Iterator[list[Spot]]:
    """What of a line may be seen, unbroken as long as it may."""
    piece: list[Spot] = []
    for start, end in pairwise(line):
        across, down = sorted((start[0], end[0])), sorted((start[1], end[1]))
        if across[1] > 0 and across[0] < WIDTH and down[1] > 0 and down[0] < HEIGHT:
            piece = [*(piece or [start]), end]
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


@dataclass(frozen=True, slots=True)
class _Edge:
    """One side of the frame; `side` says in which direction one is inside."""

    axis: int
    where: float
    side: int

    def depth(self, spot: Spot) -> float:
        """How far inside something is; negative outside."""
        return (spot[self.axis] - self.where) * self.side


# A little outside the picture, so that no edge of the frame looks like a coast.
_EDGES = (_Edge(0, -5, 1), _Edge(0, WIDTH + 5, -1), _Edge(1, -5, 1), _Edge(1, HEIGHT + 5, -1))


def _clipped(ring: list[Spot]) -> list[Spot]:
    """What of a ring lies in the picture (Sutherland and Hodgman's way, one edge at a time)."""
    for edge in _EDGES:
        ring = list(_cut(ring, edge))
    return ring


def _cut(ring: Sequence[Spot], edge: _Edge) -> Iterator[Spot]:
    for number, spot in enumerate(ring):
        before = ring[number - 1]
        was, now = edge.depth(before), edge.depth(spot)
        if (was < 0) != (now < 0):
            part = was / (was - now)
            yield (
                before[0] + (spot[0] - before[0]) * part,
                before[1] + (spot[1] - before[1]) * part,
            )
        if now >= 0:
            yield spot


def _path(line: Sequence[Spot], coarse: int) -> str:
    """A line in whole pixels, without steps of `coarse` pixels; empty where nothing is left."""
    kept: list[tuple[int, int]] = []
    for spot in line:
        here = round(spot[0]), round(spot[1])
        if not kept or max(abs(here[0] - kept[-1][0]), abs(here[1] - kept[-1][1])) > coarse:
            kept.append(here)
    return "M" + "L".join(f"{across} {down}" for across, down in kept) if len(kept) > 1 else ""


def _towns(view: View) -> Iterator[str]:
    seen = [(view.spot(town.at.longitude, town.at.latitude), town) for town in towns()]
    here = [(spot, town) for spot, town in seen if _is_inside(spot)]
    middle = (WIDTH / 2, HEIGHT / 2)
    shown: list[Spot] = []
    for spot, town in sorted(here, key=lambda one: math.dist(one[0], middle)):
        # Names that lie on each other cannot be read.
        if len(shown) < _MOST_TOWNS and all(_is_apart(spot, other) for other in shown):
            shown.append(spot)
            yield _town(spot, town)


def _is_inside(spot: Spot) -> bool:
    return 4 < spot[0] < WIDTH - 4 and 14 < spot[1] < HEIGHT - 24


def _is_apart(one: Spot, other: Spot) -> bool:
    return abs(one[1] - other[1]) > 12 or abs(one[0] - other[0]) > 75


def _town(spot: Spot, town: Town) -> str:
    across, down = round(spot[0]), round(spot[1])
    is_left = across < WIDTH * 0.7
    beside = across + 5 if is_left else across - 5
    anchor = "start" if is_left else "end"
    return (
        f'<circle cx="{across}" cy="{down}" r="2.5" fill="{_INK}"/>'
        f'<text x="{beside}" y="{down - 3}" text-anchor="{anchor}" fill="{_INK}">'
        f"{escape(town.name)}</text>"
    )


def _scale(view: View) -> str:
    km = scale_km(view)
    end = round(10 + km * view.per_km)
    down = HEIGHT - 10
    return (
        f'<path d="M10 {down - 4}V{down}H{end}V{down - 4}" fill="none" stroke="{_INK}"/>'
        f'<text x="{end + 5}" y="{down}" fill="{_INK}">{km} km</text>'
    )
