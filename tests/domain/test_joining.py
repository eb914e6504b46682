"""Two conversations shown as one: a main one and others inside it, never a chain or a circle."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.joining import Place, joining

pytestmark = pytest.mark.pure
KEYS = ("a", "b", "c", "d", "e")


def test_one_alone_goes_into_the_other():
    plan = joining(Place("a"), Place("b"))
    assert plan.answer
    assert (plan.main, plan.joined) == ("a", "b")


def test_what_has_others_stays_on_top_whichever_was_named():
    plan = joining(Place("a"), Place("b", has_others=True))
    assert (plan.main, plan.joined) == ("b", "a")


def test_into_one_that_is_inside_another_means_into_that():
    plan = joining(Place("a", inside="m"), Place("b"))
    assert (plan.main, plan.joined) == ("m", "b")


@pytest.mark.parametrize(
    ("main", "other", "why"),
    [
        (Place("a"), Place("a"), "one_already"),
        (Place("a", has_others=True), Place("b", inside="a"), "one_already"),
        (Place("a", inside="m"), Place("b", inside="m"), "one_already"),
        (Place("a"), Place("b", inside="m"), "inside_another"),
        (Place("a", has_others=True), Place("b", has_others=True), "both_have_others"),
        (Place("a", inside="m"), Place("b", has_others=True), "both_have_others"),
    ],
)
def test_what_would_make_a_chain_is_refused_with_its_reason(main, other, why):
    plan = joining(main, other)
    assert (bool(plan.answer), plan.answer.why) == (False, why)


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS), st.booleans())))
def test_whatever_is_joined_and_undone_nothing_is_inside_what_is_inside(acts):
    places = {key: Place(key) for key in KEYS}
    for one, other, undoes in acts:
        if undoes:
            places[one] = replace(places[one], inside="")
        else:
            plan = joining(places[one], places[other])
            if plan.answer:
                places[plan.joined] = replace(places[plan.joined], inside=plan.main)
        for key, place in places.items():
            inside = [each for each in places.values() if each.inside == key]
            places[key] = replace(place, has_others=bool(inside))
        for place in places.values():
            assert place.inside != place.key
            assert not (place.inside and place.has_others)
            assert not places[place.top].inside
