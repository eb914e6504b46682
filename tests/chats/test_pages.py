"""The pages: a chat is brought in, read, asked about, and its people are named."""

import dataclasses
import datetime as dt
import io
import re

import pytest
from django.urls import reverse

from nyumbani.audit.models import Entry
from nyumbani.cases.models.members import Member
from nyumbani.cases.terms import Part
from nyumbani.chats import reader
from nyumbani.chats.actions import reading
from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.chats.models import Chat, ChatExport, ChatLine, ChatSender
from nyumbani.chats.terms import ExportState
from nyumbani.drill.exports.telephone import Event
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.models.names import PersonName
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import NameSource
from tests.chats.brought import BEGAN, TITLE, bring, everything_in, read, text_of, told, zip_of
from tests.desk.world import INTAKE, at_desk, case_with, somebody
from tests.people_here import actor

pytestmark = pytest.mark.django_db


def upload(desk, content, *, name=f"WhatsApp Chat with {TITLE}.txt", **more):
    file = io.BytesIO(content)
    file.name = name
    return desk.post("/chats/bring/", {"zone": "Africa/Tripoli", **more, "file": file})


def shown(desk, name, *args, **query):
    return desk.get(reverse(name, args=args), query).content.decode()


def plain(page):
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def person_called(name, case=None):
    thread = somebody(name)
    people.note_name(
        person=thread.person, given=name, source=NameSource.SAID, at=clock.now(), by=INTAKE
    )
    return thread.person


def test_a_file_is_brought_in_read_and_its_people_are_found(wanjiku):
    desk = at_desk(wanjiku)
    answer = upload(desk, text_of(told(12)))
    export = ChatExport.objects.get()
    assert answer["Location"] == reverse("chats:export", args=[export.pk])
    waiting = shown(desk, "chats:export", export.pk)
    assert "being looked over next" in waiting
    assert "data-poll" in waiting
    reader.read(export.pk)
    done = plain(shown(desk, "chats:export", export.pk))
    assert "4 names found" in done
    assert "13 lines are new" in done
    assert "data-poll" not in shown(desk, "chats:export", export.pk)
    listed = plain(shown(desk, "chats:list"))
    assert TITLE in listed


def test_the_same_file_again_is_said_to_be_here(wanjiku):
    desk = at_desk(wanjiku)
    upload(desk, text_of(told(12)))
    answer = upload(desk, text_of(told(12)))
    assert "already here" in desk.get(answer["Location"]).content.decode()
    assert ChatExport.objects.count() == 1


def test_how_far_the_reading_has_come_is_shown_in_bytes(tmp_path, monkeypatch, wanjiku):
    monkeypatch.setattr("nyumbani.chats.reader.BATCH", 10)
    export = bring(tmp_path, text_of(told(95)), by=actor(wanjiku)).export
    desk, seen = at_desk(wanjiku), []

    def look(_done, _total):
        seen.append(plain(shown(desk, "chats:export-news", export.pk)))

    reader.read(export.pk, progress=look)
    row = ChatExport.objects.get()
    assert any(f"/ {row.text_bytes} bytes" in page for page in seen)
    assert any("lines are being written down" in page for page in seen)
    assert "All lines are here" in seen[-1]


def test_a_poll_is_answered_only_when_something_moved(tmp_path, wanjiku):
    export = bring(tmp_path, text_of(told(5)), by=actor(wanjiku)).export
    desk = at_desk(wanjiku)
    address = re.search(r'data-poll="([^"]+)"', shown(desk, "chats:export", export.pk))[1]
    assert desk.get(address).status_code == 204
    reader.read(export.pk)
    assert desk.get(address).status_code == 200


def test_ambiguous_dates_are_asked_on_the_page_and_answered_there(wanjiku):
    desk = at_desk(wanjiku)
    upload(desk, b"03/04/2014, 06:15 - Amina: a\n03/04/2014, 06:16 - Amina: b\n")
    export = ChatExport.objects.get()
    reader.read(export.pk)
    page = plain(shown(desk, "chats:export", export.pk))
    assert "3 April 2014" in page
    assert "4 March 2014" in page
    assert not ChatLine.objects.exists()
    desk.post(reverse("chats:answer", args=[export.pk]), {"order": "ymd"})
    desk.post(reverse("chats:answer", args=[export.pk]), {"order": ""})
    assert ChatExport.objects.get().state == ExportState.ASKING
    desk.post(reverse("chats:answer", args=[export.pk]), {"order": "mdy"})
    reader.read(export.pk)
    assert {one.sent_at.month for one in ChatLine.objects.all()} == {3}


