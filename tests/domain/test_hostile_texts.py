"""Texts made to keep a worker busy: while one is read, no other message is written down."""

import time

import pytest

from nyumbani.domain.languages import language_of
from nyumbani.domain.safe_contact import says
from nyumbani.domain.triage.proposing import assess
from nyumbani.domain.triage.terms import Level, Mark

pytestmark = pytest.mark.pure
LONG = 100_000  # a letter may bring twice as much
PATIENCE = 5.0  # seconds of the processor; each of these took between fifteen seconds and minutes


def seconds(act) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before


@pytest.mark.parametrize("piece", ["a", "1:", "ا", "a.", "\u200b", "وبال"])
def test_a_word_without_end_is_looked_at_quickly(piece: str) -> None:
    text = piece * (LONG // len(piece))
    assert seconds(lambda: language_of([text])) < PATIENCE


def test_a_page_full_of_danger_is_judged_quickly_and_is_danger() -> None:
    text = "he killed me long ago " * (LONG // 22) + "he will kill me now"
    assess("he killed me")  # reads the lists
    assert seconds(lambda: assess(text)) < PATIENCE


def test_what_is_too_long_to_be_read_whole_somebody_must_read() -> None:
    short = assess("Good morning", "en")
    long = assess("Good morning. " * 1000 + "he will kill me tonight", "en")
    assert (short.mark, long.mark) == (Mark.P4, Mark.NOT_UNDERSTOOD)
    assert assess("he will kill me tonight " + "Good morning. " * 1000).level is Level.P1


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("tangawizi", "chai ya tanga\u200bwizi"),
        ("tangawizi", "tang\u00adawizi"),
        ("tangawizi", "tangawiziiii!"),
        ("شجرة", "عند شجره كبيرة"),
        ("قهوى", "قهوي"),
    ],
    ids=["a sign nobody sees", "a soft hyphen", "a letter held down", "ta marbuta", "final ya"],
)
def test_her_duress_word_is_heard_as_her_telephone_writes_it(word: str, text: str) -> None:
    assert says(word, text)
