"""The people of a list become people of the case: once, whole, and merged with nobody alone."""

import pytest
from django.conf import settings

from nyumbani.cases import actions as cases
from nyumbani.cases.models.facts import Fact
from nyumbani.cases.models.members import Member
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.models.names import PersonName
from nyumbani.people.models.persons import Person
from nyumbani.sheets import reader
from nyumbani.sheets.models import BroughtSheet, TakenLine
from nyumbani.sheets.terms import LEFT_OUT, NEW, SheetState
from nyumbani.sheets.workbooks import inside
from tests.desk.world import case_with, somebody
from tests.people_here import actor
from tests.sheets import hostile
from tests.sheets.brought import LIST, add, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(wanjiku):
    return case_with(wanjiku)


def said_of(person):
    return {fact.text for fact in Fact.objects.filter(about=person)}


def called(name):
    return next(row.person for row in PersonName.objects.all() if row.given == name)


def test_a_list_that_is_looked_at_adds_nobody(tmp_path, wanjiku, case):
    look = reader.look(bring(tmp_path, case, wanjiku))
    assert [line.told.called for line in look.lines] == ["Nafula Wekesa", "Grace Wanjirũ"]
    assert Person.objects.count() == 0


def test_each_line_becomes_a_person_with_names_numbers_and_what_was_said(tmp_path, wanjiku, case):
    row = add(bring(tmp_path, case, wanjiku), wanjiku)
    assert row.state == SheetState.DONE
    assert Member.objects.filter(case=case).count() == 2
    nafula = called("Nafula Wekesa")
    assert {(one.kind, one.value) for one in Identifier.objects.filter(person=nafula)} == {
        ("msisdn", "218912345678"), ("document", "A123456"),
    }  # fmt: skip
    assert said_of(nafula) == {
        "Identity Number: A 123 456 (spreadsheet row 2)",
        "Mailing City: Tripoli (spreadsheet row 2)",
        "Case Comment: works in a house (spreadsheet row 2)",
    }


def test_a_number_without_its_country_is_only_said_and_a_formula_is_words(tmp_path, wanjiku, case):
    add(bring(tmp_path, case, wanjiku), wanjiku)
    grace = called("Grace Wanjirũ")
    assert not Identifier.objects.filter(person=grace).exists()
    assert {
        "Mobile Phone: 0700123456 (spreadsheet row 3)",
        "Case Comment: =calls at night (spreadsheet row 3)",
    } <= said_of(grace)


def test_the_same_file_or_a_longer_one_adds_only_what_is_new(tmp_path, wanjiku, case):
    first = add(bring(tmp_path, case, wanjiku), wanjiku)
    assert bring(tmp_path, case, wanjiku).pk == first.pk
    longer = LIST + b"Halima Noor,+218913333333,,Zawiya,\n"
    add(bring(tmp_path, case, wanjiku, longer), wanjiku)
    assert Person.objects.count() == 3
    assert TakenLine.objects.count() == 3


def test_two_lines_alike_to_the_letter_are_two_until_somebody_decides(tmp_path, wanjiku, case):
    content = b"Name,City\nAmina,Tripoli\nAmina,Tripoli\n"
    row = add(bring(tmp_path, case, wanjiku, content), wanjiku)
    assert (Person.objects.count(), row.state) == (1, SheetState.OPEN)
    row = add(row, wanjiku, line_3=NEW)
    assert (Person.objects.count(), row.state) == (2, SheetState.DONE)


def test_a_shared_number_merges_nobody_and_is_not_taken_away(tmp_path, wanjiku, case):
    content = b"Name,Phone\nAmina,+218912345678\nHalima,+218912345678\n"
    row = add(bring(tmp_path, case, wanjiku, content), wanjiku)
    assert row.state == SheetState.OPEN  # Halima waits: the number is Amina's now
    row = add(row, wanjiku, line_3=NEW)
    assert row.state == SheetState.DONE
    assert Identifier.objects.get(kind="msisdn").person == called("Amina")
    assert said_of(called("Halima")) == {
        "Shared with somebody known: 218912345678 (spreadsheet row 3)"
    }