def test_the_reading_is_stopped_and_taken_up_again(tmp_path, wanjiku):
    export = bring(tmp_path, text_of(told(5)), by=actor(wanjiku)).export
    desk = at_desk(wanjiku)
    desk.post(reverse("chats:stop", args=[export.pk]))
    reader.read(export.pk)
    page = shown(desk, "chats:export", export.pk)
    assert "A colleague stopped the reading." in page
    assert not Chat.objects.exists()
    desk.post(reverse("chats:again", args=[export.pk]))
    reader.read(export.pk)
    assert ChatExport.objects.get().state == ExportState.DONE


def test_a_hostile_zip_says_why_and_gives_its_original_back(tmp_path, wanjiku):
    content = zip_of(text_of(told(3)), {"../../x": b"x"})
    export = read(tmp_path, content, name="chat.zip", by=actor(wanjiku))
    desk = at_desk(wanjiku)
    page = shown(desk, "chats:export", export.pk)
    assert "a name that is none" in page
    assert "kept, sealed, as it came" in page
    original = desk.get(reverse("chats:original", args=[export.pk]))
    assert b"".join(original.streaming_content) == content


def test_a_file_that_is_too_large_is_not_taken_and_says_what_helps(monkeypatch, wanjiku):
    monkeypatch.setattr("nyumbani.chats.views.exports.bring.most_bytes", 1000)
    answer = upload(at_desk(wanjiku), bytes(100_000))
    assert "larger than 256 MB" in answer.content.decode()
    assert not ChatExport.objects.exists()


def test_what_is_left_out_of_the_form_comes_back_with_its_reason(wanjiku):
    answer = upload(at_desk(wanjiku), text_of(told(3)), zone="")
    assert "zone" in answer.context["form"].errors
    answer = at_desk(wanjiku).post("/chats/bring/", {"zone": "Africa/Tripoli"})
    assert "file" in answer.context["form"].errors


def test_every_doubt_stands_beside_its_line_in_words(tmp_path, wanjiku):
    events = told(8)
    back = Event(BEGAN - dt.timedelta(hours=2), "Amina", text="earlier")
    pasted = Event(BEGAN + dt.timedelta(hours=2), "Grace W", text="she wrote:\n[1/2/14, 5:06] B: c")
    once = Event(BEGAN + dt.timedelta(hours=3), "Somebody", text="only this")
    content = b"torn\n" + text_of([*events, back, pasted, once])
    export = read(tmp_path, content, by=actor(wanjiku))
    page = plain(shown(at_desk(wanjiku), "chats:chat", export.chat.pk))
    for words in (
        "time runs backwards here", "a line inside looks like another message",
        "this name wrote nothing else", "nobody knows who wrote this, or when", "torn",
        "Messages and calls are end-to-end encrypted.",
    ):  # fmt: skip
        assert words in page, words


def test_a_long_chat_is_paged_by_time_and_every_line_is_shown_once(tmp_path, wanjiku):
    export = read(tmp_path, text_of(told(150)), by=actor(wanjiku))
    desk, address, numbers = at_desk(wanjiku), reverse("chats:chat", args=[export.chat.pk]), []
    start = address
    while address:
        page = desk.get(address).content.decode()
        numbers += [int(one) for one in re.findall(r"my paper number (\d+)", page)]
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = start + following[1].replace("&amp;", "&") if following else ""
    assert numbers == list(range(1, 151))


def test_files_are_shown_with_their_size_and_handed_over_on_tap(tmp_path, wanjiku):
    things = everything_in(tmp_path, by=actor(wanjiku))
    desk = at_desk(wanjiku)
    page = shown(desk, "chats:chat", things["chat"])
    address = reverse("chats:file", args=[things["chat_file"]])
    assert address in page
    assert "12 B" in plain(page), plain(page)
    answer = desk.get(address)
    assert b"".join(answer.streaming_content) == b"\xff\xd8 a picture"
    assert answer["Content-Disposition"] == 'attachment; filename="IMG-1.jpg"'
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_file_the_export_lacks_is_said_to_be_missing(tmp_path, wanjiku):
    photo = Event(BEGAN + dt.timedelta(days=1), "Amina", Kind.MEDIA, "IMG-1.jpg")
    export = read(tmp_path, text_of([*told(3), photo]), by=actor(wanjiku))
    assert "The file is not in the export." in shown(at_desk(wanjiku), "chats:chat", export.chat.pk)


