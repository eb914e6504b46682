"""E-mail over real IMAP and SMTP: in, out, answered, bounced, lost and refused."""

import datetime as dt

import pytest

from nyumbani.domain.safe_contact import Rule
from nyumbani.drill.mail.box import Box
from nyumbani.drill.mail.provider import Provider
from nyumbani.drill.phones.email import MailProgram
from nyumbani.inbox.actions.writing import send_again, write_back
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry, OddItem
from nyumbani.inbox.models.messages import Attachment, Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Keeping, Way
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.agreed import Agreed
from nyumbani.vault import intake
from tests.inbox.bodies import DAY, JULY
from tests.inbox.email_open import OURS, open_email
from tests.people_here import actor

pytestmark = pytest.mark.django_db(transaction=True)
LATER = dt.timedelta(minutes=3)
HERS = "rehema@example.net"


@pytest.fixture
def provider(settings):
    with clock.at(JULY), Provider(Box(OURS)) as running:
        settings.NYUMBANI_PLATFORM_URLS = running.urls
        open_email()
        run_due()
        yield running


@pytest.fixture
def rehema(provider):
    return MailProgram(provider, OURS, address=HERS, name="Rehema")


def later(times=1):
    """The next time the box is looked into, and everything that follows."""
    with clock.at(JULY + times * LATER):
        run_due()


def say(program, words="Nisaidie tafadhali", **more):
    program.write(words, **more)
    later()
    return Conversation.objects.get()


def answer(thread, staff, words="Is it safe for you to write now?"):
    write_back(thread=thread, text=words, by=actor(staff))
    run_due()
    return Attempt.objects.order_by("-queued_at").first()


def test_a_letter_comes_in_as_it_was_and_is_answered_under_her_own_subject(
    provider, rehema, wanjiku
):
    thread = say(rehema, subject="About Sunday")
    message = Message.objects.get()
    assert message.text == "About Sunday\n\nNisaidie tafadhali"
    assert "address not verified: anybody can write in its name" in message.notes
    entry = JournalEntry.objects.get()
    assert intake.unseal(entry.key, bytes(entry.body)) == provider.box.letters[1]
    attempt = answer(thread, wanjiku)
    assert attempt.state == "sent"
    (letter,) = rehema.received
    assert letter["Subject"] == "Re: About Sunday"
    assert letter["In-Reply-To"] == rehema_id(provider)
    assert letter["Message-ID"] == f"<{attempt.id}@example.org>"
    assert rehema.texts == ["Is it safe for you to write now?"]
    assert {"X-Mailer", "User-Agent", "Disposition-Notification-To"}.isdisjoint(letter.keys())


def rehema_id(provider):
    raw = provider.box.letters[1].decode()
    return next(line for line in raw.splitlines() if line.startswith("Message-ID")).split(": ")[1]


def test_what_is_agreed_with_her_stands_over_a_letter(provider, rehema, wanjiku):
    thread = say(rehema, subject="Please hide this")
    rule = Agreed(cover="Sewing course")
    people.agree_on_contact(person=thread.person, agreed=rule, by=actor(wanjiku))
    answer(thread, wanjiku)
    assert rehema.received[0]["Subject"] == "Sewing course"


def test_on_a_shared_telephone_her_own_subject_is_not_shown_again(provider, rehema, wanjiku):
    thread = say(rehema, subject="He keeps my passport")
    people.agree_on_contact(
        person=thread.person, agreed=Agreed(is_phone_shared=True), by=actor(wanjiku)
    )
    answer(thread, wanjiku)
    assert rehema.received[0]["Subject"] == "Hello"


def test_a_letter_does_not_leave_against_her_rule(provider, rehema, wanjiku):
    from zoneinfo import ZoneInfo

    from nyumbani.inbox.actions.writing import NotWritten

    thread = say(rehema)
    rule = Rule(ZoneInfo("UTC"), channels=frozenset({"sms"}))
    people.agree_on_contact(person=thread.person, agreed=Agreed(rule), by=actor(wanjiku))
    with pytest.raises(NotWritten) as refusal:
        answer(thread, wanjiku)
    assert refusal.value.answer.why == "not_her_channel"
    assert rehema.received == []


def test_her_answer_comes_into_the_same_thread(provider, rehema, wanjiku):
    answer(say(rehema), wanjiku)
    rehema.answer("Ndiyo, ni salama")
    later(2)
    assert Conversation.objects.count() == 1
    assert Message.objects.filter(way=Way.IN).count() == 2


