"""A list on the page: first it is looked at, then its columns are told, then its people added."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nyumbani.audit.models import Entry
from nyumbani.jobs.models import Job
from nyumbani.people.models.persons import Person
from nyumbani.sheets import reader
from nyumbani.sheets.models import BroughtSheet
from nyumbani.sheets.terms import SheetState
from tests.desk.world import at_desk, case_with
from tests.sheets.brought import LIST, add, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(wanjiku):
    return case_with(wanjiku)


def page(staff, row):
    return at_desk(staff).get(reverse("sheets:sheet", args=[row.pk])).content.decode()


def test_a_list_is_brought_in_from_its_case_and_nobody_is_added_yet(wanjiku, case):
    desk = at_desk(wanjiku)
    assert (
        reverse("sheets:bring", args=[case.pk])
        in desk.get(reverse("desk:case", args=[case.pk, "sheets"])).content.decode()
    )
    answer = desk.post(
        reverse("sheets:bring", args=[case.pk]), {"file": SimpleUploadedFile("l.csv", LIST)}
    )
    row = BroughtSheet.objects.get()
    assert answer.headers["Location"] == reverse("sheets:sheet", args=[row.pk])
    assert (row.name, row.case, row.brought_by) == ("l.csv", case, wanjiku)
    assert Person.objects.count() == 0


def test_the_page_shows_columns_examples_and_the_first_people(tmp_path, wanjiku, case):
    shown = page(wanjiku, bring(tmp_path, case, wanjiku))
    for words in ('value="Mobile Phone"', "Nafula Wekesa", "+218912345678", "works in a house"):
        assert words in shown
    assert len(shown.encode()) < 60_000


def test_looking_at_a_list_stands_in_the_ledger_without_a_name(tmp_path, wanjiku, case):
    row = bring(tmp_path, case, wanjiku)
    page(wanjiku, row)
    line = Entry.objects.filter(verb="sheet.seen").get()
    assert line.about == f"sheet:{row.pk}"


def test_of_many_people_the_page_says_how_many_it_shows(tmp_path, wanjiku, case):
    many = "Name\n" + "".join(f"Woman {number}\n" for number in range(25))
    shown = page(wanjiku, bring(tmp_path, case, wanjiku, many.encode()))
    assert "<bdi>10</bdi> / <bdi>25</bdi>" in shown


def test_what_a_column_means_is_told_by_title_and_an_empty_one_stays(tmp_path, wanjiku, case):
    row = bring(tmp_path, case, wanjiku)
    told = {"page": "1", "part": "witness", "column-4": "Marital Status", "column-5": ""}
    at_desk(wanjiku).post(reverse("sheets:columns", args=[row.pk]), told)
    row.refresh_from_db()
    look = reader.look(row)
    assert [one.name for one in look.heads.columns][3:] == ["prs_MaritalStatus", "x_Notes"]
    assert row.part == "witness"


@pytest.mark.parametrize("given", ["no such field", "Mobile Phone"])
def test_a_field_that_is_none_or_is_taken_changes_nothing(tmp_path, wanjiku, case, given):
    row = bring(tmp_path, case, wanjiku)
    told = {"page": "1", "part": "witness", "column-2": "Mobile Phone", "column-4": given}
    answer = (
        at_desk(wanjiku)
        .post(reverse("sheets:columns", args=[row.pk]), told, follow=True)
        .content.decode()
    )
    assert "is no field" in answer or "cannot both be" in answer
    row.refresh_from_db()
    assert row.columns == {}


def test_people_are_added_by_a_worker_when_somebody_says_so(tmp_path, wanjiku, case):
    row = bring(tmp_path, case, wanjiku)
    at_desk(wanjiku).post(reverse("sheets:add", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, Person.objects.count()) == (SheetState.ADDING, 0)
    job = Job.objects.get(kind="sheets.add")
    assert job.data == {"sheet": row.pk}
    reader.add(row.pk, progress=lambda _done, _of: None)
    assert Person.objects.count() == 2


def test_a_double_is_shown_with_its_reason_and_what_is_chosen_counts(tmp_path, wanjiku, case):
    add(bring(tmp_path, case, wanjiku), wanjiku)
    nafula = Person.objects.get(number=1)
    row = bring(tmp_path, case, wanjiku, b"Jina,Simu\nNaf,+218912345678\n")
    assert "This number reaches her." in page(wanjiku, row)
    at_desk(wanjiku).post(reverse("sheets:add", args=[row.pk]), {"line-2": nafula.pk})
    reader.add(row.pk, progress=lambda _done, _of: None)
    assert Person.objects.count() == 2


def test_somebody_nobody_proposed_cannot_be_chosen(tmp_path, wanjiku, kamau, case):
    stranger = case_with(kamau)
    add(bring(tmp_path, stranger, kamau, b"Name\nHalima\n"), kamau)
    hers = Person.objects.get().pk
    row = bring(tmp_path, case, wanjiku)
    at_desk(wanjiku).post(reverse("sheets:add", args=[row.pk]), {"line-2": hers})
    row.refresh_from_db()
    assert row.decided == {}


def test_letters_that_may_be_either_are_asked_about_and_answered(tmp_path, wanjiku, case):
    row = bring(tmp_path, case, wanjiku, "Name\nAÃÂ\nbéc\nÇÈÉ\n".encode("cp1252"))
    shown = page(wanjiku, row)
    assert "How is this file to be read?" in shown
    told = {"about": "encoding", "answer": "cp1252"}
    at_desk(wanjiku).post(reverse("sheets:answer", args=[row.pk]), told)
    row.refresh_from_db()
    assert [line.told.called for line in reader.look(row).lines] == ["AÃÂ", "béc", "ÇÈÉ"]


def test_a_file_that_is_none_says_so_and_its_original_can_be_taken_out(tmp_path, wanjiku, case):
    row = bring(tmp_path, case, wanjiku, b"%PDF-1.4", "list.xlsx")
    assert "no spreadsheet" in page(wanjiku, row)
    answer = at_desk(wanjiku).get(reverse("sheets:original", args=[row.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.4"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_what_stands_in_cells_is_never_markup(tmp_path, wanjiku, case):
    content = b"Name,<script>x</script>\n<img src=x onerror=y>,<b>1</b>\n"
    shown = page(wanjiku, bring(tmp_path, case, wanjiku, content, "<i>.csv"))
    assert "<script>x" not in shown
    assert "<img src=x" not in shown
    assert "<b>1</b>" not in shown
