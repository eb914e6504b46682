"""Bad input gets one clear line on standard error, a code, and never a trace."""

import pytest

from nyumbani.cli.app import run
from nyumbani.cli.troubles import told
from nyumbani.kit.console import CannotDo, Misuse

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("sreve", "No such command 'sreve'"),
        ("serve --port nine", "--port"),
        ("serve --port 70000", "--port"),
        ("serve --ledger", "--ledger"),
        ("backup", "--to"),
        ("restore", "FILE"),
        ("keys rotate", "--scope"),
        ("inbox receive a.json", "--channel"),
        ("inbox receive a.json --channel telex --dry-run", "no channel telex"),
        ("inbox connect whatsapp", "--account"),
    ],
)
def test_what_nobody_can_follow_is_refused_with_code_2(words, says, capsys):
    assert run(words.split()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert said.err.count("\n") == 1
    assert said.err.startswith("nyumbani: ")


def test_a_file_that_is_not_there_is_named(capsys, tmp_path):
    assert run(["inbox", "receive", f"{tmp_path}/a.json", "--channel=whatsapp", "--dry-run"]) == 1
    assert capsys.readouterr().err.endswith("a.json cannot be read: No such file or directory\n")


def test_nothing_asked_for_shows_what_there_is(capsys):
    assert run([]) == 2
    assert "Commands:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"), [(CannotDo("it is not there"), 1), (Misuse("say which"), 2)]
)
def test_what_a_command_says_is_said(error, code):
    assert told(error) == (str(error), code)


def test_an_unexpected_error_does_not_quote_what_it_holds():
    with pytest.raises(ValueError, match="Achieng") as caught:
        raise ValueError("Achieng, +218 91 000 00 02")
    line, code = told(caught.value)
    assert code == 1
    assert "Achieng" not in line
    assert "218" not in line
    assert "ValueError at cli/test_bad_input.py:" in line
    assert "\n" not in line


def test_a_missing_file_of_the_system_is_named():
    line, code = told(FileNotFoundError(2, "No such file or directory", "/srv/nyumbani"))
    assert (line, code) == ("/srv/nyumbani: No such file or directory", 1)


def test_a_developer_may_see_the_whole_trace(monkeypatch):
    monkeypatch.setenv("NYUMBANI_TRACE", "1")
    monkeypatch.setattr("nyumbani.cli.house.enter", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(["verify"])


def test_an_interruption_is_no_error(monkeypatch, capsys):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr("nyumbani.cli.house.enter", interrupted)
    assert run(["verify"]) == 130
    assert capsys.readouterr().err == ""
