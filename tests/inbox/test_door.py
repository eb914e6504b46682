"""The webhook door: 200 only for what is genuine and kept."""

import hashlib
import hmac
import json

import pytest
from django.db import OperationalError

from nyumbani.drill.wire import envelopes
from nyumbani.inbox import doorkeeper, webhooks
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.jobs.models import Job
from nyumbani.vault import keyring
from tests.inbox.bodies import JULY, NAFULA, open_doors, text

pytestmark = pytest.mark.django_db
URL = "/hooks/whatsapp/"
BODY = envelopes.body([text(NAFULA, "Nisaidie 🙏 tafadhali")], JULY)


@pytest.fixture(autouse=True)
def doors(db):
    open_doors()


def signed(body, secret="app-secret"):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def knock(client, body=BODY, header=None, url=URL):
    headers = {"X-Hub-Signature-256": signed(body) if header is None else header}
    return client.post(url, body, content_type="application/json", headers=headers)


def test_a_genuine_body_is_journalled_sealed_and_queued_then_200(client):
    assert knock(client).status_code == 200
    entry = JournalEntry.objects.get()
    assert entry.sha256 == hashlib.sha256(BODY).hexdigest()
    assert b"tafadhali" not in bytes(entry.body)
    assert Job.objects.get(kind="inbox.read").data == {"entry": entry.id}


def test_the_same_body_again_is_200_and_nothing_new(client):
    knock(client)
    assert knock(client).status_code == 200
    assert JournalEntry.objects.count() == 1
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    "header",
    [
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        signed(BODY, "another-secret"),
        signed(json.dumps(json.loads(BODY), ensure_ascii=False).encode()),
        "sha1=" + hmac.new(b"app-secret", BODY, hashlib.sha1).hexdigest(),
        signed(BODY)[:-1],
    ],
    ids=["none", "empty", "zeros", "secret", "reserialised", "sha1", "short"],
)
def test_a_stranger_gets_403_and_nothing_is_stored(client, header):
    assert knock(client, header=header).status_code == 403
    assert not JournalEntry.objects.exists()


def test_a_changed_byte_is_403(client):
    header = signed(BODY)
    for position in (0, len(BODY) // 2, len(BODY) - 1):
        changed = bytearray(BODY)
        changed[position] ^= 1
        assert knock(client, bytes(changed), header).status_code == 403
    assert not JournalEntry.objects.exists()


def test_malformed_json_that_is_genuine_is_kept_and_answered_200(client):
    assert knock(client, b"{nope").status_code == 200
    assert JournalEntry.objects.count() == 1


def test_ten_megabytes_are_413_before_they_are_read(client):
    assert knock(client, b"x" * (10 * 1024 * 1024), "sha256=" + "0" * 64).status_code == 413


def test_a_body_of_no_stated_length_is_411(client):
    answer = client.generic("POST", URL, BODY, CONTENT_LENGTH="")
    assert answer.status_code == 411


def test_a_locked_or_full_database_is_not_200_so_that_the_platform_comes_again(client, monkeypatch):
    def full(**_):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(webhooks, "write_down", full)
    answer = knock(client)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert not JournalEntry.objects.exists()


def test_a_locked_house_is_not_200(client, monkeypatch):
    def locked():
        raise keyring.Locked

    doorkeeper.forget()
    from nyumbani.vault import datakeys

    datakeys.forget()
    monkeypatch.setattr(keyring, "installation_keys", locked)
    assert knock(client).status_code == 503


def test_the_platform_is_answered_with_its_bare_challenge(client):
    query = {"hub.mode": "subscribe", "hub.verify_token": "verify-token", "hub.challenge": "42"}
    answer = client.get(URL, query)
    assert (answer.status_code, answer.content) == (200, b"42")


@pytest.mark.parametrize("token", ["", "wrong", "verify-token-and-more"])
def test_a_wrong_word_is_403(client, token):
    query = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "42"}
    assert client.get(URL, query).status_code == 403


@pytest.mark.parametrize(
    "url", ["/hooks/pigeon/", "/hooks/", "/hooks/whatsapp/more/", "/hooks/messenger/more/"]
)
def test_a_door_that_is_not_there_is_404(client, url):
    assert knock(client, url=url).status_code == 404


def test_other_methods_are_405(client):
    assert client.put(URL).status_code == 405


def test_the_door_makes_no_session_and_sets_no_cookie(client):
    answer = knock(client)
    assert not answer.cookies


@pytest.mark.parametrize("secret", ["", "second-secret"])
def test_a_door_without_secrets_opens_to_nobody(client, secret):
    from nyumbani.inbox.models.accounts import ChannelAccount

    for row in ChannelAccount.objects.all():
        row.secrets = row.secrets | {"app_secret": secret}
        row.save()
    doorkeeper.forget()
    assert knock(client).status_code == 403
    assert knock(client, header=signed(BODY, secret)).status_code == (200 if secret else 403)
