"""Figures as people type them: whatever the script, one number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.kit.digits import plain

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "words", ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "\u200e٠١٢٣٤\u202c٥٦٧٨٩"]
)
def test_figures_of_every_script_are_the_same_figures(words):
    assert plain(words) == "0123456789"


@given(st.text())
def test_nothing_is_left_that_reads_as_a_figure_of_another_script(words):
    assert all(sign.isascii() for sign in plain(words) if sign.isdecimal())


def test_letters_stay_as_they_are():
    assert plain("Achieng, ½ ② نيروبي") == "Achieng, ½ ② نيروبي"
