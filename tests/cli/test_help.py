"""`nyumbani --help` answers at once."""

import os
import subprocess
import sys

import pytest

from nyumbani.cli.app import run

pytestmark = pytest.mark.pure

_ASK = """
import sys
from nyumbani.cli.app import run
code = run(["--help"])
heavy = {"django", "rich", "pydantic", "structlog", "gunicorn", "httpx", "cryptography"}
sys.exit(code or (str(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0))
"""


def test_help_needs_neither_django_nor_anything_else_heavy():
    done = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "serve" in done.stdout
    assert "backup" in done.stdout


def test_help_takes_less_than_three_tenths_of_a_second_of_work():
    # Work, not waiting: a busy machine makes anybody wait.
    before = os.times()
    subprocess.run([sys.executable, "-m", "nyumbani", "--help"], capture_output=True, check=True)
    after = os.times()
    work = after.children_user + after.children_system
    assert work - before.children_user - before.children_system < 0.3


@pytest.mark.parametrize(
    "words",
    [
        "serve", "worker", "migrate", "demo", "check", "verify", "unlock", "lock", "backup",
        "restore", "inbox receive", "inbox replay", "inbox connect", "inbox accounts",
        "keys show", "keys rotate", "keys recovery", "staff link", "staff list",
    ],
)  # fmt: skip
def test_every_command_explains_itself(words, capsys):
    assert run([*words.split(), "--help"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"Usage: nyumbani {words}")
    assert said.err == ""


def test_manage_is_there_but_not_shown(capsys):
    run(["--help"])
    assert "manage" not in capsys.readouterr().out


def test_the_version_is_said(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("nyumbani 0.")
