"""What the ledger tells of a case or a person, in words: who did it, who looked, when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from nyumbani.accounts import queries as staff
from nyumbani.accounts.viewers import Viewer
from nyumbani.audit import queries as ledger
from nyumbani.audit.queries import Line
from nyumbani.cases.models.case import Case
from nyumbani.cases.queries import is_lead, leads_case_of
from nyumbani.cases.terms import DEEDS, CaseRole, Stage, Standing, Urgency
from nyumbani.kit.paging import Page
from nyumbani.people.models.persons import Person

LOOKED = "seen"
_SIZE = 30
# Most lines are looks. So many are read, so many times at most, to fill a page with what was done.
_READ, _PAGES = 100, 5
# A fact of a line that says more than its verb, and the words its values stand for.
_MORE = {"stage": Stage, "urgency": Urgency, "standing": Standing, "role": CaseRole}


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of a history."""

    at: dt.datetime
    who: str  # empty: a part of the system
    is_own: bool
    what: str | Promise
    more: str


def of_case(viewer: Viewer, case: Case, cursor: str | None = None) -> Page[Deed]:
    """What happened with a case, the latest first; `case` is one the viewer may open."""
    about, kept = f"case:{case.pk}", list[Line]()
    for _ in range(_PAGES):
        found = ledger.entries_about(viewer, about, opened=True, cursor=cursor, size=_READ)
        kept += [line for line in found.items if not _is_look(line)]
        cursor = found.older
        if cursor is None or len(kept) >= _SIZE:
            break
    return Page(_deeds(viewer, kept), cursor)


def looks_at(viewer: Viewer, case: Case, cursor: str | None = None) -> Page[Deed]:
    """Who looked at a case, the latest first.

    For its lead, and for those who may read the ledger; everybody else sees their own looks.
    """
    found = ledger.entries_about(
        viewer, f"case:{case.pk}", opened=is_lead(viewer, case), verb="case.seen", cursor=cursor,
        size=_SIZE,
    )  # fmt: skip
    return Page(_deeds(viewer, found.items), found.older)


def who_saw(viewer: Viewer, person: Person) -> list[Deed]:
    """Who looked at a person, her messages, her numbers or her files lately, the latest first."""
    found = ledger.entries_about(
        viewer, f"person:{person.pk}", opened=leads_case_of(viewer, person), size=200
    )
    return _deeds(viewer, [line for line in found.items if _is_look(line)][:_SIZE])


def _deeds(viewer: Viewer, lines: Iterable[Line]) -> list[Deed]:
    lines = list(lines)
    ids = [line.by.removeprefix("staff:") for line in lines if line.by.startswith("staff:")]
    names = staff.names_of(viewer, ids)
    return [
        Deed(
            line.at, names.get(line.by.removeprefix("staff:"), ""), line.is_own,
            DEEDS.get(line.verb, line.verb), _more(line),
        )
        for line in lines
    ]  # fmt: skip


def _more(line: Line) -> str:
    for name, words in _MORE.items():
        value = line.facts.get(name)
        if value in words.values:
            return str(words(value).label)
    return ""


def _is_look(line: Line) -> bool:
    return line.verb.endswith(LOOKED)
