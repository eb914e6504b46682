"""Files that somebody made to do harm, and the plain ones they are made from."""

import io
import zipfile

from openpyxl import Workbook

ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SHEET = "xl/worksheets/sheet1.xml"


def book(*rows, **more_sheets):
    """An xlsx file of these lines."""
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for title, lines in more_sheets.items():
        page = made.create_sheet(title)
        for line in lines:
            page.append(line)
    return saved(made)


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(content, part, change):
    """The same file, one part of it changed; `change` takes and gives bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if info.filename == part else data)
    return out.getvalue()


def with_part(content, name, data):
    """The same file with one part more."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", 8) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def with_type(content, document_type, entity="&a;"):
    """The same file, its first sheet with a document type and a cell that asks for an entity."""

    cell = f'<row r="9"><c r="A9" t="inlineStr"><is><t>{entity}</t></is></c></row>'.encode()

    def change(data):
        start = data.index(b"<worksheet")
        rest = data[start:].replace(b"<sheetData>", b"<sheetData>" + cell)
        return data[:start] + document_type.encode() + rest

    return changed(content, SHEET, change)
