"""`nyumbani inbox receive | replay | connect | accounts`."""

import json
import subprocess
import sys
from urllib.parse import urlencode

import pytest

from nyumbani.inbox.commands import doors, journal, receiving
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.terms import Reading
from nyumbani.kit.console import CannotDo, Misuse

OURS = "106540352242922"


def body(text: str, number: int = 1) -> dict:
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "254700000000", "phone_number_id": OURS},
            "contacts": [{"profile": {"name": "Rehema"}, "wa_id": "218910000001"}],
            "messages": [{
                "from": "218910000001", "id": f"wamid.{number}", "timestamp": "1405324800",
                "type": "text", "text": {"body": text},
            }],
        }}]}],
    }  # fmt: skip


@pytest.fixture
def stored(tmp_path):
    """Two bodies, one a line, and the file they lie in."""
    file = tmp_path / "bodies.jsonl"
    file.write_text("\n".join(json.dumps(body(text, n)) for n, text in enumerate(("Habari", "?"))))
    return file


@pytest.fixture
def connected(db, monkeypatch):
    monkeypatch.setenv("NYUMBANI_APP_SECRET", "siri ya programu")
    monkeypatch.setenv("NYUMBANI_ACCESS_TOKEN", "neno la kuingia")
    doors.connect(channel="whatsapp", account=OURS, label="Main number")
    return ChannelAccount.objects.get()


