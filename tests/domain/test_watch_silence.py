"""Who is silent for too long, and who only seems to be."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.domain.watch.silence import silence

pytestmark = pytest.mark.pure
HEARD = dt.datetime(2014, 7, 14, 5, 3, tzinfo=dt.UTC)
HOUR, SECOND = dt.timedelta(hours=1), dt.timedelta(seconds=1)
TRIPOLI = ZoneInfo("Africa/Tripoli")
EVENINGS = Rule(TRIPOLI, (SafeTime(frozenset(range(7)), dt.time(20), dt.time(22)),))
moments = st.datetimes(
    dt.datetime(2014, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)  # noqa: DTZ001
)  # fmt: skip
limits = st.timedeltas(dt.timedelta(minutes=1), dt.timedelta(days=60))


def test_she_is_silent_from_the_very_moment_her_limit_is_reached() -> None:
    before = silence(HEARD, 12 * HOUR, HEARD + 12 * HOUR - SECOND)
    assert (before.is_silent, before.why, before.due_at) == (False, "not_yet", HEARD + 12 * HOUR)
    assert silence(HEARD, 12 * HOUR, HEARD + 12 * HOUR).is_silent


def test_nobody_is_silent_whom_nobody_watches_over_or_who_never_wrote() -> None:
    assert silence(HEARD, None, HEARD + 9000 * HOUR).why == "no_limit"
    assert silence(None, HOUR, HEARD).why == "never_heard"


def test_a_clock_that_stands_before_her_message_invents_no_silence() -> None:
    found = silence(HEARD, HOUR, HEARD - 10 * HOUR)
    assert (found.is_silent, found.why) == (False, "heard_later")


def test_while_she_travels_without_a_telephone_her_silence_is_expected() -> None:
    friday = HEARD + 96 * HOUR
    found = silence(HEARD, 12 * HOUR, friday - SECOND, paused_until=friday)
    assert (found.is_silent, found.why, found.due_at) == (False, "paused", friday)


def test_when_the_pause_is_over_and_nothing_came_she_is_silent_at_once() -> None:
    friday = HEARD + 96 * HOUR
    assert silence(HEARD, 12 * HOUR, friday, paused_until=friday).is_silent


def test_who_can_only_write_in_her_hours_is_given_one_of_them_first() -> None:
    late = dt.datetime(2014, 7, 14, 12, tzinfo=TRIPOLI)
    found = silence(late - 12 * HOUR, 12 * HOUR, late + HOUR, waits_for_safe_time=EVENINGS)
    assert found.why == "waits_for_safe_time"
    assert found.due_at == dt.datetime(2014, 7, 14, 22, tzinfo=TRIPOLI)
    assert silence(
        late - 12 * HOUR, 12 * HOUR, late + 10 * HOUR, waits_for_safe_time=EVENINGS
    ).is_silent  # fmt: skip


def test_a_rule_without_hours_delays_nothing() -> None:
    assert silence(HEARD, HOUR, HEARD + HOUR, waits_for_safe_time=Rule(TRIPOLI)).is_silent


def test_her_hour_in_the_night_on_which_the_clocks_change_is_waited_for_as_it_is_there() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    rule = Rule(berlin, (SafeTime(frozenset(range(7)), dt.time(1), dt.time(4)),))
    reached = dt.datetime(2026, 10, 25, 0, 30, tzinfo=berlin)
    found = silence(reached - HOUR, HOUR, reached, waits_for_safe_time=rule)
    assert found.due_at is not None
    # The hour between two and three comes twice: four o'clock is four and a half hours away.
    assert found.due_at - reached.astimezone(dt.UTC) == dt.timedelta(hours=4, minutes=30)


@given(moments, limits, st.timedeltas(dt.timedelta(days=-90), dt.timedelta(days=90)))
def test_no_clock_makes_her_silent_before_her_limit_nor_forgets_her_after(
    heard: dt.datetime, limit: dt.timedelta, later: dt.timedelta
) -> None:
    assert silence(heard, limit, heard + later).is_silent == (later >= limit)


@given(moments, limits, st.timedeltas(dt.timedelta(), dt.timedelta(days=90)))
def test_waiting_for_her_safe_time_is_never_longer_than_a_day_where_she_has_one_a_day(
    heard: dt.datetime, limit: dt.timedelta, later: dt.timedelta
) -> None:
    found = silence(heard, limit, heard + later, waits_for_safe_time=EVENINGS)
    assert found.due_at is not None
    assert dt.timedelta() <= found.due_at - (heard + limit) <= dt.timedelta(hours=25)
    assert found.is_silent == (heard + later >= found.due_at)
