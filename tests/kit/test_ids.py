"""Ids that sort by time, and ids that what they name always gets."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.kit import clock, ids

pytestmark = pytest.mark.pure

JULY_2014 = dt.datetime(2014, 7, 12, 8, 0, tzinfo=dt.UTC)
MILLISECOND = dt.timedelta(milliseconds=1)
moments = st.integers(0, 4_000_000_000_000).map(
    lambda ms: dt.datetime.fromtimestamp(0, tz=dt.UTC) + ms * MILLISECOND
)
digests = st.binary(min_size=16, max_size=64)


def test_a_new_id_is_a_ulid_of_this_moment():
    with clock.at(JULY_2014):
        made = ids.new()
    assert ids.is_id(made)
    milliseconds = 0
    for letter in made[:10]:  # the first ten letters are the time, in Crockford's base 32
        milliseconds = milliseconds * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(letter)
    assert milliseconds == JULY_2014.timestamp() * 1000


def test_no_two_new_ids_are_the_same_even_within_one_moment():
    with clock.at(JULY_2014):
        assert len({ids.new() for _ in range(2000)}) == 2000


@given(moments, moments)
def test_new_ids_sort_by_the_time_they_were_made(one, other):
    with clock.at(one):
        first = ids.new()
    with clock.at(other):
        second = ids.new()
    if one + MILLISECOND <= other:
        assert first < second
    elif other + MILLISECOND <= one:
        assert second < first


@given(moments, digests)
def test_what_is_the_same_always_gets_the_same_id(moment, digest):
    assert ids.derived(moment, digest) == ids.derived(moment, digest)
    assert ids.is_id(ids.derived(moment, digest))


@given(moments, digests, digests)
def test_what_is_different_gets_another_id(moment, one, other):
    assert (ids.derived(moment, one) == ids.derived(moment, other)) == (one == other)
    assert ids.derived(moment, one) != ids.derived(moment + MILLISECOND, one)


@given(moments, moments, digests, digests)
def test_derived_ids_sort_by_time_whatever_they_name(one, other, first, second):
    if one + MILLISECOND <= other:
        assert ids.derived(one, first) < ids.derived(other, second)


@given(digests)
def test_an_id_does_not_show_the_digest_it_came_from(digest):
    made = ids.derived(JULY_2014, digest)
    assert digest.hex() not in made.lower()


@pytest.mark.parametrize(
    "text",
    ["", "1", "01J2X3Y4Z5A6B7C8D9E0F1G2H", "01J2X3Y4Z5A6B7C8D9E0F1G2H34", "8" + "Z" * 25, "U" * 26,
     "01J2X3Y4Z5A6B7C8D9E0F1G2H\n", "../../../etc/passwd.......", "é" * 26],
)  # fmt: skip
def test_what_has_not_the_shape_of_an_id_is_none(text):
    assert ids.is_id(text) is False


@given(st.text(max_size=40))
def test_no_text_makes_the_question_fail(text):
    assert ids.is_id(text) in {True, False}
