"""The language of a conversation is known from all of it, with what gave it away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nyumbani.domain.languages import language_of

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("messages", "code", "why"),
    [
        (["السلام عليكم", "أنا في طرابلس"], "ar", "script"),
        (["ሰላም ነው", "እርዱኝ"], "am", "script"),
        (["sa3duni ana 3and el kafeel"], "arabizi", "digits"),
        (["manze boss ako noma", "sina doh buda"], "sheng", "words"),
        (["Habari yako", "mimi ni Rehema na niko Tripoli kwa sasa"], "sw", "words"),
        (["Bonjour", "je suis avec ma soeur et nous sommes loin"], "fr", "words"),
        (["Hello", "my name is Rehema and I am with my sister"], "en", "words"),
    ],
)
def test_a_conversation_tells_its_language(messages, code, why):
    found = language_of(messages)
    assert (found.code, found.why) == (code, why)


def test_what_no_list_knows_is_judged_by_statistics():
    found = language_of(["Muraho neza, nitwa Uwase kandi ndashaka ubufasha bwanyu vuba cyane"])
    assert (found.code, found.why) == ("rw", "statistics")


def test_persian_is_not_taken_for_arabic():
    assert language_of(["من گم شده‌ام و نمی‌دانم کجا هستم، چه کار کنم"]).code == "fa"


def test_two_unknown_words_are_too_few():
    assert (language_of(["xxy kkl"]).code, language_of(["xxy kkl"]).why) == ("und", "too_short")


@pytest.mark.parametrize(
    "messages", [[], [""], ["👍🏾", "123"], ["https://example.org/the-and-my"]]
)
def test_without_a_word_nothing_is_known(messages):
    assert language_of(messages).code == "und"


def test_one_arabic_greeting_does_not_make_an_english_talk_arabic():
    talk = ["سلام", "hello my name is Grace and I am writing to you because I have not been paid"]
    assert language_of(talk).code == "en"


def test_what_gave_it_away_is_said():
    assert "buda" in language_of(["sina doh buda"]).words


@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=()), max_size=60), max_size=5))
def test_any_messages_are_judged(messages):
    found = language_of(messages)
    assert found.code
    assert found.why in {"script", "words", "digits", "statistics", "too_short", "empty"}
