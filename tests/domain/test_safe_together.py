"""Several agreements at once: the strictest decides, and all must be open together."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.safe_contact import ALLOWED, Rule, SafeTime, Sending, may_reach
from nyumbani.domain.safe_together import may_reach_under_all

pytestmark = pytest.mark.pure
TRIPOLI, NAIROBI = ZoneInfo("Africa/Tripoli"), ZoneInfo("Africa/Nairobi")
MONDAY = dt.datetime(2014, 7, 14, 12, tzinfo=TRIPOLI)
EVERY_DAY = frozenset(range(7))
OPEN = Rule(TRIPOLI)


def between(start, end, zone=TRIPOLI, days=EVERY_DAY):
    return Rule(zone, (SafeTime(days, dt.time(start), dt.time(end)),))


def sending(at=MONDAY, heard=MONDAY):
    return Sending("whatsapp", at, heard)


def test_nothing_agreed_anywhere_leaves_it_open():
    assert may_reach_under_all([OPEN, OPEN], sending()) == ALLOWED


def test_one_rule_alone_decides_as_it_always_did():
    rule = between(20, 22)
    assert may_reach_under_all([rule], sending()) == may_reach(rule, sending())


def test_it_waits_until_both_are_open_at_once():
    held = may_reach_under_all([between(18, 21), between(20, 22)], sending())
    assert (held.why, held.until) == ("not_now", MONDAY.replace(hour=20))


def test_hours_are_of_each_ones_own_zone():
    held = may_reach_under_all([between(18, 20), between(20, 22, NAIROBI)], sending())
    assert held.until == MONDAY.replace(hour=19)  # 20:00 in Nairobi


def test_days_that_never_meet_are_no_safe_time():
    mondays, tuesdays = between(9, 10, days=frozenset({0})), between(9, 10, days=frozenset({1}))
    assert may_reach_under_all([mondays, tuesdays], sending()).why == "no_safe_time"


def test_a_refusal_of_either_refuses():
    never = Rule(NAIROBI, is_never_begun_by_us=True)
    sms = Rule(NAIROBI, channels=frozenset({"sms"}))
    assert may_reach_under_all([OPEN, never], sending(heard=None)).why == "never_begun_by_us"
    assert may_reach_under_all([sms, between(20, 22)], sending()).why == "not_her_channel"


hours = st.integers(0, 23)
rules = st.builds(
    lambda start, end, days: between(start, end, days=days) if start != end else OPEN,
    hours, hours, st.frozensets(st.integers(0, 6), min_size=1),
)  # fmt: skip


@given(st.lists(rules, min_size=1, max_size=3), hours)
def test_what_may_leave_now_or_later_may_under_each_of_them(given_rules, hour):
    at = MONDAY.replace(hour=hour)
    verdict = may_reach_under_all(given_rules, sending(at, at))
    if verdict.is_allowed:
        assert all(may_reach(rule, sending(at, at)).is_allowed for rule in given_rules)
    elif verdict.until is not None:
        assert verdict.until > at
        then = sending(verdict.until, verdict.until)
        assert all(may_reach(rule, then).is_allowed for rule in given_rules)


def test_one_shared_telephone_of_hers_keeps_a_file_back_on_all():
    file = Sending("whatsapp", MONDAY, MONDAY, holds_file=True)
    rules = [OPEN, Rule(TRIPOLI, is_phone_shared=True)]
    assert may_reach_under_all(rules, file).why == "stays_in_gallery"
