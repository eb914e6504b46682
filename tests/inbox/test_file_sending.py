"""A file goes out from the page, on every channel that carries one, once and with nothing else."""

import base64
import datetime as dt
import io
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from nyumbani.audit.models import Entry
from nyumbani.drill.graph.bots import BotPlatform
from nyumbani.drill.graph.faults import Fault
from nyumbani.drill.graph.gateway import Gateway
from nyumbani.drill.graph.meta import Graph
from nyumbani.drill.mail.box import Box
from nyumbani.drill.mail.provider import Provider
from nyumbani.drill.phones.email import MailProgram
from nyumbani.drill.phones.messenger import MessengerPhone
from nyumbani.drill.phones.sms import SmsPhone
from nyumbani.drill.phones.telegram import TelegramPhone
from nyumbani.drill.phones.whatsapp import WhatsAppPhone
from nyumbani.drill.wire.sms import ShortCode
from nyumbani.drill.wire.telegram import Bot
from nyumbani.inbox import sender
from nyumbani.inbox.actions import sending
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.enclosures import Bringing, Enclosure
from nyumbani.inbox.models.messages import Attachment, Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Keeping, Way
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from nyumbani.vault.files import SealedFile, open_file
from tests.desk.world import at_desk
from tests.hands import real_time_again
from tests.inbox import enclosed
from tests.inbox.bodies import BY, JULY, PAGE, PHONE, open_doors
from tests.inbox.channels_open import BOT, BOT_SECRET, CODE, TOKEN, WORD, open_sms, open_telegram
from tests.inbox.email_open import OURS, open_email

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = dt.timedelta(hours=1)
ARABIC = "هذا هو العنوان الذي طلبتِه"


@pytest.fixture
def platform(live_server, settings):
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
    platform.postman.settle()
    run_due()


def page():
    return f"/inbox/{Conversation.objects.get().person_id}/file/"


def attach(staff, content, text="", name="IMG_Wanjiku.jpg", kind="image/jpeg", **more):
    given = {"text": text, "file": enclosed.chosen(content, name, kind)} | more
    return at_desk(staff).post(page(), given)


def states():
    return list(Attempt.objects.order_by("queued_at").values_list("state", flat=True))


# ---- WhatsApp ----


def test_a_picture_is_brought_sent_and_delivered_and_stands_in_the_thread(
    platform, nafula, wanjiku
):
    answer = attach(wanjiku, enclosed.photo(), ARABIC)
    assert answer.status_code == 302
    arrive(platform)
    (letter,) = nafula.received
    assert (letter.kind, letter.text) == ("photo", ARABIC)
    assert not any(word in letter.file for word in enclosed.HIDDEN)
    assert not Image.open(io.BytesIO(letter.file)).getexif()
    assert platform.brought[0][:2] == ("1001", "picture.jpg")
    assert states() == ["delivered"]
    nafula.open_chat()
    arrive(platform)
    assert states() == ["read"]
    thread = at_desk(wanjiku).get(f"/inbox/{Conversation.objects.get().person_id}/")
    body = thread.content.decode()
    file = Attachment.objects.get()
    assert ARABIC in body
    assert f"/files/{file.pk}/original/" in body


