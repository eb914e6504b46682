"""One conversation as people read it: honest times, honest states, nothing hidden."""

import datetime as dt
import gzip
import re

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases.terms import Matter, Urgency
from nyumbani.domain.delivery import State
from nyumbani.inbox.actions import work
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.terms import ChangeKind, Keeping, Way
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.terms import PairReason, PairStanding
from tests.desk.world import (
    INTAKE,
    MINUTE,
    MONDAY,
    answer,
    at_desk,
    attach,
    case_with,
    change,
    hear,
    somebody,
)
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
POLL = {"headers": {"X-Poll": "1"}}


@pytest.fixture
def rehema(db):
    thread = somebody("Rehema")
    hear(thread, "My friend Achieng is beaten by her boss", at=MONDAY - MINUTE)
    return thread


def address(thread, more=""):
    return f"/inbox/{thread.person_id}/{more}"


def page_of(staff, thread, more=""):
    return at_desk(staff).get(address(thread, more)).content.decode()


def flow_of(staff, thread, more=""):
    """The conversation itself, without the list beside it."""
    return page_of(staff, thread, more).partition('id="flow"')[2].partition("<form class=")[0]


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_nobody_reads_it_before_signing_in(client, rehema):
    assert client.get(address(rehema))["Location"].startswith("/sign-in/")


def test_whoever_answers_the_inbox_reads_it(rehema, wanjiku, otieno):
    for staff in (wanjiku, otieno):
        assert "beaten by her boss" in page_of(staff, rehema)


def test_once_she_is_in_a_case_only_its_team_reads_it(rehema, wanjiku, kamau, mutiso, amina):
    case_with(wanjiku, rehema)
    assert "beaten by her boss" in page_of(wanjiku, rehema)
    for staff in (kamau, mutiso, amina):
        for more in ("", "news/", "reply/", "note/"):
            assert at_desk(staff).get(address(rehema, more)).status_code == 404


def test_an_id_of_nobody_and_a_damaged_one_are_answered_alike(wanjiku):
    desk = at_desk(wanjiku)
    assert desk.get("/inbox/01J2X3Y4Z5A6B7C8D9E0F1G2H3/").status_code == 404
    assert desk.get("/inbox/not-an-id/").status_code == 404


def test_each_reading_is_written_down_once_and_silent_polls_are_not(rehema, wanjiku):
    desk = at_desk(wanjiku)
    stamp = desk.get(address(rehema)).context["stretch"].stamp
    seen = Entry.objects.filter(verb="thread.seen", about=f"person:{rehema.person_id}")
    assert seen.count() == 1
    assert desk.get(address(rehema, f"news/?since={stamp}"), **POLL).status_code == 204
    assert seen.count() == 1


def test_a_late_message_stands_at_its_senders_time_and_says_how_late(wanjiku, rehema):
    hear(rehema, "He locked the door", at=MONDAY - dt.timedelta(days=3), received=MONDAY)
    page = flow_of(wanjiku, rehema)
    assert page.index("He locked the door") < page.index("beaten by her boss")
    assert "received 3 days later" in page
    assert page.count("received") == 1


def test_days_are_told_apart_in_the_readers_zone(wanjiku, rehema):
    # Half past ten in the evening of Sunday in London is Monday in Nairobi.
    hear(rehema, "Are you there", at=MONDAY.replace(day=13, hour=22, minute=30))
    hear(rehema, "Yesterday", at=MONDAY.replace(day=13, hour=12))
    page = flow_of(wanjiku, rehema)
    assert page.index("Sunday 13 July") < page.index("Yesterday") < page.index("Monday 14 July")
    assert page.index("Monday 14 July") < page.index("Are you there")
    assert page.count("Monday 14 July") == 1


def test_an_edit_shows_the_new_words_and_keeps_the_old(wanjiku, rehema):
    message = hear(rehema, "in Tripoly")
    change(message, ChangeKind.EDIT, "in Tripoli")
    page = words_of(flow_of(wanjiku, rehema))
    assert page.index("in Tripoli") < page.index("Edited: what it said before")
    assert page.index("Edited: what it said before") < page.index("in Tripoly")


def test_what_she_took_back_is_marked_and_read_only_on_purpose(wanjiku, rehema):
    message = hear(rehema, "I am afraid of him")
    change(message, ChangeKind.DELETION)
    page = flow_of(wanjiku, rehema)
    before, _, behind = page.partition("This message was taken back")
    assert "I am afraid of him" not in before
    assert behind.index("<details>") < behind.index("I am afraid of him")


