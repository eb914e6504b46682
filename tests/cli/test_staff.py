"""`nyumbani staff link | agree | list`: the first way in, the last one, and who is there."""

import json
import re

import pytest

from nyumbani.accounts import commands
from nyumbani.accounts.actions import make_demo_staff, roles, set_up_first, set_up_invited
from nyumbani.accounts.models import Staff
from nyumbani.accounts.terms import Role
from nyumbani.kit import clock
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


def test_who_lost_the_phone_and_has_nobody_is_helped_on_the_machine(db, capsys):
    make_demo_staff(by=System("tests"))
    assert commands.link(BASE, "Cherono") == 0
    said = capsys.readouterr().out
    (token,) = re.findall(rf"{BASE}/set-up/(\S+)/", said)
    assert "72 hours" in said
    staff = set_up_invited(token=token, password="maji ya kunywa", by=System("tests"))
    assert staff.username == "cherono"


@pytest.mark.parametrize("verb", [lambda name: commands.link(BASE, name), commands.agree])
def test_a_name_nobody_has_is_said(db, verb, capsys):
    with pytest.raises(CannotDo, match="nobody has this sign-in name"):
        verb("mallory")
    assert capsys.readouterr().out == ""


def test_where_no_director_is_left_the_machine_agrees(db, capsys):
    cast = make_demo_staff(by=System("tests"))
    cherono, barasa = cast[Role.ADMINISTRATOR], cast[Role.DATA_OFFICER]
    roles.grant_role(staff_id=barasa.staff_id, role=Role.COORDINATOR, by=cherono)
    assert commands.agree("barasa") == 0
    assert "Agreed to 1" in capsys.readouterr().out
    commands.people()
    assert "barasa: coordinator, data_officer," in capsys.readouterr().out
    with pytest.raises(CannotDo, match="nothing of this waits"):
        commands.agree("barasa")


def test_where_one_is_they_agree_themselves(db):
    cast = make_demo_staff(by=System("tests"))
    Staff.objects.filter(username="amina").update(last_login=clock.now())
    roles.grant_role(
        staff_id=cast[Role.DATA_OFFICER].staff_id, role=Role.TRAINER, by=cast[Role.ADMINISTRATOR]
    )
    with pytest.raises(CannotDo, match="director works here"):
        commands.agree("barasa")


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
