"""What the SMS gateway sends: forms, reports, and its answers when it is asked."""

import datetime as dt
import json
from urllib.parse import urlencode

import pytest

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Content, Kind, Name
from nyumbani.inbox.channels.receive import events_as_json
from tests.inbox.channels.bodies import FIXTURES

pytestmark = pytest.mark.pure

MESSAGE = {
    "id": "15071", "linkId": "SampleLinkId123", "text": "Nisaidie tafadhali", "to": "22384",
    "from": "+218910000001", "date": "2014-07-14T05:03:18.445Z",
}  # fmt: skip
REPORT = {
    "id": "ATXid_0001", "status": "Success", "phoneNumber": "+218910000001",
    "networkCode": "60601", "failureReason": "", "retryCount": "0",
}  # fmt: skip
REHEMA = Name("msisdn", "+218910000001")


def parse(body):
    return registry.channel("sms").parse(body)


def form(base=None, **changes):
    """The one event of a form with these changes; None takes a field away."""
    fields = {**(MESSAGE if base is None else base), **changes}
    return only(urlencode({k: v for k, v in fields.items() if v is not None}).encode())


def only(body):
    found = parse(body)
    assert len(found) == 1, found
    return found[0]


def test_a_message_is_read_whole():
    event = form()
    assert (event.kind, event.content) == (Kind.MESSAGE, Content.TEXT)
    assert (event.message_id, event.account) == ("15071", "22384")
    assert event.identifiers == (REHEMA,)
    assert event.text == "Nisaidie tafadhali"
    assert event.sent_at == dt.datetime(2014, 7, 14, 5, 3, 18, 445000, tzinfo=dt.UTC)
    assert event.data == {"link_id": "SampleLinkId123"}
    assert event.notes == ()


def test_an_empty_text_is_a_message_too():
    event = form(text="")
    assert (event.kind, event.text) == (Kind.MESSAGE, "")
    assert event.notes == ("an empty message",)


@pytest.mark.parametrize("text", ["🙏 ٠١ ጤና", "a=b&c+d %2B", "line\nline\r\n", "  spaces  "])
def test_every_sign_of_a_text_is_kept(text):
    assert form(text=text).text == text


def test_a_text_that_was_not_escaped_is_read_all_the_same():
    body = "id=1&from=%2B218910000001&to=22384&date=2014-07-14 05:03:18&text=Sema tu 🙏".encode()
    event = only(body)
    assert event.text == "Sema tu 🙏"
    assert event.notes == ("time without a zone, taken as UTC",)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("+218910000001", REHEMA),
        (" 218910000001", REHEMA),  # its plus was not escaped
        ("218910000001", REHEMA),
        ("00218910000001", REHEMA),
        ("+218 91 000-00 01", REHEMA),
        ("0910000001", Name("msisdn", "0910000001")),  # of which country is not said
        ("22384", Name("sender", "22384")),
        ("LIBYANA", Name("sender", "LIBYANA")),
    ],
)
def test_a_number_has_one_spelling_and_a_name_is_no_number(written, name):
    assert form(**{"from": written}).identifiers == (name,)


@pytest.mark.parametrize(
    ("date", "hour", "note"),
    [
        ("2014-07-14T05:03:00Z", 5, ()),
        ("2014-07-14T05:03:00+03:00", 2, ()),
        ("2014-07-14T05:03:00 03:00", 2, ()),  # its plus was not escaped
        ("2014-07-14 05:03:00", 5, ("time without a zone, taken as UTC",)),
        ("1405314180", 5, ()),
        ("", None, ("no time",)),
        ("yesterday", None, ("time not understood",)),
        ("2014-02-31T05:03:00Z", None, ("time not understood",)),
        ("0001-01-01T00:00:00+14:00", None, ("time not understood",)),
    ],
)
def test_the_senders_time_is_read_in_any_form(date, hour, note):
    event = form(date=date)
    assert (event.sent_at.hour if event.sent_at else None) == hour
    assert event.notes == note
    assert event.kind is Kind.MESSAGE


@pytest.mark.parametrize("missing", ["id", "from", "text"])
def test_what_lacks_something_is_not_understood_and_kept_whole(missing):
    event = form(**{missing: None})
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.data["raw"] == {k: v for k, v in MESSAGE.items() if k != missing}


