"""What the simulated platform takes from us, refuses, and tells us afterwards."""

import dataclasses

import pytest

from nyumbani.drill.graph.exchange import Habits
from nyumbani.drill.graph.meta import Graph
from nyumbani.drill.phones.whatsapp import WhatsAppPhone
from tests.drill.house import ask, error, send, send_to_page

pytestmark = pytest.mark.pure


def test_our_text_lies_on_her_phone_and_its_states_come_back(graph, house, nafula):
    nafula.write("Habari")
    answer = send(graph, body="Tumesikia", biz_opaque_callback_data="attempt-1")
    graph.postman.settle()
    sent = answer.json()["messages"][0]["id"]
    assert nafula.texts == ["Tumesikia"]
    assert house.statuses() == [(sent, "sent"), (sent, "delivered")]
    nafula.open_chat()
    graph.postman.settle()
    assert house.statuses()[-1] == (sent, "read")
    told = house.items("statuses")
    assert {s["biz_opaque_callback_data"] for s in told} == {"attempt-1"}
    assert {s["recipient_id"] for s in told} == {"218910000002"}


def test_a_number_may_be_written_as_people_write_it(graph, nafula):
    nafula.write("Habari")
    answer = send(graph, to="+218 91 000 00 02").json()
    assert answer["contacts"] == [{"input": "+218 91 000 00 02", "wa_id": "218910000002"}]


def test_a_woman_without_a_number_is_reached_by_her_business_scoped_id(graph, house, zawadi):
    zawadi.write("Habari")
    answer = send(graph, to=None, recipient="KE.12", body="Asante")
    graph.postman.settle()
    assert answer.status_code == 200
    assert zawadi.texts == ["Asante"]
    told = house.items("statuses")[0]
    assert told["recipient_user_id"] == "KE.12"
    assert "recipient_id" not in told


def test_a_wrong_token_is_refused(graph, nafula):
    payload = {"messaging_product": "whatsapp"}
    answer = ask(graph, "POST", "/v25.0/1001/messages", token="stolen", json=payload)
    assert error(answer) == (401, 190, None)


def test_another_number_than_ours_cannot_send(graph, nafula):
    assert error(send(graph, account="9999")) == (400, 100, 33)


def test_who_wrote_to_one_number_of_ours_is_unknown_at_the_other(house, watch):
    other = dataclasses.replace(house.whatsapp, account="1003")
    with Graph([house.whatsapp, other], now=watch) as graph:
        nafula = WhatsAppPhone(graph, house.whatsapp, name="N", bsuid="LY.1", number="218911")
        nafula.write("Habari")
        assert error(send(graph, to="218911", account="1003"))[1] == 131026
        assert send(graph, to="218911").status_code == 200


@pytest.mark.parametrize("body", ["x" * 4097, "", "   "])
def test_a_text_too_long_or_empty_is_refused(graph, nafula, body):
    nafula.write("Habari")
    assert error(send(graph, body=body))[:2] == (400, 100)
    assert nafula.received == []


def test_the_longest_text_is_taken(graph, nafula):
    nafula.write("Habari")
    assert send(graph, body="x" * 4096).status_code == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"messaging_product": "sms"}, 100),
        ({"to": None}, 100),
        ({"type": "poll"}, 131051),
        ({"text": None}, 100),
        ({"type": "reaction", "reaction": {"message_id": "wamid.none", "emoji": "👍"}}, 131009),
    ],
)
def test_what_the_platform_does_not_understand_is_refused(graph, nafula, change, code):
    nafula.write("Habari")
    assert error(send(graph, **change))[1] == code


def test_a_body_that_is_not_json_is_refused(graph):
    assert error(ask(graph, "POST", "/v25.0/1001/messages", content=b"{"))[:2] == (400, 100)


def test_after_24_hours_only_an_approved_template_reaches_her(graph, nafula, watch):
    nafula.write("Habari")
    watch.forward(hours=24)
    assert send(graph).status_code == 200
    watch.forward(seconds=1)
    assert error(send(graph))[1] == 131047
    hole = {"type": "body", "parameters": [{"type": "text", "text": "dada"}]}
    template = {"name": "hello_again", "language": {"code": "sw"}, "components": [hole]}
    answer = send(graph, type="template", text=None, template=template)
    assert answer.json()["messages"][0]["message_status"] == "accepted"
    assert nafula.texts[-1] == "Habari dada, tuko hapa."


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ({"name": "never_approved", "language": {"code": "sw"}}, (404, 132001)),
        ({"name": "hello_again", "language": {"code": "fr"}}, (404, 132001)),
        ({"name": "hello_again", "language": {"code": "sw"}}, (400, 132000)),
    ],
)
def test_an_unapproved_or_unfilled_template_is_refused(graph, nafula, template, expected):
    assert error(send(graph, type="template", template=template))[:2] == expected


