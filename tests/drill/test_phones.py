"""What the simulated phones write has the platform's shapes."""

import base64
import datetime as dt
import json

import pytest

from tests.drill.house import JULY, send

pytestmark = pytest.mark.pure


def test_a_text_names_who_wrote_and_when(graph, house, nafula):
    written = nafula.write("Habari")
    graph.postman.settle()
    assert house.items() == [
        {
            "from": "218910000002",
            "from_user_id": "LY.11",
            "id": written,
            "timestamp": str(int(JULY.timestamp())),
            "type": "text",
            "text": {"body": "Habari"},
        }
    ]
    assert house.contacts() == [
        {"profile": {"name": "Nafula"}, "wa_id": "218910000002", "user_id": "LY.11"}
    ]
    change = next(house.changes())
    assert change["field"] == "messages"
    assert change["value"]["metadata"] == {
        "display_phone_number": "254700000001",
        "phone_number_id": "1001",
    }


def test_a_username_comes_without_any_number(graph, house, zawadi):
    zawadi.write("Habari")
    graph.postman.settle()
    message, contact = house.items()[0], house.contacts()[0]
    assert message["from_user_id"] == "KE.12"
    assert "from" not in message
    assert contact == {
        "profile": {"name": "Zawadi", "username": "zawadi.wa.pwani"},
        "user_id": "KE.12",
    }


def test_a_message_id_carries_the_number_inside_as_the_platforms_do(graph, nafula):
    name = nafula.write("Habari")
    assert b"218910000002" in base64.b64decode(name.removeprefix("wamid."))


def test_every_way_to_speak_has_its_shape(graph, house, nafula):
    first = nafula.write("Habari")
    ours = send(graph).json()["messages"][0]["id"]
    nafula.write("Ndiyo", reply_to=ours)
    nafula.photo(caption="mlango")
    nafula.locate(32.88, 13.19, name="Tripoli")
    nafula.react(ours, "🙏🏾")
    nafula.react(ours, "")
    nafula.edit(first, "Habari dada")
    nafula.take_back(first)
    nafula.view_once()
    graph.postman.settle()
    told = {item["id"]: item for item in house.items()}.values()
    shapes = [(item["type"], item[item["type"]]) for item in told]
    assert [kind for kind, _ in shapes] == [
        "text", "text", "image", "location", "reaction", "reaction", "edit", "revoke",
        "unsupported",
    ]  # fmt: skip
    assert list(told)[1]["context"] == {"from": "254700000001", "id": ours}
    assert shapes[2][1]["caption"] == "mlango"
    assert shapes[3][1] == {"latitude": 32.88, "longitude": 13.19, "name": "Tripoli"}
    assert shapes[4][1] == {"message_id": ours, "emoji": "🙏🏾"}
    assert shapes[5][1] == {"message_id": ours}
    assert shapes[6][1]["message"]["text"] == {"body": "Habari dada"}
    assert shapes[7][1] == {"original_message_id": first}
    assert list(told)[8]["errors"][0]["code"] == 131051


def test_a_changed_number_brings_a_new_id_and_the_link_between_them(graph, house, nafula):
    nafula.write("Habari")
    nafula.change_number("+218 92 000 00 02", "LY.99")
    after = nafula.write("Ni mimi")
    graph.postman.settle()
    notice = next(item for item in house.items() if item["type"] == "system")
    assert notice["from"] == "218910000002"
    assert notice["system"]["type"] == "user_changed_number"
    assert notice["system"]["wa_id"] == "218920000002"
    assert (notice["system"]["previous_user_id"], notice["system"]["user_id"]) == (
        "LY.11", "LY.99",
    )  # fmt: skip
    link = house.items("user_id_update")[0]
    assert link["user_id"] == {"previous": "LY.11", "current": "LY.99"}
    assert {item["id"]: item for item in house.items()}[after]["from_user_id"] == "LY.99"
    assert send(graph, to="218920000002").status_code == 200
    assert send(graph, to="218910000002").status_code == 400


def test_the_link_may_be_missing_and_a_hidden_number_stays_hidden(graph, house, zawadi):
    zawadi.change_number("", "KE.98", linked=False)
    graph.postman.settle()
    notice = house.items()[0]
    assert notice["system"]["type"] == "user_changed_user_id"
    assert "from" not in notice
    assert "wa_id" not in notice["system"]
    assert house.items("user_id_update") == []


def test_a_phone_that_is_off_gets_its_messages_when_it_is_on_again(graph, house, nafula):
    nafula.write("Habari")
    nafula.switch_off()
    send(graph, body="Uko wapi?")
    graph.postman.settle()
    assert nafula.received == []
    assert [state for _, state in house.statuses()] == ["sent"]
    nafula.switch_on()
    graph.postman.settle()
    assert nafula.texts == ["Uko wapi?"]
    assert [state for _, state in house.statuses()] == ["sent", "delivered"]


def test_who_looks_at_the_chat_reads_at_once_and_who_hides_receipts_never(graph, house, nafula):
    nafula.write("Habari")
    nafula.looking = True
    send(graph)
    nafula.receipts = False
    send(graph)
    graph.postman.settle()
    states = [state for _, state in house.statuses()]
    assert states == ["sent", "delivered", "read", "sent", "delivered"]


def test_a_message_may_tell_an_older_time_than_it_arrives(graph, house, nafula):
    nafula.write("Habari", at=JULY - dt.timedelta(days=3))
    graph.postman.settle()
    assert house.items()[0]["timestamp"] == str(int(JULY.timestamp()) - 3 * 86400)
    assert send(graph).status_code == 400  # her last word is three days old


def test_on_messenger_every_way_to_speak_has_its_shape(graph, house, rehema):
    first = rehema.write("Hallo")
    rehema.write("Yes", reply_to=first)
    rehema.voice(seconds=1)
    rehema.locate(32.88, 13.19, name="Tripoli")
    rehema.react(first, "👍")
    rehema.react(first, "")
    rehema.edit(first, "Hello")
    rehema.edit(first, "Hello again")
    rehema.take_back(first)
    graph.postman.settle()
    told = house.messaging()
    assert all(item["recipient"] == {"id": "2002"} for item in told)
    assert told[0]["timestamp"] == int(JULY.timestamp()) * 1000
    assert told[0]["message"] == {"mid": first, "text": "Hallo"}
    assert told[1]["message"]["reply_to"] == {"mid": first}
    assert told[2]["message"]["attachments"][0]["type"] == "audio"
    assert told[3]["message"]["attachments"][0]["payload"]["coordinates"] == {
        "lat": 32.88, "long": 13.19,
    }  # fmt: skip
    assert [told[n]["reaction"]["action"] for n in (4, 5)] == ["react", "unreact"]
    assert [told[n]["message_edit"]["num_edit"] for n in (6, 7)] == [1, 2]
    assert told[8]["message"] == {"mid": first, "is_deleted": True}


def test_a_signature_holds_only_for_the_very_bytes(house):
    body = b'{"text":"\\ud83d\\ude22"}'
    assert house.whatsapp.signature(body) != house.whatsapp.signature(
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    )
    assert "app-secret" not in repr(house.whatsapp)
    assert "bearer-token" not in repr(house.whatsapp)