def test_reactions_and_quotes_are_shown(wanjiku, rehema):
    attempt = answer(rehema, "Is it safe to write?", wanjiku, state=State.SENT)
    message = hear(rehema, "Now yes", answers_digest=attempt.provider_digest)
    change(message, ChangeKind.REACTION, "🙏🏾")
    page = page_of(wanjiku, rehema)
    assert re.search(r'<blockquote class="soft" dir="auto">\s*Is it safe to write\?', page)
    assert "🙏🏾" in page


def test_a_quote_of_what_was_taken_back_does_not_say_it_again(wanjiku, rehema):
    message = hear(rehema, "I am afraid of him")
    answered = message.provider_digest
    change(message, ChangeKind.DELETION)
    hear(rehema, "Forget it", answers_digest=answered, way=Way.ECHO, at=MONDAY + MINUTE)
    page = flow_of(wanjiku, rehema)
    assert page.count("I am afraid of him") == 1
    assert page.index("I am afraid of him") < page.index("Forget it")


def test_a_reaction_taken_away_is_gone(wanjiku, rehema):
    message = hear(rehema, "Now yes")
    change(message, ChangeKind.REACTION, "🙏🏾")
    change(message, ChangeKind.REACTION, "", at=MONDAY + MINUTE)
    assert "🙏🏾" not in page_of(wanjiku, rehema)


def test_a_place_is_told_in_words_and_figures(wanjiku, rehema):
    place = {"latitude": 32.88, "longitude": 13.19, "name": "Gargaresh", "address": "by the sea"}
    hear(rehema, content=Content.LOCATION, data={"location": place})
    page = words_of(page_of(wanjiku, rehema))
    assert "Gargaresh by the sea" in page
    assert "32.88, 13.19" in page


def test_a_contact_is_told_with_its_number(wanjiku, rehema):
    contact = {"name": {"formatted_name": "Zawadi"}, "phones": [{"phone": "+218 91 000 00 09"}]}
    hear(rehema, content=Content.CONTACTS, data={"contacts": [contact]})
    page = words_of(page_of(wanjiku, rehema))
    assert "Zawadi" in page
    assert "+218 91 000 00 09" in page


def test_what_was_not_understood_says_so(wanjiku, rehema):
    hear(rehema, content=Content.UNKNOWN, notes=["not understood: a poll"])
    page = page_of(wanjiku, rehema)
    assert "Ask her to write it as text." in page
    assert "not understood: a poll" in page


def test_a_notice_of_the_platform_is_nobodys_message(wanjiku, rehema):
    hear(rehema, "her phone may have changed hands", way=Way.NOTICE, content=Content.NONE)
    page = page_of(wanjiku, rehema)
    assert "her phone may have changed hands" in page


def test_files_load_only_when_asked_for_and_say_their_size(wanjiku, rehema):
    voice = attach(hear(rehema, content=Content.VOICE), b"OggS" + bytes(41_996), "audio/ogg")
    picture = attach(
        hear(rehema, content=Content.IMAGE), b"\xff\xd8\xff", "image/jpeg", kind=Content.IMAGE
    )
    page = page_of(wanjiku, rehema)
    assert f'<audio controls preload="none" src="/files/{voice.pk}/"' in page
    assert "42 kB" in page
    assert re.search(rf'<img src="/files/{picture.pk}/"\s+loading="lazy"', page)


@pytest.mark.parametrize(
    "data",
    [
        {"contacts": 7, "location": "here"},
        {"contacts": [None, {"phones": 3}, {"name": "Zawadi", "phones": [None, {}]}]},
        {"location": {}, "order": [], "attachments_not_understood": [{"type": "?"}]},
        [],
    ],
)
def test_whatever_a_platform_sends_the_thread_can_be_read(wanjiku, rehema, data):
    hear(rehema, content=Content.CONTACTS, data=data)
    assert "beaten by her boss" in flow_of(wanjiku, rehema)


@pytest.mark.parametrize(
    ("keeping", "words"),
    [
        (Keeping.PENDING, "being fetched"),
        (Keeping.EXPIRED, "no longer offered by the platform"),
        (Keeping.REFUSED, "not fetched, for safety"),
        (Keeping.CHANGED, "This is not the file the platform announced."),
    ],
)
def test_a_file_that_is_not_here_says_why(wanjiku, rehema, keeping, words):
    file = attach(hear(rehema, content=Content.VOICE), b"OggS", "audio/ogg")
    file.keeping = keeping
    file.save()
    assert words in page_of(wanjiku, rehema)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.QUEUED, "waiting to be sent"),
        (State.SENDING, "being sent"),
        (State.SENT, "✓ sent"),
        (State.DELIVERED, "✓✓ delivered"),
        (State.READ, "✓✓ read"),
        (State.FAILED, "Not sent: no such number"),
        (State.UNKNOWN, "We do not know whether this was sent."),
    ],
)
def test_what_we_wrote_claims_no_more_than_is_known(wanjiku, rehema, state, words):
    answer(rehema, "Is it safe to write?", wanjiku, state=state, why="no such number")
    page = words_of(page_of(wanjiku, rehema))
    assert words in page
    if state in {State.QUEUED, State.SENDING, State.UNKNOWN}:
        assert "✓" not in page


