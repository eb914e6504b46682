"""Files made to keep the reader busy: marks and spaces without end, where honest ones have few."""

import io
import time

import pytest

from nyumbani.chats.chat_exports.reading import messages
from nyumbani.chats.chat_exports.survey import survey

pytestmark = pytest.mark.pure
PATIENCE = 5.0  # seconds of the processor; these took minutes, or did not end
MARK = "\u200e"
LINE = "[13.03.24 21:15:07] A: hi\n"  # nothing but a space between date and time


def read(text: str) -> list[str]:
    stream = io.BytesIO(text.encode())
    return [one.text for one in messages(stream, survey(stream))]


@pytest.mark.parametrize(
    "hostile",
    [
        MARK * 100_000, "1/1/1" + MARK * 100_000, "[13.03.24" + MARK * 30_000 + "x",
        "[13.03.24" + " " * 30_000 + "x",
    ],
    ids=["marks", "marks after a date", "marks before a time", "spaces before a time"],
)  # fmt: skip
@pytest.mark.parametrize("where", ["first", "later"])
def test_a_line_of_marks_without_end_is_read_soon(hostile: str, where: str) -> None:
    text = f"{hostile}\n{LINE * 3}" if where == "first" else f"{LINE * 3}{hostile}\n"
    before = time.process_time()
    read(text)
    assert time.process_time() - before < PATIENCE


def test_marks_and_odd_spaces_where_telephones_put_them_are_read_as_before() -> None:
    marked = f"{MARK}[{MARK}13.03.24{MARK} {MARK}21:15:07\u202f] A: hi\n"
    assert read(LINE * 3 + marked) == ["hi"] * 4