def test_who_never_wrote_cannot_be_written_to(graph, nafula):
    assert error(send(graph))[1] == 131047


def test_an_unknown_number_is_refused(graph, nafula):
    assert error(send(graph, to="218919999999"))[1] == 131026


def test_a_platform_that_refuses_late_reports_a_failed_status(house, watch):
    with Graph(house.doors, now=watch, habits=Habits(refuses_late=True, lead=0)) as graph:
        nafula = WhatsAppPhone(graph, house.whatsapp, name="N", bsuid="LY.1", number="218911")
        answers = [send(graph, to=to) for to in ("218911", "218922")]
        graph.postman.settle()
    assert [answer.status_code for answer in answers] == [200, 200]
    told = [(s["status"], s["errors"][0]["code"]) for s in house.items("statuses")]
    assert told == [("failed", 131047), ("failed", 131026)]
    assert nafula.received == []


def test_a_reply_and_a_reaction_point_to_her_message(graph, nafula):
    hers = nafula.write("Habari")
    send(graph, context={"message_id": hers})
    send(graph, type="reaction", reaction={"message_id": hers, "emoji": "🙏"})
    kinds = [(letter.kind, letter.text, letter.refers_to) for letter in nafula.received]
    assert kinds == [("text", "Habari", hers), ("reaction", "🙏", hers)]


def test_marking_as_read_shows_blue_ticks(graph, nafula):
    hers = nafula.write("Habari")
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": hers}
    answer = ask(graph, "POST", "/v25.0/1001/messages", json=read)
    assert answer.json() == {"success": True}
    assert nafula.ticked == {hers}
    read["message_id"] = "wamid.none"
    assert error(ask(graph, "POST", "/v25.0/1001/messages", json=read))[1] == 131009


def test_what_staff_type_on_their_own_phone_comes_back_as_an_echo(graph, house, nafula, rehema):
    on_whatsapp = graph.staff_wrote(nafula, "Uko salama?")
    on_messenger = graph.staff_wrote(rehema, "Are you safe?")
    graph.postman.settle()
    echo = house.items("message_echoes")[0]
    assert (echo["id"], echo["to"]) == (on_whatsapp, "218910000002")
    told = next(i["message"] for i in house.messaging() if i.get("message", {}).get("is_echo"))
    assert (told["mid"], "app_id" in told) == (on_messenger, False)
    assert (nafula.texts, rehema.texts) == (["Uko salama?"], ["Are you safe?"])


def test_messenger_tells_delivery_and_reading_by_watermark_and_echoes(graph, house, rehema):
    rehema.write("Hallo")
    message = {"text": "Thank you", "metadata": "attempt-2"}
    sent = send_to_page(graph, message=message).json()["message_id"]
    rehema.open_chat()
    graph.postman.settle()
    hers, echo, delivery, read = house.messaging()
    assert hers["sender"] == {"id": "7014"}
    assert (echo["message"]["mid"], echo["message"]["metadata"]) == (sent, "attempt-2")
    assert echo["sender"] == {"id": "2002"}
    assert delivery["delivery"]["mids"] == [sent]
    assert read["read"]["watermark"] > echo["timestamp"]


def test_messenger_keeps_24_hours_and_a_week_for_human_agents(graph, rehema, watch):
    rehema.write("Hallo")
    watch.forward(hours=25)
    assert error(send_to_page(graph)) == (400, 10, 2018278)
    agent = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    assert send_to_page(graph, **agent).status_code == 200
    watch.forward(days=7)
    assert error(send_to_page(graph, **agent)) == (400, 10, 2018278)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"psid": "999"}, (400, 100, 2018001)),
        ({"text": "x" * 2001}, (400, 100, None)),
        ({"messaging_type": "MESSAGE_TAG", "tag": "OTHER"}, (400, 100, None)),
        ({"message": None}, (400, 100, None)),
    ],
)
def test_messenger_refuses_what_it_cannot_send(graph, rehema, change, expected):
    rehema.write("Hallo")
    assert error(send_to_page(graph, **change)) == expected


def test_her_name_can_be_asked_for(graph, rehema):
    answer = ask(graph, "GET", "/7014?fields=first_name,last_name")
    assert answer.json() == {"first_name": "Rehema", "last_name": "Mwakio", "id": "7014"}
    assert error(ask(graph, "GET", "/7015?fields=first_name")) == (400, 100, 33)
    assert error(ask(graph, "GET", "/7014?fields=first_name", token="x"))[1] == 190


def test_messenger_shows_typing_and_seen(graph, rehema):
    hers = rehema.write("Hallo")
    for action in ("typing_on", "mark_seen"):
        payload = {"recipient": {"id": "7014"}, "sender_action": action}
        assert ask(graph, "POST", "/v25.0/me/messages", json=payload).json() == {
            "recipient_id": "7014"
        }
    assert rehema.ticked == {hers}
