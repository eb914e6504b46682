"""To whom it climbs: the team first, then duty, coordinator and director, as the figures say."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.watch.escalation import Climb, Rank, Step, escalation, who_is_told

pytestmark = pytest.mark.pure
SINCE = dt.datetime(2014, 7, 14, 5, 3, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
STEPS = [
    Step(Rank.DUTY, 30 * MINUTE), Step(Rank.COORDINATOR, 60 * MINUTE),
    Step(Rank.DIRECTOR, 180 * MINUTE),
]  # fmt: skip
spans = st.timedeltas(dt.timedelta(), dt.timedelta(days=5))


@pytest.mark.parametrize(
    ("minutes", "rank", "following"),
    [
        (0, Rank.TEAM, Rank.DUTY), (29, Rank.TEAM, Rank.DUTY), (30, Rank.DUTY, Rank.COORDINATOR),
        (60, Rank.COORDINATOR, Rank.DIRECTOR), (180, Rank.DIRECTOR, None),
    ],
)  # fmt: skip
def test_it_climbs_when_its_time_has_come(minutes, rank, following) -> None:
    found = escalation(STEPS, SINCE, SINCE + minutes * MINUTE)
    assert (found.rank, found.next_rank) == (rank, following)


def test_it_says_when_it_climbs_on() -> None:
    assert escalation(STEPS, SINCE, SINCE).next_at == SINCE + 30 * MINUTE


def test_without_steps_it_stays_with_the_team() -> None:
    assert escalation([], SINCE, SINCE + 9999 * MINUTE) == Climb(Rank.TEAM)


def test_a_clock_set_back_leaves_it_with_the_team() -> None:
    assert escalation(STEPS, SINCE, SINCE - 999 * MINUTE).rank == Rank.TEAM


def test_a_director_who_is_told_early_is_told_although_nobody_below_was_yet() -> None:
    steps = [Step(Rank.DUTY, 90 * MINUTE), Step(Rank.DIRECTOR, 10 * MINUTE)]
    assert escalation(steps, SINCE, SINCE + 11 * MINUTE).rank == Rank.DIRECTOR


def test_with_nobody_on_duty_coordinators_are_told_in_their_stead() -> None:
    climb = escalation(STEPS, SINCE, SINCE + 30 * MINUTE)
    assert Rank.COORDINATOR in who_is_told(climb, is_anybody_on_duty=False)
    assert Rank.COORDINATOR not in who_is_told(climb, is_anybody_on_duty=True)
    team = escalation(STEPS, SINCE, SINCE)
    assert who_is_told(team, is_anybody_on_duty=False) == {Rank.TEAM}


@given(st.lists(st.builds(Step, st.sampled_from(Rank), spans), max_size=6), spans, spans)
def test_what_is_open_never_sinks_and_never_climbs_before_its_time(steps, early, more) -> None:
    first = escalation(steps, SINCE, SINCE + early)
    later = escalation(steps, SINCE, SINCE + early + more)
    assert later.rank >= first.rank
    reached = {step.rank for step in steps if step.after <= early}
    assert first.rank == max(reached, default=Rank.TEAM)
    if first.next_at is not None:
        assert first.next_at > SINCE + early
        assert escalation(steps, SINCE, first.next_at).rank >= first.next_rank
