"""Act one played over HTTP: phones write, the platform delivers, somebody answers."""

import json

import pytest

from nyumbani.drill.script.act1 import ACT
from nyumbani.drill.script.cast import ACHIENG, NAFULA, REHEMA, ZAWADI
from nyumbani.drill.script.steps import Answers
from nyumbani.drill.stage import Stage, phone_of
from tests.drill.house import platforms, send, send_to_page

pytestmark = pytest.mark.pure
WAYS = {
    "rehema": lambda graph, text: send_to_page(graph, REHEMA.psid, text),
    "nafula": lambda graph, text: send(graph, NAFULA.digits, text),
    "zawadi": lambda graph, text: send(graph, None, text, recipient=ZAWADI.bsuid),
}


@pytest.fixture
def played(graph, watch):
    stage = Stage(platforms(graph), ACT.cast)
    for step in ACT.steps:
        graph.postman.settle()
        watch.moment = step.at
        if not stage.play(step) and isinstance(step, Answers):
            assert WAYS[step.to](graph, step.text).status_code == 200
    graph.postman.settle()
    return stage


def test_every_message_of_the_act_arrives_and_some_twice(played, house):
    on_whatsapp = [item["id"] for item in house.items()]
    told = [item["message"] for item in house.messaging() if "message" in item]
    on_messenger = [message["mid"] for message in told if not message.get("is_echo")]
    arrived = on_whatsapp + on_messenger
    assert set(arrived) == set(played.messages.values())
    assert len(played.messages) == len(ACT.inbound)
    assert {arrived.count(played.messages[key]) for key in ("rehema.first", "nafula.voice")} == {2}


def test_two_messages_share_a_body(played, house):
    together = [played.messages[key] for key in ("zawadi.first", "zawadi.pay")]
    holding = [body for body in house.bodies if together[0].encode() in body.replace(b"\\/", b"/")]
    assert together[1].encode() in holding[0].replace(b"\\/", b"/")


def test_our_answers_lie_on_the_right_phones_and_were_read(played, house):
    for key, phone in played.phones.items():
        assert phone.texts == [step.text for step in ACT.outbound if step.to == key]
    read = [state for _, state in house.statuses() if state == "read"]
    assert len(read) == 2
    assert len([item for item in house.messaging() if "read" in item]) == 1


def test_her_reply_points_to_our_question(played, house):
    ours = played.phones["rehema"].received[0].id
    told = [item["message"] for item in house.messaging() if "message" in item]
    answered = [message["reply_to"]["mid"] for message in told if "reply_to" in message]
    assert set(answered) == {ours}


def test_the_sender_tells_the_moments_of_the_story(played, house):
    first = next(step for step in ACT.inbound if step.key == "zawadi.first")
    message = next(i for i in house.items() if i["id"] == played.messages["zawadi.first"])
    assert int(message["timestamp"]) == first.at.timestamp()
    assert "wa_id" not in json.dumps(message)


def test_who_is_only_spoken_of_has_no_phone(graph, house):
    assert "achieng" not in Stage(platforms(graph), ACT.cast).phones
    with pytest.raises(ValueError, match="achieng"):
        phone_of(ACHIENG, platforms(graph, house))
