"""A file of cells by what it is, whatever it is called."""

from nyumbani.sheets.workbooks.archive import check_not_old, is_book
from nyumbani.sheets.workbooks.sheet import LARGEST, BadSheet, Workbook
from nyumbani.sheets.workbooks.texts import read_text


def read_cells(content: bytes, *, encoding: str = "", separator: str = "") -> Workbook:
    """Read csv or xlsx here. Raises BadSheet, and MustAsk where it can be read two ways."""
    if not content:
        raise BadSheet("the file is empty")
    if len(content) > LARGEST:
        raise BadSheet(f"it is larger than {LARGEST >> 20} MB; split it, without pictures")
    check_not_old(content)
    if is_book(content):
        # Loaded where it is needed alone: it takes longer than the whole rest.
        from nyumbani.sheets.workbooks.books import read_book  # noqa: PLC0415

        return read_book(content)
    return read_text(content, encoding=encoding, separator=separator)
