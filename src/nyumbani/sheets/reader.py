"""Opens a list that was brought in, reads it, and adds its people when somebody has said so.

What is a stranger's xlsx is opened in a cell (nyumbani.kit.cells). Each person is one transaction,
and a line that was taken up is known again: whatever breaks off simply goes on.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_noop

from nyumbani.accounts.viewers import Actor, viewer_for
from nyumbani.domain.htcds.doubts import Noted
from nyumbani.domain.htcds.headings import Headings, headings, renamed
from nyumbani.domain.htcds.records import noted, records
from nyumbani.domain.htcds.told import told
from nyumbani.kit import cells
from nyumbani.sheets import queries
from nyumbani.sheets.actions import adding
from nyumbani.sheets.lines import Line, digest_of
from nyumbani.sheets.models import BroughtSheet
from nyumbani.sheets.queries import doubles
from nyumbani.sheets.terms import LEFT_OUT, NEW
from nyumbani.sheets.workbooks import inside
from nyumbani.sheets.workbooks.archive import is_book
from nyumbani.sheets.workbooks.opening import read_cells
from nyumbani.sheets.workbooks.sheet import LARGEST, BadSheet, MustAsk, Question, Sheet, Workbook
from nyumbani.vault.envelope import CannotOpen
from nyumbani.vault.files import SealedFile, open_file, private_folder

UNOPENED = gettext_noop("The sealed original does not open any more.")
STOPPED = gettext_noop(
    "Reading this file took too long, so it was stopped. Save it as .csv, or in parts."
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a file holds; `why` says why it cannot be read, `question` what it leaves open."""

    book: Workbook | None = None
    sheet: Sheet | None = None
    heads: Headings | None = None
    lines: tuple[Line, ...] = ()
    noted: tuple[Noted, ...] = ()
    why: str = ""
    question: Question | None = None


@dataclass(slots=True)
class _Met:
    """Numbers, papers and names of lines that were added just now: the next may be the same."""

    marks: set[str] = field(default_factory=set)

    def has(self, line: Line) -> bool:
        """Whether an earlier line said the same number, paper or name."""
        return bool(self.marks & line.marks)

    def add(self, line: Line) -> None:
        """This line was added."""
        self.marks |= line.marks


def read(path: Path, *, encoding: str = "", separator: str = "") -> Workbook:
    """Read a file, a stranger's xlsx in a cell. Raises BadSheet and MustAsk."""
    if path.stat().st_size > LARGEST:
        raise BadSheet(f"it is larger than {LARGEST >> 20} MB; split it, without pictures")
    return _read(path.read_bytes(), encoding, separator)


def look(row: BroughtSheet) -> Look:
    """What stands in a file that was brought in, as it is to be read."""
    try:
        content = open_file(SealedFile(row.path, row.sha256, row.size), row.seal_scope)
        book = _read(content, row.encoding, row.separator)
    except CannotOpen:
        return Look(why=UNOPENED)
    except MustAsk as asked:
        return Look(question=asked.question)
    except BadSheet as error:
        return Look(why=str(error))
    return look_at(book, row)


def look_at(book: Workbook, row: BroughtSheet) -> Look:
    """... of which one sheet is looked at: the one chosen, or the first that says most."""
    chosen = row.page - 1 if row.page else best_of(book.sheets)
    sheet = book.sheets[min(chosen, len(book.sheets) - 1)]
    heads = headings(sheet.lines)
    with suppress(ValueError):  # chosen for another sheet: what stands here is proposed anew
        heads = renamed(heads, {int(number): name for number, name in row.columns.items()})
    found = records(sheet.lines, heads)
    again: Counter[str] = Counter()
    lines = tuple(
        Line(one, told(one), digest_of(str(row.case_id), one, again)) for one in found
    )  # fmt: skip
    return Look(book, sheet, heads, lines, (*heads.noted, *noted(found)))


def best_of(sheets: Sequence[Sheet]) -> int:
    """The sheet in which the most fields are known; of several the first."""
    known = [
        sum(column.is_field for column in headings(one.lines).columns) + bool(one.lines)
        for one in sheets
    ]
    return known.index(max(known))


def add(sheet_id: str, *, progress: Callable[[int, int], None]) -> None:
    """Add the people of a file, but for lines beside somebody known of which nobody decided."""
    row = adding.taken_up(sheet_id=sheet_id)
    if row is None or row.added_by is None:
        return
    by = Actor(row.added_by.pk, row.added_by.display_name)
    viewer = viewer_for(row.added_by)
    if queries.sheet(viewer, row.pk) is None:  # no longer theirs to do
        adding.rest(sheet=row, is_done=False, by=by)
        return
    seen = look(row)
    taken = queries.taken(viewer, row, [line.digest for line in seen.lines])
    fresh = [line for line in seen.lines if line.digest not in taken]
    proposed = doubles.proposals(viewer, fresh)
    waiting, met = 0, _Met()
    for number, line in enumerate(fresh, start=1):
        choice = row.decided.get(line.digest, "")
        is_open = line.digest in proposed or met.has(line)
        if choice == LEFT_OUT or (is_open and not choice):
            waiting += not choice
        else:
            person = "" if choice in {"", NEW} else choice
            # None: chosen was somebody whom they may no longer know of.
            done = adding.add_line(sheet=row, line=line, person_id=person, viewer=viewer, by=by)
            waiting += done is None
            met.add(line)
        progress(number, len(fresh))
    adding.rest(sheet=row, is_done=not waiting and not seen.why and not seen.question, by=by)


def _read(content: bytes, encoding: str, separator: str) -> Workbook:
    if not is_book(content):
        return read_cells(content, encoding=encoding, separator=separator)
    with private_folder() as folder:
        try:
            word, told_there = cells.run(inside.CODE, content, folder, longest=inside.LONGEST)
        except cells.NoAnswer:
            raise BadSheet(STOPPED) from None
    return inside.book_of(word, told_there)
