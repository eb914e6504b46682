"""Whatever a file holds: it is read to the end, and every byte of it stands in one message."""

import datetime as dt
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nyumbani.chats.chat_exports.blocks import Sizes
from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.chats.chat_exports.marks import DIRECTION
from nyumbani.chats.chat_exports.moments import Order
from nyumbani.chats.chat_exports.reading import messages
from nyumbani.chats.chat_exports.said import HEADER_INSIDE, NO_HEADER, NOT_UTF8
from nyumbani.chats.chat_exports.survey import survey
from nyumbani.drill.exports.telephone import Event, export
from nyumbani.drill.exports.variants import BOM, LRM, RLM, VARIANTS, Variant
from tests.chats.chat_exports.reading_back import BEGAN, TRIPOLI, read, tiles, told

pytestmark = pytest.mark.pure

ENGLISH = next(one for one in VARIANTS if one.name == "android-sw")
IPHONE = next(one for one in VARIANTS if one.name == "ios-en-gb")
SMALL = st.builds(Sizes, st.integers(1, 90), st.integers(50, 400))

letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=DIRECTION)
texts = st.lists(st.text(letters, max_size=40), min_size=1, max_size=3).map("\n".join)
names = (
    st.text(st.characters(categories=["L", "N", "So", "Mn"]), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
events = st.lists(
    st.builds(
        lambda seconds, sender, text: (seconds, sender, text),
        st.integers(0, 40_000), names, texts,
    ),
    min_size=1, max_size=12,
)  # fmt: skip
# Pieces of exports, so that chance comes near the places where things go wrong.
ARABIC = f"٢٠{RLM}/٧{RLM}/٢٠١٤، ٦:١٥ ص - ".encode()
SHARDS = [
    b"20/07/2014, 06:15 - ", b"[20/07/2014, 06:15:07] ", b"99/99/2014, 06:15 - ", b"Amina: ", b": ",
    b"\n", b"\r\n", b"\r", b"\0", b"\xff", b"\xe2\x80\x8e", b"\xe2\x80", b"\xef\xbb\xbf", b"[",
    b"] ", b" - ", b"20/07/2014", b"<attached: a.jpg>", b"\xed\xa0\x80", ARABIC,
]  # fmt: skip
shards = st.lists(st.one_of(st.sampled_from(SHARDS), st.binary(max_size=6)), max_size=40)


def order_of(variant: Variant) -> Order:
    content, _ = export([Event(dt.datetime(2014, 7, 25), "A", text="a")], variant)  # noqa: DTZ001
    found = survey(io.BytesIO(content))
    assert found.is_sure
    return found.order


ORDERS = {variant.name: order_of(variant) for variant in VARIANTS}


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(VARIANTS), events, st.one_of(st.none(), SMALL))
def test_any_words_on_any_telephone_are_read_back(variant, chat, sizes):
    at, happened = BEGAN, []
    for seconds, sender, text in chat:
        at += dt.timedelta(seconds=seconds)
        happened.append(Event(at, sender, text=text))
    content, truth = export(happened, variant)
    # Single messages may stay longer than a small reader keeps waiting for a header.
    sizes = Sizes(sizes.chunk, len(content)) if sizes else Sizes()
    found = read(content, order=ORDERS[variant.name], sizes=sizes)
    assert [(one.sent_at, one.sender, one.text, one.byte_start) for one in found] == [
        (one.at, one.sender, one.text, one.start) for one in truth
    ]


@settings(deadline=None, max_examples=300)
@given(shards.map(b"".join), SMALL)
def test_any_bytes_are_accounted_for_whatever_is_read_at_once(content, sizes):
    read(content, zone=TRIPOLI)
    read(content, zone=TRIPOLI, sizes=sizes)


@settings(deadline=None, max_examples=100)
@given(shards.map(b"".join), st.integers(1, 90))
def test_how_much_is_read_at_once_changes_nothing(content, chunk):
    assert read(content, sizes=Sizes(chunk, 1 << 20)) == read(content)


def timed(content: bytes) -> tuple[int, float]:
    """How many pieces, and seconds of work; tiled whatever they are."""
    began, stream, end, count = time.process_time(), io.BytesIO(content), 0, 0
    for one in messages(stream, survey(stream), zone=TRIPOLI):
        assert one.byte_start == end < one.byte_end
        end, count = one.byte_end, count + 1
    assert end == len(content)
    return count, time.process_time() - began


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"a" * 50_000_000, id="50 MB without a line break"),
        pytest.param(b"20/07/2014, 06:15 - Amina: " + b"a" * 50_000_000, id="one message of 50 MB"),
        pytest.param(b"\n" * 2_000_000, id="nothing but line breaks"),
        pytest.param(
            b"20/07/2014, 06:15 - A: b\n" + b"99/99/2014, 06:15 - A: b\n" * 100_000,
            id="a day that is none, 100,000 times",
        ),
        pytest.param(
            b"20/07/2014, 06:15 - A: b\n" + b"20/07/2014, 06:15 " * 200_000, id="nearly a header"
        ),
        pytest.param(b"20/07/2014, 06:15 - " + b"a:" * 2_000_000, id="colons in a name"),
        pytest.param(b"[20/07/2014, 06:15:07] " + b"\xe2\x80\x8e" * 1_000_000, id="marks"),
        pytest.param(b"20/07/2014, 06:15 - A: b\n" + b"\xe2" * 3_000_000, id="half characters"),
        pytest.param(b"1" * 3_000_000, id="a long number"),
        pytest.param(b"20/07/2014, 06:15 - A: \0\0\0" * 20_000, id="NUL"),
    ],
)
def test_a_hostile_file_takes_no_longer_than_an_honest_one(content):
    _, seconds = timed(content)
    assert seconds < 1 + len(content) / 2_000_000