def test_a_bounce_finds_its_letter_and_says_why(provider, rehema, wanjiku):
    attempt = answer(say(rehema), wanjiku)
    rehema.bounce("5.1.1")
    later(2)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.why) == ("failed", "nobody has this address")
    assert not OddItem.objects.exists()
    assert Conversation.objects.count() == 1


def test_a_picture_is_kept_sealed_as_it_came(provider, rehema):
    say(rehema, "Ona", picture=b"\xff\xd8\xff\xe0 not quite a picture")
    file = Attachment.objects.get()
    assert (file.keeping, file.mime_type, file.size) == (Keeping.KEPT, "image/jpeg", 24)
    assert file.sha256 == file.announced_sha256


def test_a_letter_is_taken_once_and_the_next_look_begins_after_it(provider, rehema):
    say(rehema)
    row = ChannelAccount.objects.get()
    assert (row.polled_to, row.asked_at) == ("1:1", JULY)
    later(2)
    later(3)
    assert JournalEntry.objects.count() == 1
    assert Job.objects.filter(kind="inbox.poll", state="waiting").count() == 1


def test_a_box_that_was_numbered_anew_is_read_again_and_nothing_is_doubled(provider, rehema):
    say(rehema)
    provider.box.renumber()
    rehema.write("Tena")
    later(2)
    assert Message.objects.count() == 2
    assert ChannelAccount.objects.get().polled_to == "2:102"


def test_a_connection_that_breaks_in_the_middle_loses_nothing(provider, rehema):
    rehema.write("One")
    rehema.write("Two")
    provider.box.faults["cut"] = 1
    later()
    assert not Message.objects.exists()
    assert ChannelAccount.objects.get().failed_why == "the mail server could not be reached"
    later(2)
    assert Message.objects.count() == 2
    assert ChannelAccount.objects.get().failed_why == ""


def test_a_refused_password_stops_the_channel_and_a_busy_server_does_not(provider, rehema):
    provider.box.faults["busy"] = 1
    later()
    assert ChannelAccount.objects.get().stopped_at is None
    provider.box.password = "another"
    rehema.write("Habari")
    later(2)
    row = ChannelAccount.objects.get()
    assert row.stopped_why == "the mail server does not take name and password"
    assert not Job.objects.filter(kind="inbox.poll", state="waiting").exists()
    open_email("another")
    run_due()
    assert Message.objects.count() == 1


def test_a_lost_last_word_is_unknown_and_nothing_is_sent_twice(provider, rehema, wanjiku):
    thread = say(rehema)
    provider.box.faults["dropped"] = 1
    attempt = answer(thread, wanjiku)
    assert attempt.state == "unknown"
    with clock.at(JULY + DAY):
        run_due()
    attempt.refresh_from_db()
    assert attempt.state == "unknown"
    assert len(rehema.received) == 1
    send_again(attempt=attempt, by=actor(wanjiku))
    run_due()
    assert len(rehema.received) == 2


@pytest.mark.parametrize("step", ["from", "to", "contents"])
def test_who_is_asked_to_wait_tries_again_later(provider, rehema, wanjiku, step):
    thread = say(rehema)
    provider.box.faults[step] = 451
    assert answer(thread, wanjiku).state == "queued"
    with clock.at(JULY + dt.timedelta(minutes=20)):
        run_due()
    assert Attempt.objects.get().state == "sent"
    assert len(rehema.received) == 1


def test_a_refused_letter_says_why_in_our_words(provider, rehema, wanjiku):
    thread = say(rehema)
    provider.box.faults["to"] = 50202
    attempt = answer(thread, wanjiku)
    assert (attempt.state, attempt.why, attempt.code) == ("failed", "her box is full", 50202)


def test_a_refused_password_when_sending_stops_the_channel(provider, rehema, wanjiku):
    thread = say(rehema)
    provider.box.faults["login"] = 535
    attempt = answer(thread, wanjiku)
    assert attempt.state == "failed"
    assert ChannelAccount.objects.get().stopped_why == "the access token is not valid"


def test_what_claims_to_be_from_ourselves_is_in_nobodys_thread(provider):
    MailProgram(provider, OURS, address=OURS).write("Habari")
    later()
    assert not Conversation.objects.exists()
    assert OddItem.objects.get().why.startswith("it claims to come from our own address")
