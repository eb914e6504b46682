"""`nyumbani inbox import-export`."""

import json
import subprocess
import sys

import pytest

from nyumbani.cli.app import run

pytestmark = pytest.mark.pure

CHAT = (
    "\ufeff20/07/2014, 06:15 - Amina: he took my passport\n"
    "20/07/2014, 06:16 - Grace W: IMG-1.jpg (file attached)\nmy ticket\n"
    "20/07/2014, 06:17 - Amina left\n20/07/2014, 06:18 - Grace W: amen\n"
    "20/07/2014, 06:19 - Amina: amen\n"
)
OPEN = "03/04/2014, 06:15 - Amina: a\n03/04/2014, 06:16 - Amina: b\n"


@pytest.fixture
def chat(tmp_path):
    path = tmp_path / "WhatsApp Chat with Kazi.txt"
    path.write_text(CHAT)
    return path


@pytest.fixture
def open_dates(tmp_path):
    path = tmp_path / "open.txt"
    path.write_text(OPEN)
    return path


def shown(capsys, *words) -> tuple[int, list[dict], str]:
    code = run(["inbox", "import-export", *map(str, words)])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_every_message_is_one_line_of_json(chat, capsys):
    code, said, err = shown(capsys, chat, "--zone", "Africa/Tripoli", "--dry-run", "--json")
    assert (code, err) == (0, "")
    assert said[0] == {
        "sent_at": "2014-07-20T06:15:00+02:00", "sender": "Amina", "text": "he took my passport",
        "kind": "message", "byte_start": 0, "byte_end": 50, "flags": [], "media": [],
    }  # fmt: skip
    assert [(one["kind"], one["media"]) for one in said] == [
        ("message", []), ("media", ["IMG-1.jpg"]), ("system", []), ("message", []), ("message", []),
    ]  # fmt: skip
    assert said[-1]["byte_end"] == len(CHAT.encode())


def test_without_a_zone_times_have_none(chat, capsys):
    _, said, _ = shown(capsys, chat, "--dry-run", "--json")
    assert said[0]["sent_at"] == "2014-07-20T06:15:00"


def test_people_read_lines_and_who_wrote(chat, capsys):
    assert run(["inbox", "import-export", str(chat), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "Amina · message · 'he took my passport'" in out
    assert "Grace W: 2 messages" in out
    assert "nothing was stored" in out


def test_dates_that_can_be_read_two_ways_are_printed_and_asked_about(open_dates, capsys):
    code, said, err = shown(capsys, open_dates, "--dry-run", "--json")
    assert code == 0
    assert all("ambiguous_date" in one["flags"] for one in said)
    assert err.count("\n") == 1
    assert "03 April 2014" in err
    assert "04 March 2014" in err


def test_an_answer_settles_the_dates(open_dates, capsys):
    _, said, err = shown(capsys, open_dates, "--dry-run", "--json", "--dates", "mdy")
    assert (said[0]["sent_at"], said[0]["flags"], err) == ("2014-03-04T06:15:00", [], "")


def test_an_import_waits_for_the_answer(open_dates, capsys):
    code, said, err = shown(capsys, open_dates, "--zone", "Africa/Tripoli")
    assert (code, said, err.count("\n")) == (3, [], 1)
    assert "--dates dmy" in err
    assert "--dates mdy" in err


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--zone", "Libya/Nowhere", "--dry-run"], 2, "there is no such zone"),
        (["--dates", "ydm", "--dry-run"], 2, "dmy, mdy or ymd"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_line(chat, capsys, words, code, sentence):
    found, said, err = shown(capsys, chat, *words)
    assert (found, said, err.count("\n")) == (code, [], 1)
    assert sentence in err


def test_a_bad_file_is_said_in_one_line(tmp_path, capsys):
    (tmp_path / "a.zip").write_bytes(b"PK\3\4")
    for path in (tmp_path / "none.txt", tmp_path, tmp_path / "a.zip"):
        code, said, err = shown(capsys, path, "--dry-run", "--json")
        assert (code, said, err.count("\n")) == (1, [], 1)


def test_a_file_that_is_no_chat_is_kept_whole_and_said(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("dear diary\n")
    code, said, err = shown(capsys, tmp_path / "a.txt", "--dry-run", "--json")
    assert (code, [one["kind"] for one in said]) == (0, ["unparsed"])
    assert "looks like the beginning of a message" in err


def test_looking_needs_neither_django_nor_keys(chat):
    ask = (
        "import sys; from nyumbani.cli.app import run; "
        "code = run(['inbox', 'import-export', sys.argv[1], '--dry-run', '--json']); "
        "sys.exit(code or 'django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask, str(chat)], capture_output=True, check=False, env={}
    )
    assert (done.returncode, done.stderr) == (0, b"")
