"""`nyumbani inbox import-export` without --dry-run: the chat comes into the house."""

import json

import pytest

from nyumbani.chats.models import Chat, ChatExport, ChatLine
from nyumbani.chats.terms import ExportState
from nyumbani.cli.app import run
from tests.chats.brought import TITLE, text_of, told, zip_of
from tests.desk.world import case_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def chat(tmp_path):
    path = tmp_path / f"WhatsApp Chat with {TITLE}.txt"
    path.write_bytes(text_of(told(12)))
    return path


def brought(capsys, file, *words):
    given = ["--zone", "Africa/Tripoli", *words]
    code = run(["inbox", "import-export", str(file), *given])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_chat_is_brought_in_and_counted(chat, capsys):
    code, out, err = brought(capsys, chat, "--json")
    row = ChatExport.objects.get()
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "chat": row.chat.pk, "export": row.pk, "new": 13, "already": 0, "senders": 4, "files": 0,
        "refused": [],
    }  # fmt: skip
    assert (row.state, row.brought_by, row.zone) == (ExportState.DONE, None, "Africa/Tripoli")


def test_people_read_a_sentence(chat, capsys):
    code, out, _err = brought(capsys, chat)
    assert code == 0
    assert "13 lines new, 0 already here; 4 names, 0 files sealed." in out
    assert TITLE not in out


def test_the_same_file_twice_is_said_to_be_here_and_is_no_failure(chat, capsys):
    brought(capsys, chat)
    code, out, _err = brought(capsys, chat)
    assert code == 0
    assert "already here" in out
    code, out, _err = brought(capsys, chat, "--json")
    assert (json.loads(out)["new"], json.loads(out)["already"]) == (0, 13)
    assert (ChatExport.objects.count(), ChatLine.objects.count()) == (1, 13)


def test_a_longer_export_says_how_much_of_it_is_new(chat, capsys):
    brought(capsys, chat)
    chat.write_bytes(text_of(told(20)))
    _code, out, _err = brought(capsys, chat, "--json")
    assert (json.loads(out)["new"], json.loads(out)["already"]) == (8, 13)


def test_a_case_is_named_by_its_number(chat, capsys, wanjiku):
    case = case_with(wanjiku)
    code, _out, _err = brought(capsys, chat, "--case", str(case))
    assert code == 0
    assert Chat.objects.get().case == case
    assert Chat.objects.get().seal_scope == f"case:{case.pk}"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--case", "NYB-999"], 1, "there is no case NYB-999"),
        (["--case", "seven"], 2, "write it as NYB-7"),
        (["--zone", ""], 2, "--zone is needed"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_stores_nothing(chat, capsys, words, code, sentence):
    found, out, err = brought(capsys, chat, *words)
    assert (found, out, err.count("\n")) == (code, "", 1)
    assert sentence in err
    assert not ChatExport.objects.exists()


def test_dates_that_can_be_read_two_ways_are_asked_first_and_nothing_is_stored(tmp_path, capsys):
    path = tmp_path / "open.txt"
    path.write_text("03/04/2014, 06:15 - Amina: a\n03/04/2014, 06:16 - Amina: b\n")
    code, out, err = brought(capsys, path, "--json")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "--dates mdy" in err
    assert not ChatExport.objects.exists()
    code, _out, _err = brought(capsys, path, "--dates", "mdy")
    assert code == 0
    assert {one.sent_at.month for one in ChatLine.objects.all()} == {3}


def test_a_file_that_stays_in_the_original_alone_is_named(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("nyumbani.chats.reader.LARGEST_FILE", 10)
    path = tmp_path / "chat.zip"
    path.write_bytes(zip_of(text_of(told(3)), {"a.mp4": b"x" * 11, "b.jpg": b"y"}))
    _code, out, _err = brought(capsys, path, "--json")
    said = json.loads(out)
    assert said["files"] == 1
    assert said["refused"] == [{"name": "a.mp4", "why": "too large to be kept by itself"}]


def test_a_file_that_is_too_large_is_one_line(chat, capsys, monkeypatch):
    monkeypatch.setattr("nyumbani.chats.actions.bringing.LARGEST", 10)
    code, out, err = brought(capsys, chat)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "without media" in err