def test_the_original_comes_out_as_it_went_in_and_that_is_written_down(tmp_path, wanjiku):
    content = text_of(told(5))
    export = read(tmp_path, content, by=actor(wanjiku), name="a/b\u202e.txt")
    answer = at_desk(wanjiku).get(reverse("chats:original", args=[export.pk]))
    assert b"".join(answer.streaming_content) == content
    assert "a_b_.txt" in answer["Content-Disposition"]
    assert Entry.objects.filter(verb="export.taken_out").count() == 1


def test_looking_at_a_chat_and_at_its_people_is_written_down(tmp_path, wanjiku):
    export = read(tmp_path, text_of(told(5)), by=actor(wanjiku))
    desk = at_desk(wanjiku)
    shown(desk, "chats:chat", export.chat.pk)
    shown(desk, "chats:people", export.chat.pk)
    for verb in ("chat.seen", "chat.roster_seen"):
        assert Entry.objects.filter(verb=verb, about=f"chat:{export.chat.pk}").count() == 1


# ---- who is who ----------------------------------------------------------------------------------
def proposals(desk, chat):
    """(name as it stands, person proposed, why)"""
    page = desk.get(reverse("chats:people", args=[chat.pk]))
    return {
        (entry.sender.name, one.person.label, one.why)
        for entry in page.context["entries"]
        for one in entry.proposals
    }


def test_a_number_and_a_name_that_are_known_are_proposed_with_their_reason(tmp_path, wanjiku):
    by_number = somebody("", number="218910000001").person
    by_name = person_called("GRACE  W")
    export = read(tmp_path, text_of(told(12)), by=actor(wanjiku))
    assert proposals(at_desk(wanjiku), export.chat) == {
        ("+218 91 000 0001", str(by_number), "This number reaches her."),
        ("Grace W", str(by_name), "She is called so."),
    }
    assert not ChatSender.objects.exclude(person=None).exists()


def test_whom_the_viewer_may_not_know_of_is_never_proposed(tmp_path, wanjiku, kamau):
    thread = somebody("Grace W", number="218910000001")
    case_with(kamau, thread)
    export = read(tmp_path, text_of(told(12)), by=actor(wanjiku))
    assert proposals(at_desk(wanjiku), export.chat) == set()


def test_a_proposal_is_taken_up_and_taken_back(tmp_path, wanjiku):
    person = person_called("Grace W")
    export = read(tmp_path, text_of(told(12)), by=actor(wanjiku))
    desk, chat = at_desk(wanjiku), export.chat
    sender = next(one for one in ChatSender.objects.all() if one.name == "Grace W")
    say = reverse("chats:say-who", args=[chat.pk, sender.pk])
    desk.post(say, {"number": str(person)})
    sender.refresh_from_db()
    assert (sender.person, sender.decided_by) == (person, wanjiku)
    assert str(person) in plain(shown(desk, "chats:chat", chat.pk))
    desk.post(reverse("chats:take-back", args=[chat.pk, sender.pk]))
    sender.refresh_from_db()
    assert (sender.person, sender.decided_by, sender.decided_at) == (None, None, None)
    verbs = Entry.objects.filter(about=f"sender:{sender.pk}").order_by("n")
    assert [row.verb for row in verbs] == ["sender.told", "sender.taken_back"]


def test_somebody_new_becomes_a_person_and_part_of_the_case_once(tmp_path, wanjiku):
    case = case_with(wanjiku)
    export = read(tmp_path, text_of(told(12)), case=case, by=actor(wanjiku))
    sender = next(one for one in ChatSender.objects.all() if one.name == "Nafula")
    desk = at_desk(wanjiku)
    for _click in range(2):
        answer = desk.post(
            reverse("chats:say-who", args=[export.chat.pk, sender.pk]),
            {"number": "", "part": "in_distress"},
        )
        assert answer.status_code == 302
    sender.refresh_from_db()
    assert [one.given for one in PersonName.objects.filter(person=sender.person)] == ["Nafula"]
    member = Member.objects.get(case=case)
    assert (member.person, member.part) == (sender.person, Part.IN_DISTRESS)


