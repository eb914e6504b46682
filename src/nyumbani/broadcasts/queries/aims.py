"""Whom words to many are meant for: found anew from what was asked, among whom one may write to."""

import datetime as dt
from collections.abc import Sequence

from nyumbani.accounts.viewers import Viewer
from nyumbani.broadcasts.terms import Aim
from nyumbani.cases import queries as cases
from nyumbani.cases.permissions import people_joined_to
from nyumbani.cases.queries import KnownPerson, OpenedCase
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.kit import clock


def people_meant(
    viewer: Viewer, aim: Aim, value: str, case: OpenedCase | None
) -> list[tuple[KnownPerson, Conversation | None]]:
    """Who is meant, each once, by number, with her thread if she has one.

    Nobody whom the viewer may not write about is among them, nor counted anywhere.
    """
    if not (viewer.may_send and viewer.may_read_cases):
        return []
    if aim is Aim.GROUP:
        return _of_case(viewer, case, value.split(",")) if case is not None else []
    found = _threads(viewer, aim, value)
    if aim is Aim.LANGUAGE:
        found = [thread for thread in found if value in thread.person.languages]
    return sorted(((one.person, one) for one in found), key=lambda pair: pair[0].number)


def _of_case(
    viewer: Viewer, case: OpenedCase, parts: Sequence[str]
) -> list[tuple[KnownPerson, Conversation | None]]:
    rows = cases.members(viewer, case).filter(people_joined_to(viewer, "person"), part__in=parts)
    met = {row.person_id: row.person for row in rows}
    threads = {one.person_id: one for one in Conversation.objects.filter(person__in=met)}
    ordered = sorted(met.values(), key=lambda person: person.number)
    return [(person, threads.get(person.pk)) for person in ordered]


def _threads(viewer: Viewer, aim: Aim, value: str) -> Sequence[Conversation]:
    mine = Conversation.objects.filter(
        people_joined_to(viewer, "person"), joined_to=None
    ).select_related("person")
    match aim:
        case Aim.WAITING:
            return list(mine.exclude(waiting_since=None))
        case Aim.SILENT:
            since = clock.now() - dt.timedelta(days=int(value))
            return list(mine.filter(heard_at__lt=since))
        case Aim.MINE:
            return list(mine.filter(owner=viewer.staff_id))
        case _:
            return list(mine)
