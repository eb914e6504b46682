"""Finding words however they are written."""

import pytest

from nyumbani.domain.finding import Piece, excerpt, wanted

pytestmark = pytest.mark.pure


def marked(asked, text):
    return [text[a:b] for a, b in wanted(asked).spans(text)]


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("passport", "They took my PASSPORT", ["PASSPORT"]),
        ("pass", "passports, passport", ["pass", "pass"]),
        ("cafe", "le CAFÉ du coin", ["CAFÉ"]),
        ("الى", "إلى البيت", ["إلى"]),
        ("مدرسه", "المدرسة", ["مدرسة"]),
        ("218", "call ٢١٨ now", ["٢١٨"]),
        ("٢١٨", "call 218 now", ["218"]),
        ("help", "heeeelp me", ["heeeelp"]),
        ("heeeelp", "heeeeeeelp me", ["heeeeeeelp"]),
        ("door locked", "locked is the door", ["locked", "door"]),
        ("door open", "locked is the door", []),
        ("  ", "anything", []),
        ("፩", "no figure of ours", []),
    ],
)
def test_words_are_found_where_they_stand(asked, text, found):
    assert marked(asked, text) == found


def test_words_over_each_other_are_marked_once():
    assert wanted("pass passport").spans("passport") == [(0, 8)]


def test_an_excerpt_shows_the_word_among_others_and_says_that_more_stands_around():
    text = "x" * 300 + " passport " + "y" * 300
    pieces = excerpt(text, wanted("passport").spans(text))
    assert Piece("passport", is_found=True) in pieces
    assert pieces[0] == Piece("…")
    assert pieces[-1].text.endswith("…")
    assert sum(len(piece.text) for piece in pieces) < 300


def test_a_short_text_is_shown_whole():
    text = "They took my passport"
    pieces = excerpt(text, wanted("passport").spans(text))
    assert "".join(piece.text for piece in pieces) == text


def test_more_than_eight_words_narrow_nothing_down_further():
    assert len(wanted("a b c d e f g h i j").words) == 8