def test_the_original_is_kept_sealed_as_it_was_chosen_and_so_is_what_left(
    platform, nafula, wanjiku
):
    before = enclosed.photo()
    attach(wanjiku, before)
    arrive(platform)
    row, file = Enclosure.objects.get(), Attachment.objects.get()
    kept = SealedFile(row.original_path, row.original_sha256, row.original_size)
    assert open_file(kept, row.seal_scope) == before
    assert row.original_name == "IMG_Wanjiku.jpg"
    left = open_file(SealedFile(file.path, file.sha256, file.size), file.seal_scope)
    assert left == nafula.received[0].file
    assert (file.keeping, file.source["name"]) == (Keeping.KEPT, "picture.jpg")
    answer = at_desk(wanjiku).get(f"/files/{file.pk}/original/")
    assert answer.content == before
    assert "IMG_Wanjiku.jpg" in answer["Content-Disposition"]
    shown = at_desk(wanjiku).get(f"/files/{file.pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    entry = Entry.objects.get(verb="file.enclosed")
    assert row.original_sha256.encode() in bytes(entry.body)
    assert b"IMG_Wanjiku" not in bytes(entry.body)


def test_a_paper_and_a_voice_note_arrive_as_what_they_are(platform, nafula, wanjiku):
    attach(wanjiku, enclosed.paper(), name="Wanjiku.pdf", kind="application/pdf")
    attach(wanjiku, enclosed.voice(), name="me.ogg", kind="audio/ogg")
    with clock.at(JULY + HOUR):
        run_due()
    arrive(platform)
    with clock.at(JULY + 2 * HOUR):
        run_due()
    by_kind = {one.kind: one for one in nafula.received}
    assert set(by_kind) == {"document", "voice"}
    assert by_kind["document"].file_name == "document.pdf"
    assert b"Wanjiku" not in by_kind["document"].file
    assert b"secret-place" not in by_kind["voice"].file
    assert Attachment.objects.get(content="voice").seconds == 3


def test_words_typed_in_the_conversation_come_along_to_the_page_of_the_file(
    platform, nafula, wanjiku
):
    answer = at_desk(wanjiku).post(page(), {"text": ARABIC, "to_file": "1"})
    assert ARABIC in answer.content.decode()
    assert not Message.objects.filter(way=Way.OUT).exists()
    person = Conversation.objects.get().person_id
    assert f'formaction="{page()}"' in at_desk(wanjiku).get(f"/inbox/{person}/").content.decode()


def test_the_page_sent_twice_sends_once(platform, nafula, wanjiku):
    once = "01J2QCM0000000000000000000"
    for _ in range(2):
        assert attach(wanjiku, enclosed.photo(), once=once).status_code == 302
    arrive(platform)
    assert len(nafula.received) == 1
    assert Enclosure.objects.count() == 1


def files_on_disk(settings):
    from pathlib import Path

    return sorted((Path(settings.NYUMBANI_DATA) / "media").rglob("*.age"))


@pytest.mark.parametrize(
    ("content", "name", "kind", "words"),
    [
        (b"", "a.jpg", "image/jpeg", "The file is empty."),
        (b"MZ\x90\0 a program", "a.jpg", "image/jpeg", "could run something"),
        (enclosed.photo() + b"<script>x</script>", "a.jpg", "image/jpeg", "hidden in this file"),
        (enclosed.photo(), "a.pdf", "application/pdf", "The name of the file says one thing"),
        (b"plain words", "a.txt", "text/plain", "Files of this kind are not sent."),
        (b"%PDF-1.7" + b"x" * (17 << 20), "a.pdf", "application/pdf", "larger than 16 MB"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_leave_says_why_and_the_words_stay(
    platform, nafula, wanjiku, settings, content, name, kind, words
):
    before = files_on_disk(settings)
    answer = attach(wanjiku, content, ARABIC, name, kind)
    assert answer.status_code == 200
    body = answer.content.decode()
    assert words in body, answer.context["form"].errors
    assert ARABIC in body
    assert "choose the file again" in body
    assert not Message.objects.filter(way=Way.OUT).exists()
    assert files_on_disk(settings) == before


def test_a_file_without_a_choice_says_so(platform, nafula, wanjiku):
    answer = at_desk(wanjiku).post(page(), {"text": "Hapa"})
    assert "Choose a file first." in answer.content.decode()


def test_what_another_team_answers_is_not_there_for_a_file(platform, nafula, wanjiku, mutiso):
    assert at_desk(mutiso).get(page()).status_code == 404
    assert attach(mutiso, enclosed.photo()).status_code == 404
    assert not Enclosure.objects.exists()


def share(staff):
    from nyumbani.domain.safe_contact import Rule
    from nyumbani.people import actions as people
    from nyumbani.people.agreed import Agreed
    from tests.people_here import actor

    agreed = Agreed(Rule(ZoneInfo("UTC")), is_phone_shared=True)
    person = Conversation.objects.get().person
    people.agree_on_contact(person=person, agreed=agreed, by=actor(staff))


def test_on_a_shared_telephone_a_file_leaves_only_with_a_reason_of_who_may_give_one(
    platform, nafula, wanjiku, otieno, settings
):
    share(wanjiku)
    before = files_on_disk(settings)
    answer = attach(wanjiku, enclosed.photo(), "Hapa")
    assert "a file would stay on it" in answer.content.decode()
    answer = attach(wanjiku, enclosed.photo(), "Hapa", override="I want to")
    assert "a file would stay on it" in answer.content.decode(), "she leads no case of hers"
    assert files_on_disk(settings) == before
    assert "a file would stay on it" in at_desk(otieno).get(page()).content.decode()
    answer = attach(otieno, enclosed.photo(), "Hapa", override="she asked for the map herself")
    assert answer.status_code == 302
    arrive(platform)
    assert [one.kind for one in nafula.received] == ["photo"]
    assert Entry.objects.filter(verb="safe_contact.overridden").count() == 1
    assert Attempt.objects.get().override_why == "she asked for the map herself"


def test_a_telephone_that_became_shared_while_the_file_waited_keeps_it_here(
    platform, nafula, wanjiku
):
    attach(wanjiku, enclosed.photo())
    share(wanjiku)
    arrive(platform)
    attempt = Attempt.objects.get()
    assert (attempt.state, nafula.received) == ("failed", [])
    assert attempt.why == "her telephone is shared, and a file would stay on it"
    assert platform.brought == [], "nor is it shown to the platform"


# ---- what may go wrong on the way ----


@pytest.mark.parametrize("fault", [Fault.BRINGING_AWAY, Fault.BRINGING_DROPPED])
def test_a_file_that_was_not_surely_brought_is_brought_again_and_sent_once(
    platform, nafula, wanjiku, fault
):
    platform.faults.plan(fault)
    attach(wanjiku, enclosed.photo())
    run_due()
    assert (states(), nafula.received) == (["queued"], [])
    with clock.at(JULY + HOUR):
        run_due()
    arrive(platform)
    assert len(nafula.received) == 1
    assert states() == ["delivered"]


def test_a_throttled_message_leaves_later_with_the_file_that_is_there_already(
    platform, nafula, wanjiku
):
    platform.faults.plan(Fault.THROTTLED)
    attach(wanjiku, enclosed.photo())
    run_due()
    assert states() == ["queued"]
    with clock.at(JULY + HOUR):
        run_due()
    assert (len(platform.brought), len(nafula.received)) == (1, 1)


def test_a_sender_killed_between_bringing_and_sending_sends_once(platform, nafula, wanjiku):
    attach(wanjiku, enclosed.photo())
    assert sender.bring(Attempt.objects.get().pk, 1)
    assert nafula.received == [], "what is brought reaches nobody"
    run_due()  # the job is still there, as after kill -9
    arrive(platform)
    assert (len(platform.brought), len(nafula.received)) == (1, 1)


def test_a_sender_killed_while_sending_does_not_send_again(platform, nafula, wanjiku):
    attach(wanjiku, enclosed.photo())
    attempt = Attempt.objects.get().pk
    sender.bring(attempt, 1)
    assert sending.begin(attempt_id=attempt, by=BY) is not None
    run_due()
    assert (states(), nafula.received) == (["unknown"], [])


def test_a_lost_answer_is_unknown_and_sending_again_sends_the_file_again(platform, nafula, wanjiku):
    platform.faults.plan(Fault.DROPPED)
    attach(wanjiku, enclosed.photo(), ARABIC)
    with platform.postman.held():
        run_due()
        assert states() == ["unknown"]
        first = Attempt.objects.get()
        assert at_desk(wanjiku).post(f"/attempts/{first.pk}/again/").status_code == 302
        with clock.at(JULY + HOUR):
            run_due()
    assert [(one.kind, one.text) for one in nafula.received] == [("photo", ARABIC)] * 2
    assert len(platform.brought) == 2
    assert Enclosure.objects.count() == 1


def test_an_id_the_platform_does_not_know_is_refused_and_may_be_sent_again(
    platform, nafula, wanjiku
):
    attach(wanjiku, enclosed.photo())
    attempt = Attempt.objects.get()
    sender.bring(attempt.pk, 1)
    row = Bringing.objects.get()
    row.media_id = "123456"
    row.save()
    run_due()
    assert (states(), nafula.received) == (["failed"], [])
    at_desk(wanjiku).post(f"/attempts/{attempt.pk}/again/")
    with clock.at(JULY + HOUR):
        run_due()
    assert len(nafula.received) == 1


def test_what_the_platform_finds_too_large_is_refused_and_says_so(platform, nafula, wanjiku):
    from nyumbani.drill.graph import uploads

    attach(wanjiku, enclosed.photo())
    before = uploads.WHATSAPP["image"]
    uploads.WHATSAPP["image"] = (10, before[1])
    try:
        run_due()
    finally:
        uploads.WHATSAPP["image"] = before
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.code, nafula.received) == ("failed", 100, [])


# ---- the other channels ----


def test_messenger_takes_a_file_without_words(platform, wanjiku):
    rehema = MessengerPhone(platform, platform.doors[1], psid="5001", first_name="Rehema")
    rehema.write("Hallo")
    arrive(platform)
    answer = attach(wanjiku, enclosed.photo(), "Hapa")
    assert "takes no words beside such a file" in answer.content.decode()
    assert attach(wanjiku, enclosed.photo()).status_code == 302
    arrive(platform)
    rehema.open_chat()
    arrive(platform)
    (letter,) = rehema.received
    assert letter.kind == "photo"
    assert not any(word in letter.file for word in enclosed.HIDDEN)
    assert states() == ["read"]
    assert Message.objects.filter(way__in=[Way.OUT, Way.ECHO]).count() == 1, "its echo is no other"


@pytest.mark.parametrize(
    ("content", "name", "kind", "arrives"),
    [
        (enclosed.photo(), "a.jpg", "image/jpeg", ("photo", "picture.jpg")),
        (enclosed.paper(), "a.pdf", "application/pdf", ("document", "document.pdf")),
        (enclosed.voice(), "a.ogg", "audio/ogg", ("voice", "voice.ogg")),
    ],
)
def test_telegram_carries_each_kind_in_its_own_request(
    live_server, settings, wanjiku, content, name, kind, arrives
):
    bot = Bot(BOT, f"{live_server.url}/hooks/telegram/", BOT_SECRET, TOKEN)
    with clock.at(JULY), BotPlatform(bot, now=clock.now) as running:
        settings.NYUMBANI_PLATFORM_URLS = {"telegram": running.url}
        clock._source[:] = [lambda: JULY]
        open_telegram()
        phone = TelegramPhone(running, id=7014201400, first_name="Rehema", username="rehema_m")
        phone.write("Habari")
        running.courier.settle()
        run_due()
        assert attach(wanjiku, content, ARABIC, name, kind).status_code == 302
        run_due()
        real_time_again()
    (letter,) = phone.received
    assert ((letter.kind, letter.file_name), letter.text) == (arrives, ARABIC)
    assert b"secret-place" not in letter.file
    assert states() == ["sent"]


def test_a_letter_carries_a_file_under_a_name_that_tells_nothing(settings, wanjiku):
    with clock.at(JULY), Provider(Box(OURS)) as running:
        settings.NYUMBANI_PLATFORM_URLS = running.urls
        open_email()
        run_due()
        rehema = MailProgram(running, OURS, address="rehema@example.net", name="Rehema")
        rehema.write("Nisaidie")
        with clock.at(JULY + dt.timedelta(minutes=3)):
            run_due()
        assert attach(wanjiku, enclosed.photo(), ARABIC).status_code == 302
        run_due()
        answer = attach(wanjiku, b"ID3\4\0\0\0\0\0\0" + MP3, "", "a.mp3", "audio/mpeg")
        assert "up to 7 MB" in answer.content.decode()
    assert rehema.texts == [ARABIC]
    ((name, content),) = rehema.files
    assert name == "picture.jpg"
    assert content == open_sent()
    raw = rehema.received[0].as_bytes()
    assert b"Wanjiku" not in raw
    assert b"===" not in raw.split(b"\n\n")[0], "the library's mark"
    assert base64.b64encode(content)[:40] in raw.replace(b"\n", b"")
    assert states() == ["sent"]


MP3 = (b"\xff\xfb\x90\x00" + b"\0" * 413) * 18_000


def open_sent():
    file = Attachment.objects.get()
    return open_file(SealedFile(file.path, file.sha256, file.size), file.seal_scope)


def test_sms_carries_no_file_and_the_page_says_so_before_one_is_chosen(
    live_server, settings, wanjiku
):
    code = ShortCode(CODE, f"{live_server.url}/hooks/sms/{WORD}/")
    with clock.at(JULY), Gateway([code], now=clock.now) as running:
        settings.NYUMBANI_PLATFORM_URLS = {"africastalking": running.url}
        clock._source[:] = [lambda: JULY]
        open_sms()
        run_due()
        phone = SmsPhone(running, running.codes[0], number="+218 91 000 00 01")
        phone.write("Habari")
        running.courier.settle()
        run_due()
        words = "This channel carries no files."
        assert words in at_desk(wanjiku).get(page()).content.decode()
        assert words in attach(wanjiku, enclosed.photo()).content.decode()
        run_due()
        real_time_again()
    assert phone.received == []
    assert not Attempt.objects.exists()


def test_where_somebody_else_is_known_to_write_the_telephone_is_shared_whatever_was_agreed(
    platform, nafula, wanjiku
):
    from nyumbani.inbox.actions.attributing import say_writer
    from nyumbani.kit import ids
    from nyumbani.people import actions as people
    from tests.people_here import actor

    hers = Message.objects.get(way=Way.IN)
    other = people.meet(at=clock.now(), by=BY)
    say_writer(first=hers, last=hers, writer=other, act=ids.new(), by=actor(wanjiku))
    answer = attach(wanjiku, enclosed.photo())
    assert "a file would stay on it" in answer.content.decode()
    assert not Enclosure.objects.exists()
