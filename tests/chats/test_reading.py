"""A file that was brought in becomes lines, senders and files; twice it gives the same."""

import dataclasses
import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from nyumbani.audit.models import Entry
from nyumbani.chats import reader
from nyumbani.chats.actions import bringing
from nyumbani.chats.actions.reading import keep_lines
from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.chats.models import Chat, ChatExport, ChatFile, ChatLine, ChatSender
from nyumbani.chats.terms import LARGEST_FILE, DateOrder, ExportState, Flag, LineKind
from nyumbani.drill.exports.telephone import Event
from nyumbani.jobs.models import Job
from nyumbani.vault.files import SealedFile, open_file
from tests.chats.brought import BEGAN, GIRLS, TITLE, bring, read, text_of, told, zip_of
from tests.people_here import actor

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def rows():
    return sorted(ChatLine.objects.values_list("pk", "digest", "byte_start", "byte_end", "place"))


def reconciled(chat):
    senders = ChatSender.objects.filter(chat=chat)
    said = ChatLine.objects.filter(chat=chat).exclude(kind__in=(LineKind.SYSTEM, LineKind.UNPARSED))
    return sum(one.lines for one in senders) == said.count()


def test_the_original_is_sealed_before_anybody_looks_into_it(tmp_path, wanjiku):
    content = b"PK\3\4 no zip at all"
    brought = bring(tmp_path, content, name="chat.zip", by=actor(wanjiku))
    row = brought.export
    assert (brought.is_new, row.state, row.brought_by) == (True, ExportState.WAITING, wanjiku)
    assert open_file(SealedFile(row.path, row.sha256, row.size), row.seal_scope) == content
    assert Job.objects.filter(kind="chats.read").count() == 1


def test_every_byte_stands_in_one_line_and_every_message_with_one_sender(tmp_path):
    content = text_of(told(40)) + b"32/13/2014, 25:61 - nonsense: words\nand more\n"
    export = read(tmp_path, content)
    assert (export.state, export.why) == (ExportState.DONE, None)
    lines = list(ChatLine.objects.order_by("byte_start"))
    assert [one.byte_end for one in lines] == [*(one.byte_start for one in lines[1:]), len(content)]
    assert lines[0].byte_start == 0
    assert export.lines_new == len(lines) == 41
    assert {one.name for one in ChatSender.objects.all()} == set(GIRLS)
    assert reconciled(export.chat)
    assert export.chat.title == TITLE


def test_what_stands_before_the_first_header_is_a_line_too(tmp_path):
    export = read(tmp_path, b"a page torn off\n" + text_of(told(5)))
    torn = ChatLine.objects.get(kind=LineKind.UNPARSED)
    assert (torn.text, torn.sender, torn.sent_at) == ("a page torn off", None, None)
    assert torn.shown_at == ChatLine.objects.get(kind=LineKind.SYSTEM).sent_at
    assert Flag.NO_HEADER in torn.flags
    assert reconciled(export.chat)


def test_times_are_those_of_the_zone_that_was_said(tmp_path):
    read(tmp_path, text_of(told(1)))
    assert ChatLine.objects.first().sent_at == dt.datetime(2014, 7, 20, 4, 15, tzinfo=dt.UTC)


def test_lines_alike_to_the_letter_are_all_kept(tmp_path):
    events = [Event(BEGAN, "Amina", text="amen")] * 3 + told(4)
    read(tmp_path, text_of(events))
    assert sum(one.text == "amen" for one in ChatLine.objects.all()) == 3


class _Killed(Exception):
    pass


def killed_at(monkeypatch, batch):
    """The machine dies in the middle of the `batch`-th lines."""
    count = iter(range(1, 1000))

    def dying(**given):
        with transaction.atomic():
            kept = keep_lines(**given)
            if next(count) == batch:
                raise _Killed
        return kept

    monkeypatch.setattr("nyumbani.chats.reader.BATCH", 10)
    monkeypatch.setattr("nyumbani.chats.actions.reading.keep_lines", dying)


def test_killed_in_the_middle_and_run_again_it_gives_the_same_rows(tmp_path, monkeypatch, wanjiku):
    content = text_of(told(95))
    with pytest.MonkeyPatch.context() as patch:
        killed_at(patch, batch=5)
        brought = bring(tmp_path, content)
        with pytest.raises(_Killed):
            reader.read(brought.export.pk)
    half = rows()
    assert len(half) == 40
    monkeypatch.setattr("nyumbani.chats.reader.BATCH", 17)
    reader.read(brought.export.pk)
    export = ChatExport.objects.get()
    assert (export.state, export.lines_new, export.lines_known) == (ExportState.DONE, 96, 0)
    assert set(half) < set(rows())
    assert Chat.objects.count() == 1
    assert reconciled(export.chat)
    # The same file in an undisturbed case has the same lines, byte for byte.
    other = read(tmp_path, content, by=actor(wanjiku))
    spans = [
        sorted(ChatLine.objects.filter(export=one).values_list("digest", "byte_start", "byte_end"))
        for one in (export, other)
    ]
    assert spans[0] == spans[1]


