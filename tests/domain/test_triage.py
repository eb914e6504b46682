"""Words of danger are found and explained; denials, figures of speech and old news do not alarm."""

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nyumbani.domain.triage.folding import fold
from nyumbani.domain.triage.lexicon import NAMES, lexicon
from nyumbani.domain.triage.proposing import assess
from nyumbani.domain.triage.reading import hits_in
from nyumbani.domain.triage.terms import About, Category, Level, Mark, Setting

pytestmark = pytest.mark.pure
P1, P2, P3, P4 = Level
GOLD = Path(__file__).parents[1] / "gold/triage.jsonl"


def hit(text: str, category: Category):
    return next(one for one in hits_in(text) if one.category is category)


@pytest.mark.parametrize(
    "text",
    [
        "he beats me every day", "Ananipiga kila siku", "huyu boss ananichapa maze",
        "il me frappe tous les jours", "هو يضربني كل يوم", "byedrabni kol yom", "በየቀኑ ይመታኛል",
    ],
)  # fmt: skip
def test_whoever_is_beaten_is_heard_in_each_language(text):
    assert assess(text).level is P1
    assert hit(text, Category.VIOLENCE).about is About.HERSELF


@pytest.mark.parametrize(
    "text",
    [
        "nobody beats me", "hakuna mtu ananipiga", "hakuna msee ananichapa", "sipigwi",
        "hanipigi", "personne ne me frappe", "il ne m'a pas battue", "ما حد يضربني", "لم يضربني",
        "ma7adesh byedrabni", "madarabneesh", "ማንም አይመታኝም", "አልመታኝም",
    ],
)  # fmt: skip
def test_a_denial_does_not_alarm_and_stays_to_be_seen(text):
    judged = assess(text)
    assert judged.level is P4
    assert all(one.is_negated for one in judged.hits if one.category is Category.VIOLENCE)


def test_a_denial_that_is_taken_back_after_a_but_does_alarm():
    judged = assess("Nobody beats me but he said he will kill me")
    assert judged.level is P1
    assert {one.category for one in judged.because} == {Category.THREAT_TO_LIFE}


def test_she_says_she_cannot_sleep_and_it_denies_nothing_else():
    assert assess("I can not sleep well he beats me").level is P1
    assert assess("je ne peux pas sortir il me frappe").level is P1


def test_what_is_missing_is_no_denial():
    assert assess("sijalipwa").level is P3
    assert assess("I have not eaten since Monday").level is P2
    assert assess("siruhusiwi kutoka").level is P2


def test_tomorrow_he_sells_me():
    assert assess("tomorrow he sells me").level is P1
    assert assess("kesho ananiuza").level is P1


def test_last_year_he_beat_me():
    judged = assess("Last year he beat me, here they are kind")
    assert judged.level is P3
    assert Setting.LONG_AGO in hit("Last year he beat me", Category.VIOLENCE).settings


def test_what_began_last_year_and_goes_on_today_is_not_long_ago():
    assert assess("since last year and today again he beats me").level is P1


def test_being_moved_tonight_is_graver_than_being_moved_one_day():
    assert assess("They send us to another house").level is P2
    assert assess("They send us to another house tonight").level is P1


def test_a_sister_who_is_beaten_is_as_urgent_and_somebody_else():
    found = hit("My sister Achieng is beaten by her employer", Category.VIOLENCE)
    assert (found.level, found.about) == (P1, About.SOMEBODY)


def test_what_the_news_says_is_about_nobody():
    found = hit("Is it true that agents beat girls there?", Category.VIOLENCE)
    assert (found.level, found.about) == (P4, About.GENERAL)


@pytest.mark.parametrize(
    "text",
    [
        "Gor Mahia beat Leopards 2-0", "haha the heat kills me", "Beat the eggs with flour",
        "nimekufa kwa kicheko", "nilipiga picha", "متت من الضحك", "je suis morte de rire",
    ],
)  # fmt: skip
def test_figures_of_speech_do_not_alarm(text):
    assert assess(text).level is P4


@pytest.mark.parametrize(
    "text", ["Hello", "Habari yako", "Niaje", "Bonjour", "شكرا", "salam", "ሰላም"]
)
def test_greetings_wait_and_are_understood(text):
    judged = assess(text)
    assert (judged.level, judged.is_understood) == (P4, True)


def test_a_language_nobody_listed_is_not_called_calm():
    assert not assess("Nikuka abantu").is_understood


def test_a_greeting_does_not_explain_what_follows_it():
    follows = "good morning madam abantu bano bantwala gyesimanyi nze"
    assert assess(follows).mark <= Mark.NOT_UNDERSTOOD


def test_what_no_list_names_is_danger_by_its_words_together_and_shows_them():
    judged = assess("good morning madam puts something in my tea each night")
    assert judged.mark is Mark.P1
    assert {one.category for one in judged.because} == {Category.LEANING}
    assert "something" in {one.words for one in judged.because}


def test_broad_words_alone_do_not_alarm_in_a_calm_message():
    judged = assess("Can you send me again the address of the hospital for the vaccination card")
    assert judged.level > P1


@pytest.mark.parametrize("text", ["sister", "", "...", "1 2 3", "abantu bano gyesimanyi nze"])
def test_a_few_words_or_unknown_ones_lean_nowhere(text):
    assert assess(text).level is not P1


