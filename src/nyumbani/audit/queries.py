"""Reading the ledger: who did or saw something."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q

from nyumbani.audit.chain import Fact
from nyumbani.audit.models import Entry
from nyumbani.kit.paging import SIZE, Page, page

_IN_COLUMNS = frozenset({"n", "at", "by", "verb", "about"})


class LedgerViewer(Protocol):
    """Who looks, as this floor needs to know it; `accounts.viewers.Viewer` is one."""

    @property
    def ledger_name(self) -> str:
        """How the ledger calls this person."""

    @property
    def may_read_ledger(self) -> bool:
        """Whether this person may read everybody's lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger, ready to be shown."""

    n: int
    at: dt.datetime
    by: str
    verb: str
    about: str
    facts: Mapping[str, Fact]
    is_own: bool  # the viewer's own


def entries_about(
    viewer: LedgerViewer,
    about: str,
    *,
    opened: bool = False,
    verb: str | None = None,
    cursor: str | None = None,
    size: int = SIZE,
) -> Page[Line]:
    """Who did or saw something with this (`person:01J…`), the latest first; one query a page.

    Whoever may read the ledger sees every line. Anybody else sees only their own, unless the room
    that owns the thing has opened it for this viewer and says so with `opened=True`: this floor
    does not know who leads a case. `verb="person.seen"` leaves only such lines.
    """
    rows = Entry.objects.filter(about=about)
    if not (opened or viewer.may_read_ledger):
        rows = rows.filter(by=viewer.ledger_name)
    if verb is not None:
        rows = rows.filter(verb=verb)
    found = page(rows, by="n", cursor=cursor, size=size)
    return found.of(lambda entry: _line(entry, viewer.ledger_name))


def _line(entry: Entry, own_name: str) -> Line:
    body: dict[str, Fact] = json.loads(bytes(entry.body))
    return Line(
        n=entry.n,
        at=dt.datetime.fromisoformat(entry.at),
        by=entry.by,
        verb=entry.verb,
        about=entry.about,
        facts={name: fact for name, fact in body.items() if name not in _IN_COLUMNS},
        is_own=entry.by == own_name,
    )


def newest_act(viewer: LedgerViewer) -> int:  # noqa: ARG001 - a number that tells of nobody
    """The number of the newest line that is not a look, 0 if there is none; it names nobody.

    That a note was seen is an act: it is called to somebody's attention no longer.
    """
    looks = Q(verb__endswith=".seen") | Q(verb__endswith="_seen") | Q(verb__endswith=".searched")
    acts = Entry.objects.exclude(looks & ~Q(verb="mention.seen")).order_by("-n")
    return acts.values_list("n", flat=True).first() or 0