@pytest.mark.pure
def test_stored_bodies_are_shown_without_database_keys_or_framework(stored, tmp_path):
    ask = (
        "import sys; from nyumbani.cli.app import run;"
        f"code = run(['inbox', 'receive', {str(stored)!r}, '--channel', 'whatsapp', '--dry-run',"
        " '--json']);"
        "sys.exit(code or int('django' in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=False,
        env={"PATH": "", "NYUMBANI_DATA": str(tmp_path / "none"), "HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(event["kind"], event["text"]) for event in events] == [
        ("message", "Habari"),
        ("message", "?"),
    ]
    assert {"message_id", "identifiers", "sent_at", "media", "status", "refers_to", "notes"} <= set(
        events[0]
    )
    assert not (tmp_path / "none").exists()


def test_received_bodies_go_into_the_journal_once(connected, stored, capsys):
    assert journal.take_in([stored], "whatsapp") == 0
    first = [entry.id for entry in JournalEntry.objects.all()]
    assert len(first) == 2
    assert all(entry in capsys.readouterr().out for entry in first[:1])
    assert journal.take_in([stored], "whatsapp") == 0
    assert capsys.readouterr().out.count("already here") == 2
    assert JournalEntry.objects.count() == 2


def test_the_journal_read_again_gives_the_same_rows(connected, stored, capsys):
    journal.take_in([stored], "whatsapp")
    capsys.readouterr()
    assert journal.replay([], json=True) == 0
    assert json.loads(capsys.readouterr().out) == {
        "entries": 2, "items": 2, "unopened": 0, "odd_in_all": 0,
    }  # fmt: skip
    before = set(Message.objects.values_list("id", "provider_digest"))
    assert len(before) == 2
    assert journal.replay([], json=True) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == 0  # none waits
    assert journal.replay([], everything=True) == 0
    assert set(Message.objects.values_list("id", "provider_digest")) == before


def test_long_journals_are_read_in_batches(connected, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(journal, "BATCH", 2)
    file = tmp_path / "five.jsonl"
    file.write_text("\n".join(json.dumps(body("Habari", n)) for n in range(5)))
    journal.take_in([file], "whatsapp")
    capsys.readouterr()
    journal.replay([], everything=True, json=True)
    assert json.loads(capsys.readouterr().out)["entries"] == 5


def test_what_came_before_its_number_was_connected_is_understood_later(
    db, stored, monkeypatch, capsys
):
    journal.take_in([stored], "whatsapp")
    journal.replay([])
    assert JournalEntry.objects.filter(reading=Reading.ODD).count() == 2
    monkeypatch.setenv("NYUMBANI_APP_SECRET", "siri")
    monkeypatch.setenv("NYUMBANI_ACCESS_TOKEN", "neno")
    doors.connect(channel="whatsapp", account=OURS, label="Main number")
    assert journal.replay([], odd=True) == 0
    assert "in the whole journal: 0 entries" in capsys.readouterr().out
    assert Message.objects.count() == 2


def test_an_entry_that_does_not_open_is_counted_and_the_others_are_read(connected, stored, capsys):
    journal.take_in([stored], "whatsapp")
    spoilt = JournalEntry.objects.first()
    JournalEntry.objects.filter(pk=spoilt.pk).update(body=bytes(spoilt.body)[:-1] + b"?")
    capsys.readouterr()
    assert journal.replay([], json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["entries"], told["items"], told["unopened"]) == (2, 1, 1)


def test_an_unknown_entry_is_named_before_anything_is_read(connected, stored):
    journal.take_in([stored], "whatsapp")
    known = JournalEntry.objects.values_list("id", flat=True)[0]
    with pytest.raises(CannotDo, match="no journal entry 01J"):
        journal.replay([known, "01J0000000000000000000000X"])
    assert JournalEntry.objects.filter(reading=Reading.WAITING).count() == 2


@pytest.mark.pure
def test_entries_and_all_do_not_go_together():
    with pytest.raises(Misuse, match="one of them"):
        journal.replay(["01J0000000000000000000000X"], everything=True)


def test_connecting_prints_the_address_and_a_new_token_but_no_secret(connected, capsys):
    capsys.readouterr()
    doors.connect(channel="whatsapp", account=OURS, label="Main number")
    said = capsys.readouterr().out
    assert "/hooks/whatsapp/" in said
    assert ChannelAccount.objects.get().secrets["verify_token"] in said
    assert "siri ya programu" not in said
    assert "neno la kuingia" not in said
    assert len(ChannelAccount.objects.get().secrets["verify_token"]) >= 24


def test_the_verify_token_one_has_is_taken_and_not_printed(connected, monkeypatch, capsys):
    monkeypatch.setenv("NYUMBANI_VERIFY_TOKEN", "tumekubaliana")
    capsys.readouterr()
    doors.connect(channel="whatsapp", account=OURS, label="Main number", json=True)
    said = capsys.readouterr().out
    assert "verify_token" not in json.loads(said)
    assert "tumekubaliana" not in said
    assert ChannelAccount.objects.get().secrets["verify_token"] == "tumekubaliana"


@pytest.mark.parametrize("account", ["+254 700", "", "12a"])
def test_an_account_is_the_platforms_number_for_it(db, account):
    with pytest.raises(Misuse, match="digits only"):
        doors.connect(channel="whatsapp", account=account, label="x")


def test_without_a_secret_nothing_is_connected(db, monkeypatch):
    monkeypatch.delenv("NYUMBANI_APP_SECRET", raising=False)
    with (
        open("/dev/null") as nothing,  # noqa: PTH123 - standard input is a stream
        monkeypatch.context() as patch,
    ):
        patch.setattr("sys.stdin", nothing)
        with pytest.raises(CannotDo, match="App secret"):
            doors.connect(channel="whatsapp", account=OURS, label="x")
    assert not ChannelAccount.objects.exists()


def test_accounts_are_listed_without_secrets(connected, capsys):
    capsys.readouterr()
    assert doors.accounts() == 0
    assert doors.accounts(json=True) == 0
    said = capsys.readouterr().out
    assert "Main number" in said
    assert "siri" not in said
    assert "neno" not in said


def by_sms(number, text):
    fields = {"id": number, "from": "+218910000001", "to": "22384", "text": text, "date": ""}
    return urlencode(fields)


TELEGRAM = {
    "update_id": 1, "message": {
        "message_id": 5, "date": 1405314180, "text": "Habari", "from": {"id": 7014},
        "chat": {"id": 7014, "type": "private"},
    },
}  # fmt: skip


@pytest.mark.pure
@pytest.mark.parametrize("channel", ["sms", "telegram"])
def test_stored_bodies_of_every_channel_are_shown_without_framework(tmp_path, channel):
    file = tmp_path / "stored"
    lines = {"sms": by_sms(1, "Habari"), "telegram": json.dumps(TELEGRAM)}
    file.write_text(lines[channel] + "\n")
    ask = (
        "import sys; from nyumbani.cli.app import run;"
        f"code = run(['inbox', 'receive', {str(file)!r}, '--channel', {channel!r}, '--dry-run',"
        " '--json']);"
        "sys.exit(code or int('django' in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=False,
        env={"PATH": "", "NYUMBANI_DATA": str(tmp_path / "none"), "HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    (event,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (event["channel"], event["kind"], event["text"]) == (channel, "message", "Habari")


def test_forms_one_a_line_are_bodies_of_their_own(db, tmp_path, capsys):
    file = tmp_path / "forms"
    file.write_text(f"{by_sms(1, 'Habari')}\n\n{by_sms(2, '')}\n")
    assert receiving.show([file], "sms", json=True) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["message_id"], one["text"], one["body"]) for one in events] == [
        ("1", "Habari", 1), ("2", "", 2),
    ]  # fmt: skip


SMS_SECRETS = {"NYUMBANI_SMS_USERNAME": "nyumbani", "NYUMBANI_SMS_API_KEY": "siri ya lango"}


def test_a_short_code_is_connected_and_its_address_holds_a_new_secret(db, monkeypatch, capsys):
    for name, value in SMS_SECRETS.items():
        monkeypatch.setenv(name, value)
    assert doors.connect(channel="sms", account="22384", label="", json=True) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["webhook"] == f"/hooks/sms/{said['word']}/"
    assert len(said["word"]) >= 32
    assert "siri" not in json.dumps(said)
    row = ChannelAccount.objects.get()
    assert row.secrets == {
        "username": "nyumbani", "api_key": "siri ya lango", "word": said["word"], "addresses": "",
    }  # fmt: skip


def test_a_bot_is_connected_and_telegrams_side_is_told(db, monkeypatch, capsys):
    token = "714000123:AAA-invented-token-invented"
    monkeypatch.setenv("NYUMBANI_TELEGRAM_TOKEN", token)
    assert doors.connect(channel="telegram", account="714000123", label="Bot") == 0
    said = capsys.readouterr().out
    row = ChannelAccount.objects.get()
    assert f"secret_token={row.secrets['secret_token']}" in said
    assert "https://YOUR-HOST/hooks/telegram/" in said
    assert "AAA-invented" not in said
    assert row.secrets["access_token"] == token


@pytest.mark.parametrize(
    ("channel", "account", "environment"),
    [
        ("sms", "22 384 !", SMS_SECRETS),
        ("sms", "254700000001", SMS_SECRETS),  # a number has its plus: so it comes
        ("sms", "22384", SMS_SECRETS | {"NYUMBANI_SMS_WORD": "short"}),
        ("sms", "22384", SMS_SECRETS | {"NYUMBANI_SMS_ADDRESSES": "everybody"}),
        ("telegram", "the_bot", {"NYUMBANI_TELEGRAM_TOKEN": "714000123:AAA-invented-token-inve"}),
        ("telegram", "714000123", {"NYUMBANI_TELEGRAM_TOKEN": "no token"}),
        ("whatsapp", "abc", {"NYUMBANI_APP_SECRET": "a", "NYUMBANI_ACCESS_TOKEN": "b"}),
    ],
)
def test_what_cannot_be_right_is_said_and_nothing_is_connected(
    db, monkeypatch, channel, account, environment
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Misuse):
        doors.connect(channel=channel, account=account, label="")
    assert not ChannelAccount.objects.exists()
