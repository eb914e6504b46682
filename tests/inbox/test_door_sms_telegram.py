"""The doors without a signature: a word in the address, a word in a header; nothing else opens."""

import datetime as dt
import json
from io import BytesIO

import pytest
from django.db import connection

from nyumbani.inbox import doorkeeper
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry, OddItem
from nyumbani.inbox.models.messages import Message
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker import run_due
from tests.inbox.bodies import open_doors
from tests.inbox.channels_open import (
    BOT,
    BOT_SECRET,
    CODE,
    HER_NUMBER,
    TOKEN,
    WORD,
    open_sms,
    open_telegram,
    sms,
)

pytestmark = pytest.mark.django_db
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = json.dumps({
    "update_id": 1, "message": {
        "message_id": 5, "date": 1405314180, "text": "Nisaidie tafadhali",
        "from": {"id": 7014, "first_name": "Rehema"}, "chat": {"id": 7014, "type": "private"},
    },
}).encode()  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_outside(settings):
    nowhere = "http://127.0.0.1:9"
    settings.NYUMBANI_PLATFORM_URLS = {"africastalking": nowhere, "telegram": nowhere}


@pytest.fixture
def opened(db):
    open_doors()
    open_sms()
    open_telegram()


def text(client, body=None, word=WORD, sender="127.0.0.1", **headers):
    return client.post(
        f"/hooks/sms/{word}/" if word else "/hooks/sms/", sms() if body is None else body,
        content_type="application/x-www-form-urlencoded", REMOTE_ADDR=sender, headers=headers,
    )  # fmt: skip


def update(client, body=UPDATE, secret=BOT_SECRET, url="/hooks/telegram/"):
    headers = {} if secret is None else {HEADER: secret}
    return client.post(url, body, content_type="application/json", headers=headers)


def test_an_sms_is_journalled_sealed_and_queued_then_200(client, opened):
    assert text(client).status_code == 200
    entry = JournalEntry.objects.get()
    assert (entry.channel, entry.account) == ("sms", CODE)
    assert b"tafadhali" not in bytes(entry.body)
    assert Job.objects.get(kind="inbox.read").data == {"entry": entry.id}
    run_due()
    message = Message.objects.get()
    assert (message.text, message.account.account) == ("Nisaidie tafadhali", CODE)


def test_an_update_is_journalled_sealed_and_queued_then_200(client, opened):
    assert update(client).status_code == 200
    entry = JournalEntry.objects.get()
    assert (entry.channel, entry.account) == ("telegram", BOT)
    assert b"tafadhali" not in bytes(entry.body)
    run_due()
    message = Message.objects.get()
    assert (message.text, message.account.account) == ("Nisaidie tafadhali", BOT)


@pytest.mark.parametrize(
    "word", ["", "x", WORD[:-1], WORD + "x", WORD.upper(), BOT_SECRET, "app-secret", "neno"]
)
def test_a_wrong_word_in_the_address_is_403_and_nothing_is_stored(client, opened, word):
    assert text(client, word=word).status_code == 403
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize(
    "secret", [None, "", "x", BOT_SECRET[:-1], BOT_SECRET + "x", WORD, "app-secret"]
)
def test_a_wrong_word_in_the_header_is_403_and_nothing_is_stored(client, opened, secret):
    assert update(client, secret=secret).status_code == 403
    assert not JournalEntry.objects.exists()


def test_each_door_opens_in_its_own_way_only(client, opened):
    """What opens one channel's door says nothing at another's."""
    assert update(client, url=f"/hooks/telegram/{BOT_SECRET}/", secret=None).status_code == 404
    assert text(client, word="", **{HEADER: WORD}).status_code == 403
    url = "/hooks/whatsapp/"
    for headers in ({HEADER: BOT_SECRET}, {HEADER: "app-secret"}, {"X-Word": WORD}):
        answer = client.post(url, b"{}", content_type="application/json", headers=headers)
        assert answer.status_code == 403
    assert client.post(f"{url}app-secret/", b"{}", content_type="a/b").status_code == 404
    assert not JournalEntry.objects.exists()


def test_a_door_without_its_secret_opens_to_nobody(client, db):
    open_sms(word="")
    open_telegram(secret="")
    assert text(client, word="").status_code == 403
    assert update(client, secret="").status_code == 403
    assert update(client, secret=None).status_code == 403


def test_a_door_that_was_never_connected_is_403(client, db):
    doorkeeper.forget()
    assert text(client).status_code == 403
    assert update(client).status_code == 403


@pytest.mark.parametrize(
    ("allowed", "sender", "status"),
    [
        ("", "198.51.100.7", 200),
        ("198.51.100.7", "198.51.100.7", 200),
        ("203.0.113.1, 198.51.100.0/24", "198.51.100.7", 200),
        ("198.51.100.0/24", "::ffff:198.51.100.7", 200),
        ("2001:db8::/32", "2001:db8::1", 200),
        ("198.51.100.7", "198.51.100.8", 403),
        ("198.51.100.0/24", "203.0.113.1", 403),
        ("198.51.100.0/24", "", 403),
        ("198.51.100.0/24", "unknown", 403),
        ("a slip of the pen", "198.51.100.7", 403),
    ],
)
def test_a_list_of_addresses_keeps_others_out_even_with_the_word(client, allowed, sender, status):
    open_sms(addresses=allowed)
    assert text(client, sender=sender).status_code == status
    assert text(client, word="wrong", sender=sender).status_code == 403
    assert JournalEntry.objects.count() == (status == 200)


