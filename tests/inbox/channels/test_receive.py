"""Stored bodies read on the command line: what a file may hold and what comes out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nyumbani.inbox.channels.receive import CannotRead, bodies_in, events_as_json
from nyumbani.inbox.channels.registry import UnknownChannel
from tests.inbox.channels.bodies import DOOR, FIXTURES, body, names, tree

pytestmark = pytest.mark.pure

TEXT = FIXTURES / "whatsapp" / "text.json"
PROMISED = {
    "kind",
    "message_id",
    "identifiers",
    "sent_at",
    "text",
    "media",
    "status",
    "refers_to",
    "notes",
}


def read(channel: str, *files: Path) -> list[dict]:
    return list(events_as_json(channel, files))


def test_an_event_comes_out_as_plain_values():
    (event,) = read("whatsapp", TEXT)
    assert event == {
        "channel": "whatsapp",
        "account": DOOR,
        "kind": "message",
        "key": f'["message","{DOOR}","wamid.TEXT1"]',
        "content": "text",
        "message_id": "wamid.TEXT1",
        "identifiers": [{"kind": "wa_id", "value": "218910000001"}],
        "former": [],
        "profile_name": "Rehema",
        "sent_at": "2014-07-14T10:00:00+00:00",
        "text": "Tafadhali nisaidie rafiki yangu 🙏",
        "media": [],
        "status": "",
        "refers_to": "",
        "callback": "",
        "problems": [],
        "data": {},
        "notes": [],
        "by_staff": False,
        "is_report": False,
        "past": False,
        "file": str(TEXT),
        "body": 1,
    }


def test_a_file_of_a_message_comes_out_with_its_kind():
    (event,) = read("whatsapp", FIXTURES / "whatsapp" / "voice_note.json")
    (media,) = event["media"]
    assert (media["content"], media["provider_id"]) == ("voice", "media-5")
    assert len(media["sha256"]) == 64


@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
def test_every_stored_body_comes_out_as_json(channel):
    files = [FIXTURES / channel / f"{name}.json" for name in names(channel)]
    found = read(channel, *files)
    assert {event["file"] for event in found} == {str(file) for file in files}
    assert all(event.keys() >= PROMISED for event in found)
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_a_file_may_hold_one_body_a_line(tmp_path):
    lines = [json.dumps(tree("whatsapp", name)) for name in ("text", "batch")]
    file = tmp_path / "journal.jsonl"
    file.write_text(lines[0] + "\r\n\n" + "not a body\n" + lines[1] + "\n")
    found = read("whatsapp", file)
    assert [event["body"] for event in found] == [1, 2] + [3] * 9
    assert found[1]["kind"] == "not_understood"


@pytest.mark.parametrize(
    ("contents", "count"),
    [
        (b"", 1),
        (b"\n\n", 1),
        (b"nonsense\nmore nonsense", 1),
        (b"[1]\n[2]", 1),
        (b'{"a": 1}', 1),
        (b'{\n"a": 1\n}', 1),
        (b'{\n"a": 1\n', 1),
        (b'{"a": 1}\n{"a": 2}\n', 2),
        (b'{"a": 1}\nbroken\n', 2),
    ],
)
def test_what_is_one_body_and_what_are_several(contents, count):
    assert len(bodies_in(contents)) == count


def test_one_body_is_passed_on_byte_for_byte():
    assert bodies_in(body("whatsapp", "text")) == [body("whatsapp", "text")]


def test_an_empty_file_is_an_item_that_is_not_understood(tmp_path):
    file = tmp_path / "empty.json"
    file.touch()
    (event,) = read("messenger", file)
    assert event["kind"] == "not_understood"
    assert event["sent_at"] is None


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CannotRead, match=r"gone\.json cannot be read: No such file"):
        read("whatsapp", tmp_path / "gone.json")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(CannotRead, match="is a folder"):
        read("whatsapp", tmp_path)


def test_an_unknown_channel_is_named():
    with pytest.raises(UnknownChannel, match="pigeon"):
        read("pigeon", TEXT)


def test_reading_needs_neither_framework_nor_settings():
    program = (
        "import sys; from pathlib import Path;"
        "from nyumbani.inbox.channels.receive import events_as_json;"
        f"assert len(list(events_as_json('whatsapp', [Path({str(TEXT)!r})]))) == 1;"
        "assert not {'django', 'httpx', 'sqlite3'} & set(sys.modules), sys.modules"
    )
    source = Path(__file__).parents[3] / "src"
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(source), "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
