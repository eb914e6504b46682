"""Answers leave the house once, and every state is one the platform has confirmed."""

import datetime as dt

import pytest

from nyumbani.domain.answers import Answer
from nyumbani.drill.graph.faults import Fault
from nyumbani.drill.graph.meta import Graph
from nyumbani.drill.phones.messenger import MessengerPhone
from nyumbani.drill.phones.whatsapp import WhatsAppPhone
from nyumbani.inbox.actions.sending import begin
from nyumbani.inbox.actions.writing import NotWritten, send_again, write_back
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Attachment, Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Keeping, Way
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from nyumbani.vault.files import SealedFile, open_file
from tests.hands import real_time_again
from tests.inbox.bodies import BY, DAY, JULY, PAGE, PHONE, open_doors
from tests.people_here import actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def platform(live_server, settings):
    """The simulated platform, knocking at the real doors of a running server."""
    from dataclasses import replace

    open_doors()
    doors = [replace(d, url=f"{live_server.url}/hooks/{d.channel}/") for d in (PHONE, PAGE)]
    with clock.at(JULY), Graph(doors, now=lambda: JULY, seed=7) as graph:
        settings.NYUMBANI_GRAPH_URL = graph.url
        # The server lives in another thread, which a clock held for this one does not reach.
        clock._source[:] = [lambda: JULY]
        yield graph
        real_time_again()


@pytest.fixture
def nafula(platform):
    phone = WhatsAppPhone(
        platform, platform.doors[0], name="Nafula", bsuid="KE.1001", number="+218910000001"
    )
    phone.write("Habari")
    arrive(platform)
    return phone


def arrive(platform):
    platform.postman.settle()
    run_due()


def answer(staff, words="Is it safe for you to write now?"):
    thread = Conversation.objects.get()
    return write_back(thread=thread, text=words, by=actor(staff))


def state():
    return Attempt.objects.get().state


def test_an_answer_reaches_her_and_its_states_rise(platform, nafula, wanjiku):
    answer(wanjiku)
    assert state() == "queued"
    run_due()
    arrive(platform)
    assert nafula.texts == ["Is it safe for you to write now?"]
    assert state() == "delivered"
    nafula.open_chat()
    arrive(platform)
    assert state() == "read"
    assert Conversation.objects.get().waiting_since is None


def test_a_messenger_answer_reaches_her_once_and_its_echo_is_not_another_message(platform, wanjiku):
    rehema = MessengerPhone(platform, platform.doors[1], psid="5001", first_name="Rehema")
    rehema.write("Hallo. It is not for me.")
    arrive(platform)
    answer(wanjiku)
    run_due()
    arrive(platform)
    rehema.open_chat()
    arrive(platform)
    assert rehema.texts == ["Is it safe for you to write now?"]
    assert Message.objects.filter(way__in=[Way.OUT, Way.ECHO]).count() == 1
    assert state() == "read"


@pytest.mark.parametrize("fault", [Fault.ANSWER_LATE, Fault.DROPPED])
def test_a_lost_answer_is_unknown_until_the_platform_reports_and_nothing_is_sent_twice(
    platform, nafula, wanjiku, fault, monkeypatch
):
    from nyumbani.inbox import platforms
    from nyumbani.kit.http import Limits, Outside

    monkeypatch.setattr(
        platforms, "outside",
        lambda known: Outside((), loopback=platform.url, limits=Limits(read=0.3, total=0.5)),
    )  # fmt: skip
    platform.faults.plan(fault, seconds=1.0)
    answer(wanjiku)
    with platform.postman.held():
        run_due()
        assert state() == "unknown"
        run_due()
        assert state() == "unknown"
    arrive(platform)
    assert state() == "delivered"
    assert len(nafula.received) == 1


def test_a_sender_killed_in_the_middle_does_not_send_again(platform, nafula, wanjiku):
    answer(wanjiku)
    attempt = Attempt.objects.get()
    assert begin(attempt_id=attempt.id, by=BY) is not None
    run_due()  # the job is still there, as after kill -9
    assert state() == "unknown"
    assert nafula.received == []


