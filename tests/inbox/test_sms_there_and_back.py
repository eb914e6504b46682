"""SMS over real HTTP: in, out, reported, missed and recovered."""

import datetime as dt
from urllib.parse import urlencode

import pytest

from nyumbani.drill.graph.faults import Fault
from nyumbani.drill.graph.gateway import Gateway
from nyumbani.drill.phones.sms import SmsPhone
from nyumbani.drill.wire.sms import ShortCode
from nyumbani.inbox.actions.doors import plan_polls
from nyumbani.inbox.actions.writing import NotWritten, send_again, write_back
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry, OddItem
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Way
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from tests.hands import real_time_again
from tests.inbox.bodies import BY, DAY, JULY
from tests.inbox.channels_open import CODE, WORD, open_sms, sms
from tests.people_here import actor

pytestmark = pytest.mark.django_db(transaction=True)
LATER = dt.timedelta(minutes=6)


@pytest.fixture
def gateway(live_server, settings):
    code = ShortCode(CODE, f"{live_server.url}/hooks/sms/{WORD}/")
    with clock.at(JULY), Gateway([code], now=clock.now) as running:
        settings.NYUMBANI_PLATFORM_URLS = {"africastalking": running.url}
        # The server lives in another thread, which a clock held for this one does not reach.
        clock._source[:] = [lambda: JULY]
        open_sms()
        run_due()  # asks at once for what came before
        yield running
        real_time_again()


@pytest.fixture
def phone(gateway):
    return SmsPhone(gateway, gateway.codes[0], number="+218 91 000 00 01")


def arrive(gateway):
    gateway.courier.settle()
    run_due()


def say(gateway, phone, words="Habari"):
    phone.write(words)
    arrive(gateway)
    return Conversation.objects.get()


def answer(thread, staff, words="Is it safe for you to write now?"):
    return write_back(thread=thread, text=words, by=actor(staff))


def state():
    return Attempt.objects.get().state


def test_an_sms_comes_in_and_the_answer_is_delivered(gateway, phone, wanjiku):
    thread = say(gateway, phone)
    answer(thread, wanjiku)
    run_due()
    assert phone.texts == ["Is it safe for you to write now?"]
    assert state() == "sent"
    arrive(gateway)
    assert state() == "delivered"


def test_an_empty_sms_is_somebody_who_waits(gateway, phone):
    thread = say(gateway, phone, "")
    message = Message.objects.get()
    assert (message.text, message.notes, message.way) == ("", ["an empty message"], Way.IN)
    assert thread.waiting_since is not None


def test_weeks_later_she_can_still_be_answered(gateway, phone, wanjiku):
    thread = say(gateway, phone)
    with clock.at(JULY + 30 * DAY):
        answer(thread, wanjiku)
        run_due()
    assert len(phone.texts) == 1


def test_a_telephone_that_is_off_gets_it_later(gateway, phone, wanjiku):
    thread = say(gateway, phone)
    phone.switch_off()
    answer(thread, wanjiku)
    run_due()
    arrive(gateway)
    assert state() == "sent"
    phone.switch_on()
    arrive(gateway)
    assert state() == "delivered"


def test_a_telephone_that_was_off_for_too_long_is_told(gateway, phone, wanjiku):
    thread = say(gateway, phone)
    phone.switch_off()
    answer(thread, wanjiku)
    run_due()
    phone.lose()
    arrive(gateway)
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.why) == ("failed", "her telephone was off, or without a network")


def test_a_failure_after_delivery_does_not_take_it_back(gateway, phone, wanjiku, client):
    thread = say(gateway, phone)
    answer(thread, wanjiku)
    run_due()
    arrive(gateway)
    name = phone.received[0].id
    late = {"id": name, "status": "Failed", "phoneNumber": phone.number, "retryCount": "2"}
    client.post(f"/hooks/sms/{WORD}/", urlencode(late).encode(),
                content_type="application/x-www-form-urlencoded")  # fmt: skip
    run_due()
    assert state() == "delivered"


def test_a_lost_callback_is_recovered_by_asking(gateway, phone):
    gateway.lost = 1
    phone.write("One")
    arrive(gateway)
    assert not Message.objects.exists()
    with clock.at(JULY + LATER):
        run_due()
    assert Message.objects.get().text == "One"
    assert JournalEntry.objects.get().account == CODE
    assert ChannelAccount.objects.get().polled_to == "15000"


def test_what_came_both_ways_is_there_once(gateway, phone):
    gateway.lost = 1
    for words in ("One", "Two", "Three"):
        phone.write(words)
    arrive(gateway)
    with clock.at(JULY + LATER):
        run_due()
        run_due()
    texts = sorted(message.text for message in Message.objects.all())
    assert texts == ["One", "Three", "Two"]
    assert not OddItem.objects.exists()