def test_the_same_id_has_the_same_key_from_the_form_and_from_the_list():
    listed = {"SMSMessageData": {"Messages": [MESSAGE | {"id": 15071}]}}
    assert only(json.dumps(listed).encode()).key == form().key
    assert form(text="other", date="").key == form().key
    assert form(id="15072").key != form().key


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Sent", "sent"), ("Submitted", "sent"), ("Buffered", "sent"), ("Success", "delivered"),
        ("Rejected", "failed"), ("Failed", "failed"), ("Expired", "failed"),
        ("AbsentSubscriber", "failed"),
    ],
)  # fmt: skip
def test_every_state_has_its_place_on_the_lattice(said, state):
    event = form(REPORT, status=said)
    assert (event.kind, event.status, event.refers_to) == (Kind.STATUS, state, "ATXid_0001")
    assert event.is_report
    assert bool(event.problems) == (state == "failed")
    assert all(registry.channel("sms").refused(p.code).meaning != "refused" for p in event.problems)


@pytest.mark.parametrize(
    ("reason", "meaning"),
    [
        ("UserInBlackList", "she asked for no more messages from this number"),
        ("InsufficientCredit", "the account has no credit left"),
        ("DeliveryFailure", "not delivered"),
        ("", "not delivered"),
        ("SomethingNew", "not delivered"),
    ],
)
def test_a_failure_is_told_in_our_words(reason, meaning):
    (problem,) = form(REPORT, status="Failed", failureReason=reason).problems
    assert registry.channel("sms").refused(problem.code).meaning == meaning


def test_a_state_we_do_not_know_is_kept_and_shown_without_quoting_it():
    event = form(REPORT, status="Mjomba 0712345678")
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.notes == ("status (odd) not understood",)
    assert event.data["raw"]["status"] == "Mjomba 0712345678"
    assert event.is_report


def test_another_try_of_the_network_is_another_report_and_the_same_one_is_not():
    first, again = form(REPORT, status="Failed"), form(REPORT, status="Failed")
    assert first.key == again.key
    assert form(REPORT, status="Failed", retryCount="1").key != first.key
    assert form(REPORT, status="Success").key != first.key


def test_a_list_gives_every_message_in_its_order_even_beside_a_broken_one():
    messages = [MESSAGE | {"id": 1}, "broken", MESSAGE | {"id": 2, "text": ""}, None]
    body = json.dumps({"SMSMessageData": {"Messages": messages}}).encode()
    kinds = [event.kind for event in parse(body)]
    assert kinds == [Kind.MESSAGE, Kind.NOT_UNDERSTOOD, Kind.MESSAGE, Kind.NOT_UNDERSTOOD]


def test_her_wish_for_no_more_messages_is_shown():
    event = form({"phoneNumber": "+218910000001", "senderId": "22384"})
    assert (event.kind, event.data["system"]) == (Kind.SYSTEM, "opted_out")
    assert event.identifiers == (REHEMA,)


def test_a_name_that_stands_twice_loses_nothing():
    event = only(urlencode(MESSAGE).encode() + b"&text=second&text=third")
    assert event.text == "third"
    assert event.data["also"]["text (repeated)"] == ["Nisaidie tafadhali", "second"]
    assert "a name stands twice in it" in event.notes


def test_what_we_do_not_know_stands_beside_the_message():
    assert form(cost="KES 1").data["also"] == {"cost": "KES 1"}


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"{", b"[]", b"{}", b"a=b", b"\xff\xfe", b"------x\r\nContent-"]
)
def test_what_is_no_form_of_the_gateway_is_one_item_that_is_not_understood(body):
    event = only(body)
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.key.startswith('["body",')


def test_signs_no_database_takes_are_replaced_and_said():
    event = only(b"id=1&from=%2B218910000001&text=a%00b%FF&to=22384")
    assert event.text == "a\ufffdb\ufffd"
    assert "characters that cannot be stored were replaced" in event.notes


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("text.form", ["message"]),
        ("empty.form", ["message"]),
        ("delivered.form", ["status"]),
        ("failed.form", ["status"]),
        ("opted_out.form", ["system"]),
        ("listed.json", ["message", "message"]),
    ],
)
def test_stored_bodies_are_read_from_their_files(name, kinds):
    events = list(events_as_json("sms", [FIXTURES / "sms" / name]))
    assert [event["kind"] for event in events] == kinds
    assert all(event["message_id"] or event["kind"] == "system" for event in events)
