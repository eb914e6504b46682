"""People of a list become people of the case, each in a transaction and a ledger line of its own.

A line that was taken up is known again, in this file and in any later one of the case.
"""

from django.db import transaction

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor, Viewer
from nyumbani.audit.actions import record
from nyumbani.cases import actions as cases
from nyumbani.cases import queries as known_cases
from nyumbani.cases.terms import Matter, Part
from nyumbani.domain.identity import Key
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer
from nyumbani.people import actions as people
from nyumbani.people.models.persons import Person
from nyumbani.people.queries import owners_at
from nyumbani.people.terms import NameSource
from nyumbani.sheets.lines import Line
from nyumbani.sheets.models import BroughtSheet, TakenLine
from nyumbani.sheets.terms import MATTERS, SheetState


@transaction.atomic
def ask(*, sheet: BroughtSheet, decided: dict[str, str], by: Actor, here: bool = False) -> bool:
    """Have the people of a list added; whether that was still to be asked for.

    `here`: whoever asks does it at once. What was decided for lines before stays decided.
    """
    record(by=by, verb="sheet.asked_to_add", about=f"sheet:{sheet.pk}", count=len(decided))
    row = BroughtSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if row.state == SheetState.ADDING:
        return False
    row.decided = row.decided | decided
    row.state, row.added_by_id = SheetState.ADDING, by.staff_id
    row.save(update_fields=["decided", "state", "added_by"])
    if not here:
        enqueue(kind="sheets.add", data={"sheet": row.pk}, by=by)
    return True


@transaction.atomic
def stand_in(*, sheet: BroughtSheet, colleague: Staff, by: Doer) -> None:
    """Write down that the command adds people in this colleague's name."""
    record(by=by, verb="sheet.stood_in", about=f"sheet:{sheet.pk}", staff=f"staff:{colleague.pk}")


def taken_up(*, sheet_id: str) -> BroughtSheet | None:
    """The list whose people are to be added; None where nobody asks for that any more."""
    row = BroughtSheet.objects.filter(pk=sheet_id, state=SheetState.ADDING)
    return row.select_related("case", "added_by").first()


@transaction.atomic
def add_line(
    *, sheet: BroughtSheet, line: Line, person_id: str, viewer: Viewer, by: Actor
) -> TakenLine | None:
    """Somebody of a list becomes part of the case, new or known; None for a line taken before."""
    record(by=by, verb="sheet.line_taken", about=f"sheet:{sheet.pk}", line=line.record.number)
    if TakenLine.objects.filter(case=sheet.case, digest=line.digest).exists():
        return None
    person = _who(sheet, line, person_id, viewer, by)
    if person is None:
        return None
    row = TakenLine(
        seal_scope=sheet.seal_scope, sheet=sheet, case=sheet.case, number=line.record.number,
        digest=line.digest, person=person, said=dict(line.record.values), taken_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    _write_down(sheet, line, person, by)
    return row


@transaction.atomic
def rest(*, sheet: BroughtSheet, is_done: bool, by: Actor) -> None:
    """The people of a list were added, all of them or all of whom somebody has decided."""
    record(by=by, verb="sheet.added", about=f"sheet:{sheet.pk}", done="yes" if is_done else "no")
    row = BroughtSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    row.state = SheetState.DONE if is_done else SheetState.OPEN
    row.save(update_fields=["state"])


def _who(
    sheet: BroughtSheet, line: Line, person_id: str, viewer: Viewer, by: Actor
) -> Person | None:
    part = Part(sheet.part)
    if not person_id:
        return cases.introduce(case=sheet.case, part=part, called=line.told.called, by=by).person
    # Asked again now: she may have become somebody whom they may not know of.
    person = known_cases.person(viewer, person_id)
    if person is None or not known_cases.may_write_about(viewer, person):
        return None
    cases.join(case=sheet.case, person=person, part=part, by=by)
    people.note_name(
        person=person, given=line.told.called, source=NameSource.SAID, at=clock.now(), by=by
    )
    return person


def _write_down(sheet: BroughtSheet, line: Line, person: Person, by: Actor) -> None:
    """Names, numbers and what else was said, with the line it stood in."""
    now = clock.now()
    for name in line.told.other_names:
        people.note_name(person=person, given=name, source=NameSource.SAID, at=now, by=by)
    taken = owners_at(None, line.reaches, now)
    free = [one for one in line.reaches if Key(one.kind, one.value) not in taken]
    people.add_reach(person=person, reach=free, since=now, by=by)
    for key, owner in taken.items():
        if owner != person.pk:  # somebody's already: a shared number is not taken from her
            _say(sheet, line, person, "Shared with somebody known", key.value, by)
    for one in line.told.said:
        _say(sheet, line, person, one.label, one.value, by, MATTERS.get(one.name, Matter.OTHER))


def _say(
    sheet: BroughtSheet, line: Line, person: Person, label: str, value: str, by: Actor,
    matter: Matter = Matter.OTHER,
) -> None:  # fmt: skip
    text = f"{label}: {value} (spreadsheet row {line.record.number})"
    cases.write_fact(
        case=sheet.case, matter=matter, text=text, said_at=sheet.brought_at, about=person, by=by
    )
