"""`nyumbani inbox receive | replay`: bodies go into the journal, and the journal is read again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet

from nyumbani.inbox.actions.journal import write_down
from nyumbani.inbox.actions.reading import read_entry
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.receive import bodies_in
from nyumbani.inbox.channels.registry import UnknownChannel
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.inbox.terms import Reading
from nyumbani.kit.console import FAILED, GOOD, CannotDo, Misuse, say, say_json, some
from nyumbani.kit.doer import System
from nyumbani.kit.progress import counted
from nyumbani.vault.envelope import CannotOpen

OPERATOR = System("operator")
BATCH = 500  # ids read at a time, so that memory stays the same however long the journal is


@dataclass(slots=True)
class _Tally:
    entries: int = 0
    items: int = 0
    odd: int = 0
    unopened: int = 0


def take_in(files: Sequence[Path], kind: str, *, json: bool = False) -> int:
    """Pass stored bodies through the journal as if they had come through the door.

    A body that is there already is not taken twice.
    """
    try:
        known = registry.channel(kind)
    except UnknownChannel as error:
        raise Misuse(str(error)) from None
    for file in files:
        try:
            contents = file.read_bytes()
        except OSError as error:
            raise CannotDo(f"{file} cannot be read: {error.strerror}") from None
        for number, body in enumerate(bodies_in(contents, known.is_form), start=1):
            entry = write_down(channel=kind, body=body, by=OPERATOR)
            if json:
                say_json({"file": str(file), "body": number, "entry": entry})
            else:
                say(f"{file}: {entry or 'already here'}")
    return GOOD


def replay(
    entries: Sequence[str], *, everything: bool = False, odd: bool = False, json: bool = False
) -> int:
    """Read journal entries again: those named, the odd ones, all, or those not read yet.

    Reading again gives the same rows. One transaction an entry, so it may be broken off.
    """
    if (bool(entries), everything, odd).count(True) > 1:
        raise Misuse("name entries, or --odd, or --all: one of them")
    chosen = _chosen(entries, everything=everything, odd=odd)
    total = chosen.count()
    tally = _Tally()
    for entry_id in counted(_ids(chosen), total, "Reading the journal"):
        _read(entry_id, tally)
    still_odd = JournalEntry.objects.filter(reading=Reading.ODD).count()
    if json:
        say_json(
            {
                "entries": tally.entries,
                "items": tally.items,
                "unopened": tally.unopened,
                "odd_in_all": still_odd,
            }
        )
    else:
        say(
            f"{some(tally.entries, 'entry', 'entries')} read, {some(tally.items, 'item')};"
            f" {tally.unopened} could not be opened. Not understood in part, in the whole journal:"
            f" {some(still_odd, 'entry', 'entries')}."
        )
    return FAILED if tally.unopened else GOOD


def _chosen(entries: Sequence[str], *, everything: bool, odd: bool) -> QuerySet[JournalEntry]:
    rows = JournalEntry.objects.order_by("id")
    if everything:
        return rows
    if odd:
        return rows.filter(reading=Reading.ODD)
    if not entries:
        return rows.filter(reading=Reading.WAITING)
    found = rows.filter(id__in=entries)
    known = set(found.values_list("id", flat=True))
    for entry in entries:
        if entry not in known:
            raise CannotDo(f"there is no journal entry {entry}; nothing was read")
    return found


def _ids(chosen: QuerySet[JournalEntry]) -> Iterator[str]:
    last = ""
    while True:
        batch = list(chosen.filter(id__gt=last).values_list("id", flat=True)[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1]


def _read(entry_id: str, tally: _Tally) -> None:
    tally.entries += 1
    try:
        tally.items += read_entry(entry_id=entry_id, by=OPERATOR)
    except CannotOpen:
        tally.unopened += 1
