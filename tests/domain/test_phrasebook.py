"""Every phrase may lie open on a telephone that others read, in every language."""

import pytest

from nyumbani.domain import phrasebook
from nyumbani.domain.safe_words import weigh
from nyumbani.people.terms import Language

pytestmark = pytest.mark.pure
EACH = [
    phrase for language in phrasebook.LANGUAGES for phrase in phrasebook.phrases(language, "Mary")
]


@pytest.mark.parametrize("phrase", EACH, ids=lambda one: f"{one.language}-{one.key}")
def test_a_phrase_holds_no_word_that_could_betray_her(phrase):
    assert weigh(phrase.text) == ()
    assert phrase.text.strip() == phrase.text
    assert len(phrase.text) <= 70, "one SMS, also in Arabic and Amharic"


def test_every_phrase_stands_in_every_language():
    for language in phrasebook.LANGUAGES:
        texts = [one.text for one in phrasebook.phrases(language, "Mary")]
        assert len(texts) == len(set(texts)) == len(phrasebook.keys())
    assert len(phrasebook.keys()) >= 20
    assert set(phrasebook.LANGUAGES) <= {code.value for code in Language}


def test_nobody_has_reviewed_them_yet():
    assert not phrasebook.is_reviewed()


def test_the_greeting_is_offered_only_where_a_cover_was_agreed():
    assert phrasebook.phrase("cover", "en") is None
    assert phrasebook.phrase("cover", "en", "a cousin").text == "Hello, this is a cousin."
    assert "cover" not in [one.key for one in phrasebook.phrases("sw")]


def test_an_unknown_phrase_or_language_is_none():
    assert phrasebook.phrase("nothing", "en") is None
    assert phrasebook.phrase("food", "xx") is None


@pytest.mark.parametrize(
    ("spoken", "language"),
    [
        (["luo", "sw"], "sw"),
        (["sheng"], "sw"),
        (["arabizi", "en"], "ar"),
        ([], "en"),
        (["ki"], "en"),
    ],
)
def test_the_first_of_her_languages_that_the_book_has_is_used(spoken, language):
    assert phrasebook.language_for(spoken) == language
