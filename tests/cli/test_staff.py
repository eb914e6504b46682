"""`nyumbani staff link | list`: the first way in, and who is there."""

import json
import re

import pytest

from nyumbani.accounts import commands
from nyumbani.accounts.actions import make_demo_staff, set_up_first
from nyumbani.kit.console import CannotDo
from nyumbani.kit.doer import System

BASE = "https://help.example.org"


def link(capsys) -> str:
    assert commands.link(BASE) == 0
    (token,) = re.findall(rf"{BASE}/set-up/(\S+)/", capsys.readouterr().out)
    return token


def test_the_link_lets_the_first_administrator_in(db, capsys):
    assert commands.nobody_is_here()
    set_up_first(
        token=link(capsys),
        username="wanjiku",
        display_name="Wanjiku",
        password="maji ya kunywa",
        by=System("tests"),
    )
    assert not commands.nobody_is_here()
    commands.people()
    assert capsys.readouterr().out == "wanjiku: administrator, no second factor yet\n"


def test_once_somebody_is_there_no_link_is_made(db, capsys):
    make_demo_staff(by=System("tests"))
    with pytest.raises(CannotDo, match="an administrator invites"):
        commands.link(BASE)
    assert capsys.readouterr().out == ""


def test_nobody_yet_is_said(db, capsys):
    commands.people()
    assert "nyumbani staff link" in capsys.readouterr().out


def test_the_list_can_be_read_by_a_program(db, capsys):
    make_demo_staff(by=System("tests"))
    commands.people(json=True)
    told = json.loads(capsys.readouterr().out)
    assert all({"username", "roles", "active", "second_factor"} <= one.keys() for one in told)
    assert any("administrator" in one["roles"] for one in told)


def test_whoever_types_commands_opens_no_case():
    assert not commands.ONLOOKER.may_read_cases
    assert not commands.ONLOOKER.may_read_inbox
