"""Words a platform approves: their blanks, what fills them, and news in any order."""

import datetime as dt
from itertools import permutations

import pytest

from nyumbani.domain.templates import (
    Status,
    blanks,
    filled,
    is_language,
    is_newer,
    may_be_filled,
    may_be_named,
    may_be_written,
    status_for,
)

pytestmark = pytest.mark.pure

T0 = dt.datetime(2014, 7, 14, 5, tzinfo=dt.UTC)
BODY = "Habari {{1}}, tunapatikana {{2}} leo."


def test_blanks_are_filled_by_their_number_wherever_they_stand():
    assert blanks("a {{2}} b {{1}} c {{2}} d") == 2
    assert filled("a {{2}} b {{1}} c {{2}} d", ["one", "two"]) == "a two b one c two d"


def test_a_value_that_looks_like_a_blank_is_not_filled_again():
    assert filled(BODY, ["{{2}}", "saa nne"]) == "Habari {{2}}, tunapatikana saa nne leo."


@pytest.mark.parametrize(
    ("body", "examples", "why"),
    [
        (BODY, ["Nafula", "saa nne"], ""),
        ("Tuko hapa.", [], ""),
        ("  ", [], "empty"),
        ("x" * 1025, [], "too_long"),
        ("Habari {{1}}, {{3}} leo.", ["a", "b"], "blanks_not_in_order"),
        ("Habari {{name}} leo.", ["a"], "blanks_not_in_order"),
        ("Habari {{1} leo.", [], "blanks_not_in_order"),
        ("{{1}}, habari.", ["a"], "blank_at_the_edge"),
        ("Habari {{1}}", ["a"], "blank_at_the_edge"),
        (BODY, ["Nafula"], "examples_missing"),
        (BODY, ["Nafula", " "], "examples_missing"),
    ],
)
def test_words_the_platform_would_not_look_at_are_told_apart(body, examples, why):
    assert may_be_written(body, examples).why == why


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (["Nafula", "saa nne"], ""),
        (["Nafula"], "values_missing"),
        (["Nafula", ""], "values_missing"),
        (["Nafula", "saa\nnne"], "value_in_rows"),
        (["Nafula", "saa     nne"], "value_in_rows"),
        (["Nafula", "x" * 1024], "too_long"),
    ],
)
def test_what_may_not_stand_in_a_blank_is_refused_before_it_is_sent(values, why):
    assert may_be_filled(BODY, values).why == why


def test_ten_blanks_are_in_order_too():
    body = "a " + " ".join(f"{{{{{n}}}}}" for n in range(1, 11)) + " z"
    assert may_be_written(body, ["x"] * 10)


@pytest.mark.parametrize(("name", "fits"), [("hello_2", True), ("Hello", False), ("", False)])
def test_a_name_is_small_letters_digits_and_strokes(name, fits):
    assert bool(may_be_named(name)) is fits


@pytest.mark.parametrize(("code", "fits"), [("sw", True), ("pt_BR", True), ("Swahili", False)])
def test_a_language_is_a_code(code, fits):
    assert is_language(code) is fits


def test_news_in_any_order_come_to_the_same():
    news = [
        (Status.SUBMITTED, T0),
        (Status.APPROVED, T0),  # approved within the second
        (Status.PAUSED, T0 + dt.timedelta(seconds=5)),
    ]
    for order in permutations(news):
        known, at = Status.DRAFT, T0 - dt.timedelta(days=1)
        for status, moment in [*order, *order]:
            if is_newer(known, at, status, moment):
                known, at = status, moment
        assert (known, at) == news[-1]


def test_an_unknown_word_of_the_platform_means_nothing_to_us():
    assert status_for("ENCHANTED") is None
    assert status_for("FLAGGED") is None  # it may still be sent
    assert status_for("Pending_Deletion") is Status.DELETED