def test_somebody_who_writes_to_us_is_proposed_by_her_number_and_joined_when_chosen(
    tmp_path, wanjiku, case
):
    known = somebody("Naf", number="218912345678")
    cases.join(case=case, person=known.person, part="in_distress", by=actor(wanjiku))
    row = add(bring(tmp_path, case, wanjiku), wanjiku)
    assert (row.state, Person.objects.count()) == (SheetState.OPEN, 2)  # Grace alone was added
    row = add(row, wanjiku, line_2=known.person_id)
    assert (row.state, Person.objects.count()) == (SheetState.DONE, 2)
    assert "Nafula Wekesa" in {one.given for one in PersonName.objects.filter(person=known.person)}
    assert TakenLine.objects.get(number=2).person == known.person


def test_a_line_left_out_stays_out(tmp_path, wanjiku, case):
    row = add(bring(tmp_path, case, wanjiku), wanjiku, line_2=LEFT_OUT)
    assert (row.state, Person.objects.count()) == (SheetState.DONE, 1)


def test_somebody_of_another_team_is_neither_proposed_nor_joined(tmp_path, wanjiku, kamau, case):
    theirs = somebody("Naf", number="218912345678")
    case_with(kamau, theirs)
    row = add(bring(tmp_path, case, wanjiku), wanjiku)
    assert (row.state, Person.objects.count()) == (SheetState.DONE, 3)
    other = bring(tmp_path, case, wanjiku, LIST + b"Halima,,,,\n")
    forged = add(other, wanjiku, line_4=theirs.person_id)  # the page never proposed her
    assert forged.state == SheetState.OPEN  # the line is still there to be decided
    assert not Member.objects.filter(case=case, person=theirs.person).exists()


def test_whoever_was_taken_off_the_case_meanwhile_adds_nobody(tmp_path, wanjiku, otieno, case):
    cases.assign(case=case, to=otieno, by=actor(wanjiku))
    row = bring(tmp_path, case, otieno)
    cases.take_off(case=case, staff=otieno, by=actor(wanjiku))
    assert add(row, otieno).state == SheetState.OPEN
    assert Person.objects.count() == 0


def test_an_xlsx_file_is_opened_in_a_cell_and_its_people_are_added(tmp_path, wanjiku, case):
    content = hostile.book(["Jina", "Simu"], ["Amina", 218912345678])
    row = add(bring(tmp_path, case, wanjiku, content, "orodha.xlsx"), wanjiku)
    assert row.state == SheetState.DONE
    assert Identifier.objects.get().value == "218912345678"


def test_a_file_that_cannot_be_read_is_kept_and_says_why(tmp_path, wanjiku, case):
    bomb = hostile.with_type(hostile.book(["Name"]), hostile.OUTSIDE)
    row = bring(tmp_path, case, wanjiku, bomb, "list.xlsx")
    assert "entities of its own" in reader.look(row).why
    assert add(row, wanjiku).state == SheetState.OPEN
    assert BroughtSheet.objects.count() == 1


def test_a_file_on_which_the_cell_falls_says_so_and_its_original_stays(
    tmp_path, wanjiku, case, monkeypatch
):
    monkeypatch.setattr(inside, "CODE", "raise SystemExit(3)")
    row = bring(tmp_path, case, wanjiku, hostile.book(["Name"], ["Amina"]), "list.xlsx")
    assert "took too long" in reader.look(row).why
    monkeypatch.undo()
    assert [line.told.called for line in reader.look(row).lines] == ["Amina"]


def test_nothing_of_a_list_lies_in_plain(tmp_path, wanjiku, case):
    add(bring(tmp_path, case, wanjiku), wanjiku)
    for path in settings.NYUMBANI_DATA.rglob("*.age"):
        assert b"Nafula" not in path.read_bytes()
    raw = [*_raw("sheets_takenline"), *_raw("sheets_broughtsheet")]
    assert "Nafula Wekesa" in TakenLine.objects.get(number=2).said.values()
    assert not any("Nafula" in str(row) or "callers" in str(row) for row in raw)


def _raw(table):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return cursor.fetchall()
