"""Whether somebody is who was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.naming.keys import keys_of_name, keys_of_number
from nyumbani.domain.naming.verdict import Known, judged
from nyumbani.domain.naming.words import asked

pytestmark = pytest.mark.pure
HER = Known(("Wanjiru Kamau Njoroge",), ("218910000142",))


def why(text, known=HER):
    answer = judged(asked(text), known)
    return answer and [(one.code, one.mine) for one in answer.reasons]


def test_name_and_number_make_it_likely():
    assert judged(asked("wanjiru 0142"), HER).is_likely
    assert why("wanj 0142") == [("begins", "wanj"), ("number_ends", "0142")]


def test_two_names_make_it_likely_in_any_script():
    assert judged(asked("ونجيرو كاماو"), HER).is_likely


@given(st.sampled_from(["Wanjiru", "Kamau", "ونجيرو", "Njoroge", "wanj", "W."]))
def test_one_name_alone_is_never_likely(text):
    answer = judged(asked(text), HER)
    assert answer is None or not answer.is_likely


@pytest.mark.parametrize("text", ["0142", "218910000142", "00218 91 000 0142", "٠١٤٢"])
def test_a_number_alone_is_never_likely(text):
    assert not judged(asked(text), HER).is_likely


def test_a_town_and_one_name_are_possible_and_no_more():
    known = Known(("Wanjiru Kamau",), (), (("town", "tripoli"),))
    answer = judged(asked("wanjiru tripoli"), known)
    assert not answer.is_likely
    assert ("town", "tripoli") in [(one.code, one.mine) for one in answer.reasons]


def test_another_number_that_ends_alike_counts_half():
    right, wrong = judged(asked("218910000142"), HER), judged(asked("254700990142"), HER)
    assert right.reasons[0].code == "same_number"
    assert wrong.score < right.score


def test_the_best_of_her_names_is_told():
    known = Known(("Queen W", "Wanjiru Kamau"))
    assert judged(asked("wanjiru kamau"), known).name == "Wanjiru Kamau"


def test_who_has_nothing_of_it_is_nobody():
    assert judged(asked("chebet 7777"), HER) is None


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_judged(text, name):
    answer = judged(asked(text), Known((name,), (name,)))
    assert answer is None or 0 < answer.score <= 1
    assert len(keys_of_name(name)) <= 80
    assert len(keys_of_number(name)) <= 1
