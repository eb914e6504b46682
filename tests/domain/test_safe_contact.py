"""Nothing reaches her at another hour, on another channel or after her duress word."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nyumbani.domain.safe_contact import (
    Rule,
    SafeTime,
    Sending,
    may_reach,
    next_safe_moment,
    says,
)  # fmt: skip

pytestmark = pytest.mark.pure
TRIPOLI, BERLIN = ZoneInfo("Africa/Tripoli"), ZoneInfo("Europe/Berlin")
ALL_DAYS = frozenset(range(7))
EVENINGS = SafeTime(ALL_DAYS, dt.time(20), dt.time(22))
NIGHTS = SafeTime(ALL_DAYS, dt.time(23), dt.time(1))


def at(hour: int, minute: int = 0, zone: ZoneInfo = TRIPOLI, day: int = 20) -> dt.datetime:
    return dt.datetime(2014, 7, day, hour, minute, tzinfo=zone)


def sending(when: dt.datetime, *, channel: str = "whatsapp", automatic: bool = False,
            heard: dt.datetime | None = None) -> Sending:  # fmt: skip
    return Sending(channel, when, heard, automatic)


def test_with_nothing_agreed_she_may_be_written_to() -> None:
    assert may_reach(Rule(TRIPOLI), sending(at(3))).is_allowed


def test_inside_her_hours_it_leaves_and_at_their_end_no_more() -> None:
    rule = Rule(TRIPOLI, (EVENINGS,))
    assert may_reach(rule, sending(at(20))).is_allowed
    assert may_reach(rule, sending(at(21, 59))).is_allowed
    assert may_reach(rule, sending(at(22))).until == at(20, day=21)


def test_outside_her_hours_it_is_held_until_they_begin() -> None:
    verdict = may_reach(Rule(TRIPOLI, (EVENINGS,)), sending(at(15)))
    assert (verdict.why, verdict.until) == ("not_now", at(20))


def test_her_hours_are_in_her_zone_and_not_in_ours() -> None:
    nairobi = ZoneInfo("Africa/Nairobi")
    rule = Rule(TRIPOLI, (EVENINGS,))
    assert may_reach(rule, sending(at(20, zone=nairobi))).is_held
    assert may_reach(rule, sending(at(21, 30, zone=nairobi))).is_allowed


def test_an_answer_to_her_waits_too_because_who_holds_the_telephone_is_not_known() -> None:
    verdict = may_reach(Rule(TRIPOLI, (EVENINGS,)), sending(at(3), heard=at(2, 59)))
    assert verdict.until == at(20)


def test_hours_that_pass_midnight_hold_on_both_sides_of_it() -> None:
    rule = Rule(TRIPOLI, (NIGHTS,))
    assert may_reach(rule, sending(at(23, 30))).is_allowed
    assert may_reach(rule, sending(at(0, 30, day=21))).is_allowed
    assert may_reach(rule, sending(at(1))).until == at(23)


def test_only_on_fridays_is_found_though_it_is_saturday() -> None:
    friday = SafeTime(frozenset({4}), dt.time(14), dt.time(15))
    assert next_safe_moment(Rule(TRIPOLI, (friday,)), at(9, day=26)) == dt.datetime(
        2014, 8, 1, 14, tzinfo=TRIPOLI
    )


def test_an_hour_the_clock_skips_is_no_safe_time() -> None:
    skipped = Rule(BERLIN, (SafeTime(ALL_DAYS, dt.time(2), dt.time(3)),))
    before = dt.datetime(2014, 3, 30, 1, tzinfo=BERLIN)
    assert next_safe_moment(skipped, before) == dt.datetime(2014, 3, 31, 2, tzinfo=BERLIN)


def test_a_rule_without_any_day_refuses_instead_of_holding_for_ever() -> None:
    verdict = may_reach(Rule(TRIPOLI, (SafeTime(frozenset(), dt.time(8), dt.time(9)),)),
                        sending(at(8)))  # fmt: skip
    assert (verdict.why, verdict.is_held) == ("no_safe_time", False)


def test_another_channel_than_hers_is_refused() -> None:
    rule = Rule(TRIPOLI, channels=frozenset({"messenger"}))
    assert may_reach(rule, sending(at(9))).why == "not_her_channel"
    assert may_reach(rule, sending(at(9), channel="messenger")).is_allowed


def test_where_we_never_begin_an_answer_may_leave_for_a_day_and_a_broadcast_never() -> None:
    rule = Rule(TRIPOLI, is_never_begun_by_us=True)
    assert may_reach(rule, sending(at(9), heard=at(8))).is_allowed
    assert may_reach(rule, sending(at(9), heard=at(8), automatic=True)).why == "never_begun_by_us"
    assert may_reach(rule, sending(at(9, day=22), heard=at(8))).why == "never_begun_by_us"
    assert may_reach(rule, sending(at(9))).why == "never_begun_by_us"


def test_after_her_duress_word_nothing_leaves_even_in_her_hours() -> None:
    rule = Rule(TRIPOLI, (EVENINGS,), is_alarmed=True)
    assert may_reach(rule, sending(at(21), heard=at(20, 59))).why == "alarmed"


@pytest.mark.parametrize("text", ["Mango", "is the MANGO ripe?", "mángo!", "...mango..."])
def test_a_word_is_heard_however_it_is_written(text: str) -> None:
    assert says("mango", text)


@pytest.mark.parametrize("text", ["mangoes", "man go", "", "a mangrove"])
def test_another_word_is_not_it(text: str) -> None:
    assert not says("mango", text)


def test_words_are_heard_in_arabic_and_ethiopic_and_several_together() -> None:
    assert says("المانجو", "أين المانجُو الآن؟")
    assert says("ማንጎ", "ማንጎ፣ አለ")
    assert says("aunt Mary", "greet AUNT   mary please")
    assert not says("", "anything")


TIMES = st.builds(
    SafeTime, st.frozensets(st.integers(0, 6)), st.times(timezones=st.none()),
    st.times(timezones=st.none()),
)  # fmt: skip
RULES = st.builds(
    Rule, st.sampled_from([TRIPOLI, BERLIN, ZoneInfo("Asia/Riyadh"), ZoneInfo("America/Halifax")]),
    st.lists(TIMES, min_size=1, max_size=3).map(tuple),
)  # fmt: skip
_FIRST, _LAST = dt.datetime(2012, 1, 1), dt.datetime(2027, 1, 1)  # noqa: DTZ001 - hypothesis adds it
MOMENTS = st.datetimes(_FIRST, _LAST, timezones=st.just(dt.UTC))


@given(RULES, MOMENTS)
@settings(deadline=None, max_examples=300)
def test_what_is_held_may_leave_at_the_moment_named_and_not_a_second_earlier(
    rule: Rule, now: dt.datetime
) -> None:
    verdict = may_reach(rule, sending(now))
    if verdict.until is not None:
        assert verdict.until > now
        assert may_reach(rule, sending(verdict.until)).is_allowed
        earlier = verdict.until - dt.timedelta(seconds=1)
        assert earlier <= now or not may_reach(rule, sending(earlier)).is_allowed


def test_a_file_stays_in_the_gallery_of_a_shared_telephone_and_does_not_leave() -> None:
    rule = Rule(TRIPOLI, (EVENINGS,), is_phone_shared=True)
    file = Sending("whatsapp", at(20), None, holds_file=True)
    verdict = may_reach(rule, file)
    assert (verdict.why, verdict.until) == ("stays_in_gallery", None)
    assert may_reach(rule, sending(at(20))).is_allowed, "words may"
    assert may_reach(Rule(TRIPOLI, (EVENINGS,)), file).is_allowed


def test_a_duress_word_weighs_more_than_a_shared_telephone() -> None:
    rule = Rule(TRIPOLI, is_alarmed=True, is_phone_shared=True)
    assert may_reach(rule, Sending("sms", at(20), None, holds_file=True)).why == "alarmed"
