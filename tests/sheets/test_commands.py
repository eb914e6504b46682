"""`nyumbani people import` and `export`: one clear line where it cannot, a count where it can."""

import csv
import io
import json

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cli.app import run
from nyumbani.domain.htcds.fields import fields
from nyumbani.domain.htcds.headings import headings
from nyumbani.domain.htcds.records import records, table
from nyumbani.people.models.persons import Person
from nyumbani.sheets.models import BroughtSheet
from nyumbani.sheets.workbooks.opening import read_cells
from nyumbani.sheets.workbooks.writing import as_book, as_csv
from tests.desk.world import case_with, somebody
from tests.sheets import hostile
from tests.sheets.brought import LIST, add, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(wanjiku):
    return case_with(wanjiku)


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "callers.csv"
    path.write_bytes(LIST)
    return path


def said(capsys, *words):
    code = run(["people", *map(str, words)])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_dry_run_says_what_columns_mean_stores_nothing_and_names_nobody(listed, capsys):
    code, out, err = said(capsys, "import", listed, "--dry-run", "--json")
    found = json.loads(out)
    assert (code, err, found["lines"]) == (0, "", 2)
    assert found["columns"][1] == {"number": 2, "heading": "Phone", "name": "prs_MobilePhone"}
    assert "Nafula" not in out
    assert BroughtSheet.objects.count() == 0
    code, out, _err = said(capsys, "import", listed, "--dry-run")
    assert "2 lines of people" in out
    assert "Nothing was stored." in out


def test_a_list_waits_on_its_page_unless_a_colleague_is_named(listed, case, capsys):
    code, out, _err = said(capsys, "import", listed, "--case", case, "--json")
    row = BroughtSheet.objects.get()
    assert (code, json.loads(out)) == (
        0, {"sheet": row.pk, "lines": 2, "added": 0, "already": 0, "waiting": 2},
    )  # fmt: skip
    assert Person.objects.count() == 0


def test_people_are_added_in_a_colleagues_name_and_the_ledger_says_who_did_it(
    listed, case, wanjiku, capsys
):
    code, out, _err = said(
        capsys, "import", listed, "--case", case, "--by", "wanjiku", "--json"
    )  # fmt: skip
    assert (code, json.loads(out)["added"], Person.objects.count()) == (0, 2, 2)
    assert Entry.objects.get(verb="sheet.stood_in").by == "system:operator"
    code, out, _err = said(capsys, "import", listed, "--case", case, "--by", "wanjiku")
    assert "0 added, 2 already here, 0 waiting" in out
    assert Person.objects.count() == 2


def test_whoever_neither_leads_nor_coordinates_the_case_is_no_name_for_it(
    listed, case, kamau, capsys
):
    code, _out, err = said(capsys, "import", listed, "--case", case, "--by", "kamau")
    assert (code, err.count("\n")) == (1, 1)
    assert "neither leads" in err
    assert BroughtSheet.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "code", "why"),
    [
        (b"%PDF-1.4", 1, "no spreadsheet"),
        (hostile.with_type(hostile.book(["Name"]), hostile.OUTSIDE), 1, "entities of its own"),
        (b'Name\n"broken\n', 1, "never closed"),
        (b"a,b;c\nd,e;f\n", 3, "--separator ',' or --separator ';'"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line_and_stores_nothing(
    tmp_path, case, capsys, content, code, why
):
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    for more in (["--dry-run"], ["--case", str(case)]):
        got, out, err = said(capsys, "import", path, *more)
        assert (got, out, err.count("\n")) == (code, "", 1)
        assert why in err
    assert BroughtSheet.objects.count() == 0


@pytest.mark.parametrize("words", [["--case", "NYB-99"], ["--case", "house"], []])
def test_without_a_case_that_there_is_nothing_is_brought_in(listed, db, capsys, words):
    code, _out, err = said(capsys, "import", listed, *words)
    assert code in {1, 2}
    assert err.count("\n") == 1


def test_a_list_in_the_standard_comes_out_again_field_for_field(tmp_path, case, wanjiku, capsys):
    values = {name: f"{number}: {field.label}" for number, (name, field) in enumerate(
        fields().items())}  # fmt: skip
    values |= {"prs_MobilePhone": "+218912345678", "x_Colour": "=blue", "prs_Birthdate": "1990"}
    heads = list(values)
    content = as_csv([heads, list(values.values())])
    add(bring(tmp_path, case, wanjiku, content, "htcds.csv"), wanjiku)
    for name in ("out.csv", "out.xlsx"):
        out = tmp_path / name
        code, _said, _err = said(capsys, "export", "--case", case, "--htcds", "--out", out)
        assert code == 0
        lines = read_cells(out.read_bytes()).sheets[0].lines
        (back,) = records(lines, headings(lines))
        assert {one: back.values.get(one) for one in values} == values
        again = table([back], labels=name == "out.xlsx")
        write = as_csv if name == "out.csv" else lambda cells: as_book(cells, title="x")
        assert read_cells(write(again)).sheets[0].lines == lines


def test_somebody_who_was_never_in_a_list_goes_out_with_what_is_known(tmp_path, wanjiku, capsys):
    case = case_with(wanjiku, somebody("Nafula", number="218912345678"))
    out = tmp_path / "out.csv"
    code, told, _err = said(capsys, "export", "--case", case, "--htcds", "--out", out, "--json")
    assert (code, json.loads(told)["people"]) == (0, 1)
    (row,) = csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline=""))
    assert row["prs_FirstName"] == row["x_NameAsGiven"] == "Nafula"
    assert row["prs_MobilePhone"] == "'+218912345678"  # no formula for whoever opens it
    assert row["cas_Status"] == "Active"
    assert out.stat().st_mode & 0o077 == 0


def test_an_export_stands_in_the_ledger_and_never_takes_the_place_of_a_file(tmp_path, case, capsys):
    out = tmp_path / "out.csv"
    out.write_text("mine")
    code, _told, err = said(capsys, "export", "--case", case, "--htcds", "--out", out)
    assert (code, out.read_text()) == (1, "mine")
    assert "exists already" in err
    assert Entry.objects.filter(verb="case.exported").count() == 1


@pytest.mark.parametrize("words", [["--out", "x.pdf", "--htcds"], ["--out", "x.csv"]])
def test_another_form_than_those_two_is_misuse(case, capsys, words):
    code, _out, err = said(capsys, "export", "--case", case, *words)
    assert (code, err.count("\n")) == (2, 1)
