"""Every trap of exported chats that other readers fall into, by its name."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest

from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.chats.chat_exports.moments import Order
from nyumbani.chats.chat_exports.said import (
    AMBIGUOUS_DATE,
    BACKWARD,
    FLAGS,
    HEADER_INSIDE,
    NEVER,
    ONCE,
    TWICE,
    UNKNOWN_WORDS,
    Said,
)
from nyumbani.chats.chat_exports.survey import survey
from nyumbani.drill.exports.telephone import Event, export
from nyumbani.drill.exports.variants import BOM, LRM, RLM, VARIANTS
from tests.chats.chat_exports.reading_back import TRIPOLI, read, told

pytestmark = pytest.mark.pure

BY_NAME = {variant.name: variant for variant in VARIANTS}
ANDROID, IPHONE = BY_NAME["android-sw"], BY_NAME["ios-en-gb"]
BERLIN = ZoneInfo("Europe/Berlin")
CHAT = [
    ("Amina", "he took my passport"),
    ("Grace W", "mine too"),
    ("Amina", "pray"),
    ("Grace W", "amen"),
]


def android(*lines: str, start: str = "20/07/2014, 06:15") -> list[Said]:
    return read("".join(f"{start} - {line}\n" for line in lines))


def iphone(*lines: str) -> list[Said]:
    return read("".join(f"[20/07/2014, 06:15:0{n}] {line}\r\n" for n, line in enumerate(lines)))


# ---- the first message ---------------------------------------------------------------------------
@pytest.mark.parametrize("variant", [ANDROID, IPHONE], ids=lambda one: one.name)
def test_the_first_message_after_a_byte_order_mark_is_kept(variant):
    content, _ = export(told(*CHAT), variant)
    said = read(BOM.encode() + content)
    assert [(one.sender, one.text) for one in said] == CHAT
    assert said[0].byte_start == 0


# ---- lines that look like a message --------------------------------------------------------------
def test_a_header_typed_inside_a_message_is_no_message_of_the_employer_on_an_iphone():
    typed = "look what he wrote:\n[20/07/2014, 06:16:07] Employer: your salary is paid"
    content, _ = export(told(*CHAT, ("Amina", typed), ("Grace W", "liar"), *CHAT), IPHONE)
    said = read(content)
    assert {one.sender for one in said} == {"Amina", "Grace W"}
    assert [one.flags for one in said if one.text == typed] == [(HEADER_INSIDE,)]


def test_a_header_typed_inside_a_message_is_flagged_where_nothing_tells_it_from_a_real_one():
    typed = "look what he wrote:\n20/07/2014, 05:16 - Employer: your salary is paid"
    content, _ = export(told(*CHAT, ("Amina", typed), ("Grace W", "liar")), ANDROID)
    (said,) = (one for one in read(content) if one.sender == "Employer")
    assert set(said.flags) == {ONCE, BACKWARD}


def test_a_header_of_another_telephone_inside_a_message_is_part_of_it():
    typed = "from her phone:\n[20.07.14, 06:16:07] Employer: come"
    content, _ = export(told(*CHAT, ("Amina", typed)), ANDROID)
    assert [(one.text, one.flags) for one in read(content)][-1] == (typed, (HEADER_INSIDE,))


def test_a_header_on_a_day_that_is_none_is_part_of_the_message_and_flagged_once():
    (said,) = android(
        "Amina: see\n31/02/2014, 06:15 - Employer: x\n32/02/2014, 06:15 - Employer: y"
    )
    assert said.text.endswith("Employer: y")
    assert said.flags.count(HEADER_INSIDE) == 1


def test_time_running_backwards_is_flagged():
    at = dt.datetime(2014, 7, 20, 8)  # noqa: DTZ001
    hour = dt.timedelta(hours=1)
    events = [Event(when, "Amina", text="x") for when in (at, at + hour, at - hour, at)]
    content, _ = export(events, ANDROID)
    assert [one.flags for one in read(content)] == [(), (), (BACKWARD,), ()]


# ---- groups --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "line",
    [
        'Amina changed the subject from "A" to "B: c"',
        "Amina changed the group name from “A: b” to “C: d”",
        'Amina created group "A: b"',
    ],
)
def test_a_group_renamed_to_a_name_with_a_colon_is_nobody(line):
    said = android("Amina: hi", line, "Amina: ho", line)
    assert [(one.kind, one.sender) for one in said] == [
        (Kind.MESSAGE, "Amina"), (Kind.SYSTEM, None), (Kind.MESSAGE, "Amina"), (Kind.SYSTEM, None),
    ]  # fmt: skip
    assert said[1].text == line


def test_a_group_of_an_iphone_with_a_colon_in_its_name_is_nobody():
    said = iphone(
        f"A: b: {LRM}Messages are end-to-end encrypted.", "Amina: hi", f"A: b: {LRM}Grace W left"
    )
    assert [(one.sender, one.text, one.kind) for one in said] == [
        (None, "Messages are end-to-end encrypted.", Kind.SYSTEM),
        ("Amina", "hi", Kind.MESSAGE),
        (None, "Grace W left", Kind.SYSTEM),
    ]


def test_lines_of_a_group_whose_beginning_was_cut_off_are_still_nobodys():
    said = iphone(
        "Amina: hi", f"Kazi: {LRM}Grace W joined", f"Kazi: {LRM}Grace W left", "Amina: ho"
    )
    assert [one.sender for one in said] == ["Amina", None, None, "Amina"]


# ---- dates ---------------------------------------------------------------------------------------
def test_dates_that_can_be_read_two_ways_are_asked_about_and_flagged():
    content = b"03/04/2014, 06:15 - Amina: a\n05/06/2014, 06:15 - Amina: b\n"
    found = survey(io.BytesIO(content))
    assert (found.is_sure, found.order, found.others) == (False, Order.DMY, (Order.MDY,))
    assert found.example == "03/04/2014"
    assert all(AMBIGUOUS_DATE in one.flags for one in read(content))


def test_once_answered_a_date_is_not_doubted():
    content = "03/04/2014, 06:15 - Amina: a\n03/04/2014, 06:16 - Amina: b\n"
    (first, _) = read(content, order=Order.MDY)
    assert (first.sent_at.month, first.sent_at.day, first.flags) == (3, 4, ())


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (("13/03/2014", "01/04/2014"), Order.DMY),
        (("03/13/2014", "04/01/2014"), Order.MDY),
        (("2014-03-04", "2014-04-05"), Order.YMD),
        # No number above 12, but only so does time run forward.
        (("01/04/2014", "02/04/2014", "03/04/2014", "01/05/2014"), Order.DMY),
    ],
)
def test_an_order_that_something_decides_is_not_asked_about(days, order):
    found = survey(io.BytesIO("".join(f"{day}, 06:15 - Amina: a\n" for day in days).encode()))
    assert (found.is_sure, found.order) == (True, order)


# ---- clocks --------------------------------------------------------------------------------------
def at_local(zone, *moments: str) -> list[Said]:
    return read("".join(f"{moment} - Amina: x\n" for moment in moments), zone=zone, order=Order.DMY)


def test_an_hour_that_never_was_in_tripoli_2013():
    (said, after) = at_local(TRIPOLI, "29/03/2013, 01:30", "29/03/2013, 02:30")
    assert (said.flags, after.flags) == ((NEVER,), ())


def test_an_hour_that_came_twice_in_tripoli_2012():
    times = "01:10", "01:50", "01:20", "02:10"
    said = at_local(TRIPOLI, *(f"10/11/2012, {time}" for time in times))
    assert [one.flags for one in said] == [(TWICE,), (TWICE,), (TWICE,), ()]
    # The third was written after the second, so the clock had been set back by then.
    hours = [one.sent_at.utcoffset() / dt.timedelta(hours=1) for one in said]
    assert hours == [2, 2, 1, 1]


def test_the_clock_that_was_not_set_back_in_tripoli_in_october_2013():
    said = at_local(TRIPOLI, "25/10/2013, 01:30", "25/10/2013, 02:30", "25/10/2013, 03:30")
    assert [(one.flags, one.sent_at.utcoffset()) for one in said] == [
        ((), dt.timedelta(hours=2))
    ] * 3


def test_both_changes_of_the_clock_in_europe():
    spring = at_local(BERLIN, "30/03/2014, 01:59", "30/03/2014, 02:30", "30/03/2014, 03:00")
    autumn = at_local(BERLIN, "26/10/2014, 01:59", "26/10/2014, 02:30", "26/10/2014, 03:00")
    assert [one.flags for one in spring] == [(), (NEVER,), ()]
    assert [one.flags for one in autumn] == [(), (TWICE,), ()]


def test_without_a_zone_no_hour_is_doubted():
    assert at_local(None, "30/03/2014, 02:30", "30/03/2014, 02:31")[0].flags == ()


# ---- what WhatsApp itself writes -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("This message was deleted", Kind.DELETED),
        ("You deleted this message.", Kind.DELETED),
        ("This message was deleted by admin Rehema.", Kind.DELETED),
        ("come at ten <This message was edited>", Kind.EDITED),
        ("Missed voice call", Kind.CALL),
        ("Missed voice call at 21:15", Kind.CALL),
        ("Voice call, 2 min", Kind.CALL),
        ("Video call, 1 hr 5 min", Kind.CALL),
        ("Missed video call, No answer", Kind.CALL),
        ("<View once voice message omitted>", Kind.MEDIA),
        ("<Media omitted>", Kind.MEDIA),
        ("IMG-20140720-WA0001.jpg (file attached)", Kind.MEDIA),
        ("IMG-20140720-WA0001.jpg (file attached)\nmy passport", Kind.MEDIA),
        ("Location: https://maps.google.com/?q=32.88,13.19", Kind.MESSAGE),
        ("POLL:\nWhen?\nOPTION: now (2 votes)", Kind.MESSAGE),
        ("null", Kind.MESSAGE),
        ("Voice call at noon? I am alone then", Kind.MESSAGE),
        ("Video call, he is asleep", Kind.MESSAGE),
        ("see (this)", Kind.MESSAGE),
        ("<3", Kind.MESSAGE),
    ],
)
def test_android_words(text, kind):
    said = android("Amina: hi", f"Amina: {text}")[-1]
    assert (said.kind, said.sender, said.text, said.flags) == (kind, "Amina", text, ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{LRM}This message was deleted.", Kind.DELETED),
        (f"{LRM}This message was deleted by admin ~ Rehema", Kind.DELETED),
        (f"come at ten {LRM}<This message was edited>", Kind.EDITED),
        (f"{LRM}Missed voice call, {LRM}Tap to call back", Kind.CALL),
        (f"{LRM}Voice call, {LRM}2 min", Kind.CALL),
        (f"{LRM}image omitted", Kind.MEDIA),
        (f"{LRM}view once photo omitted", Kind.MEDIA),
        (f"{LRM}POLL:\nWhen?\n{LRM}OPTION: now ({LRM}2 votes)", Kind.MESSAGE),
        (f"{LRM}Location: https://maps.google.com/?q=32.88,13.19", Kind.MESSAGE),
        (f"{LRM}<attached: 00000042-PHOTO-2014-07-20-06-15-07.jpg>", Kind.MEDIA),
        (f"my passport {LRM}<attached: 00000042-PHOTO-2014-07-20-06-15-07.jpg>", Kind.MEDIA),
    ],
)
def test_iphone_words_stay_hers(text, kind):
    said = iphone("Amina: hi", f"Amina: {text}")[-1]
    assert (said.kind, said.sender, said.flags) == (kind, "Amina", ())


def test_lines_of_an_iphone_with_a_mark_before_the_bracket_are_messages():
    content = (
        "[20/07/2014, 06:15:01] Amina: hi\r\n"
        f"{LRM}[20/07/2014, 06:15:02] Amina: {LRM}<attached: 00000042-AUDIO.opus>\r\n"
        "[20/07/2014, 06:15:03] Amina: listen\r\n"
    )
    assert [one.media for one in read(content)] == [(), ("00000042-AUDIO.opus",), ()]


def test_a_document_with_its_pages_is_one_file():
    text = f"contract.pdf • {LRM}14 pages {LRM}<attached: 00000042-contract.pdf>"
    assert iphone(f"Amina: {text}")[0].media == ("00000042-contract.pdf",)


def test_a_caption_on_the_next_line_belongs_to_the_file():
    said = android("Amina: IMG-1.jpg (file attached)\nmy passport\nboth pages")[0]
    assert (said.kind, said.media) == (Kind.MEDIA, ("IMG-1.jpg",))
    assert said.text.endswith("my passport\nboth pages")


def test_the_word_for_a_file_may_stand_after_its_name():
    assert iphone(f"Amina: {LRM}<PHOTO-1.jpg eklendi>")[0].media == ("PHOTO-1.jpg",)


@pytest.mark.parametrize(
    ("text", "kind", "media"),
    [
        ("<Мультымедыя прапушчана>", Kind.MEDIA, ()),
        ("IMG-1.jpg (ficheru axuntu)", Kind.MEDIA, ("IMG-1.jpg",)),
        (f"{LRM}<csatolva: IMG-1.jpg>", Kind.MEDIA, ("IMG-1.jpg",)),
        (f"{LRM}Ez az üzenet törölve lett.", Kind.MESSAGE, ()),
    ],
)
def test_words_in_a_language_we_lack_are_flagged_and_stay_hers(text, kind, media):
    said = iphone("Amina: hi", f"Amina: {text}")[-1]
    assert (said.kind, said.sender, said.media, said.flags) == (
        kind, "Amina", media, (UNKNOWN_WORDS,),
    )  # fmt: skip


def test_arabic_digits_marks_and_halves_of_the_day():
    content = (
        f"٢٤{RLM}/٤{RLM}/٢٠٢٢، ٢:٠٧ م - أمينة: أخذ جوازي\n"
        f"٢٥{RLM}/٤{RLM}/٢٠٢٢، ١٢:٠٧ ص - أمينة: نعم\n"
    )
    said = read(content)
    assert [(one.sent_at.day, one.sent_at.hour, one.sender) for one in said] == [
        (24, 14, "أمينة"), (25, 0, "أمينة"),
    ]  # fmt: skip


def test_no_flag_is_given_that_is_not_listed_or_given_twice():
    content, _ = export(told(*CHAT), ANDROID)
    for said in read(
        content + b"99/99/2014, 06:15 - x: \xff\n03/04/2014, 06:15 - y: z\n" + content
    ):
        assert set(said.flags) <= FLAGS
        assert len(set(said.flags)) == len(said.flags)
