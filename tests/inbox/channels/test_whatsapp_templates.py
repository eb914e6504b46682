"""Templates on WhatsApp's wire: what is asked, what is answered, what is told."""

import datetime as dt
import json

import pytest

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Kind
from nyumbani.inbox.channels.library import Listing, Taken, Wording
from nyumbani.inbox.channels.outgoing import Refused, Unclear
from nyumbani.inbox.channels.subscription import WHATSAPP_FIELDS
from nyumbani.inbox.channels.whatsapp import templates
from nyumbani.inbox.channels.whatsapp.parse import parse
from nyumbani.inbox.channels.whatsapp.template_notices import FIELDS

pytestmark = pytest.mark.pure
WORDS = Wording(
    name="hello_again", language="sw", category="utility", body="Habari {{1}}, tupo.",
    examples=("Achieng",),
)  # fmt: skip
TOLD = {
    "event": "APPROVED", "message_template_id": 880001, "message_template_name": "hello_again",
    "message_template_language": "sw", "reason": "NONE", "message_template_category": "UTILITY",
}  # fmt: skip


def body(field, value, time=1405314180):
    change = {"field": field, "value": value}
    entry = {"id": "77", "time": time, "changes": [change]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def only(found):
    (event,) = found
    return event


def test_new_words_go_to_the_business_account_with_their_examples():
    request = templates.submit(business="77", wording=WORDS)
    assert (request.method, request.path) == ("POST", "/v25.0/77/message_templates")
    assert request.json == {
        "name": "hello_again", "language": "sw", "category": "UTILITY",
        "components": [
            {"type": "BODY", "text": "Habari {{1}}, tupo.", "example": {"body_text": [["Achieng"]]}}
        ],
    }  # fmt: skip


def test_changed_words_go_to_the_template_itself():
    request = templates.revise(platform_id="880001", wording=WORDS)
    assert request.path == "/v25.0/880001"
    assert set(request.json) == {"components"}


@pytest.mark.parametrize(
    ("status", "answer", "meant"),
    [
        (200, {"id": "880001", "status": "PENDING", "category": "MARKETING"},
         Taken("880001", "PENDING", "marketing")),
        (200, {"success": True}, Taken()),
    ],
)  # fmt: skip
def test_an_answer_says_what_became_of_the_words(status, answer, meant):
    assert templates.submitted(status, json.dumps(answer).encode()) == meant


def test_an_answer_that_says_nothing_is_unclear():
    assert isinstance(templates.submitted(200, b"{}"), Unclear)
    assert isinstance(templates.submitted(502, b"<html>"), Unclear)


def test_words_that_are_there_already_are_told_by_the_subcode():
    error = {"error": {"code": 100, "error_subcode": 2388024, "message": "x"}}
    found = templates.submitted(400, json.dumps(error).encode())
    assert isinstance(found, Refused)
    assert found.meaning == "the platform has such a template already"
    assert found.retry_after is None


def test_a_template_with_pictures_or_buttons_is_known_and_not_plain():
    rows = [
        {"id": "1", "name": "a", "language": "sw", "category": "UTILITY", "status": "APPROVED",
         "components": [{"type": "BODY", "text": "Tupo."}], "rejected_reason": "NONE"},
        {"id": "2", "name": "b", "language": "sw", "category": "UTILITY", "status": "REJECTED",
         "components": [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Tupo."}],
         "rejected_reason": "ABUSIVE_CONTENT", "quality_score": {"score": "RED"}},
        {"name": "without an id"}, "not an object",
    ]  # fmt: skip
    said = {"data": rows, "paging": {"cursors": {"after": "x"}, "next": "https://…"}}
    found = templates.found(200, json.dumps(said).encode())
    assert isinstance(found, Listing)
    assert [(one.name, one.is_plain, one.reason) for one in found.items] == [
        ("a", True, ""), ("b", False, "ABUSIVE_CONTENT"),
    ]  # fmt: skip
    assert found.after == "x"


def test_values_fill_the_blanks_of_the_body_in_their_order():
    assert templates.fill([]) == []
    (component,) = templates.fill(["Achieng", "saa nne"])
    assert [one["text"] for one in component["parameters"]] == ["Achieng", "saa nne"]


def test_an_approval_is_read_with_the_entrys_time():
    event = only(parse(body("message_template_status_update", TOLD)))
    assert (event.kind, event.status, event.text) == (Kind.TEMPLATE, "APPROVED", "")
    assert event.sent_at == dt.datetime(2014, 7, 14, 5, 3, tzinfo=dt.UTC)
    assert event.data["platform_id"] == "880001"
    assert event.data["business"] == "77"
    assert event.notes == ()


def test_the_same_event_at_another_time_is_another_event():
    first, same, later = (
        only(parse(body("message_template_status_update", TOLD, time))) for time in (1, 1, 2)
    )
    assert first.key == same.key != later.key


@pytest.mark.parametrize(
    ("field", "value", "matter", "said"),
    [
        ("message_template_quality_update", {"new_quality_score": "RED"}, "quality", "RED"),
        ("template_category_update", {"new_category": "MARKETING"}, "category", "MARKETING"),
        ("message_template_status_update", {"event": "FLAGGED"}, "status", "FLAGGED"),
    ],
)
def test_quality_category_and_warnings_are_read(field, value, matter, said):
    event = only(parse(body(field, {"message_template_id": 880001, **value})))
    assert (event.data["matter"], event.status) == (matter, said)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("message_template_status_update", {"event": "ENCHANTED", "message_template_id": 1}),
        ("message_template_status_update", {"event": "APPROVED"}),
        ("message_template_status_update", {}),
        ("template_category_update", {"message_template_id": 1, "correct_category": "UTILITY"}),
        ("message_template_components_update", {"message_template_id": 1}),
    ],
)
def test_what_is_not_known_of_templates_is_kept_whole(field, value):
    event = only(parse(body(field, value)))
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert value == (event.data["raw"].get("value", event.data["raw"]))


def test_a_list_beside_the_news_is_not_lost():
    found = parse(body("message_template_status_update", {**TOLD, "others": [{"id": "x"}]}))
    assert [one.kind for one in found] == [Kind.TEMPLATE, Kind.NOT_UNDERSTOOD]


def test_messages_under_a_templates_field_are_read_as_messages():
    value = {"metadata": {"phone_number_id": "1"}, "messages": [{"id": "a", "type": "text"}]}
    found = parse(body("message_template_status_update", value))
    assert all(one.kind is not Kind.TEMPLATE for one in found)
    assert found[0].message_id == "a"


def test_whoever_connects_a_number_is_told_to_ask_for_news_of_templates():
    told = " ".join(registry.channel("whatsapp").setup.tell("1", "/hooks/whatsapp/", {}))
    assert "https://YOUR-HOST/hooks/whatsapp/" in told
    assert set(FIELDS) < set(WHATSAPP_FIELDS)
    assert all(field in told for field in WHATSAPP_FIELDS)
    other = " ".join(registry.channel("messenger").setup.tell("1", "/hooks/messenger/", {}))
    assert "template" not in other