def test_many_missed_ones_are_asked_for_until_there_are_no_more(gateway, phone):
    gateway.lost = 35
    for number in range(35):
        phone.write(f"Number {number}")
    with clock.at(JULY + LATER):
        run_due()
    assert Message.objects.count() == 35
    assert JournalEntry.objects.count() == 4
    assert ChannelAccount.objects.get().polled_to == "15034"


def test_asking_goes_on_for_ever_and_is_planned_once(gateway, phone):
    for turn in range(1, 4):
        with clock.at(JULY + turn * LATER):
            run_due()
            assert Job.objects.filter(kind="inbox.poll", state="waiting").count() == 1
    assert plan_polls(by=BY) == 0


def test_asking_outlives_a_gateway_that_is_away(gateway, phone, settings):
    url = settings.NYUMBANI_PLATFORM_URLS
    settings.NYUMBANI_PLATFORM_URLS = {"africastalking": "http://127.0.0.1:9"}
    gateway.lost = 1
    phone.write("One")
    with clock.at(JULY + LATER):
        run_due()
    assert not Message.objects.exists()
    settings.NYUMBANI_PLATFORM_URLS = url
    with clock.at(JULY + 2 * LATER):
        run_due()
    assert Message.objects.get().text == "One"


def test_a_refused_key_stops_the_channel_and_connecting_again_asks_at_once(gateway, phone):
    row = ChannelAccount.objects.get()
    row.secrets = row.secrets | {"api_key": "wrong"}
    row.save()
    gateway.lost = 1
    phone.write("One")
    with clock.at(JULY + LATER):
        run_due()
        row.refresh_from_db()
        assert row.stopped_why == "the access token is not valid"
        assert not Job.objects.filter(kind="inbox.poll", state="waiting").exists()
        open_sms()
        run_due()
    assert Message.objects.get().text == "One"


@pytest.mark.parametrize("fault", [Fault.ANSWER_LATE, Fault.DROPPED])
def test_a_lost_answer_is_unknown_and_nothing_is_sent_twice(
    gateway, phone, wanjiku, fault, monkeypatch
):
    from nyumbani.inbox import platforms
    from nyumbani.kit.http import Limits, Outside

    thread = say(gateway, phone)
    monkeypatch.setattr(
        platforms, "outside",
        lambda known: Outside((), loopback=gateway.url, limits=Limits(read=0.3, total=0.5)),
    )  # fmt: skip
    gateway.faults.plan(fault, seconds=1.0)
    answer(thread, wanjiku)
    run_due()
    assert state() == "unknown"
    arrive(gateway)
    with clock.at(JULY + DAY):
        run_due()
    assert state() == "unknown"  # nothing of ours comes back: only a person may send it again
    assert len(phone.received) == 1
    send_again(attempt=Attempt.objects.get(), by=actor(wanjiku))
    run_due()
    assert len(phone.received) == 2


def test_a_failure_that_is_told_later_says_why(gateway, phone, wanjiku):
    thread = say(gateway, phone)
    gateway.faults.plan(Fault.FAILS_LATER)
    answer(thread, wanjiku)
    run_due()
    arrive(gateway)
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.why, attempt.code) == ("failed", "not delivered", 600)


def test_a_busy_gateway_is_asked_again_later(gateway, phone, wanjiku):
    thread = say(gateway, phone)
    gateway.faults.plan(Fault.THROTTLED)
    answer(thread, wanjiku)
    run_due()
    assert state() == "queued"
    with clock.at(JULY + LATER):
        run_due()
    assert len(phone.received) == 1


def test_without_credit_the_channel_stops_and_says_so(gateway, phone, wanjiku):
    thread = say(gateway, phone)
    gateway.credit = False
    answer(thread, wanjiku)
    run_due()
    assert Attempt.objects.get().why == "the account has no credit left"
    assert ChannelAccount.objects.get().stopped_at is not None


@pytest.mark.parametrize(("words", "fits"), [("a" * 918, True), ("a" * 919, False),
                                             ("س" * 402, True), ("س" * 403, False)])  # fmt: skip
def test_the_composers_limit_is_the_alphabets(gateway, phone, wanjiku, words, fits):
    thread = say(gateway, phone)
    if fits:
        answer(thread, wanjiku, words)
        return
    with pytest.raises(NotWritten) as refusal:
        answer(thread, wanjiku, words)
    assert refusal.value.answer.why == "too_long"
    assert refusal.value.answer.told == ("1",)


def test_who_writes_from_a_name_is_read_and_cannot_be_answered(gateway, wanjiku, client):
    client.post(f"/hooks/sms/{WORD}/", sms(sender="LIBYANA"),
                content_type="application/x-www-form-urlencoded")  # fmt: skip
    run_due()
    with pytest.raises(NotWritten) as refusal:
        answer(Conversation.objects.get(), wanjiku)
    assert refusal.value.answer.why == "unreachable"