def test_locked_in_without_food_is_graver_than_either():
    judged = assess("they locked us inside. we are hungry")
    assert (assess("they locked us inside").level, assess("we are hungry").level) == (P2, P2)
    assert judged.level is P1
    assert {one.category for one in judged.because} == {Category.LOCKED_IN, Category.HUNGER}


def test_the_words_found_are_the_words_written():
    text = "  Él: HE BEAAAATS   me!! \u200fيَضْرِبُنِي"
    for found in hits_in(text):
        assert text[found.start : found.end] == found.words
    assert {found.language for found in hits_in(text)} >= {"en", "ar"}


def test_a_slip_in_a_long_word_is_read_as_the_word():
    assert assess("he strngled her").level is P1
    assert hit("he strngled her", Category.VIOLENCE).words.startswith("strngled")


def test_a_language_without_a_list_explains_nothing():
    assert assess("hello hello", "sw").is_understood
    assert not assess("hello hello", "so").is_understood


def test_what_is_not_understood_stands_right_below_immediate_danger():
    assert assess("Nikuka abantu").mark is Mark.NOT_UNDERSTOOD
    assert Mark.P1 < Mark.NOT_UNDERSTOOD < Mark.P2
    assert assess("he beats me", "so").mark is Mark.P1


def test_spelling_variants_are_one_word():
    assert fold("أ إ آ ة").text == "ا ا ا ه"
    assert fold("ሠራዊት ፀጉር").text == fold("ሰራዊት ጸጉር").text
    assert fold("heeeelp").text == "help"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=400))
def test_any_text_is_read_and_spans_lie_inside_it(text):
    for found in hits_in(text):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.words


FRAGMENTS = [
    "he beats me ",
    "not ",
    "ananipiga ",
    "ما يضربني",
    "አይመታኝም ",
    ", ",
    ". ",
    "last year ",
    "ﷺ",
    "\u0301",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_broken_pieces_of_real_words_keep_spans_and_order(text):
    found = hits_in(text)
    assert all(text[one.start : one.end] == one.words for one in found)
    assert all(before.start <= after.start for before, after in pairwise(found))


LETTERS = st.sampled_from("aeikmnptuw \u0627\u0628\u064a\u0636\u0631 \u1218\u1273\u129b 37'.")


@settings(deadline=None, max_examples=20)
@given(st.text(LETTERS, min_size=50, max_size=200), st.integers(0, 9))
def test_any_letter_of_a_hundred_kilobytes_is_judged_in_bounded_time(text, shift):
    words = text.split() or ["a"]
    long = " ".join(f"{words[n % len(words)]}{chr(97 + (n + shift) % 26)}" for n in range(30_000))
    start = time.process_time()
    judged = assess(long[:100_000])
    assert time.process_time() - start < 5
    assert all(long[one.start : one.end] == one.words for one in judged.hits)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=400))
def test_any_text_is_judged_and_every_reason_stands_in_it(text):
    judged = assess(text)
    assert all(text[one.start : one.end] == one.words for one in judged.hits)
    assert judged.level is not P1 or judged.because


@pytest.mark.parametrize("text", ["a" * 50_000, "beat " * 10_000, "ni" * 25_000, "መ" * 50_000])
def test_a_very_long_message_is_read_in_seconds(text):
    start = time.process_time()
    hits_in(text)
    assert time.process_time() - start < 20


@pytest.mark.parametrize("name", NAMES)
def test_every_list_has_words_for_every_danger(name):
    listed = {group.category for group in lexicon(name).groups}
    assert listed == set(Category) - {Category.LEANING}  # of no list: of all words together


def test_the_gold_set_is_what_its_readme_says():
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()][1:]
    parts = [row["part"] for row in rows]
    assert {part: parts.count(part) for part in set(parts)} == {
        "tuned-on": 440, "held-out": 234, "after": 115, "held-out-2": 211,
        "to-learn": 368, "to-learn-2": 230, "unseen-2": 260,
    }  # fmt: skip
    assert len({row["text"] for row in rows}) == len(rows)
    assert {(row["language"], row["level"]) for row in rows} == {
        (name, level.name) for name in NAMES for level in Level
    }


def test_what_must_stay_unseen_lies_apart_and_is_in_no_other_part():
    unseen = GOLD.with_name("unseen-3.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    known = {json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()[1:]}
    texts = [json.loads(line)["text"] for line in unseen]
    assert len(texts) == len(set(texts)) == 260
    assert not known & set(texts)


def test_what_the_lists_were_tuned_on_does_not_get_worse():
    """The floor only; what to believe is measured by bench/triage.py on the other parts."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()][1:]
    tuned = [row for row in rows if row["part"] == "tuned-on" and row["level"] == "P1"]
    found = [row for row in tuned if assess(row["text"]).level is P1]
    assert len(found) / len(tuned) >= 0.95


def test_no_message_of_immediate_danger_that_we_know_is_called_calm():
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()][1:]
    judged = {row["id"]: assess(row["text"]) for row in rows if row["level"] == "P1"}
    calmed = [name for name, one in judged.items() if one.mark is Mark.P4]
    assert calmed == []


def test_a_message_that_only_denies_is_not_alarming():
    assert assess("she does not beat me, I eat well, what papers do I need").level > P1
