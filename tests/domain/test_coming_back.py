"""When what was laid aside comes back."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from nyumbani.domain.coming_back import next_opening, tomorrow_morning
from nyumbani.domain.safe_contact import Rule, SafeTime

pytestmark = pytest.mark.pure
TRIPOLI = ZoneInfo("Africa/Tripoli")
EVENINGS = Rule(TRIPOLI, (SafeTime(frozenset(range(7)), dt.time(20), dt.time(22)),))


def in_tripoli(day, hour):
    return dt.datetime(2014, 7, day, hour, tzinfo=TRIPOLI)


def test_before_her_evening_it_is_this_evening():
    assert next_opening(EVENINGS, in_tripoli(14, 12)) == in_tripoli(14, 20)


def test_in_her_evening_it_is_the_next_one():
    assert next_opening(EVENINGS, in_tripoli(14, 21)) == in_tripoli(15, 20)


def test_at_the_very_beginning_it_is_the_next_one():
    assert next_opening(EVENINGS, in_tripoli(14, 20)) == in_tripoli(15, 20)


def test_a_day_a_week_is_found_from_the_day_itself():
    rule = Rule(TRIPOLI, (SafeTime(frozenset({0}), dt.time(20), dt.time(22)),))
    assert next_opening(rule, in_tripoli(14, 21)) == in_tripoli(21, 20)  # the 14th is a Monday


def test_without_safe_times_there_is_none():
    assert next_opening(Rule(TRIPOLI), in_tripoli(14, 12)) is None


def test_tomorrow_morning_is_the_readers():
    nairobi = ZoneInfo("Africa/Nairobi")
    late = dt.datetime(2014, 7, 14, 22, tzinfo=dt.UTC)  # the 15th, 01:00 in Nairobi
    assert tomorrow_morning(late, nairobi) == dt.datetime(2014, 7, 16, 5, tzinfo=dt.UTC)
