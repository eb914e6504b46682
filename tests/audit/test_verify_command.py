"""`nyumbani verify` says one clear sentence, or the same as JSON."""

import json

import pytest

from nyumbani.audit import guards, witness
from nyumbani.audit.commands import verify
from nyumbani.kit.console import Misuse
from tests.audit.people import break_in, stored, write_lines

pytestmark = pytest.mark.django_db


def test_a_whole_ledger_is_told_with_its_head_and_the_head_is_noted(capsys, keys_folder):
    write_lines(4)
    head = f"4:{bytes(stored(4)['hash']).hex()}"
    assert verify() == 0
    assert capsys.readouterr().out == f"The ledger is whole: 4 entries, head {head}.\n"
    noted = witness.heads(keys_folder / "ledger-head")
    assert [f"{seen.n}:{seen.hash.hex()}" for seen in noted] == [head]


def test_the_same_as_json(capsys):
    write_lines(4)
    assert verify(json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "good": True,
        "entries": 4,
        "head": f"4:{bytes(stored(4)['hash']).hex()}",
        "first_bad": None,
        "troubles": [],
    }


def test_a_broken_ledger_is_told_by_entry_and_reason_and_no_head_is_noted(capsys, keys_folder):
    write_lines(4)
    break_in("UPDATE audit_entry SET about = 'case:x' WHERE n = 3")
    assert verify() == 1
    out = capsys.readouterr().out
    assert out.startswith("The ledger is broken at entry 3: it has another about in its column")
    assert "2 before it are as written" in out
    assert not (keys_folder / "ledger-head").exists()

    assert verify(json=True) == 1
    assert json.loads(capsys.readouterr().out)["first_bad"]["n"] == 3


def test_the_very_first_entry_can_be_the_broken_one(capsys):
    write_lines(2)
    break_in("DELETE FROM audit_entry WHERE n = 1")
    assert verify() == 1
    assert "entry 1: it is missing" in capsys.readouterr().out


def test_missing_guards_are_told_and_are_not_good(capsys, db):
    from django.db import connection

    write_lines(2)
    guards.remove(connection)
    assert verify() == 1
    assert "Trouble: the guards against change are missing" in capsys.readouterr().out


def test_an_empty_ledger_is_whole(capsys, keys_folder):
    assert verify() == 0
    assert capsys.readouterr().out == "The ledger is whole: it has no entries yet.\n"
    assert not (keys_folder / "ledger-head").exists()


def test_a_head_noted_elsewhere_is_held_against_the_ledger(capsys):
    write_lines(3)
    assert verify(head=f"3:{bytes(stored(3)['hash']).hex().upper()}") == 0
    capsys.readouterr()
    assert verify(head="3:" + "ab" * 32) == 1
    assert "entry 3: it is not the entry that the head given remembers" in capsys.readouterr().out


def test_a_head_that_cannot_be_understood_is_misuse_not_a_broken_ledger():
    write_lines(1)
    with pytest.raises(Misuse, match="64 hexadecimal digits"):
        verify(head="three")
    assert Misuse.code == 2


def test_a_witness_that_cannot_be_read_is_told_beside_the_verdict(capsys, keys_folder):
    write_lines(1)
    (keys_folder / "ledger-head").mkdir(parents=True)
    assert verify() == 1
    out = capsys.readouterr().out
    assert out.startswith("The ledger is whole: 1 entry,")
    assert "Trouble: the head witness cannot be read" in out
