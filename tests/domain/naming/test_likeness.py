"""How alike two names are."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.naming.likeness import likeness
from nyumbani.domain.naming.words import words_of

pytestmark = pytest.mark.pure
_NAMES = """
Wanjiru Kamau ونجيرو Fatuma Fatma فاطمة bin Ole J. Ng'ang'a Mohamed Maxamed Ali Hassan Hussein Mary
Mariam ትዕግስት Tigist Wambui Wambua al-Amin Abdul Rahman
"""
NAMES = _NAMES.split()
names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=6).map(" ".join)
anything = st.one_of(names, st.text(max_size=300))


def rare(word):
    """Some rarity that differs from word to word."""
    return word.weight * (1 + len(word.latin) % 7)


@given(anything, anything)
def test_it_is_the_same_whichever_name_comes_first(one, other):
    assert likeness(one, other, rare).whole == pytest.approx(likeness(other, one, rare).whole)


@given(anything, anything)
def test_nothing_is_more_like_a_name_than_itself(one, other):
    assert likeness(one, other, rare).whole <= 1.0
    if words_of(one):
        assert likeness(one, one, rare).whole == pytest.approx(1.0)


@given(names, st.randoms())
def test_the_order_of_words_does_not_count(name, chance):
    words = [word for word in name.split() if word not in {"Abdul", "Rahman"}]
    mixed = words[:]
    chance.shuffle(mixed)
    if words:
        assert likeness(" ".join(words), " ".join(mixed), rare).whole == pytest.approx(1.0)


def test_the_longest_texts_are_compared_in_no_time():
    began = time.perf_counter()
    for n in range(200):
        likeness(f"{'Wanjiru bin ' * 5_000}{n}", "ونجيرو " * 5_000, rare)
    assert time.perf_counter() - began < 2


def test_a_rare_word_in_common_says_more_than_a_common_one():
    bits = {"mohamed": 2.0, "wekesa": 9.0, "omar": 5.0, "juma": 5.0}

    def rarity(word):
        return bits[word.latin]

    rare_one = likeness("Mohamed Wekesa", "Omar Wekesa", rarity).whole
    common_one = likeness("Mohamed Wekesa", "Mohamed Juma", rarity).whole
    assert rare_one > common_one + 0.3


def test_particles_say_little_and_initials_half():
    whole = likeness("Amina bint Salim", "Amina Salim").whole
    assert whole > 0.97
    (twin,) = likeness("W.", "Wanjiku").twins
    assert twin.code == "initial"
    assert (
        likeness("W. Kamau", "Wanjiku Kamau").whole
        < likeness("Wanjiku Kamau", "Wanjiku Kamau").whole
    )


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("Wanjiru", "Wanjiru", "same"),
        ("Wanjiru", "ونجيرو", "same_sound"),
        ("Fatuma", "Faadumo", "same_name"),
        ("Mary", "Mariamu", "same_name"),
        ("Musa", "Moses", "same_name"),
        ("Atieno", "Atienoo", "same_sound"),
        ("Chepkoech", "Cheptoech", "near"),
    ],
)
def test_the_reason_is_a_code_and_both_words(one, other, code):
    (twin,) = likeness(one, other).twins
    assert (twin.code, twin.mine, twin.theirs) == (code, one, other)


def test_two_known_names_that_sound_alike_are_two():
    assert likeness("Hassan", "Hussein").whole < 0.7
