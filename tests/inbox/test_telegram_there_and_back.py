"""Telegram over real HTTP: in, out, files, blocked, and one message a second."""

import datetime as dt

import pytest

from nyumbani.drill.graph.bots import BotPlatform
from nyumbani.drill.graph.faults import Fault
from nyumbani.drill.phones.telegram import TelegramPhone
from nyumbani.drill.wire.telegram import Bot
from nyumbani.inbox.actions.writing import NotWritten, write_back
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry, OddItem
from nyumbani.inbox.models.messages import Attachment, Message, MessageChange
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Keeping, Way
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from nyumbani.vault.files import SealedFile, open_file
from tests.hands import real_time_again
from tests.inbox.bodies import DAY, JULY
from tests.inbox.channels_open import BOT, BOT_SECRET, TOKEN, open_telegram
from tests.people_here import actor

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def platform(live_server, settings):
    bot = Bot(BOT, f"{live_server.url}/hooks/telegram/", BOT_SECRET, TOKEN)
    with clock.at(JULY), BotPlatform(bot, now=clock.now) as running:
        settings.NYUMBANI_PLATFORM_URLS = {"telegram": running.url}
        # The server lives in another thread, which a clock held for this one does not reach.
        clock._source[:] = [lambda: JULY]
        open_telegram()
        yield running
        real_time_again()


@pytest.fixture
def rehema(platform):
    return TelegramPhone(platform, id=7014201400, first_name="Rehema", username="rehema_m")


def arrive(platform):
    platform.courier.settle()
    run_due()


def say(platform, phone, words="Habari"):
    phone.write(words)
    arrive(platform)
    return Conversation.objects.get()


def answer(thread, staff, words="Is it safe for you to write now?"):
    return write_back(thread=thread, text=words, by=actor(staff))


def file_of(attachment):
    sealed = SealedFile(attachment.path, attachment.sha256, attachment.size)
    return open_file(sealed, attachment.seal_scope)


def test_a_message_comes_in_and_is_answered(platform, rehema, wanjiku):
    thread = say(platform, rehema)
    answer(thread, wanjiku)
    run_due()
    assert rehema.texts == ["Is it safe for you to write now?"]
    # Telegram reports nothing more: "sent" is the last we hear.
    assert Attempt.objects.get().state == "sent"
    assert platform.sent[0]["chat_id"] == "7014201400"
    assert platform.sent[0]["link_preview_options"] == {"is_disabled": True}


def test_weeks_later_she_can_still_be_answered(platform, rehema, wanjiku):
    thread = say(platform, rehema)
    with clock.at(JULY + 30 * DAY):
        answer(thread, wanjiku)
        run_due()
    assert len(rehema.texts) == 1


def test_what_she_quotes_and_edits_is_placed(platform, rehema, wanjiku):
    first = rehema.write("Niko Tripoli")
    rehema.write("Ndiyo", reply_to=first)
    rehema.edit(first, "Niko Benghazi")
    arrive(platform)
    original, quoting = Message.objects.order_by("place")
    assert quoting.answers_digest == original.provider_digest
    change = MessageChange.objects.get()
    assert (change.text, change.target_digest) == ("Niko Benghazi", original.provider_digest)
    assert not OddItem.objects.exists()


def test_an_update_that_is_brought_twice_is_there_once(platform, rehema):
    say(platform, rehema)
    update = {"message_id": 1, "from": rehema.account, "date": int(JULY.timestamp()),
              "chat": {**rehema.account, "type": "private"}, "text": "Habari"}  # fmt: skip
    platform.update("message", update)  # the same message under another update's number
    arrive(platform)
    assert JournalEntry.objects.count() == 2
    assert Message.objects.count() == 1
    assert not OddItem.objects.exists()


def test_a_voice_note_is_fetched_sealed_and_whole(platform, rehema):
    rehema.voice(3)
    arrive(platform)
    file = Attachment.objects.get()
    assert (file.keeping, file.content, file.mime_type) == (Keeping.KEPT, "voice", "audio/ogg")
    assert file_of(file).startswith(b"OggS")


def test_of_a_photo_the_largest_is_fetched(platform, rehema):
    rehema.photo("Mlango", content=b"\xff\xd8" + b"x" * 5000)
    arrive(platform)
    file = Attachment.objects.get()
    assert len(file_of(file)) == 5002
    assert file.message.text == "Mlango"


def test_a_file_of_more_than_twenty_megabytes_says_why_it_does_not_come(platform, rehema):
    rehema.document(b"x" * (20 * 1024 * 1024 + 1), "film.mp4", "video/mp4")
    arrive(platform)
    file = Attachment.objects.get()
    assert file.keeping == Keeping.EXPIRED
    assert file.why == "larger than the 20 MB that Telegram gives to bots"
    assert Message.objects.get().way == Way.IN  # the message itself is here


