"""`nyumbani people import`: a list is sealed to its case; its people are added by a colleague.

Facts are written down by somebody with a name. So without --by the list waits on its page; with it
the people are added here in that colleague's name, and the ledger says that the command did it.
"""

from pathlib import Path

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor, viewer_for
from nyumbani.cases.models.case import Case
from nyumbani.kit.console import GOOD, CannotDo, say, say_json, some
from nyumbani.kit.doer import System
from nyumbani.kit.progress import measured
from nyumbani.sheets import queries, reader
from nyumbani.sheets.actions import adding, bringing
from nyumbani.sheets.commands.cases_here import case_called
from nyumbani.sheets.commands.showing import opened, page_of
from nyumbani.sheets.models import BroughtSheet, TakenLine
from nyumbani.sheets.terms import SheetState

OPERATOR = System("operator")


def take_in(
    file: Path, *, case: str, encoding: str, separator: str, sheet: int, by: str, json: bool
) -> int:
    """Bring a list into a case; the same bytes twice are said to be here already."""
    where = case_called(case)
    who = _colleague(by, where) if by else None
    book = opened(file, encoding=encoding, separator=separator)  # before anything is stored
    page = page_of(book, sheet) + 1 if sheet else 0
    brought = bringing.bring_in(source=file, name=file.name, case=where, by=OPERATOR)
    row = brought.sheet
    if brought.is_new:
        bringing.read_so(
            sheet=row, encoding=encoding, separator=separator, page=page, by=OPERATOR
        )  # fmt: skip
    before = TakenLine.objects.filter(case=where).count()
    if who is not None:
        _add(row, who)
    _say(row, new=TakenLine.objects.filter(case=where).count() - before, json=json)
    return GOOD


def _add(row: BroughtSheet, who: Staff) -> None:
    actor = Actor(who.pk, who.display_name)
    adding.stand_in(sheet=row, colleague=who, by=OPERATOR)
    adding.ask(sheet=row, decided={}, by=actor, here=True)
    with measured("Adding people") as progress:
        reader.add(row.pk, progress=progress)


def _say(row: BroughtSheet, *, new: int, json: bool) -> None:
    row = BroughtSheet.objects.get(pk=row.pk)
    lines = reader.look(row).lines
    digests = [line.digest for line in lines]
    taken = TakenLine.objects.filter(case=row.case_id, digest__in=digests).count()
    waiting = 0 if row.state == SheetState.DONE else len(lines) - taken
    if json:
        say_json({
            "sheet": row.pk, "lines": len(lines), "added": new, "already": taken - new,
            "waiting": waiting,
        })  # fmt: skip
        return
    say(
        f"List {row.pk}: {some(len(lines), 'line')}; {new} added, {taken - new} already here,"
        f" {waiting} waiting."
    )
    if waiting:
        say(f"Who leads the case decides about those at /sheets/{row.pk}/")


def _colleague(name: str, case: Case) -> Staff:
    staff = Staff.objects.filter(username=name.lower(), is_active=True).first()
    if staff is None:
        raise CannotDo(f"--by {name}: nobody signs in by this name; nothing was brought in")
    if not queries.may_bring_into(viewer_for(staff), case):
        raise CannotDo(f"--by {name}: neither leads {case} nor coordinates it")
    return staff
