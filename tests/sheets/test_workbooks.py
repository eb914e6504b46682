"""Files of cells become lines of text: whatever their letters, separators and tricks."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook

from nyumbani.domain.htcds.headings import headings
from nyumbani.domain.htcds.records import records, table
from nyumbani.sheets.workbooks import sheet as limits
from nyumbani.sheets.workbooks.opening import read_cells
from nyumbani.sheets.workbooks.sheet import BadSheet, MustAsk
from nyumbani.sheets.workbooks.writing import as_book, as_csv
from tests.domain.htcds.test_round_trip import PEOPLE
from tests.sheets import hostile

pytestmark = pytest.mark.pure

ARABIC = "الاسم,الهاتف\nونجيرو,218912345678\n"


def lines(content, **told):
    return read_cells(content, **told).sheets[0].lines


# ---- there and back ------------------------------------------------------------------------------
@given(PEOPLE)
def test_a_csv_file_goes_out_and_in_and_out_again_the_same(people):
    once = table(people, labels=False)
    read = lines(as_csv(once))
    back = records(read, headings(read))
    assert as_csv(table(back, labels=False)) == as_csv(once)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(PEOPLE)
def test_an_xlsx_file_goes_out_and_in_and_out_again_the_same(people):
    once = table(people)
    read = lines(as_book(once, title="HTCDS", hidden=2))
    back = records(read, headings(read))
    assert table(back) == once
    assert lines(as_book(table(back), title="HTCDS", hidden=2)) == read


def test_a_cell_too_long_for_xlsx_is_not_cut_off():
    with pytest.raises(BadSheet, match=r"line 1, column 1: 40,000 letters"):
        as_book([["a" * 40_000]], title="x")
    assert lines(as_csv([["a" * 40_000]])) == [["a" * 40_000]]


# ---- csv -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_arabic_in_unicode_is_read_without_asking(encoding):
    assert lines(ARABIC.encode(encoding))[1] == ["ونجيرو", "218912345678"]


def test_arabic_in_windows_letters_is_seen():
    book = read_cells(ARABIC.encode("cp1256"))
    assert (book.encoding, book.sheets[0].lines[1][0]) == ("cp1256", "ونجيرو")


def test_french_in_windows_letters_is_seen():
    assert lines("Prénom;Né le\nAïcha;1990\n".encode("cp1252"))[1] == ["Aïcha", "1990"]


def test_letters_that_may_be_either_are_asked_about():
    content = "Name\nAÃÂ\nbéc\nÇÈÉ\n".encode("cp1252")
    with pytest.raises(MustAsk) as asked:
        read_cells(content)
    assert asked.value.question.about == "encoding"
    assert [answer for answer, _ in asked.value.question.readings] == ["cp1252", "cp1256"]
    assert lines(content, encoding="cp1252")[1] == ["AÃÂ"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator_is_seen(separator):
    content = f"Name{separator}Phone\nAmina{separator}0700\n".encode()
    assert lines(content) == [["Name", "Phone"], ["Amina", "0700"]]


def test_a_separator_that_may_be_either_is_asked_about():
    content = b"a,b;c\nd,e;f\n"
    with pytest.raises(MustAsk, match="separator can be read two ways"):
        read_cells(content)
    assert lines(content, separator=";") == [["a,b", "c"], ["d,e", "f"]]


def test_excels_own_first_line_names_the_separator():
    assert lines(b"sep=;\r\na,b;c\r\n") == [["a,b", "c"]]


def test_line_ends_and_quotation_marks_inside_a_cell_stay():
    assert lines(b'Name,Note\r\nAmina,"two\r\nlines, ""so"""\r\n')[1] == [
        "Amina", 'two\r\nlines, "so"',
    ]  # fmt: skip


def test_a_quotation_mark_never_closed_swallows_nobody():
    with pytest.raises(BadSheet, match="opened and never closed"):
        lines(b'Name,Note\nAmina,"broken\nHalima,x\nNaima,y\n')


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,\n,,\n"])
def test_a_file_in_which_nothing_stands_says_so(content):
    with pytest.raises(BadSheet, match=r"empty|nothing stands"):
        lines(content)


