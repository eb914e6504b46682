"""Stored phrases of ours come in the reader's language; other words come as they are."""

import pytest
from django.template import Context, Template
from django.utils import translation

pytestmark = pytest.mark.pure


def said(kept, language="sw"):
    with translation.override(language):
        return Template("{% load ui %}{{ kept|said }}").render(Context({"kept": kept}))


def test_a_phrase_of_ours_is_put_into_the_readers_language():
    assert said("not known") == "haijulikani"
    assert said("not known", "en") == "not known"


def test_other_words_pass_unchanged_and_escaped():
    assert said("Rehema <Achieng>") == "Rehema &lt;Achieng&gt;"


@pytest.mark.parametrize("nothing", ["", None, " "])
def test_nothing_stays_nothing(nothing):
    assert said(nothing).strip() == ""