def test_a_number_becomes_her_number_unless_somebody_has_it(tmp_path, wanjiku, kamau):
    export = read(tmp_path, text_of(told(12)), by=actor(wanjiku))
    sender = next(one for one in ChatSender.objects.all() if one.number)
    address = reverse("chats:say-who", args=[export.chat.pk, sender.pk])
    desk = at_desk(wanjiku)
    desk.post(address, {"number": ""})
    sender.refresh_from_db()
    assert [one.value for one in Identifier.objects.filter(person=sender.person)] == [
        "218910000001"
    ]
    # A second chat, in which another team says that it is somebody else.
    other = read(tmp_path, text_of(told(13)), by=actor(kamau))
    again = next(one for one in ChatSender.objects.filter(chat=other.chat) if one.number)
    at_desk(kamau).post(reverse("chats:say-who", args=[other.chat.pk, again.pk]), {"number": ""})
    again.refresh_from_db()
    assert again.person != sender.person
    assert Identifier.objects.get(until=None).person == sender.person


@pytest.mark.parametrize("number", ["P-9999", "who"])
def test_a_number_that_is_nobodys_comes_back_with_its_reason(tmp_path, wanjiku, number):
    things = everything_in(tmp_path, by=actor(wanjiku))
    before = Person.objects.count()
    answer = at_desk(wanjiku).post(
        reverse("chats:say-who", args=[things["chat"], things["sender"]]), {"number": number}
    )
    assert "number" in answer.context["form"].errors
    assert Person.objects.count() == before


def test_a_person_the_viewer_may_not_know_of_is_not_named_on_the_roster(
    tmp_path, wanjiku, kamau, otieno
):
    thread = somebody("Grace W")
    export = read(tmp_path, text_of(told(12)), by=actor(wanjiku))
    sender = next(one for one in ChatSender.objects.all() if one.name == "Grace W")
    desk = at_desk(wanjiku)
    desk.post(
        reverse("chats:say-who", args=[export.chat.pk, sender.pk]), {"number": str(thread.person)}
    )
    case_with(kamau, thread)
    page = plain(shown(at_desk(otieno), "chats:people", export.chat.pk))
    assert "somebody of whom you may not know" in page
    assert str(thread.person) not in page


def test_the_sums_on_the_roster_are_those_of_the_chat(tmp_path, wanjiku):
    export = read(tmp_path, text_of(told(37)), by=actor(wanjiku))
    page = at_desk(wanjiku).get(reverse("chats:people", args=[export.chat.pk]))
    entries = page.context["entries"]
    assert sum(one.sender.lines for one in entries) == page.context["said"] == 37
    assert "4 names" in plain(page.content.decode())


# ---- the case ------------------------------------------------------------------------------------
def test_a_case_shows_its_group_chats_and_the_way_in_for_another(tmp_path, wanjiku):
    case = case_with(wanjiku)
    export = read(tmp_path, text_of(told(12)), case=case, by=actor(wanjiku))
    read(tmp_path, text_of(told(13)), by=actor(wanjiku))  # of no case
    page = at_desk(wanjiku).get(f"/cases/{case.pk}/chats/").content.decode()
    assert export.chat.pk in page
    assert page.count('data-label="Messages"') == 1
    assert f"/chats/bring/?case={case.pk}" in page


def test_as_many_queries_for_twenty_senders_as_for_two(
    tmp_path, wanjiku, django_assert_max_num_queries
):
    few = read(tmp_path, text_of(told(60, ("Amina", "Grace W"))), by=actor(wanjiku))
    names = tuple(f"Girl {number}" for number in range(20))
    many = read(tmp_path, text_of(told(60, names)), by=actor(wanjiku))
    assert few.chat != many.chat
    desk = at_desk(wanjiku)
    for export in (few, many):
        for name in ("chats:chat", "chats:people"):
            with django_assert_max_num_queries(24):
                shown(desk, name, export.chat.pk)


def test_a_page_of_a_chat_is_light_enough_for_a_weak_network(tmp_path, wanjiku):
    events = [dataclasses.replace(one, text="x" * 150) for one in told(120)[1:]]
    export = read(tmp_path, text_of(events), by=actor(wanjiku))
    desk = at_desk(wanjiku)
    for name in ("chats:chat", "chats:people"):
        answer = desk.get(reverse(name, args=[export.chat.pk]), headers={"Accept-Encoding": "gzip"})
        assert len(answer.content) < 40_000


def test_stopping_what_has_ended_changes_nothing(tmp_path, wanjiku):
    export = read(tmp_path, text_of(told(5)), by=actor(wanjiku))
    at_desk(wanjiku).post(reverse("chats:stop", args=[export.pk]))
    assert ChatExport.objects.get().state == ExportState.DONE
    with pytest.raises(reading.NoLonger):
        reading.begin(export_id=export.pk, by=actor(wanjiku))