def test_a_worker_that_comes_late_finds_nothing_to_do(tmp_path):
    export = read(tmp_path, text_of(told(5)))
    before = rows()
    reader.read(export.pk)
    assert rows() == before
    assert ChatExport.objects.get().state == ExportState.DONE


def test_a_longer_export_of_the_same_chat_adds_only_what_is_new(tmp_path):
    first = read(tmp_path, text_of(told(30)))
    kept = rows()
    second = read(tmp_path, text_of(told(50)))
    assert second.chat == first.chat
    assert (second.number, second.lines_new, second.lines_known) == (2, 20, 31)
    assert set(kept) < set(rows())
    assert len(rows()) == 51
    assert reconciled(first.chat)
    assert not any(one.flags for one in ChatLine.objects.filter(export=second))


def test_an_export_that_lacks_the_beginning_is_known_again(tmp_path):
    first = read(tmp_path, text_of(told(30)))
    second = read(tmp_path, text_of(told(50)[20:]))
    assert (second.chat, second.lines_new, second.lines_known) == (first.chat, 20, 11)


def test_an_untitled_export_is_known_by_its_lines(tmp_path):
    first = read(tmp_path, text_of(told(30)), name="chat.txt")
    second = read(tmp_path, text_of(told(31)))
    assert second.chat == first.chat
    assert Chat.objects.get().title == TITLE


def test_another_group_of_the_same_name_is_another_chat(tmp_path):
    first = read(tmp_path, text_of(told(30)))
    second = read(tmp_path, text_of(told(30, began=BEGAN + DAY)))
    assert second.chat != first.chat


def test_what_was_taken_back_or_edited_later_is_kept_beside_the_first_words(tmp_path):
    events = told(12)
    read(tmp_path, text_of(events))
    events[5] = dataclasses.replace(events[5], kind=Kind.DELETED)
    events[7] = dataclasses.replace(events[7], text="he is kind to us")
    added = Event(events[9].at + dt.timedelta(minutes=1), "Amina", text="typed in between")
    second = read(tmp_path, text_of([*events[:10], added, *events[10:]]))
    assert (second.lines_new, second.lines_known) == (3, 11)
    fresh = {one.text: one for one in ChatLine.objects.filter(export=second)}
    assert fresh["he is kind to us"].flags == [Flag.CHANGED]
    assert fresh["typed in between"].flags == [Flag.CAME_LATER]
    [gone] = [one for one in fresh.values() if one.kind == LineKind.DELETED]
    assert gone.flags == [Flag.CHANGED]
    texts = {one.text for one in ChatLine.objects.all()}
    assert {"my paper number 5", "my paper number 7"} <= texts
    assert reconciled(second.chat)


def test_the_same_bytes_twice_are_already_here(tmp_path, wanjiku, kamau):
    content = text_of(told(5))
    first = bring(tmp_path, content, by=actor(wanjiku))
    again = bring(tmp_path, content, by=actor(wanjiku))
    assert (again.is_new, again.export) == (False, first.export)
    assert Job.objects.filter(kind="chats.read").count() == 1
    # Whoever may not know of the first is not told of it.
    assert bring(tmp_path, content, by=actor(kamau)).is_new


def test_the_database_itself_takes_no_file_twice(tmp_path, wanjiku):
    row = bring(tmp_path, text_of(told(5)), by=actor(wanjiku)).export
    row.pk = "01J00000000000000000000000"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_dates_that_can_be_read_two_ways_are_asked_and_never_guessed(tmp_path, wanjiku):
    content = b"03/04/2014, 06:15 - Amina: a\n03/04/2014, 06:16 - Amina: b\n"
    export = read(tmp_path, content, by=actor(wanjiku))
    assert (export.state, ChatLine.objects.count()) == (ExportState.ASKING, 0)
    assert export.question == {"example": "03/04/2014", "orders": ["dmy", "mdy"]}
    assert not bringing.answer(export=export, order=DateOrder.YMD, by=actor(wanjiku))
    assert bringing.answer(export=export, order=DateOrder.MDY, by=actor(wanjiku))
    assert not bringing.answer(export=export, order=DateOrder.DMY, by=actor(wanjiku))
    reader.read(export.pk)
    assert {one.sent_at.month for one in ChatLine.objects.all()} == {3}
    assert ChatExport.objects.get().state == ExportState.DONE


def test_a_reading_that_is_stopped_stops_and_can_be_taken_up_again(tmp_path, monkeypatch, wanjiku):
    monkeypatch.setattr("nyumbani.chats.reader.BATCH", 10)
    content = text_of(told(95))
    brought = bring(tmp_path, content, by=actor(wanjiku))

    def stop_at(done, total):
        if done > total // 2:
            bringing.stop(export=brought.export, by=actor(wanjiku))

    reader.read(brought.export.pk, progress=stop_at)
    export = ChatExport.objects.get()
    assert (export.state, export.why) == (ExportState.FAILED, "A colleague stopped the reading.")
    assert 0 < len(rows()) < 96
    assert reconciled(export.chat)
    assert not bring(tmp_path, content, by=actor(wanjiku)).is_new
    reader.read(export.pk)
    assert ChatExport.objects.get().state == ExportState.DONE
    assert len(rows()) == 96


