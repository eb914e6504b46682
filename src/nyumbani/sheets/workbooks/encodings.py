"""In which letters a text is written: seen in its bytes, asked for where they leave it open."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from nyumbani.sheets.workbooks.sheet import BadSheet, MustAsk, Question

KNOWN = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1256")
_MARKS = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))
_LOOKED_AT = 200_000  # bytes
_HIGH = re.compile(rb"[\x80-\xff]+")
_ARABIC = re.compile("[\u0621-\u064a]+")
_SURE = 0.9


def decoded(content: bytes, told: str = "") -> tuple[str, str]:
    """The text, and the encoding it was read in. Raises MustAsk, BadSheet."""
    encoding = told or _seen(content)
    if encoding not in {*KNOWN, "utf-8-sig"}:
        raise BadSheet(f"{encoding} is no encoding we read; those are {', '.join(KNOWN)}")
    try:
        return content.decode(encoding).removeprefix("\ufeff"), encoding
    except UnicodeDecodeError as error:
        raise BadSheet(f"byte {error.start:,} is no {encoding}; save it as UTF-8") from None


def _seen(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:_LOOKED_AT]
    if len(head) > 1 and b"\0" in head:
        # Every second byte of Latin letters is none; of Arabic ones the commas and line ends are.
        return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _by_letters(content)
    return "utf-8"


def _by_letters(content: bytes) -> str:
    """Western letters stand alone among plain ones; Arabic letters stand in words of their own."""
    runs = _HIGH.findall(content)
    long = [run for run in runs if len(run) > 1]
    arabic = sum(bool(_ARABIC.fullmatch(run.decode("cp1256"))) for run in long)
    if long and arabic >= _SURE * len(long) and len(long) >= _SURE * len(runs):
        return "cp1256"
    if not long or len(runs) - len(long) >= _SURE * len(runs):
        return "cp1252"
    raise MustAsk(Question("encoding", tuple(_reading(content, one) for one in KNOWN[-2:])))


def _reading(content: bytes, encoding: str) -> tuple[str, str]:
    """An encoding, and the first line that differs, read in it."""
    line = next((one for one in content.splitlines() if _HIGH.search(one)), b"")
    return encoding, line.decode(encoding, "replace")[:80]
