"""Act one has the numbers the story tells, and its canaries leave nothing out."""

import dataclasses
import datetime as dt
import re
import subprocess
import sys

import pytest

from nyumbani.drill.script.act1 import ACT
from nyumbani.drill.script.act2 import CASE, EVENING
from nyumbani.drill.script.acts import ACTS
from nyumbani.drill.script.canaries import canaries, disguised
from nyumbani.drill.script.cast import ACHIENG, NAFULA, REHEMA, ZAWADI
from nyumbani.drill.script.groups import GROUPS
from nyumbani.drill.script.steps import (
    AddsTask,
    Answers,
    Assigns,
    DeliversAgain,
    Notes,
    OpensCase,
    Reads,
    Speaks,
    Together,
    Writes,
)
from nyumbani.drill.wire.doors import Channel

pytestmark = pytest.mark.pure
KINDS = (AddsTask, Answers, Assigns, DeliversAgain, Notes, OpensCase, Reads, Speaks, Together)


def steps(kind):
    return [step for step in ACT.steps if isinstance(step, kind)]


def test_the_clock_starts_on_monday_at_eight_in_nairobi():
    assert ACT.starts.isoformat() == "2014-07-14T08:00:00+03:00"
    assert ACT.starts.strftime("%A") == "Monday"
    moments = [ACT.starts, *(step.at for step in ACT.steps)]
    assert moments == sorted(moments)
    assert ACT.ends - ACT.starts < dt.timedelta(days=7)


def test_three_women_write_and_each_is_one_conversation():
    writers = {step.who for step in ACT.inbound}
    assert writers == {REHEMA.key, NAFULA.key, ZAWADI.key}
    assert len(writers) == ACT.numbers.conversations
    assert REHEMA.channel is Channel.MESSENGER
    assert [(c.channel, bool(c.number), bool(c.username)) for c in (NAFULA, ZAWADI)] == [
        (Channel.WHATSAPP, True, False),
        (Channel.WHATSAPP, False, True),
    ]
    assert [step.who for step in ACT.inbound if isinstance(step, Speaks)] == [NAFULA.key]


def test_the_case_is_about_somebody_who_never_wrote():
    [case] = steps(OpensCase)
    assert ACT.numbers.cases == ACT.numbers.reporters == 1
    assert (case.reporter, case.known_as) == (REHEMA.key, ACHIENG.first_name)
    assert ACHIENG.channel is None
    about = next(step for step in ACT.inbound if step.key == case.about)
    assert case.known_as in about.text
    assert steps(Assigns)[0].case == case.key
    assert all(task.case == case.key and task.due > task.at for task in steps(AddsTask))
    assert len(steps(AddsTask)) >= 2
    assert steps(Notes)[0].on == case.about


@pytest.mark.parametrize("writer", [REHEMA, NAFULA, ZAWADI], ids=lambda c: c.key)
def test_each_is_answered_within_the_quarter_hour(writer):
    first = min(step.at for step in ACT.inbound if step.who == writer.key)
    answer = next(step for step in ACT.outbound if step.to == writer.key)
    assert dt.timedelta(0) < answer.at - first <= ACT.numbers.answered_within


def test_the_platform_delivers_twice_and_together():
    assert len(steps(DeliversAgain)) >= 2
    assert all(len(step.steps) >= 2 for step in steps(Together))
    assert len({step.who for step in steps(Together)[0].steps}) == 1


def test_what_steps_point_to_exists():
    others = [step for step in ACT.steps if not isinstance(step, Writes | Speaks)]
    keys = [step.key for step in (*ACT.inbound, *others) if hasattr(step, "key")]
    made = set(keys)
    assert len(made) == len(keys)
    for step in (*ACT.inbound, *ACT.steps):
        for field in ("reply_to", "on", "about", "case"):
            assert getattr(step, field, "") in made | {""}
    people = {c.key for c in (*ACT.cast, *ACT.staff)} | {"platform"}
    assert {step.who for step in (*ACT.inbound, *ACT.steps)} <= people


def test_our_words_on_her_phone_name_neither_the_organisation_nor_trafficking():
    telling = re.compile(
        r"nyumbani|traffick|rescue|police|embassy|case|biashara|polisi|ubalozi", re.IGNORECASE
    )
    assert not [step.text for step in ACT.outbound if telling.search(step.text)]
    names = {c.first_name for c in ACT.cast}
    assert not [step.text for step in ACT.outbound if any(name in step.text for name in names)]


def everything(thing):
    """Every string the act holds, however deep."""
    if isinstance(thing, str):
        yield thing
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from everything(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from everything(part)


def test_every_personal_string_of_the_story_is_a_canary():
    harmless = {"", "platform", "Tripoli", "Benghazi", "Africa/Tripoli", "en", "sw"}
    harmless |= {"whatsapp", "messenger", "telegram", "sms", "ar", "Misrata", EVENING, "place"}
    harmless |= {*GROUPS, CASE} | {one.key for act in ACTS for one in act.cast}
    for act in ACTS:
        own = {c.key for c in (*act.cast, *act.staff)}
        own |= {step.key for step in (*act.inbound, *act.steps) if hasattr(step, "key")}
        said = {*everything(act.cast), *everything(act.steps)}
        assert said - harmless - own <= set(canaries())


def test_canaries_hold_numbers_in_every_writing_and_texts_in_plain_pieces():
    found = canaries()
    assert {"+218910000002", "218910000002", "+218 91 000 00 02", "218 91 000 00 02"} <= set(found)
    assert "She says madam took her passport and locks the door" in found
    assert "Sijalipwa miezi saba na wamechukua pasi yangu. Naogopa" in found
    assert found == sorted(set(found), key=lambda canary: (-len(canary), canary))
    assert min(map(len, found)) >= 5


def test_a_number_inside_a_message_id_is_found_too(graph, nafula):
    assert any(canary in nafula.write("Habari") for canary in disguised())


def test_the_drill_needs_no_framework():
    modules = (
        "nyumbani.drill.stage, nyumbani.drill.script.canaries, "
        "nyumbani.drill.flood.bodies, nyumbani.drill.flood.delivery"
    )
    code = f"import sys, {modules}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_kind_of_step_is_used():
    assert {type(step) for step in ACT.steps} == {*KINDS, Writes}