def test_behind_our_proxy_the_address_it_saw_counts_and_none_that_was_written_before(
    client, settings
):
    open_sms(addresses="198.51.100.7")
    seen = {"X-Forwarded-For": "198.51.100.7, 203.0.113.1"}
    assert text(client, **seen).status_code == 403
    settings.NYUMBANI_TRUSTED_PROXY = True
    assert text(client, **seen).status_code == 403
    assert text(client, **{"X-Forwarded-For": "203.0.113.1, 198.51.100.7"}).status_code == 200
    assert text(client, sender="198.51.100.7").status_code == 403


def test_ten_megabytes_are_413_before_they_are_read(client, opened):
    big = b"x" * (10 * 1024 * 1024)
    assert text(client, big).status_code == 413
    assert text(client, big, word="wrong").status_code == 413
    assert update(client, big).status_code == 413
    assert not JournalEntry.objects.exists()


def test_malformed_bodies_that_are_genuine_are_kept_and_answered_200(client, opened):
    assert text(client, b"\xff\xfe nothing").status_code == 200
    assert text(client, b" ").status_code == 200
    assert update(client, b"{nope").status_code == 200
    run_due()
    assert JournalEntry.objects.filter(reading="odd").count() == 3
    assert OddItem.objects.count() == 3


def test_the_same_body_again_is_200_and_nothing_new(client, opened):
    for _ in range(2):
        assert text(client).status_code == 200
        assert update(client).status_code == 200
    assert JournalEntry.objects.count() == 2


def test_the_platform_asks_nothing_at_these_doors(client, opened):
    assert client.get(f"/hooks/sms/{WORD}/").status_code == 405
    assert client.get("/hooks/telegram/").status_code == 405


def test_two_bots_are_told_apart_by_their_secrets(client, opened):
    open_telegram(account="714000999", secret="siri-ya-bot-ya-pili-714000999")
    update(client)
    second = UPDATE.replace(b'"update_id": 1', b'"update_id": 2')
    update(client, second, secret="siri-ya-bot-ya-pili-714000999")
    run_due()
    came = Message.objects.values_list("account__account", flat=True)
    assert sorted(came) == [BOT, "714000999"]
    # One account of hers, whichever bot she writes to: one thread.
    assert Conversation.objects.count() == 1


def test_an_sms_that_does_not_say_to_which_number_came_through_the_doors(client, opened):
    text(client, sms().replace(f"to={CODE}".encode(), b"to="))
    run_due()
    assert Message.objects.get().account.account == CODE


def test_an_sms_to_a_number_that_is_not_ours_is_kept_and_shown(client, opened):
    text(client, sms(to="99999"))
    run_due()
    assert OddItem.objects.get().why == "it came for an account that is not set up here"


SECRET = [WORD, BOT_SECRET, TOKEN, "api-key", "tafadhali", HER_NUMBER[1:], "7014201400", "Rehema"]


def test_no_secret_and_nothing_of_hers_stands_in_the_clear(client, opened, caplog, capfd):
    text(client)
    update(client, UPDATE.replace(b"7014", b"7014201400"))
    text(client, sms(sender="Rehema", name="9", to="99999"))  # nobody's: an odd item
    run_due()
    assert Message.objects.count() == 2
    assert OddItem.objects.count() == 1
    said = capfd.readouterr()
    written = [said.out, said.err, caplog.text]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            written += [str(value) for row in cursor.fetchall() for value in row]
    assert "inbox.read" in written
    for word in SECRET:
        assert not any(word in one for one in written), word


def test_an_update_says_when_it_was_written(client, opened):
    update(client)
    run_due()
    assert Message.objects.get().sent_at == dt.datetime(2014, 7, 14, 5, 3, tzinfo=dt.UTC)


def broken_off(client, address, body, headers=None):
    """A request whose line ends in the middle of what it promised."""
    came = BytesIO(body[: len(body) // 2])
    form = "application/x-www-form-urlencoded"
    return client.post(
        address, headers=headers, content_type=form,
        **{"wsgi.input": came, "CONTENT_LENGTH": str(len(body))},
    )  # fmt: skip


def test_a_request_that_breaks_off_in_the_middle_leaves_nothing(client):
    open_sms()
    open_telegram()
    form = sms(1, "Nisaidie tafadhali, wamechukua pasi")
    assert broken_off(client, f"/hooks/sms/{WORD}/", form).status_code == 400
    update = broken_off(client, "/hooks/telegram/", UPDATE, {HEADER: BOT_SECRET})
    assert update.status_code == 400
    assert not JournalEntry.objects.exists()
