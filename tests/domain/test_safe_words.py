"""Words that must not leave the house are found however they are written; harmless ones pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.safe_words import MAY_BE_ALLOWED, Allowance, Kind, Words, kinds_of, weigh
from tests.domain.harmless import HARMLESS

pytestmark = pytest.mark.pure

HOUSE = Words(("Bright Shore",), ("Nafula wa Simiyu", "فاطمة الزهراء", "አበበ"), ("Gargaresh",))
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u180e\u3164"

FOUND = [
    ("Write to Bright Shore", Kind.ORGANISATION, "Bright Shore"),
    ("BRIGHT  SHORE helps", Kind.ORGANISATION, "BRIGHT  SHORE"),
    ("you are trafficked", Kind.SUBJECT, "trafficked"),
    ("anti-trafficking work", Kind.SUBJECT, "trafficking"),
    ("We will rescue you", Kind.SUBJECT, "rescue"),
    ("the POLICE know", Kind.SUBJECT, "POLICE"),
    ("go to the embassy", Kind.SUBJECT, "embassy"),
    ("an NGO", Kind.SUBJECT, "NGO"),
    ("polisi wanajua", Kind.SUBJECT, "polisi"),
    ("tutakuokoa", Kind.SUBJECT, "tutakuokoa"),
    ("enda ubalozini", Kind.SUBJECT, "ubalozini"),
    ("shirika letu", Kind.SUBJECT, "shirika"),
    ("biashara haramu ya binadamu", Kind.SUBJECT, "biashara haramu ya binadamu"),
    ("karao wako hapo", Kind.SUBJECT, "karao"),
    ("tutakusaidia kuhepa", Kind.SUBJECT, "kuhepa"),
    ("الشرطة قريبة", Kind.SUBJECT, "الشرطة"),
    ("بالسَّفارة", Kind.SUBJECT, "بالسَّفارة"),
    ("ســـفارة", Kind.SUBJECT, "ســـفارة"),
    ("الإتجار بالبشر", Kind.SUBJECT, "الإتجار بالبشر"),
    ("إنقاذ", Kind.SUBJECT, "إنقاذ"),
    ("أنقاذ", Kind.SUBJECT, "أنقاذ"),
    ("منظمه", Kind.SUBJECT, "منظمه"),
    ("el shorta gaya", Kind.SUBJECT, "el shorta"),
    ("ro7i el safara", Kind.SUBJECT, "safara"),
    ("la police arrive", Kind.SUBJECT, "police"),
    ("à l’ambassade", Kind.SUBJECT, "ambassade"),
    ("une victime de la traite des personnes", Kind.SUBJECT, "traite des personnes"),
    ("ፖሊስ ይመጣል", Kind.SUBJECT, "ፖሊስ"),
    ("ከኤምባሲው", Kind.SUBJECT, "ከኤምባሲው"),
    ("Dear Nafula", Kind.NAME, "Nafula"),
    ("NAFULA'S", Kind.NAME, "NAFULA"),
    ("يا فاطمه", Kind.NAME, "فاطمه"),
    ("لفاطمة", Kind.NAME, "لفاطمة"),
    ("ለአበበ", Kind.NAME, "ለአበበ"),
    ("in Gargaresh", Kind.PLACE, "Gargaresh"),
    ("come to Tripoli", Kind.PLACE, "Tripoli"),
    ("في طرابلس", Kind.PLACE, "طرابلس"),
    ("ትሪፖሊ", Kind.PLACE, "ትሪፖሊ"),
    ("Friday 6 am", Kind.TIME, "Friday"),
    ("Friday 6 am", Kind.TIME, "6 am"),
    ("at 6", Kind.TIME, "at 6"),
    ("18:30", Kind.TIME, "18:30"),
    ("18h30", Kind.TIME, "18h30"),
    ("on 14/07/2014", Kind.TIME, "14/07/2014"),
    ("kesho saa kumi", Kind.TIME, "kesho"),
    ("kesho saa kumi", Kind.TIME, "saa kumi"),
    ("alfajiri", Kind.TIME, "alfajiri"),
    ("يوم الجمعة", Kind.TIME, "يوم الجمعة"),
    ("الساعة ٦", Kind.TIME, "الساعة ٦"),
    ("غدًا", Kind.TIME, "غدًا"),
    ("bokra el sa3a 6", Kind.TIME, "bokra"),
    ("yom el gom3a", Kind.TIME, "yom el gom3a"),
    ("vendredi à 6 heures", Kind.TIME, "vendredi"),
    ("በዓርብ", Kind.TIME, "በዓርብ"),
    ("ነገ", Kind.TIME, "ነገ"),
    ("the bus leaves", Kind.TRAVEL, "bus"),
    ("your flight", Kind.TRAVEL, "flight"),
    ("tutakuchukua kwa gari", Kind.TRAVEL, "tutakuchukua"),
    ("uwanja wa ndege", Kind.TRAVEL, "uwanja wa ndege"),
    ("في المطار", Kind.TRAVEL, "المطار"),
    ("جواز السفر", Kind.TRAVEL, "جواز"),
    ("votre billet", Kind.TRAVEL, "billet"),
    ("አውቶብስ", Kind.TRAVEL, "አውቶብስ"),
    ("p o l i c e", Kind.SUBJECT, "p o l i c e"),
    ("t.r.a.f.f.i.c.k", Kind.SUBJECT, "t.r.a.f.f.i.c.k"),
    ("ش ر ط ة", Kind.SUBJECT, "ش ر ط ة"),
    ("N a f u l a", Kind.NAME, "N a f u l a"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "words"), FOUND)
def test_a_word_that_could_betray_her_is_found_where_it_stands(text, kind, words):
    hits = weigh(text, HOUSE)
    assert (kind, words) in [(hit.kind, hit.words) for hit in hits]
    assert all(hit.reason for hit in hits)


@pytest.mark.parametrize(("text", "kind", "words"), FOUND)
@pytest.mark.parametrize("unseen", UNSEEN)
def test_characters_nobody_sees_hide_no_word(text, kind, words, unseen):
    hidden = unseen.join(text)
    assert kind in {hit.kind for hit in weigh(hidden, HOUSE)}, words


def test_what_her_rule_allows_may_stand_and_nothing_else():
    text = "Nafula, Friday 6 am, bus to Tripoli, Bright Shore, police"
    everything = Allowance(frozenset(Kind))
    assert kinds_of(weigh(text, HOUSE, everything)) == ("organisation", "subject")
    times = Allowance(frozenset({Kind.TIME}))
    assert kinds_of(weigh(text, HOUSE, times)) == (
        "name", "organisation", "place", "subject", "travel",
    )  # fmt: skip
    assert Kind.SUBJECT not in MAY_BE_ALLOWED


def test_a_name_that_is_only_signs_finds_nothing():
    assert weigh("(a|b)* .. # @ ~2 /", Words(("(*)", "..", ""), ("@", "#", "/"), ("|",))) == ()


def test_harmless_sentences_pass():
    flagged = {text: weigh(text) for text in HARMLESS if weigh(text)}
    assert len(HARMLESS) >= 100
    assert flagged == {}


@given(st.text(max_size=300))
def test_any_text_is_weighed_and_every_hit_lies_inside_it(text):
    for hit in weigh(text, HOUSE):
        assert 0 <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.words


_WORD = st.sampled_from([text for text, _, _ in FOUND])


@given(_WORD, st.text(alphabet=" .,!?\nab1ء", max_size=20), st.data())
def test_a_word_is_found_among_others_with_marks_strewn_in(word, around, data):
    text = f"{around} {word} {around}"
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=12))
    mark = data.draw(st.sampled_from(UNSEEN))
    for place in sorted(places, reverse=True):
        text = text[:place] + mark + text[place:]
    before = {hit.kind for hit in weigh(word, HOUSE)}
    assert before <= {hit.kind for hit in weigh(text, HOUSE)}


@given(st.lists(st.text(max_size=12), max_size=4), st.text(max_size=60))
def test_whatever_people_are_called_nothing_breaks(names, text):
    words = Words(tuple(names), tuple(names), tuple(names))
    for hit in weigh(text, words):
        assert text[hit.start : hit.end] == hit.words
