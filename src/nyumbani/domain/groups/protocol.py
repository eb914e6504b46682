"""What is done when somebody of a group is lost, detained, in hospital, or has died.

Each step has somebody who must do it and a time within which; a grave state is written down with
whose word it is, and ends with whose word that was. The steps are this organisation's starting
point, drawn from what escorts and families need first; an installation may add to them.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nyumbani.domain.answers import YES, Answer
from nyumbani.domain.groups.events import GRAVE, State


class Who(StrEnum):
    """Who has to do a step."""

    LEAD = "lead"
    COORDINATOR = "coordinator"
    DIRECTOR = "director"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be done: its code, by whom, and within how long."""

    code: str
    who: Who
    within: dt.timedelta


def _hours(count: int) -> dt.timedelta:
    return dt.timedelta(hours=count)


PROTOCOL: Mapping[State, tuple[Step, ...]] = {
    State.LOST: (
        Step("call_everybody_who_saw_her", Who.LEAD, _hours(1)),
        Step("stop_what_goes_to_her_phone", Who.LEAD, _hours(1)),
        Step("tell_the_coordinator", Who.LEAD, _hours(1)),
        Step("ask_hospitals_police_consulate", Who.COORDINATOR, _hours(6)),
        Step("tell_whom_she_named", Who.COORDINATOR, _hours(24)),
        Step("decide_how_the_search_goes_on", Who.DIRECTOR, _hours(72)),
    ),
    State.DETAINED: (
        Step("where_by_whom_on_what_ground", Who.LEAD, _hours(1)),
        Step("ask_for_the_consulate", Who.LEAD, _hours(3)),
        Step("find_a_lawyer", Who.COORDINATOR, _hours(12)),
        Step("ask_for_a_visit", Who.COORDINATOR, _hours(24)),
        Step("tell_whom_she_named", Who.COORDINATOR, _hours(24)),
    ),
    State.HOSPITAL: (
        Step("where_which_ward_who_is_with_her", Who.LEAD, _hours(1)),
        Step("who_pays_and_until_when", Who.COORDINATOR, _hours(6)),
        Step("fit_to_travel_by_whose_word", Who.LEAD, _hours(24)),
        Step("tell_whom_she_named", Who.LEAD, _hours(24)),
    ),
    State.DECEASED: (
        Step("tell_the_director", Who.LEAD, _hours(1)),
        Step("stop_what_goes_to_her_phone", Who.LEAD, _hours(1)),
        Step("confirm_with_an_authority", Who.COORDINATOR, _hours(24)),
        Step("tell_her_family_in_person", Who.DIRECTOR, _hours(48)),
        Step("look_after_the_group", Who.COORDINATOR, _hours(24)),
        Step("papers_and_way_of_her_body", Who.DIRECTOR, _hours(72)),
        Step("keep_all_evidence", Who.LEAD, _hours(24)),
    ),
}
"""The steps of each grave state, in their order."""


def steps(state: State) -> tuple[Step, ...]:
    """What has to be done when somebody becomes so; nothing for states that are no alarm."""
    return PROTOCOL.get(state, ())


def may_become(state: State, *, whose_word: str, why: str) -> Answer:
    """Whether a state may be written: a grave one needs whose word it is, and what is known."""
    if state in GRAVE and not whose_word.strip():
        return Answer.no("whose_word")
    if state in GRAVE and not why.strip():
        return Answer.no("what_is_known")
    return YES


def may_be_confirmed(state: State | None, *, written_by: str, by: str) -> Answer:
    """Whether somebody may confirm this: it must be a death, and never who wrote it down."""
    if state is not State.DECEASED:
        return Answer.no("nothing_to_confirm")
    return Answer.no("two_people") if written_by == by else YES