# ---- xlsx ----------------------------------------------------------------------------------------
def test_numbers_dates_and_ticks_become_the_text_one_sees():
    made = Workbook()
    made.active.append([218912345678, 1.5, dt.date(2014, 7, 14), True, "007", None, 3.0])
    made.active.append([dt.datetime(2014, 7, 14, 9, 30), 700123456])  # noqa: DTZ001 - cells have no zone
    made.active["B2"].number_format = "0000000000"
    assert lines(hostile.saved(made)) == [
        ["218912345678", "1.5", "2014-07-14", "TRUE", "007", "", "3"],
        ["2014-07-14T09:30:00", "0700123456"],
    ]  # fmt: skip


def test_a_number_longer_than_a_spreadsheet_keeps_is_remarked():
    sheet = read_cells(hostile.book([12345678901234567])).sheets[0]
    assert sheet.remarks.places == {"long_number": ["A1"]}


def test_a_formula_is_never_worked_out_and_what_it_last_showed_is_taken():
    content = hostile.book(["Name"], ["=HYPERLINK(1)"], ["=1+1"])
    shown = hostile.changed(
        content, hostile.SHEET, lambda data: data.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
        .replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"),
    )  # fmt: skip
    sheet = read_cells(shown).sheets[0]
    assert sheet.lines == [["Name"], ["=HYPERLINK(1)"], ["2"]]
    assert sheet.remarks.places == {"formula_unshown": ["A2"], "formula": ["A3"]}


def test_every_sheet_is_read_the_hidden_one_too():
    made = Workbook()
    made.active.append(["Name"])
    made.create_sheet("more").append(["Phone"])
    made["more"].sheet_state = "hidden"
    book = read_cells(hostile.saved(made))
    assert [(one.name, one.filled, one.is_hidden) for one in book.sheets] == [
        ("Sheet", 1, False), ("more", 1, True),
    ]  # fmt: skip


# ---- harm ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("what", [hostile.ENTITIES, hostile.OUTSIDE])
def test_entities_are_refused_and_no_file_of_ours_is_read(what):
    with pytest.raises(BadSheet, match="entities of its own"):
        lines(hostile.with_type(hostile.book(["Name"]), what))


def test_a_zip_bomb_is_seen_before_it_is_unpacked():
    bomb = hostile.with_part(hostile.book(["Name"]), "xl/media/x", b"\0" * (8 << 20))
    with pytest.raises(BadSheet, match="200 times its size"):
        lines(bomb)


def test_a_zip_that_would_fill_the_disk_is_refused(monkeypatch):
    monkeypatch.setattr("nyumbani.sheets.workbooks.archive.LARGEST_UNPACKED", 1000)
    with pytest.raises(BadSheet, match="unpack to more"):
        lines(hostile.book(["Name"]))


def test_a_million_columns_are_refused_in_one_line():
    with pytest.raises(BadSheet, match="line 1: it has more than 1,000 columns"):
        lines(b"a," * 1_000_000)
    with pytest.raises(BadSheet, match="line 1: it has more than 1,000 columns"):
        lines(hostile.book(["a"] * 1001))


def test_too_many_lines_are_refused_and_none_left_out(monkeypatch):
    monkeypatch.setattr(limits, "MOST_LINES", 3)
    assert len(lines(b"a\nb\nc\n")) == 3
    with pytest.raises(BadSheet, match="line 4: a list may have 3 lines"):
        lines(b"a\nb\nc\nd\n")


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing_and_is_said():
    made = Workbook()
    made.active["A1"] = "Name"
    made.active["XFD1048576"] = "far"
    with pytest.raises(BadSheet, match="line 1,048,576"):
        lines(hostile.saved(made))


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is():
    def change(data):
        return data.replace(b'<dimension ref="A1:A2"', b'<dimension ref="A1:A1"')

    assert lines(hostile.changed(hostile.book(["Name"], ["Amina"]), hostile.SHEET, change)) == [
        ["Name"], ["Amina"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 no zip", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", r"old \.xls"),
        (b"%PDF-1.4", "no spreadsheet"),
        (hostile.with_part(hostile.book(["a"]), "xl/vbaProject.bin", b"x"), "macros"),
        (hostile.changed(hostile.book(["a"]), hostile.SHEET, lambda _: b"<worksheet><"), "damaged"),
        (hostile.changed(hostile.book(["a"]), "xl/workbook.xml", lambda _: b""), "damaged"),
    ],
)
def test_what_is_no_spreadsheet_says_so_in_one_line(content, why):
    with pytest.raises(BadSheet, match=why) as refused:
        lines(content)
    assert "\n" not in str(refused.value)
