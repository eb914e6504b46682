"""Our own map: checked coordinates, distances and directions, and a drawing that stays small."""

import json
import math
import re
from importlib.resources import files
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.maps.drawing import (
    HEIGHT,
    WIDTH,
    View,
    is_mapped,
    outline,
    scale_km,
    svg_of,
    view_of,
)
from nyumbani.domain.maps.places import Point, Wind, distance, nearest, place_at, towns, wind

pytestmark = pytest.mark.pure
TRIPOLI, NAIROBI = Point(32.89, 13.19), Point(-1.28, 36.82)
GARGARESH = Point(32.82, 13.10)


def test_coordinates_come_as_numbers_or_as_text():
    assert place_at(32.89, "13.19").point == TRIPOLI


@pytest.mark.parametrize(
    ("latitude", "longitude", "why"),
    [
        (None, 13, "no_coordinates"), ("north", 13, "no_coordinates"), (True, 13, "no_coordinates"),
        ([32], 13, "no_coordinates"), (float("nan"), 13, "no_coordinates"),
        ("inf", 13, "no_coordinates"), (91, 13, "not_on_earth"), (32, -181, "not_on_earth"),
        (10**400, 13, "no_coordinates"), (0, 0, "not_known_to_phone"),
    ],
)  # fmt: skip
def test_what_is_no_place_is_refused_with_its_reason(latitude, longitude, why):
    found = place_at(latitude, longitude)
    assert (found.point, found.answer.why) == (None, why)


def test_tripoli_is_some_4500_kilometres_from_nairobi():
    assert distance(TRIPOLI, NAIROBI) == pytest.approx(4540, rel=0.02)
    assert distance(TRIPOLI, TRIPOLI) == 0


@pytest.mark.parametrize(
    ("north", "east", "said"),
    [(1, 0, "n"), (1, 1, "ne"), (0, 1, "e"), (-1, 1, "se"), (-1, 0, "s"), (-1, -1, "sw"),
     (0, -1, "w"), (1, -1, "nw")],
)  # fmt: skip
def test_eight_directions(north, east, said):
    assert wind(Point(0, 20), Point(north, 20 + east)) == Wind(said)


def test_a_place_is_told_from_the_nearest_town():
    near = nearest(GARGARESH)
    assert (near[0].town.name, near[0].wind) == ("Tripoli", Wind.SOUTH_WEST)
    assert 8 < near[0].km < 14
    assert near[0].km <= near[1].km


def test_the_place_stands_in_the_middle_and_north_is_up():
    view = View(GARGARESH, 100)
    assert view.spot(GARGARESH.longitude, GARGARESH.latitude) == (WIDTH / 2, HEIGHT / 2)
    north = view.spot(GARGARESH.longitude, GARGARESH.latitude + 0.1)
    east = view.spot(GARGARESH.longitude + 0.1, GARGARESH.latitude)
    assert north[1] < HEIGHT / 2 < HEIGHT
    assert east[0] > WIDTH / 2


def test_a_kilometre_on_the_picture_is_one_on_the_ground():
    view = View(GARGARESH, 100)
    town = next(one for one in towns() if one.name == "Tripoli")
    drawn = math.dist(view.spot(town.at.longitude, town.at.latitude), (WIDTH / 2, HEIGHT / 2))
    assert drawn / view.per_km == pytest.approx(distance(GARGARESH, town.at), rel=0.01)


@pytest.mark.parametrize(("reach", "km"), [(40, 20), (100, 50), (399, 100), (400, 200), (800, 200)])
def test_the_scale_is_a_round_number_that_fits(reach, km):
    view = View(TRIPOLI, reach)
    assert scale_km(view) == km
    assert km * view.per_km < WIDTH / 2


def test_the_picture_names_the_town_and_asks_nobody():
    drawn = svg_of(GARGARESH)
    assert "Tripoli" in drawn
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]
    assert "<script" not in drawn
    assert "style" not in drawn
    assert "<image" not in drawn


def test_what_our_outlines_do_not_reach_is_said():
    assert is_mapped(TRIPOLI)
    assert is_mapped(NAIROBI)
    assert not is_mapped(Point(13.75, 100.5))  # Bangkok


west, south, east, north = outline().box
inside = st.builds(
    Point, st.floats(south + 0.01, north - 0.01), st.floats(west + 0.01, east - 0.01)
)


@given(inside)
def test_every_picture_is_whole_and_light(point):
    drawn = svg_of(point)
    ElementTree.fromstring(drawn)
    assert len(drawn.encode()) <= 6_000
    assert view_of(point).reach <= 800


def test_the_outlines_say_where_they_are_from_and_stay_small():
    folder = files("nyumbani.domain.maps").joinpath("data")
    kept = folder.joinpath("outline.json").read_bytes()
    assert len(kept) <= 60_000
    assert "public domain" in json.loads(kept)["about"]
    assert "CC BY" in json.loads(folder.joinpath("towns.json").read_text("utf-8"))["about"]


def test_every_town_lies_where_our_map_reaches_and_none_has_two_rows():
    assert all(is_mapped(town.at) for town in towns())
    assert len({town.name for town in towns()}) == len(towns())
