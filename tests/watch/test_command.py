"""`nyumbani watch now | look`."""

import json

import pytest

from nyumbani.cases.terms import Urgency
from nyumbani.cli.app import run
from nyumbani.kit import clock
from tests.desk.world import MONDAY, case_with, hear, somebody
from tests.watch.night import HOUR, awake, on_nights

pytestmark = pytest.mark.django_db
NIGHT = MONDAY + 13 * HOUR


@pytest.fixture
def nafula(wanjiku, otieno):
    with clock.at(MONDAY):
        thread = somebody("Nafula")
        hear(thread, "Are you there?", at=MONDAY)
        case_with(wanjiku, thread, urgency=Urgency.NOW)
        on_nights(wanjiku, otieno)
    awake(NIGHT)
    return thread


def said(capsys, *words):
    with clock.at(NIGHT):
        assert run(["watch", *words, "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return json.loads(out)


def test_it_says_who_is_silent_what_climbs_and_who_is_on_duty_without_names(nafula, capsys):
    assert said(capsys, "look") == {"raised": 1, "settled": 0, "catching_up": False}
    found = said(capsys, "now")
    assert found["on_duty"] == ["Wanjiku"]
    assert found["asleep"] is False
    (silent,) = found["silent"]
    assert silent["person"] == str(nafula.person)
    assert silent["limit_minutes"] == 720
    assert {one["what"] for one in found["climbing"]} == {"silent", "unanswered"}
    assert {one["with"] for one in found["climbing"]} == {"team", "director"}
    assert "Nafula" not in json.dumps(found)


def test_another_moment_can_be_asked_for(nafula, capsys):
    with clock.at(NIGHT):
        assert run(["watch", "now", "--at", "2014-07-14T12:00+03:00", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["on_duty"] == []
    assert found["at"] == "2014-07-14T09:00:00+00:00"


def test_people_read_it_too(nafula, capsys):
    said(capsys, "look")
    with clock.at(NIGHT):
        assert run(["watch", "now"]) == 0
    out = capsys.readouterr().out
    assert "On duty: Wanjiku." in out
    assert f"silent   {nafula.person}" in out


def test_a_calm_night_is_said_in_words(db, capsys):
    awake(NIGHT)
    with clock.at(NIGHT):
        assert run(["watch", "now"]) == 0
    assert "Nobody is silent, nothing climbs." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("watch now --at yesterday", "--at is no moment"),
        ("watch now --at 2014-07-14T12:00", "--at needs its zone"),
        ("watch now --of Nafula", "--of"),
        ("watch then", "No such command"),
    ],
)
def test_what_nobody_can_follow_is_refused_with_one_line_and_code_2(words, says, capsys):
    assert run(words.split()) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert says in told.err
    assert told.err.count("\n") == 1