def test_only_what_may_arrive_twice_unseen_warns_before_it_is_sent_again(wanjiku, rehema):
    attempt = answer(rehema, "Is it safe?", wanjiku, state=State.FAILED, why="no such number")
    page = page_of(wanjiku, rehema)
    assert f"/attempts/{attempt.pk}/again/" in page
    assert "It may arrive twice." not in page
    attempt.state = State.UNKNOWN
    attempt.save()
    assert "It may arrive twice." in page_of(wanjiku, rehema)


def test_a_note_looks_like_one_and_stands_at_its_time(wanjiku, rehema):
    with clock.at(MONDAY - dt.timedelta(seconds=30)):
        work.note(thread=rehema, text="Reporter is not in danger", by=actor(wanjiku))
    hear(rehema, "Are you there?", at=MONDAY)
    page = page_of(wanjiku, rehema)
    assert page.index("beaten by") < page.index("Reporter is not in danger")
    assert page.index("Reporter is not in danger") < page.index("Are you there?</div>")
    assert '<div class="msg note"' in page


def test_a_long_thread_is_read_in_stretches_and_loses_nothing(wanjiku):
    thread = somebody("Rehema")
    for n in range(120):
        hear(thread, f"word {n}.", at=MONDAY - (120 - n) * MINUTE)
    for at in (115, 65, 1):
        with clock.at(MONDAY - at * MINUTE + dt.timedelta(seconds=30)):
            work.note(thread=thread, text=f"note at {at}.", by=actor(wanjiku))
    with clock.at(MONDAY - 500 * MINUTE):
        work.note(thread=thread, text="note before all.", by=actor(wanjiku))
    desk, cursor, told = at_desk(wanjiku), "", []
    while cursor is not None:
        stretch = desk.get(address(thread, f"?cursor={cursor}")).context["stretch"]
        told = [line.note.text if line.note else line.text for line in stretch.lines] + told
        cursor = stretch.page.older
    assert len(told) == len(set(told)) == 124
    assert told[0] == "note before all."
    assert [line for line in told if line.startswith("word")] == [f"word {n}." for n in range(120)]
    assert told[told.index("note at 65.") - 1] == "word 55."


def test_a_link_to_an_old_message_opens_the_thread_there(wanjiku):
    thread = somebody("Rehema")
    messages = [hear(thread, f"word {n}.", at=MONDAY - (200 - n) * MINUTE) for n in range(200)]
    page = page_of(wanjiku, thread, f"?at={messages[20].pk}")
    assert f'id="m-{messages[20].pk}"' in page
    assert "word 30." in page
    assert "word 31." not in page
    assert "Newest messages" in page
    assert 'data-poll="/inbox/' not in page.partition('id="flow"')[2].partition(">")[0]


def test_a_link_to_somebody_elses_message_opens_nothing_of_hers(wanjiku, kamau, rehema):
    other = somebody("Achieng")
    message = hear(other, "a secret")
    case_with(kamau, other)
    assert "a secret" not in page_of(wanjiku, rehema, f"?at={message.pk}")


def test_new_words_come_with_the_next_poll(wanjiku, rehema):
    desk = at_desk(wanjiku)
    stamp = desk.get(address(rehema)).context["stretch"].stamp
    silent = desk.get(address(rehema, f"news/?since={stamp}"), **POLL)
    assert (silent.status_code, silent.content) == (204, b"")
    assert len(silent.serialize_headers()) < 400
    hear(rehema, "Are you there?")
    news = desk.get(address(rehema, f"news/?since={stamp}"), **POLL)
    assert news.content.decode().lstrip().startswith('<div class="flow"')
    assert "Are you there?" in news.content.decode()
    assert "Content-Encoding" not in news


