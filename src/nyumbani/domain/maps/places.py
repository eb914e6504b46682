"""Where a place is: checked coordinates, and the towns near it."""

import json
import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from nyumbani.domain.answers import YES, Answer

EARTH = 6371.0  # km


class Wind(StrEnum):
    """Eight directions, clockwise."""

    NORTH = "n"
    NORTH_EAST = "ne"
    EAST = "e"
    SOUTH_EAST = "se"
    SOUTH = "s"
    SOUTH_WEST = "sw"
    WEST = "w"
    NORTH_WEST = "nw"


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees, north and east positive."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Town:
    """A town people know."""

    name: str
    at: Point


@dataclass(frozen=True, slots=True)
class Near:
    """How far, and in which direction, a place lies from a town."""

    town: Town
    km: float
    wind: Wind


@dataclass(frozen=True, slots=True)
class Found:
    """A place as it was sent: a point, or why it is none."""

    answer: Answer
    point: Point | None = None


def place_at(latitude: object, longitude: object) -> Found:
    """The point these two name; they come from strangers and may be anything."""
    degrees = [_number(latitude), _number(longitude)]
    north, east = degrees
    if north is None or east is None:
        return Found(Answer.no("no_coordinates"))
    if abs(north) > 90 or abs(east) > 180:
        return Found(Answer.no("not_on_earth"))
    if north == 0 and east == 0:  # what a telephone sends that does not know where it is
        return Found(Answer.no("not_known_to_phone"))
    return Found(YES, Point(north, east))


def distance(one: Point, other: Point) -> float:
    """Kilometres over the ground."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = (
        math.sin((south - north) / 2) ** 2
        + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    )
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def wind(start: Point, end: Point) -> Wind:
    """In which direction one sets out from the first place to the second."""
    north, south = math.radians(start.latitude), math.radians(end.latitude)
    across = math.radians(end.longitude - start.longitude)
    east = math.sin(across) * math.cos(south)
    up = math.cos(north) * math.sin(south) - math.sin(north) * math.cos(south) * math.cos(across)
    eighths = round(math.degrees(math.atan2(east, up)) / 45) % 8
    return list(Wind)[eighths]


def nearest(point: Point, count: int = 2) -> list[Near]:
    """The towns nearest to a place, the nearest first."""
    near = [Near(town, distance(town.at, point), wind(town.at, point)) for town in towns()]
    return sorted(near, key=lambda one: one.km)[:count]


@cache
def towns() -> tuple[Town, ...]:
    """The towns places are described by."""
    text = files("nyumbani.domain.maps").joinpath("data", "towns.json").read_text("utf-8")
    return tuple(Town(name, Point(north, east)) for name, north, east in json.loads(text)["towns"])


def _number(given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    try:
        found = float(given)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None