def test_a_throttled_answer_waits_and_leaves_later(platform, nafula, wanjiku):
    platform.faults.plan(Fault.THROTTLED)
    answer(wanjiku)
    run_due()
    assert state() == "queued"
    with clock.at(JULY + dt.timedelta(minutes=10)):
        run_due()
    arrive(platform)
    assert len(nafula.received) == 1
    assert state() == "delivered"


def test_without_a_connection_nothing_is_lost(platform, nafula, wanjiku, settings):
    url = settings.NYUMBANI_GRAPH_URL
    settings.NYUMBANI_GRAPH_URL = "http://127.0.0.1:9"
    answer(wanjiku)
    run_due()
    assert state() == "queued"
    settings.NYUMBANI_GRAPH_URL = url
    with clock.at(JULY + dt.timedelta(minutes=10)):
        run_due()
    arrive(platform)
    assert len(nafula.received) == 1


def test_a_failure_that_is_told_later_says_why_and_may_be_sent_again(platform, nafula, wanjiku):
    platform.faults.plan(Fault.FAILS_LATER)
    answer(wanjiku)
    run_due()
    arrive(platform)
    attempt = Attempt.objects.get()
    assert attempt.state == "failed"
    assert attempt.why
    send_again(attempt=attempt, by=actor(wanjiku))
    run_due()  # a few seconds lie between two messages to one person
    assert nafula.received == []
    with clock.at(JULY + dt.timedelta(seconds=6)):
        run_due()
    arrive(platform)
    assert Attempt.objects.count() == 2
    assert len(nafula.received) == 1


def test_what_is_on_its_way_is_not_sent_again(platform, nafula, wanjiku):
    answer(wanjiku)
    run_due()
    arrive(platform)
    with pytest.raises(NotWritten) as refusal:
        send_again(attempt=Attempt.objects.get(), by=actor(wanjiku))
    assert refusal.value.answer == Answer.no("on_its_way")


def test_after_a_day_free_words_are_refused_before_anything_is_stored(platform, nafula, wanjiku):
    with clock.at(JULY + DAY), pytest.raises(NotWritten) as refusal:
        answer(wanjiku)
    assert refusal.value.answer.why == "window_closed"
    assert not Attempt.objects.exists()
    assert not Message.objects.filter(way=Way.OUT).exists()


def test_an_answer_that_waited_past_the_window_fails_honestly(platform, nafula, wanjiku):
    answer(wanjiku)
    with clock.at(JULY + DAY):
        run_due()
    attempt = Attempt.objects.get()
    assert attempt.state == "failed"
    assert "over" in attempt.why
    assert nafula.received == []


def test_a_refused_token_stops_the_channel_and_says_so(platform, nafula, wanjiku):
    account = ChannelAccount.objects.get(channel="whatsapp")
    account.secrets = account.secrets | {"access_token": "wrong"}
    account.save()
    answer(wanjiku)
    run_due()
    account.refresh_from_db()
    assert account.stopped_at is not None
    assert state() == "failed"
    with pytest.raises(NotWritten) as refusal:
        answer(wanjiku, "again")
    assert refusal.value.answer.why == "stopped"


def test_a_voice_note_is_fetched_sealed_and_whole(platform, nafula):
    nafula.voice(3)
    arrive(platform)
    file = Attachment.objects.get()
    assert file.keeping == Keeping.KEPT
    content = open_file(SealedFile(file.path, file.sha256, file.size), file.seal_scope)
    assert content.startswith(b"OggS")


def test_a_file_that_differs_from_its_announcement_is_kept_and_says_so(platform, nafula):
    platform.faults.plan(Fault.MEDIA_ALTERED)
    nafula.voice(3)
    arrive(platform)
    assert Attachment.objects.get().keeping == Keeping.CHANGED


def test_a_file_that_does_not_come_is_asked_for_again_and_the_message_stands(platform, nafula):
    platform.faults.plan(Fault.MEDIA_AWAY)
    nafula.photo()
    arrive(platform)
    assert Message.objects.filter(content="image").exists()
    assert Attachment.objects.get().keeping == Keeping.PENDING
    with clock.at(JULY + dt.timedelta(hours=1)):
        run_due()
    assert Attachment.objects.get().keeping == Keeping.KEPT
    assert not Job.objects.filter(state="dead").exists()