def test_a_file_is_asked_for_again_when_telegram_is_away(platform, rehema, settings):
    url = settings.NYUMBANI_PLATFORM_URLS
    rehema.voice(1)
    platform.courier.settle()
    settings.NYUMBANI_PLATFORM_URLS = {"telegram": "http://127.0.0.1:9"}
    run_due()
    assert Attachment.objects.get().keeping == Keeping.PENDING
    settings.NYUMBANI_PLATFORM_URLS = url
    with clock.at(JULY + 2 * MINUTE):
        run_due()
    assert Attachment.objects.get().keeping == Keeping.KEPT


def test_she_blocks_the_bot_and_we_see_it_and_cannot_write(platform, rehema, wanjiku):
    thread = say(platform, rehema)
    rehema.block()
    arrive(platform)
    notice = Message.objects.get(way=Way.NOTICE)
    assert notice.notes == ["blocked our bot: nothing reaches her here until she starts it again"]
    answer(thread, wanjiku)
    run_due()
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.code, attempt.why) == ("failed", 403, "she has blocked our bot")
    assert ChannelAccount.objects.get().stopped_at is None
    rehema.unblock()
    arrive(platform)
    answer(thread, wanjiku, "We are here.")
    with clock.at(JULY + MINUTE):
        run_due()
    assert rehema.texts == ["We are here."]


def test_too_many_messages_wait_as_long_as_telegram_says(platform, rehema, wanjiku):
    thread = say(platform, rehema)
    platform.faults.plan(Fault.THROTTLED)
    answer(thread, wanjiku)
    run_due()
    assert Attempt.objects.get().state == "queued"
    with clock.at(JULY + dt.timedelta(seconds=34)):
        run_due()
    assert rehema.texts == []
    with clock.at(JULY + MINUTE):
        run_due()
    assert len(rehema.texts) == 1


def test_two_messages_to_one_person_are_a_second_apart(platform, rehema, wanjiku):
    thread = say(platform, rehema)
    answer(thread, wanjiku, "One")
    answer(thread, wanjiku, "Two")
    run_due()
    assert len(rehema.texts) == 1
    with clock.at(JULY + dt.timedelta(seconds=2)):
        run_due()
    assert sorted(rehema.texts) == ["One", "Two"]


def test_a_wrong_token_stops_the_channel(platform, rehema, wanjiku):
    thread = say(platform, rehema)
    row = ChannelAccount.objects.get()
    row.secrets = row.secrets | {"access_token": f"{BOT}:AAA-another-token-altogether"}
    row.save()
    answer(thread, wanjiku)
    run_due()
    row.refresh_from_db()
    assert row.stopped_why == "the bot's token is not valid"
    with pytest.raises(NotWritten) as refusal:
        answer(thread, wanjiku, "again")
    assert refusal.value.answer.why == "stopped"


def test_a_lost_answer_is_unknown_and_nothing_is_sent_twice(platform, rehema, wanjiku):
    thread = say(platform, rehema)
    platform.faults.plan(Fault.DROPPED)
    answer(thread, wanjiku)
    run_due()
    with clock.at(JULY + DAY):
        run_due()
    assert Attempt.objects.get().state == "unknown"
    assert len(rehema.received) == 1


def test_a_pressed_button_and_a_place_stand_in_the_thread(platform, rehema):
    say(platform, rehema)
    rehema.press(9, "yes", "Ndiyo")
    rehema.locate(32.8872, 13.1913)
    arrive(platform)
    assert set(Message.objects.values_list("content", flat=True)) == {"text", "choice", "location"}
    assert Message.objects.get(content="choice").text == "Ndiyo"
    assert not OddItem.objects.exists()


def test_an_update_nobody_understands_is_hers_and_she_waits(platform, rehema):
    shape = {"message_id": 8, "from": rehema.account, "date": int(JULY.timestamp()),
             "chat": {**rehema.account, "type": "private"}, "dice": {"value": 3}}  # fmt: skip
    platform.update("message", shape)
    arrive(platform)
    message = Message.objects.get()
    assert (message.way, message.content) == (Way.IN, "unknown")
    assert Conversation.objects.get().waiting_since is not None
    assert OddItem.objects.get().person_id == Conversation.objects.get().person_id


def test_an_update_is_brought_again_while_the_door_does_not_take_it(platform, rehema):
    platform.bot = Bot(BOT, platform.bot.url, "not our secret", TOKEN)
    rehema.write("Habari")
    platform.courier.settle()
    assert platform.courier.statuses == [403] * 5
    assert not JournalEntry.objects.exists()
