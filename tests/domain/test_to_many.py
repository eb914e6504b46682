"""Words to many: languages are chosen by rule, and the figures always add up."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.answers import YES, Answer
from nyumbani.domain.delivery import State
from nyumbani.domain.to_many import (
    LEFT,
    Fate,
    Outlook,
    fate_of,
    fate_of_letter,
    is_unread,
    language_for,
    outlook,
    totals,
)

pytestmark = pytest.mark.pure
NOON = dt.datetime(2014, 7, 14, 12, tzinfo=dt.UTC)
LETTERS = st.builds(
    fate_of_letter, st.sampled_from(State), is_held=st.booleans(), is_withdrawn=st.booleans()
)
STEPS = st.sampled_from(["pending", "written", "refused", "withdrawn"])


@pytest.mark.parametrize(
    ("spoken", "written", "chosen"),
    [
        (["ar", "en"], {"en", "ar"}, ("ar", "hers")),
        (["luo", "sw"], {"en", "sw"}, ("sw", "hers")),
        (["sheng"], {"en", "sw"}, ("sw", "hers")),
        (["luo"], {"en", "sw"}, ("en", "fallback")),
        ([], {"en"}, ("en", "fallback")),
    ],
)
def test_the_first_of_her_languages_in_which_there_are_words_is_used(spoken, written, chosen):
    found = language_for(spoken, written, "en")
    assert (found.language, found.why) == chosen


@pytest.mark.parametrize(
    ("answer", "until", "kind"),
    [
        (YES, None, Outlook.NOW),
        (YES, NOON, Outlook.HELD),
        (Answer.no("window_closed"), None, Outlook.TEMPLATE),
        (Answer.no("alarmed"), None, Outlook.ALARM),
        (Answer.no("never_begun_by_us"), None, Outlook.REFUSED),
    ],
)
def test_the_guards_answer_is_counted_as_one_kind(answer, until, kind):
    assert outlook(answer, until) is kind


@given(st.lists(st.tuples(STEPS, st.lists(LETTERS, max_size=3)), max_size=60))
def test_the_figures_always_add_up_to_the_number_of_people(people):
    fates = [fate_of(step, letters) for step, letters in people]
    counted = totals(fates)
    assert sum(counted.values()) == len(people)
    assert all(counted.values())


@given(STEPS, st.lists(LETTERS, min_size=1, max_size=4))
def test_what_was_read_anywhere_is_read(step, letters):
    if Fate.READ in letters:
        assert fate_of(step, letters) is Fate.READ
    if not set(letters) & LEFT:
        assert fate_of(step, letters) not in LEFT


def test_who_has_not_read_after_so_many_minutes_is_named_then_and_not_before():
    left = NOON - dt.timedelta(minutes=60)
    assert is_unread(Fate.DELIVERED, left, NOON, 60)
    assert not is_unread(Fate.DELIVERED, left, NOON - dt.timedelta(seconds=1), 60)
    assert not is_unread(Fate.READ, left, NOON, 60)
    assert not is_unread(Fate.HELD, left, NOON, 60)
    assert not is_unread(Fate.SENT, None, NOON, 60)
