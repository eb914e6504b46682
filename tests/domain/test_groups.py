"""A group whose head-count reconciles, whatever happens and in whatever order it is told."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.groups import protocol
from nyumbani.domain.groups.events import (
    GRAVE,
    Event,
    Kind,
    State,
    as_one,
    first_fault,
    in_order,
    may_be_taken_back,
    may_be_written,
    one_of,
    told_whom,
)
from nyumbani.domain.groups.roll import change, growth, roll

pytestmark = pytest.mark.pure

DAY = dt.timedelta(days=1)
START = dt.datetime(2014, 11, 20, tzinfo=dt.UTC)
PEOPLE = ("achieng", "rehema", "nafula", "amina", "the newborn")


def at(day: float) -> dt.datetime:
    return START + day * DAY


def came(person: str, day: float, order: int = 0, **more: object) -> Event:
    known = more.pop("known", day)
    return Event(person, Kind.JOINED, at(day), at(known), order, **more)


def went(person: str, day: float, order: int = 0, known: float | None = None) -> Event:
    return Event(person, Kind.LEFT, at(day), at(day if known is None else known), order)


def became(person: str, state: State, day: float, order: int = 0) -> Event:
    return Event(person, Kind.BECAME, at(day), at(day), order, state=state)


_told = st.tuples(
    st.sampled_from(PEOPLE), st.sampled_from(Kind), st.integers(0, 40), st.integers(0, 10),
    st.sampled_from(State), st.booleans(),
)  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Whatever staff might write: each event is asked of the rule first, as the action does."""
    known: list[Event] = []
    for order, (person, kind, day, later, state, is_child) in enumerate(
        draw(st.lists(_told, max_size=40))
    ):
        event = Event(
            person, kind, at(day), at(day + later), order,
            state=state if kind is Kind.BECAME else None,
            is_child=is_child and kind is Kind.JOINED,
        )  # fmt: skip
        if may_be_written(event, known):
            known.append(event)
        if known and draw(st.booleans()) and draw(st.booleans()):
            back = draw(st.sampled_from(known))
            if may_be_taken_back(back, known):
                moment = max(one.known_at for one in known) + DAY
                gone = Event(
                    back.person, back.kind, back.at, back.known_at, back.order, back.state,
                    back.is_child, taken_back_at=moment,
                )  # fmt: skip
                known[known.index(back)] = gone
    return known


@given(histories(), st.integers(0, 50), st.integers(0, 50))
def test_the_head_count_reconciles_between_any_two_moments(history, one, other):
    start, end = at(min(one, other)), at(max(one, other))
    found = change(history, start, end)
    assert found.before == roll(history, start).count
    assert found.after == roll(history, end).count
    assert found.is_reconciled


@given(histories(), st.integers(0, 50))
def test_everybody_who_ever_came_is_in_the_group_or_has_left_it(history, day):
    now = roll(history, at(day))
    ever = {
        one.person for one in in_order(history) if one.kind is Kind.JOINED and one.at <= at(day)
    }
    assert set(now.members) | set(now.left) == ever
    assert not set(now.members) & set(now.left)
    assert now.ever == len(ever)
    assert sum(now.by_state.values()) == now.count
    assert now.adults + len(now.children & set(now.members)) == now.count


@given(histories(), st.randoms(use_true_random=False))
def test_in_which_order_events_are_read_changes_nothing(history, chance):
    mixed = history[:]
    chance.shuffle(mixed)
    assert roll(mixed, at(99)) == roll(history, at(99))
    assert growth(mixed) == growth(history)


@given(histories())
def test_what_was_believed_on_a_day_is_not_changed_by_what_is_written_later(history):
    """The figure told to the ministry that day can be shown again."""
    for day in (3, 11, 27):
        then = [one for one in history if one.known_at <= at(day)]
        untouched = [
            Event(
                one.person, one.kind, one.at, one.known_at, one.order, one.state, one.is_child,
                one.taken_back_at if one.taken_back_at and one.taken_back_at <= at(day) else None,
            )
            for one in then
        ]  # fmt: skip
        believed = roll(history, at(day), known_at=at(day))
        assert believed.members == roll(untouched, at(day)).members


@given(histories())
def test_every_course_that_was_let_in_is_without_fault(history):
    for person in PEOPLE:
        assert first_fault([one for one in in_order(history) if one.person == person]) is None


@given(histories())
def test_the_last_point_of_the_growth_is_the_count(history):
    points = growth(history)
    assert (points[-1][1] if points else 0) == roll(history, at(999)).count


def test_one_becomes_sixteen_becomes_thirty_one():
    women = [came(f"w{n}", 0 if n < 1 else 2 if n < 16 else 9, n) for n in range(31)]
    baby = came("the newborn", 10, 40, is_child=True)
    story = [*women, baby, went("w3", 11, 41), went("w8", 11, 42), came("w3", 12, 43),
             came("w8", 13, 44)]  # fmt: skip
    assert [count for _, count in growth(story)] == [1, 16, 31, 32, 30, 31, 32]
    assert (roll(story, at(14)).adults, roll(story, at(14)).count) == (31, 32)
    assert set(roll(story, at(11)).left) == {"w3", "w8"}


def test_who_comes_back_is_counted_once():
    story = [came("amina", 0, 1), went("amina", 2, 2), came("amina", 4, 3)]
    assert roll(story, at(3)).left == {"amina": at(2)}
    now = roll(story, at(5))
    assert (now.count, now.ever, dict(now.left)) == (1, 1, {})


