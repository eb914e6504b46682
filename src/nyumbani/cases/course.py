"""The course of a group as the rules of the field read it: rows become events, and nothing else."""

from collections.abc import Iterable

from nyumbani.cases.models.case import Case
from nyumbani.cases.models.events import GroupEvent
from nyumbani.domain.groups.events import Event, Kind, State


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
