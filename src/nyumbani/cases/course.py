"""The course of a group as the rules of the field read it: rows become events, and nothing else."""

from collections.abc import Iterable, Sequence

from nyumbani.cases.models.case import Case
from nyumbani.cases.models.events import GroupEvent
from nyumbani.domain.groups.events import Event, Kind, State

OUT_OF_HER_HANDS = frozenset({State.LOST, State.DETAINED, State.DECEASED})
"""How somebody is whose telephone others may hold."""


def rows_of(case: Case) -> list[GroupEvent]:
    """All that was written of a group, also what was taken back, in the order it was written."""
    rows = GroupEvent.objects.filter(case=case).select_related("person", "written_by")
    return list(rows.order_by("known_at", "id"))


def told(rows: Iterable[GroupEvent]) -> list[Event]:
    """These rows, in the order they were written, as events."""
    return [event_of(row, order) for order, row in enumerate(rows)]


def event_of(row: GroupEvent, order: int) -> Event:
    """One row as an event; `order` decides between two of one moment."""
    return Event(
        row.person_id, Kind(row.kind), row.at, row.known_at, order,
        state=State(row.state) if row.state else None,
        is_child=row.is_child, taken_back_at=row.taken_back_at,
    )  # fmt: skip


def is_out_of_her_hands(people: Sequence[str]) -> bool:
    """Whether the telephone of one of these may be held by others: lost, detained, or she died.

    As it stands now in any group of hers, whoever works on it.
    """
    rows = GroupEvent.objects.filter(person__in=people, kind=Kind.BECAME, taken_back_at=None)
    newest: dict[tuple[str, str], str] = {}
    for case, person, state in rows.order_by("at", "known_at", "id").values_list(
        "case", "person", "state"
    ):
        newest[case, person] = state
    return any(State(state) in OUT_OF_HER_HANDS for state in newest.values())
