"""The stage takes cues from whoever knows its word, one at a time, and tells how things stand."""

import json
import stat

import httpx
import pytest

from nyumbani.drill.script.acts import CAST, STEPS
from nyumbani.drill.script.cast import NAFULA
from nyumbani.drill.stage import Stage
from nyumbani.drill.stage.booth import Booth
from nyumbani.drill.stage.cues import Again, Deed, Do, Edit, Look, Play, TakeBack, Write
from nyumbani.drill.stage.intercom import Intercom, NotOnStage, StageGone
from tests.drill.house import platforms

pytestmark = pytest.mark.pure


@pytest.fixture
def file(tmp_path):
    return tmp_path / "stage.json"


@pytest.fixture
def asked():
    return []


@pytest.fixture
def booth(graph, file, asked):
    stage = Stage(platforms(graph), CAST.values())
    with Booth(stage, STEPS, file=file, again=lambda: asked.append(1)) as started:
        yield started


@pytest.fixture
def intercom(booth, file):
    return Intercom(file)


def chat(scene, key="nafula"):
    return [(b.kind, b.text, b.is_hers) for b in scene.phone(key).bubbles]


def test_a_step_is_played_once_however_often_it_is_asked_for(intercom, house):
    scene = intercom.ask(Play(step=0))
    again = intercom.ask(Play(step=0))
    assert scene.played == again.played == {0}
    assert len(house.bodies) == 1
    assert scene.messages["rehema.first"].channel == "messenger"
    assert (scene.bodies, len(scene.written)) == (1, 1)
    assert chat(scene, "rehema") == [("text", STEPS[0].text, True)]


def test_what_comes_twice_is_counted_once(intercom, house):
    intercom.ask(Play(step=0))
    scene = intercom.ask(Play(step=1))
    assert len(house.bodies) == 2
    assert scene.bodies == 1


def test_a_step_of_the_staff_is_not_the_phones_to_play(intercom):
    with pytest.raises(NotOnStage):
        intercom.ask(Play(step=2))
    with pytest.raises(NotOnStage):
        intercom.ask(Play(step=len(STEPS)))


def test_a_visitor_writes_edits_and_takes_back(intercom, house):
    scene = intercom.ask(Write(phone="nafula", text="Habari 🙏🏾"))
    [name] = [bubble.id for bubble in scene.phone("nafula").bubbles]
    edited = intercom.ask(Edit(phone="nafula", message=name, text="Habari dada"))
    assert chat(edited) == [("text", "Habari dada", True)]
    assert edited.phone("nafula").bubbles[0].is_edited
    gone = intercom.ask(TakeBack(phone="nafula", message=name))
    assert chat(gone) == [("text", "", True)]
    assert gone.phone("nafula").bubbles[0].is_taken_back
    intercom.ask(Look(settle=True))
    assert [item["type"] for item in house.items()] == ["text", "edit", "revoke"]
    with pytest.raises(NotOnStage):
        intercom.ask(Edit(phone="nafula", message=name, text="Bado"))


def test_a_message_is_changed_on_its_own_phone_only(intercom):
    scene = intercom.ask(Write(phone="nafula", text="Habari"))
    name = scene.phone("nafula").bubbles[0].id
    with pytest.raises(NotOnStage):
        intercom.ask(Edit(phone="zawadi", message=name, text="Sio mimi"))


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        (Deed.VOICE, "audio"),
        (Deed.PHOTO, "image"),
        (Deed.PLACE, "location"),
        (Deed.ONCE, "unsupported"),
    ],
)
def test_every_button_sends_what_it_says(intercom, house, deed, kind):
    intercom.ask(Do(phone="nafula", deed=deed))
    intercom.ask(Look(settle=True))
    assert [item["type"] for item in house.items()] == [kind]


def test_a_new_number_is_shown_and_is_never_the_same_twice(intercom):
    seen = {intercom.ask(Look()).phone("nafula").address}
    assert seen == {f"+{NAFULA.digits}"}
    for _ in range(2):
        seen.add(intercom.ask(Do(phone="nafula", deed=Deed.NUMBER)).phone("nafula").address)
    assert len(seen) == 3


def test_a_woman_without_a_number_gets_none(intercom, house):
    scene = intercom.ask(Do(phone="zawadi", deed=Deed.NUMBER))
    intercom.ask(Look(settle=True))
    assert scene.phone("zawadi").address == "@zawadi.wa.pwani"
    assert "wa_id" not in house.items()[0]["system"]


@pytest.mark.parametrize("deed", [Deed.ONCE, Deed.NUMBER])
def test_messenger_knows_no_such_thing(intercom, deed):
    with pytest.raises(NotOnStage):
        intercom.ask(Do(phone="rehema", deed=deed))


def test_a_phone_switched_off_shows_it(intercom):
    assert not intercom.ask(Do(phone="nafula", deed=Deed.OFF)).phone("nafula").is_on
    assert intercom.ask(Do(phone="nafula", deed=Deed.ON)).phone("nafula").is_on


def test_somebody_wants_it_all_again(intercom, asked):
    intercom.ask(Again())
    assert asked == [1]


def test_nobody_of_this_name_has_a_phone(intercom):
    for key in ("achieng", "nobody"):
        with pytest.raises(NotOnStage):
            intercom.ask(Write(phone=key, text="Habari"))


def test_only_the_owner_can_read_the_word_and_only_the_word_opens(booth, file, house):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    place = json.loads(file.read_text())
    assert place["url"].startswith("http://127.0.0.1:")
    cue = Write(phone="nafula", text="Habari").model_dump_json()
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": place["word"]}):
        answer = httpx.post(f"{place['url']}/cue", content=cue, headers=headers, trust_env=False)
        assert answer.status_code == 403
    assert house.bodies == []


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"cue": "burn"}', b'{"cue": "play", "step": -1}',
     b'{"cue": "write", "phone": "nafula", "text": ""}',
     b'{"cue": "write", "phone": "nafula", "text": "x", "more": 1}',
     b'{"cue": "write", "phone": "nafula", "text": "' + b"x" * 2001 + b'"}'],
)  # fmt: skip
def test_what_is_no_cue_is_refused(booth, file, house, body):
    place = json.loads(file.read_text())
    headers = {"Authorization": f"Bearer {place['word']}"}
    answer = httpx.post(f"{place['url']}/cue", content=body, headers=headers, trust_env=False)
    assert answer.status_code == 400
    assert house.bodies == []


def test_a_stage_that_is_gone_is_told_apart_from_one_that_cannot(graph, file, tmp_path):
    with Booth(Stage(platforms(graph), CAST.values()), STEPS, file=file, again=list):
        kept = file.read_text()
        assert Intercom(file).ask(Look()).played == frozenset()
    assert not file.exists()
    with pytest.raises(StageGone):
        Intercom(file).ask(Look())
    file.write_text(kept)  # as after kill -9: the file is there, nobody listens
    with pytest.raises(StageGone):
        Intercom(file).ask(Look())
    file.write_text("nonsense")
    with pytest.raises(StageGone):
        Intercom(file).ask(Look())


def test_a_house_that_takes_nothing_makes_the_stage_wait_and_say_so(
    intercom, house, graph, monkeypatch
):
    monkeypatch.setattr(graph.postman, "settle", lambda timeout=0.3: _impatient())
    house.refusals.extend([503] * 50)
    with pytest.raises(StageGone):
        intercom.ask(Play(step=0))
    assert 0 in intercom.ask(Look()).played  # it is on its way and is not written twice


def _impatient():
    raise TimeoutError