def test_names_days_and_times_beyond_number_are_not_all_remembered():
    lines = "".join(
        f"{1 + n % 28}/{1 + n % 12}/{2010 + n % 50}, {n % 24}:{n % 60:02} - N{n}: b\n"
        for n in range(40_000)
    )
    found = survey(io.BytesIO(lines.encode()))
    assert len(found.writers) <= 20_000
    assert timed(lines.encode())[0] == 40_000


def test_utf16_is_not_understood_and_not_lost():
    said = read("20/07/2014, 06:15 - Amina: hi\n".encode("utf-16"))
    assert {one.kind for one in said} == {Kind.UNPARSED}
    assert all(NO_HEADER in one.flags for one in said)


def test_half_a_character_is_said_and_the_rest_is_read():
    said = read(b"20/07/2014, 06:15 - Amina: a\xed\xa0\x80b\n20/07/2014, 06:16 - Amina: c\n")
    assert [NOT_UTF8 in one.flags for one in said] == [True, False]
    assert said[0].text.startswith("a\ufffd")


def test_nul_stays_where_it_stood():
    assert read(b"20/07/2014, 06:15 - Amina: a\0b\n")[0].text == "a\0b"


def test_marks_everywhere_do_not_hide_a_message():
    line = f"{RLM}20{RLM}/{RLM}07{RLM}/{RLM}2014,{RLM} 06:15 {RLM}- {RLM}Amina{RLM}: {RLM}hi{RLM}\n"
    (said,) = read(line)
    assert (said.sender, said.text) == ("Amina", f"{RLM}hi{RLM}")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_breaks_of_both_kinds_end_a_message(ending):
    lines = ["20/07/2014, 06:15 - Amina: a", "20/07/2014, 06:16 - Amina: b"]
    assert [one.text for one in read(ending.join([*lines, ""]))] == ["a", "b"]
    assert [one.text for one in read(ending.join(lines))] == ["a", "b"]


def test_line_breaks_in_a_mixed_file_lose_no_message():
    said = read(
        "[20/07/2014, 06:15:07] Amina: a\r\n[20/07/2014, 06:16:07] Amina: b\n"
        "[20/07/2014, 06:17:07] Amina: c\n[20/07/2014, 06:18:07] Amina: d\rstill d\n"
    )
    assert [one.text for one in said] == ["a", "b", "c", "d\rstill d"]


def test_a_message_typed_after_a_lone_carriage_return_is_flagged():
    said = read("20/07/2014, 06:15 - Amina: a\r20/07/2014, 06:16 - Employer: pay\n")
    assert [HEADER_INSIDE in one.flags for one in said] == [True]


def test_empty_files_hold_nothing():
    assert read(b"") == []
    assert tiles(read(BOM), 3)


def test_what_stands_before_the_first_message_is_kept():
    content, _ = export(told(("Amina", "help me")), ENGLISH)
    said = read(b"copied by Rehema\n" + content)
    assert [(one.kind, one.text) for one in said] == [
        (Kind.UNPARSED, "copied by Rehema"), (Kind.MESSAGE, "help me"),
    ]  # fmt: skip


def test_names_begin_with_the_character_they_begin_with():
    for name in ("❤ Amina", "«Grace»", "Ａmina", "…", "â"):
        for variant in (ENGLISH, IPHONE):
            content, _ = export(told((name, "hi"), (name, "ho")), variant)
            assert {one.sender for one in read(content)} == {name}


def test_a_mark_before_a_line_is_not_half_a_sign():
    content = (
        f"20/07/2014, 06:15 - Amina: a\n{LRM}20/07/2014, 06:16 - Amina: b\n"
        "…20/07/2014, 06:17 - C: d\n"
    )
    assert [one.text for one in read(content)] == ["a", "b\n…20/07/2014, 06:17 - C: d"]
