"""Writing back from the page: sent once, refused with a reason, and never a word lost."""

import datetime as dt
import threading

import pytest
from django.db import connection

from nyumbani.accounts.terms import Role
from nyumbani.inbox.actions import doors
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Way
from nyumbani.jobs.models import Job
from nyumbani.kit import clock, ids
from nyumbani.people.models.identifiers import Identifier
from tests.desk.world import INTAKE, MINUTE, MONDAY, at_desk, case_with, hear, lets_in, somebody
from tests.people_here import new_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WORDS = "Thank you for writing. Is it safe for you to write now?"


@pytest.fixture
def rehema(db):
    thread = somebody("Rehema")
    hear(thread, "Can you help her come home?", at=MONDAY - MINUTE)
    return thread


def address(thread, more="reply/"):
    return f"/inbox/{thread.person_id}/{more}"


def sent():
    return [one.text for one in Message.objects.filter(way=Way.OUT).order_by("sent_at", "id")]


def once_of(desk, thread):
    return desk.get(address(thread, "")).context["form"]["once"].value()


def test_words_are_queued_and_the_page_says_no_more_than_that(wanjiku, rehema):
    desk = at_desk(wanjiku)
    answered = desk.post(address(rehema), {"text": WORDS, "once": once_of(desk, rehema)})
    assert answered["Location"] == address(rehema, "#newest")
    assert sent() == [WORDS]
    assert Job.objects.filter(kind="inbox.send").count() == 1
    page = desk.get(address(rehema, "")).content.decode()
    assert "waiting to be sent" in page
    assert "✓" not in page.partition('id="flow"')[2].partition("<form class=")[0]


def test_a_double_click_or_a_reload_sends_once(wanjiku, rehema):
    desk = at_desk(wanjiku)
    form = {"text": WORDS, "once": once_of(desk, rehema)}
    for _ in range(3):
        assert desk.post(address(rehema), form).status_code == 302
    assert sent() == [WORDS]
    assert Attempt.objects.count() == 1


def test_the_same_words_on_purpose_are_sent_again(wanjiku, rehema):
    desk = at_desk(wanjiku)
    for _ in range(2):
        desk.post(address(rehema), {"text": WORDS, "once": once_of(desk, rehema)})
    assert sent() == [WORDS, WORDS]


def test_other_words_from_a_page_sent_before_are_not_lost(wanjiku, rehema):
    desk = at_desk(wanjiku)
    once = once_of(desk, rehema)
    desk.post(address(rehema), {"text": WORDS, "once": once})
    desk.post(address(rehema), {"text": "And are you alone?", "once": once})
    assert sent() == [WORDS, "And are you alone?"]


def test_a_mark_of_another_conversation_sends_all_the_same(wanjiku, rehema):
    desk = at_desk(wanjiku)
    other = somebody("Zawadi")
    foreign = hear(other, "Habari")
    desk.post(address(rehema), {"text": WORDS, "once": foreign.pk})
    desk.post(address(rehema), {"text": "Second", "once": "damaged"})
    assert sent() == [WORDS, "Second"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_one_moment_send_once(wanjiku, rehema):
    form = {"text": WORDS, "once": ids.new()}
    desks, statuses = [at_desk(wanjiku), at_desk(wanjiku)], []
    gate = threading.Barrier(2)

    def click(desk):
        with clock.at(MONDAY):
            gate.wait()
            statuses.append(desk.post(address(rehema), form).status_code)
        connection.close()

    threads = [threading.Thread(target=click, args=(desk,)) for desk in desks]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert statuses == [302, 302]
    assert sent() == [WORDS]
    assert Attempt.objects.count() == 1


def test_when_the_window_is_closed_the_box_is_locked_and_says_what_to_do(wanjiku, rehema):
    with clock.at(MONDAY + dt.timedelta(hours=25)):
        page = at_desk(wanjiku).get(address(rehema, "")).content.decode()
    assert 'id="composer" disabled' in " ".join(page.split())
    assert "You can answer as soon as she writes again, or send a template" in page


def test_words_that_came_too_late_stay_in_the_box(wanjiku, rehema):
    desk = at_desk(wanjiku)
    once = once_of(desk, rehema)
    with clock.at(MONDAY + dt.timedelta(hours=25)):
        desk = at_desk(wanjiku)
        answered = desk.post(address(rehema), {"text": WORDS, "once": once})
    page = answered.content.decode()
    assert answered.status_code == 200
    assert "Not sent. Your words are still in the box." in page
    assert f"{WORDS}</textarea>" in page
    assert sent() == []


def test_words_too_long_stay_and_it_is_told_by_how_much(wanjiku, rehema):
    page = at_desk(wanjiku).post(address(rehema), {"text": "x" * 4100}).content.decode()
    assert "This is 4 characters too long for the channel." in page
    assert "x" * 4100 in page


def test_nothing_written_sends_nothing(wanjiku, rehema):
    page = at_desk(wanjiku).post(address(rehema), {"text": "  "}).content.decode()
    assert "Write something first." in page
    assert sent() == []


def test_a_stopped_channel_locks_the_box(wanjiku, rehema):
    account = Message.objects.get(conversation=rehema).account
    doors.stop(account=account, why="token expired", by=INTAKE)
    page = at_desk(wanjiku).get(address(rehema, "")).content.decode()
    assert "The platform refuses our access to this channel" in page
    assert 'id="composer" disabled' in " ".join(page.split())


def test_without_a_number_that_reaches_her_now_nothing_leaves(wanjiku, rehema):
    Identifier.objects.filter(person=rehema.person).update(until=MONDAY)
    page = at_desk(wanjiku).post(address(rehema), {"text": WORDS}).content.decode()
    assert "We have no number or account of hers" in page
    assert WORDS in page


def test_whoever_may_only_read_is_told_so_and_cannot_post(wanjiku, rehema):
    akinyi = new_staff("akinyi", "Akinyi", Role.LEGAL_OFFICER)
    case = case_with(wanjiku, rehema)
    lets_in(case, wanjiku, akinyi)
    desk = at_desk(akinyi)
    assert "your role does not write to people" in desk.get(address(rehema, "")).content.decode()
    assert desk.post(address(rehema), {"text": WORDS}).status_code == 404
    assert sent() == []


def test_another_team_cannot_write_to_her(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    assert at_desk(kamau).post(address(rehema), {"text": WORDS}).status_code == 404
    assert sent() == []


def test_nobody_writes_before_signing_in(client, rehema):
    assert client.post(address(rehema), {"text": WORDS})["Location"].startswith("/sign-in/")
    assert sent() == []


def test_coming_back_to_an_answer_leads_to_the_conversation(wanjiku, rehema):
    answered = at_desk(wanjiku).get(address(rehema))
    assert answered["Location"] == address(rehema, "")
