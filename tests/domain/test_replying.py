"""The composer and the verb agree on when words may leave."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.replying import Draft, FileFit, may_write_back
from nyumbani.domain.window import MARGIN, Window, window_after

pytestmark = pytest.mark.pure
NOW = dt.datetime(2014, 7, 14, 5, tzinfo=dt.UTC)
DAY = dt.timedelta(hours=24)


def draft(text="Is it safe for you to write now?", **changes):
    return Draft(**{"text": text, "limit": 100, "window": window_after(NOW, DAY)} | changes)


def test_an_answer_within_the_window_may_leave():
    assert may_write_back(draft(), NOW + dt.timedelta(minutes=9))


@given(st.integers(min_value=0, max_value=3 * 24 * 3600))
def test_the_window_is_open_exactly_while_a_message_arrives_inside(seconds):
    window, now = window_after(NOW, DAY), NOW + dt.timedelta(seconds=seconds)
    assert window.is_open(now) == (dt.timedelta(seconds=seconds) < DAY - MARGIN)
    assert window.left(now) == max(DAY - dt.timedelta(seconds=seconds), dt.timedelta())


def test_a_closed_window_says_so():
    assert may_write_back(draft(), NOW + DAY).why == "window_closed"


def test_who_never_wrote_has_no_window():
    answer = may_write_back(draft(window=Window(None)), NOW)
    assert not answer
    assert answer.why == "window_closed"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"text": "  \n"}, "empty"),
        ({"text": "x" * 101}, "too_long"),
        ({"is_stopped": True}, "stopped"),
        ({"is_reachable": False}, "unreachable"),
    ],
)
def test_a_refusal_gives_its_reason(changes, why):
    assert may_write_back(draft(**changes), NOW).why == why


def test_too_long_says_by_how_much():
    assert may_write_back(draft("x" * 107), NOW).told == ("7",)


def file(**changes):
    return FileFit(**{"caption_limit": 1024} | changes)


def test_a_file_may_leave_without_words():
    assert may_write_back(draft("", file=file()), NOW)
    assert may_write_back(draft("Hapa", file=file(caption_taken=4)), NOW)


@pytest.mark.parametrize(
    ("text", "fits", "why", "told"),
    [
        ("", {"refusal": "too_large", "told": ("5",)}, "file_too_large", ("5",)),
        ("", {"refusal": "not_carried"}, "file_not_carried", ()),
        ("Hapa", {"caption_limit": 0, "caption_taken": 4}, "no_caption", ()),
        ("Hapa", {"caption_taken": 1030}, "caption_too_long", ("6",)),
    ],
)
def test_a_file_that_the_platform_would_refuse_says_why(text, fits, why, told):
    answer = may_write_back(draft(text, file=file(**fits)), NOW)
    assert (answer.why, answer.told) == (why, told)


def test_a_file_is_free_words_and_waits_for_an_open_window():
    assert may_write_back(draft("", file=file()), NOW + DAY).why == "window_closed"
