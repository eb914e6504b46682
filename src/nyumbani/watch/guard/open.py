"""All that nobody has settled, whoever may know of it, and how far it has climbed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from nyumbani.cases.models.case import Case
from nyumbani.cases.models.members import Member
from nyumbani.cases.terms import Stage, Urgency
from nyumbani.domain.watch.escalation import Climb, Step, escalation
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.people.models.persons import Person
from nyumbani.watch.guard.figures import figures, patience, steps
from nyumbani.watch.models.silences import Silence
from nyumbani.watch.terms import What

_GRAVEST_FIRST = (Urgency.NOW, Urgency.SOON, Urgency.UNKNOWN, Urgency.PLANNED)


@dataclass(frozen=True, slots=True)
class Open:
    """Something open, whoever may know of it."""

    what: What
    person: Person
    since: dt.datetime
    climb: Climb


def everything(now: dt.datetime) -> list[Open]:
    """All that is open in the house."""
    known = figures()
    climbs = steps(known)
    rows = Silence.objects.filter(settled_at=None).select_related("person")
    silent = [
        Open(What.SILENT, row.person, row.since, escalation(climbs, row.raised_at, now))
        for row in rows
    ]
    return [*silent, *_unanswered(known, climbs, now)]


def _unanswered(known: dict[str, int], climbs: list[Step], now: dt.datetime) -> list[Open]:
    """Who has waited for an answer longer than her case's urgency allows."""
    shortest = min(minutes for name, minutes in known.items() if name.startswith("unanswered."))
    rows = list(
        Conversation.objects.filter(
            waiting_since__lte=now - dt.timedelta(minutes=shortest), joined_to=None
        ).select_related("person")
    )
    hers: dict[str, list[str]] = {row.pk: [row.person_id] for row in rows}
    parts = Conversation.objects.filter(joined_to__in=hers).order_by("pk")
    for main, person in parts.values_list("joined_to", "person"):
        hers[str(main)].append(person)
    inside = cases_of(person for all_hers in hers.values() for person in all_hers)
    found = []
    for row in rows:
        if row.waiting_since is None:
            continue
        # Of conversations that are joined the most pressing case of all counts.
        here = [case for person in hers[row.pk] for case in inside.get(person, ())]
        urgencies = [case.urgency for case in here if case.stage != Stage.CLOSED]
        late = row.waiting_since + patience(known, urgencies)
        if late <= now:
            climb = escalation(climbs, late, now)
            found.append(Open(What.UNANSWERED, row.person, row.waiting_since, climb))
    return found


def cases_of(person_ids: Iterable[str]) -> dict[str, list[Case]]:
    """In which cases these people are, the most pressing first and closed ones last."""
    found: dict[str, list[Case]] = {}
    rows = Member.objects.filter(person__in=set(person_ids), until=None).select_related("case")
    for row in rows:
        found.setdefault(row.person_id, []).append(row.case)
    for inside in found.values():
        inside.sort(key=_pressing)
    return found


def _pressing(case: Case) -> tuple[bool, int, int]:
    return (case.stage == Stage.CLOSED, _GRAVEST_FIRST.index(Urgency(case.urgency)), case.number)
