"""What is read to her answers all seven questions, in each language, for each purpose."""

import hashlib
import unicodedata
from importlib.resources import files

import pytest

from nyumbani.domain.consent.read_aloud import LANGUAGES, NEWEST, reading
from nyumbani.domain.consent.terms import Purpose, Question

pytestmark = pytest.mark.pure
EVERY = [(purpose, language) for purpose in Purpose for language in LANGUAGES]
SCRIPTS = {"en": "LATIN", "sw": "LATIN", "fr": "LATIN", "ar": "ARABIC", "am": "ETHIOPIC"}
# A version that was read to somebody stays as it was; new words get a new number.
WAS_READ = {
    1: "620d861f4d8199dd93f368792b1a4c3f25444eaa599146d4dbd8391db2bdbe53"
}  # pragma: allowlist secret


@pytest.mark.parametrize(("purpose", "language"), EVERY, ids=str)
def test_all_seven_are_answered_in_her_language(purpose, language):
    read = reading(purpose, language)
    assert [one.question for one in read.passages] == list(Question)
    for one in read.passages:
        letters = [sign for sign in one.text if sign.isalpha()]
        assert len(letters) > 15
        assert all(unicodedata.name(sign).startswith(SCRIPTS[language]) for sign in letters)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_purpose_has_words_of_its_own(language):
    texts = [one.text for purpose in Purpose for one in reading(purpose, language).passages]
    assert len(set(texts)) == 5 + 2 * len(Purpose)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_aloud_is_short_enough_to_be_remembered(language):
    for purpose in Purpose:
        read = reading(purpose, language)
        assert sum(len(one.text.split()) for one in read.passages) < 240  # two minutes, slowly


def test_nobody_is_told_that_a_native_speaker_has_read_what_none_has():
    assert not any(reading(Purpose.COURT, language).is_reviewed for language in LANGUAGES)


def test_there_is_no_reading_in_a_language_or_version_we_do_not_have():
    assert reading(Purpose.COURT, "tlh") is None
    assert reading(Purpose.COURT, "en", NEWEST + 1) is None
    assert reading(Purpose.COURT, "en", 0) is None


def test_what_was_read_to_somebody_is_never_changed():
    assert set(WAS_READ) == set(range(1, NEWEST + 1))
    for version, digest in WAS_READ.items():
        text = files("nyumbani.domain.consent").joinpath("texts", f"{version}.json").read_bytes()
        assert hashlib.sha256(text).hexdigest() == digest, version
