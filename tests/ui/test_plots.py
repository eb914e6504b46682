"""The geometry of step plots."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.ui.plots import GROUND, LEFT, RIGHT, TOP, Point, steps

pytestmark = pytest.mark.pure

GROWTH = [
    Point(dt.date(2014, 7, 14), 1),
    Point(dt.date(2014, 11, 20), 16),
    Point(dt.date(2014, 11, 30), 31),
]
POINTS = st.lists(
    st.builds(
        Point,
        st.dates(dt.date(1980, 1, 1), dt.date(2100, 1, 1)),
        st.integers(0, 10_000),
    ),
    max_size=40,
)


def test_a_group_grows_from_one_to_thirty_one():
    marks = steps(GROWTH).marks
    assert [m.point.value for m in marks if m.shows_value] == [1, 16, 31]
    assert marks[0].x == LEFT
    assert marks[0].y > marks[1].y > marks[2].y == TOP
    # 129 of 139 days lie between the first message and the sixteenth woman.
    assert (marks[1].x - LEFT) / (marks[2].x - LEFT) == pytest.approx(129 / 139, abs=0.01)


def test_a_level_holds_until_the_next_event():
    path = steps(GROWTH).path
    numbers = [int(n) for n in re.findall(r"\d+", path)]
    first, second, third = steps(GROWTH).marks
    assert re.fullmatch(r"M\d+ \d+(H\d+V\d+)*H\d+", path)
    assert numbers == [
        first.x, first.y, second.x, second.y, third.x, third.y, RIGHT,
    ]  # fmt: skip


def test_events_may_come_in_any_order():
    assert steps(GROWTH[::-1]) == steps(GROWTH)


def test_nothing_known_draws_nothing():
    assert steps([]).path == ""


def test_one_event_is_one_level():
    (mark,) = steps(GROWTH[:1]).marks
    assert (mark.x, mark.y) == (LEFT, TOP)
    assert mark.shows_value


def test_nobody_yet_lies_on_the_ground():
    (mark,) = steps([Point(dt.date(2014, 7, 14), 0)]).marks
    assert mark.y == GROUND


def test_figures_that_would_overlap_leave_room_to_the_newest():
    days = [Point(dt.date(2014, 7, 1) + dt.timedelta(days=n), n) for n in range(60)]
    marks = steps(days).marks
    written = [m.x for m in marks if m.shows_date]
    assert marks[-1].shows_date
    assert marks[0].shows_date
    assert all(b - a >= 52 for a, b in pairwise(written))


@given(POINTS)
def test_every_point_is_on_the_sheet(points):
    drawn = steps(points)
    assert len(drawn.marks) == len(points)
    assert all(LEFT <= m.x <= RIGHT and TOP <= m.y <= GROUND for m in drawn.marks)
    assert [m.x for m in drawn.marks] == sorted(m.x for m in drawn.marks)
