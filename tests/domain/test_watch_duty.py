"""Whose turn it is, over midnight, changing clocks and handovers; and what is missing."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.watch.duty import Shift, Tier, gaps, turns, whose_turn

pytestmark = pytest.mark.pure
NAIROBI, BERLIN = ZoneInfo("Africa/Nairobi"), ZoneInfo("Europe/Berlin")
EVERY_DAY, WORKDAYS = frozenset(range(7)), frozenset(range(5))
MONDAY = dt.date(2014, 7, 14)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
NIGHTS = Shift("nights", "wanjiku", Tier.FIRST, WORKDAYS, dt.time(18), dt.time(6), NAIROBI, MONDAY)
zones = st.sampled_from(sorted(name for name in available_timezones() if "/" in name))
days = st.dates(dt.date(2014, 1, 1), dt.date(2029, 12, 1))


def at(hour: int, minute: int = 0, *, day: int = 14, zone: ZoneInfo = NAIROBI) -> dt.datetime:
    return dt.datetime(2014, 7, day, hour, minute, tzinfo=zone)


def asked(shifts, now, **more) -> tuple[str, ...]:
    return whose_turn(turns(shifts, now - DAY, now + DAY, **more), now).asked


def test_the_night_after_monday_belongs_to_monday_until_six() -> None:
    assert asked([NIGHTS], at(17, 59)) == ()
    assert asked([NIGHTS], at(18)) == ("wanjiku",)
    assert asked([NIGHTS], at(3, day=15)) == ("wanjiku",)
    assert asked([NIGHTS], at(5, 59, day=15)) == ("wanjiku",)
    assert asked([NIGHTS], at(6, day=15)) == ()


def test_friday_night_reaches_into_saturday_and_saturday_has_none() -> None:
    assert asked([NIGHTS], at(2, day=19)) == ("wanjiku",)
    assert asked([NIGHTS], at(20, day=19)) == ()


def test_a_shift_is_on_the_clocks_of_its_zone_wherever_one_looks_from() -> None:
    assert asked([NIGHTS], at(16, 30, zone=ZoneInfo("UTC"))) == ("wanjiku",)
    assert asked([NIGHTS], at(14, 59, zone=ZoneInfo("UTC"))) == ()


def test_before_its_first_day_and_after_its_last_nobody_is_on_duty() -> None:
    shift = replace(NIGHTS, last=MONDAY)
    assert asked([shift], at(20, day=11)) == ()
    assert asked([shift], at(2, day=15)) == ("wanjiku",)
    assert asked([shift], at(20, day=15)) == ()


def test_the_second_tier_stands_in_where_the_first_is_empty_and_it_says_so() -> None:
    second = replace(NIGHTS, id="second", staff="kamau", tier=Tier.SECOND, days=EVERY_DAY)
    found = turns([NIGHTS, second], at(0), at(0, day=21))
    assert whose_turn(found, at(20)).asked == ("wanjiku",)
    alone = whose_turn(found, at(20, day=19))
    assert (alone.asked, alone.why) == (("kamau",), "second_stands_in")
    assert whose_turn(found, at(12)).why == "nobody"


def test_who_takes_over_one_night_has_that_night_alone() -> None:
    handed = {("nights", MONDAY + DAY): "otieno"}
    assert asked([NIGHTS], at(20, day=14), handed=handed) == ("wanjiku",)
    assert asked([NIGHTS], at(20, day=15), handed=handed) == ("otieno",)
    assert asked([NIGHTS], at(3, day=16), handed=handed) == ("otieno",)
    assert asked([NIGHTS], at(20, day=16), handed=handed) == ("wanjiku",)


def test_who_left_leaves_a_gap_with_their_name() -> None:
    found = turns([NIGHTS], at(0), at(0, day=16), able=frozenset({"otieno"}))
    first = gaps(found, at(18), at(6, day=15))
    assert [(gap.begins, gap.ends, gap.missing) for gap in first] == [
        (at(18), at(6, day=15), ("wanjiku",))
    ]
    assert whose_turn(found, at(20)).asked == ()


def test_a_shift_that_lost_its_colleague_names_them_too() -> None:
    left = replace(NIGHTS, staff="", was="wanjiku")
    (gap,) = gaps(turns([left], at(0), at(0, day=16)), at(18), at(20))
    assert gap.missing == ("wanjiku",)


def test_office_hours_leave_no_gap_and_the_rest_does() -> None:
    office = Shift("office", "", Tier.OFFICE, WORKDAYS, dt.time(8), dt.time(18), NAIROBI, MONDAY)
    found = turns([NIGHTS, office], at(18), at(18, day=15))
    holes = [(gap.begins, gap.ends) for gap in gaps(found, at(18), at(18, day=15))]
    assert holes == [(at(6, day=15), at(8, day=15))]


def test_a_gap_says_whether_somebody_stands_in() -> None:
    second = replace(NIGHTS, id="second", staff="kamau", tier=Tier.SECOND)
    found = turns([second], at(0), at(0, day=16))
    (gap,) = gaps(found, at(19), at(20))
    assert gap.has_second
    (gap,) = gaps(found, at(17), at(20))
    assert not gap.has_second


def test_nobody_in_the_roster_is_one_gap_from_end_to_end() -> None:
    (gap,) = gaps([], at(0), at(0, day=28))
    assert (gap.begins, gap.ends) == (at(0), at(0, day=28))


@pytest.mark.parametrize(
    ("day", "hours"), [(dt.date(2026, 3, 28), 11), (dt.date(2026, 10, 24), 13)]
)
def test_the_night_on_which_the_clocks_change_is_an_hour_shorter_or_longer(day, hours) -> None:
    shift = Shift("b", "x", Tier.FIRST, EVERY_DAY, dt.time(18), dt.time(6), BERLIN, day)
    begins = dt.datetime.combine(day, dt.time(17), BERLIN)
    (turn, *_rest) = turns([shift], begins, begins + 2 * HOUR)
    assert turn.ends - turn.begins == hours * HOUR


@given(zones, days, st.times(), st.times())
def test_two_shifts_that_share_the_day_leave_no_gap_whatever_the_clocks_do(zone, day, one, two):
    """In every zone of the world, over every change of its clocks, somebody is always on duty."""
    if one == two:
        return
    one, two = (time.replace(second=0, microsecond=0, fold=0) for time in (one, two))
    if one == two:
        return
    place = ZoneInfo(zone)
    halves = [
        Shift("a", "a", Tier.FIRST, EVERY_DAY, one, two, place, day - 9 * DAY),
        Shift("b", "b", Tier.FIRST, EVERY_DAY, two, one, place, day - 9 * DAY),
    ]
    begins = dt.datetime.combine(day, dt.time(), dt.UTC)
    found = turns(halves, begins - 2 * DAY, begins + 9 * DAY)
    assert gaps(found, begins, begins + 7 * DAY) == []
    assert whose_turn(found, begins).asked


@given(
    st.lists(
        st.builds(
            Shift, st.uuids().map(str), st.sampled_from(["a", "b", ""]), st.sampled_from(Tier),
            st.frozensets(st.integers(0, 6), min_size=1), st.times(), st.times(),
            zones.map(ZoneInfo), st.dates(dt.date(2026, 3, 1), dt.date(2026, 4, 20)),
        ),
        max_size=5,
    ),
    st.integers(0, 14 * 24 * 60),
)  # fmt: skip
def test_a_moment_lies_in_a_gap_or_somebody_is_there_never_both_never_neither(shifts, minute):
    begins = dt.datetime(2026, 3, 25, tzinfo=dt.UTC)
    ends = begins + 14 * DAY
    found = turns(shifts, begins, ends)
    holes = gaps(found, begins, ends)
    now = min(begins + dt.timedelta(minutes=minute), ends - HOUR)
    here = whose_turn(found, now)
    is_in_gap = any(gap.begins <= now < gap.ends for gap in holes)
    assert is_in_gap != (bool(here.first) or here.is_office_open)
    assert all(one.ends <= two.begins for one, two in pairwise(holes))