@pytest.mark.parametrize(
    ("media", "sentence"),
    [
        ({"../../etc/passwd": b"x"}, "a name that is none"),
        ({"photo.jpg": bytes(3 << 20)}, "200 times its size"),
        ({"one/photo.jpg": b"1", "two/photo.jpg": b"2"}, "two files called"),
    ],
)
def test_a_hostile_zip_is_refused_in_a_sentence_and_its_original_stays(tmp_path, media, sentence):
    content = zip_of(text_of(told(3)), media)
    export = read(tmp_path, content, name="chat.zip")
    assert export.state == ExportState.FAILED
    assert sentence in export.why
    assert (Chat.objects.count(), ChatLine.objects.count(), ChatFile.objects.count()) == (0, 0, 0)
    kept = open_file(SealedFile(export.path, export.sha256, export.size), export.seal_scope)
    assert kept == content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\3\4 no zip", "the zip is damaged"),
        (b"dear diary\n", "No line of this file looks like the beginning of a message."),
        (b"", "No line of this file looks like the beginning of a message."),
    ],
)
def test_what_is_no_export_says_so(tmp_path, content, sentence):
    export = read(tmp_path, content)
    assert export.state == ExportState.FAILED
    assert sentence in export.why


def test_more_than_a_chat_can_hold_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("nyumbani.chats.reader.MOST_LINES", 10)
    assert "more messages" in read(tmp_path, text_of(told(30))).why
    monkeypatch.setattr("nyumbani.chats.reader.MOST_SENDERS", 3)
    assert "more names" in read(tmp_path, text_of(told(8))).why


def test_files_are_sealed_each_by_itself_and_hang_on_their_lines(tmp_path):
    photo = Event(BEGAN + DAY, "Amina", Kind.MEDIA, "IMG-1.jpg")
    content = zip_of(text_of([*told(5), photo]), {"IMG-1.jpg": b"\xff\xd8 x", "odd.bin": b"y"})
    export = read(tmp_path, content, name=f"WhatsApp Chat with {TITLE}.zip")
    files = {one.name: one for one in ChatFile.objects.all()}
    assert set(files) == {"IMG-1.jpg", "odd.bin"}
    kept = files["IMG-1.jpg"]
    sealed = SealedFile(kept.path, kept.sha256, kept.size)
    assert open_file(sealed, kept.seal_scope) == b"\xff\xd8 x"
    assert kept.line.kind == LineKind.MEDIA
    assert files["odd.bin"].line is None
    # A longer export brings the same photo again: it is not kept twice.
    later = [*told(5), photo, Event(BEGAN + DAY * 2, "Amina", text="more")]
    again = read(
        tmp_path, zip_of(text_of(later), {"IMG-1.jpg": b"\xff\xd8 x"}),
        name=f"WhatsApp Chat with {TITLE}.zip",
    )  # fmt: skip
    assert (again.chat, again.lines_new) == (export.chat, 1)
    assert ChatFile.objects.count() == 2


def test_files_above_the_limits_are_listed_with_their_reason(tmp_path, monkeypatch):
    monkeypatch.setattr("nyumbani.chats.reader.LARGEST_FILE", 10)
    monkeypatch.setattr("nyumbani.chats.reader.MOST_OF_FILES", 12)
    media = {"a.jpg": b"x" * 8, "b.jpg": b"y" * 8, "c.mp4": b"z" * 11}
    read(tmp_path, zip_of(text_of(told(3)), media), name="c.zip")
    why = {one.name: one.why for one in ChatFile.objects.all()}
    assert why == {
        "a.jpg": "",
        "b.jpg": "the files together are too large to be kept one by one",
        "c.mp4": "too large to be kept by itself",
    }
    assert LARGEST_FILE > 10


def test_a_file_larger_than_what_is_taken_in_is_not_even_opened(tmp_path, monkeypatch):
    monkeypatch.setattr("nyumbani.chats.actions.bringing.LARGEST", 10)
    with pytest.raises(bringing.TooLarge):
        bring(tmp_path, text_of(told(3)))
    assert not ChatExport.objects.exists()


def test_every_step_has_its_line_in_the_ledger(tmp_path):
    read(tmp_path, text_of(told(3)))
    verbs = [row.verb for row in Entry.objects.order_by("n") if row.verb.startswith("chat.")]
    assert verbs == [
        "chat.brought_in", "chat.reading_begun", "chat.settled", "chat.lines_read", "chat.read",
        "chat.counted",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"byte_end": 0}, {"kind": LineKind.SYSTEM}, {"sender": None}, {"sent_at": None},
        {"kind": "poem"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_line_cannot_be_stored(tmp_path, wrong):
    read(tmp_path, text_of(told(3)))
    line = ChatLine.objects.filter(kind=LineKind.MESSAGE).last()
    for name, value in wrong.items():
        setattr(line, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(update_fields=list(wrong))
