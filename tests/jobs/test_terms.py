"""How long a job rests, and which words may stand beside it."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.jobs import terms
from nyumbani.kit import traces
from nyumbani.kit.traces import place_of

pytestmark = pytest.mark.pure


def test_each_rest_is_three_times_the_last_until_the_longest():
    rests = [terms.rest(attempt, 0.5).total_seconds() for attempt in range(1, 12)]
    assert rests == [5, 15, 45, 135, 405, 1215, 3645, 10935, 21600, 21600, 21600]


@pytest.mark.parametrize(("chance", "hours"), [(0.0, 25.9), (0.5, 34.6)])
def test_all_tries_together_outlast_a_day_without_network(chance, hours):
    tried = sum(terms.rest(n, chance).total_seconds() for n in range(1, terms.MAX_ATTEMPTS)) / 3600
    assert tried > 24
    assert tried == pytest.approx(hours, abs=0.1)


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_chance_moves_a_rest_by_a_quarter_at_most(attempt, chance):
    middle = terms.rest(attempt, 0.5)
    assert 0.75 <= terms.rest(attempt, chance) / middle <= 1.25
    assert terms.rest(attempt, chance) <= terms.LONGEST_REST * 1.25


def test_there_is_no_rest_before_the_first_failure():
    with pytest.raises(ValueError, match="first"):
        terms.rest(0, 0.5)


def test_a_fixed_phrase_may_be_kept_and_other_words_not():
    assert terms.phrase("media expired: code 131052") == "media expired: code 131052"
    for words in ("Rehema does not answer", "no route to +218 91", "to 218910000001", "ألو", ""):
        assert not terms.phrase(words)


def test_an_exception_is_told_by_class_and_place_never_by_its_words():
    try:
        dt.date.fromisoformat("Rehema Njeri")
    except ValueError as error:
        told = place_of(error)
    assert told.startswith("ValueError at jobs/test_terms.py:")
    assert "Rehema" not in told


def test_the_place_is_a_line_of_ours_even_if_python_raised():
    try:
        json.loads("{Achieng")
    except ValueError as error:
        told = place_of(error)
    assert told.startswith("JSONDecodeError at jobs/test_terms.py:")


def test_an_exception_that_was_never_raised_has_no_place():
    assert place_of(KeyError("Achieng")) == "KeyError"


def test_our_own_line_is_named_also_where_we_are_installed_among_others(monkeypatch):
    """In a real house the program lies in site-packages, like the libraries it calls."""
    monkeypatch.setattr(traces, "_HOUSE", "/srv/venv/lib/python3.11/site-packages/nyumbani/")
    assert traces._is_ours("/srv/venv/lib/python3.11/site-packages/nyumbani/inbox/fetcher.py")
    assert not traces._is_ours("/srv/venv/lib/python3.11/site-packages/django/db/models/base.py")
