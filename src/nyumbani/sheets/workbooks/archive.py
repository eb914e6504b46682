"""The zip that an xlsx file is, looked at before anything in it is unpacked.

What it claims of itself is not believed: the standard library stops at the claimed size, and the
claims are bounded here.
"""

import io
import zipfile

from nyumbani.sheets.workbooks.sheet import BadSheet

MOST_ENTRIES = 1_000
LARGEST_UNPACKED = 96 << 20
MOST_RATIO = 200
_RATIO_FROM = 1 << 20
_ENCRYPTED = 0x1
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def is_book(content: bytes) -> bool:
    """Whether these bytes are a zip, as xlsx files are."""
    return content.startswith(b"PK\x03\x04")


def check_not_old(content: bytes) -> None:
    """Refuse what looks like a spreadsheet and is another kind; raises BadSheet."""
    if content.startswith(_OLD):
        raise BadSheet("an old .xls, or an xlsx with a password: save it as .xlsx without one")
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise BadSheet("this is no spreadsheet; bring a .csv or .xlsx")


def check_book(content: bytes) -> None:
    """Look over an xlsx file as a zip. Raises BadSheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        raise BadSheet("the file is damaged; save it again as .xlsx") from None
    if len(infos) > MOST_ENTRIES:
        raise BadSheet(f"it holds more than {MOST_ENTRIES:,} parts, as no spreadsheet does")
    if sum(info.file_size for info in infos) > LARGEST_UNPACKED:
        raise BadSheet(f"it would unpack to more than {LARGEST_UNPACKED >> 20} MB")
    for info in infos:
        _check(info)
    names = {info.filename for info in infos}
    if "[Content_Types].xml" not in names:
        raise BadSheet("a zip, but no spreadsheet: bring a .csv or .xlsx")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BadSheet("it holds programs (macros): save it as .xlsx without them")


def _check(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise BadSheet("it is locked with a password; save it without one")
    if info.compress_type not in _METHODS:
        raise BadSheet("it is packed in a way no spreadsheet is")
    if info.file_size > _RATIO_FROM and info.file_size > MOST_RATIO * info.compress_size:
        raise BadSheet(f"a part of it would unpack to more than {MOST_RATIO} times its size")