def test_who_is_lost_or_has_died_stays_in_the_count_by_that_name():
    story = [came("amina", 0, 1), came("rehema", 0, 2), became("amina", State.LOST, 1, 3)]
    now = roll(story, at(2))
    assert now.count == 2
    assert now.grave == {"amina": State.LOST}
    assert now.of(State.LOST) == ["amina"]


def test_something_told_late_stands_where_it_happened_and_nobody_knew():
    story = [came("amina", 0, 1), went("amina", 3, 2, known=8)]
    assert roll(story, at(4)).count == 0
    assert roll(story, at(4), known_at=at(4)).count == 1


def test_what_was_taken_back_counts_as_if_it_had_not_been():
    gone = Event("amina", Kind.LEFT, at(3), at(3), 2, taken_back_at=at(5))
    story = [came("amina", 0, 1), gone]
    assert roll(story, at(9)).count == 1
    assert roll(story, at(4), known_at=at(4)).count == 0


@pytest.mark.parametrize(
    ("known", "event", "why"),
    [
        ([], went("amina", 1), "not_in"),
        ([], became("amina", State.CONFIRMED, 1), "not_in"),
        ([came("amina", 0)], came("amina", 1, 1), "in_already"),
        ([came("amina", 2)], came("amina", 1, 1), "in_already"),  # written late, she comes twice
        ([came("amina", 2)], went("amina", 1, 1), "not_in"),
        (
            [came("amina", 0), became("amina", State.DECEASED, 1, 1)],
            became("amina", State.ARRIVED, 2, 2),
            "deceased",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused_with_the_reason(known, event, why):
    answer = may_be_written(event, known)
    assert not answer
    assert answer.why == why


def test_of_another_person_nothing_is_asked():
    assert may_be_written(came("rehema", 1, 1), [came("amina", 0)])


def test_her_coming_cannot_be_taken_back_while_something_rests_on_it():
    first, then = came("amina", 0, 1), became("amina", State.CONFIRMED, 1, 2)
    assert may_be_taken_back(first, [first, then]).why == "not_in"
    assert may_be_taken_back(then, [first, then])


def test_two_rows_that_are_one_woman_are_counted_once_and_apart_again_when_it_is_undone():
    story = [
        came("amina", 0, 1), became("amina", State.CONFIRMED, 1, 2), came("aminah", 2, 3),
        came("rehema", 3, 4),
    ]  # fmt: skip
    same = one_of([("aminah", "amina")])
    found = as_one(story, same)
    assert roll(found, at(9)).count == 2
    assert roll(found, at(9)).members["amina"] is State.CONFIRMED
    assert change(found, at(1), at(9)).is_reconciled
    assert growth(found)[-1][1] == 2
    assert roll(as_one(story, one_of([])), at(9)).count == 3


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))))
def test_whoever_is_said_to_be_whom_all_who_are_one_have_one_name(pairs):
    same = one_of(pairs)
    for left, right in pairs:
        assert same.get(left, left) == same.get(right, right)
    assert all(one not in same for one in same.values())


@given(histories(), st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))))
def test_the_head_count_reconciles_whoever_was_found_to_be_whom(history, pairs):
    found = as_one(history, one_of(pairs))
    for start, end in ((0, 20), (5, 31), (12, 13)):
        told = change(found, at(start), at(end))
        assert (told.before, told.after) == (
            roll(found, at(start)).count,
            roll(found, at(end)).count,
        )
        assert told.is_reconciled


def test_a_state_belongs_to_becoming_alone():
    with pytest.raises(ValueError, match="a state belongs"):
        Event("amina", Kind.JOINED, at(0), at(0), 1, state=State.LOST)


def test_who_told_whom_is_a_tree_in_which_everybody_stands_once():
    told = {"rehema": None, "achieng": "rehema", "nafula": "achieng", "x": "y", "y": "x"}
    tree = told_whom(told)
    assert tree["rehema"] == ["achieng"]
    assert tree["achieng"] == ["nafula"]
    assert sorted(name for names in tree.values() for name in names) == sorted(told)
    assert {"x", "y"} <= set(tree[None])


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"), st.none() | st.sampled_from("abcdefghz"), max_size=8
    )
)
def test_whoever_is_said_to_have_told_whom_the_tree_reaches_everybody(told):
    tree, reached, below = told_whom(told), [], [None]
    while below:
        here = tree.get(below.pop(), [])
        reached += here
        below += here
    assert sorted(reached) == sorted(told)


def test_every_grave_state_has_a_protocol_and_no_other_has():
    assert set(protocol.PROTOCOL) == GRAVE
    for state in State:
        assert bool(protocol.steps(state)) == (state in GRAVE)


def test_a_grave_state_needs_whose_word_it_is_and_what_is_known():
    assert protocol.may_become(State.DECEASED, whose_word=" ", why="x").why == "whose_word"
    assert protocol.may_become(State.LOST, whose_word="escort", why="").why == "what_is_known"
    assert protocol.may_become(State.ARRIVED, whose_word="", why="")


def test_who_wrote_a_death_down_does_not_confirm_it():
    asked = {"written_by": "staff:1"}
    assert protocol.may_be_confirmed(State.DECEASED, **asked, by="staff:1").why == "two_people"
    assert protocol.may_be_confirmed(State.DECEASED, **asked, by="staff:2")
    assert protocol.may_be_confirmed(None, **asked, by="staff:2").why == "nothing_to_confirm"