@pytest.mark.parametrize("event", ["delivered", "edited", "taken back", "noted", "fetched"])
def test_a_poll_tells_of_whatever_the_page_would_show(wanjiku, rehema, event):
    message = hear(rehema, content=Content.VOICE, text="listen")
    file = attach(message, b"OggS", "audio/ogg")
    attempt = answer(rehema, "Is it safe?", wanjiku, state=State.SENT)
    desk = at_desk(wanjiku)
    stamp = desk.get(address(rehema)).context["stretch"].stamp
    match event:
        case "delivered":
            attempt.state = State.DELIVERED
            attempt.save()
        case "edited":
            change(message, ChangeKind.EDIT, "listen well")
        case "taken back":
            change(message, ChangeKind.DELETION)
        case "noted":
            work.note(thread=rehema, text="Call nobody", by=actor(wanjiku))
        case "fetched":
            file.keeping = Keeping.CHANGED
            file.save()
    assert desk.get(address(rehema, f"news/?since={stamp}"), **POLL).status_code == 200


def test_the_side_tells_who_she_is_and_what_was_said(wanjiku, rehema):
    message = hear(rehema, "He took her passport")
    case = case_with(wanjiku, rehema, urgency=Urgency.NOW)
    work.write_down_fact(
        message=message, case=case, matter=Matter.PASSPORT_WITHHELD, text="The employer has it",
        by=actor(wanjiku),
    )  # fmt: skip
    page = page_of(wanjiku, rehema).partition("<aside")[2]
    for words in ("NYB-1", "danger now", "Passport withheld · alleged", "The employer has it"):
        assert words in page


def test_two_who_may_be_one_are_decided_beside_the_thread(wanjiku, rehema):
    other = somebody("R. Mwangi")
    people.put_side_by_side(
        one=rehema.person_id, other=other.person_id, reason=PairReason.CHANGED_NUMBER, by=INTAKE
    )
    desk = at_desk(wanjiku)
    [question] = desk.get(address(rehema)).context["questions"]
    chosen = {"standing": "different", "beside": rehema.person_id}
    answered = desk.post(f"/pairs/{question.pair.pk}/decide/", chosen)
    assert answered["Location"] == f"/people/{rehema.person_id}/"
    question.pair.refresh_from_db()
    assert question.pair.standing == PairStanding.DIFFERENT
    assert question.pair.decided_by == wanjiku
    # It can be opened again.
    desk.post(f"/pairs/{question.pair.pk}/decide/", {"standing": "open"})
    question.pair.refresh_from_db()
    assert question.pair.standing == PairStanding.OPEN


def test_as_many_queries_for_fifty_messages_as_for_three(wanjiku, django_assert_max_num_queries):
    thread = somebody("Rehema")
    desk = at_desk(wanjiku)
    for n in range(3):
        attach(hear(thread, f"word {n}", at=MONDAY - (60 - n) * MINUTE), b"OggS", "audio/ogg")
    change(hear(thread, "word", at=MONDAY - 61 * MINUTE), ChangeKind.EDIT, "another")
    work.note(thread=thread, text="a note", by=actor(wanjiku))
    case_with(wanjiku, thread)
    desk.get(address(thread))
    with django_assert_max_num_queries(59) as three:  # PostgreSQL asks once more than SQLite
        desk.get(address(thread))
    for n in range(3, 50):
        message = hear(thread, f"word {n}", at=MONDAY - (60 - n) * MINUTE)
        if n % 5 == 0:
            attach(message, b"OggS", "audio/ogg")
            change(message, ChangeKind.EDIT, "other words")
        if n % 7 == 0:
            work.note(thread=thread, text="a note", by=actor(wanjiku))
    with django_assert_max_num_queries(len(three)):
        desk.get(address(thread))


def test_fifty_messages_stay_within_the_weight(wanjiku):
    thread = somebody("Rehema")
    for n in range(60):
        hear(thread, f"They took my passport and locked the door {n}. " * 4, at=MONDAY - n * MINUTE)
    answered = at_desk(wanjiku).get(address(thread))
    assert len(gzip.compress(answered.content)) < 20_000


def test_it_turns_to_the_right_in_arabic_and_every_word_of_hers_finds_its_own_way(wanjiku):
    thread = somebody("فاطمة")
    hear(thread, "ساعدوني، أنا محبوسة في البيت")
    answered = at_desk(wanjiku).get(address(thread), headers={"Accept-Language": "ar"})
    page = answered.content.decode()
    assert 'dir="rtl"' in page
    assert '<div class="text" dir="auto">ساعدوني، أنا محبوسة في البيت</div>' in page


def test_no_name_stands_in_the_title(wanjiku, rehema):
    title = page_of(wanjiku, rehema).partition("<title>")[2].partition("</title>")[0]
    assert "Conversation" in title
    assert "Rehema" not in title
