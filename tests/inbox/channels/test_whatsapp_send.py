"""What goes out on WhatsApp, and what the platform's answers mean."""

import datetime as dt
import json

import pytest

from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import (
    Accepted,
    CannotSend,
    MediaPlace,
    Outgoing,
    Refused,
    Unclear,
)
from nyumbani.inbox.channels.whatsapp import media, send
from nyumbani.inbox.channels.whatsapp.refusals import RULES
from tests.inbox.channels.bodies import DOOR, NAFULA, REHEMA

pytestmark = pytest.mark.pure

SECOND, HOUR, DAY = dt.timedelta(seconds=1), dt.timedelta(hours=1), dt.timedelta(days=1)


def text(**change):
    return send.text(
        **{"account": DOOR, "to": REHEMA, "body": "Uko salama?", "callback": "01JATTEMPT", **change}
    )


def refusal(code: int, **more) -> bytes:
    return json.dumps(
        {"error": {"code": code, "message": "no", "fbtrace_id": "trace-1", **more}}
    ).encode()


def test_words_go_to_a_number_and_carry_our_attempt():
    assert text() == Outgoing(
        "POST",
        f"/v25.0/{DOOR}/messages",
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "218910000001",
            "type": "text",
            "text": {"body": "Uko salama?", "preview_url": False},
            "biz_opaque_callback_data": "01JATTEMPT",
        },
    )


def test_words_to_somebody_without_number_go_to_her_id():
    request = text(to=NAFULA).json
    assert request["recipient"] == NAFULA.value
    assert "to" not in request
    assert text(to=Name("parent_bsuid", "KE.ENT.2")).json["recipient"] == "KE.ENT.2"


def test_a_number_from_elsewhere_is_written_with_its_plus():
    assert text(to=Name("msisdn", "+218 91 000 00 01")).json["to"] == "+218910000001"


def test_a_reply_names_the_message_it_answers():
    assert text(reply_to="wamid.TEXT1").json["context"] == {"message_id": "wamid.TEXT1"}


@pytest.mark.parametrize("body", ["", " \n", "x" * 4097])
def test_what_would_be_refused_is_not_sent(body):
    with pytest.raises(CannotSend):
        text(body=body)


def test_the_longest_words_go_out():
    assert text(body="ش" * 4096).json["text"]["body"] == "ش" * 4096


@pytest.mark.parametrize("to", [Name("username", "nafula.k"), Name("psid", "5"), Name("wa_id", "")])
def test_nobody_is_written_to_by_what_is_no_address(to):
    with pytest.raises(CannotSend):
        text(to=to)


def test_a_template_goes_with_its_language_and_its_blanks_filled():
    blanks = [{"type": "body", "parameters": [{"type": "text", "text": "Rehema"}]}]
    request = send.template(
        account=DOOR,
        to=REHEMA,
        name="still_here",
        language="sw",
        components=blanks,
        callback="01JATTEMPT",
    ).json
    assert request["type"] == "template"
    assert request["template"] == {
        "name": "still_here",
        "language": {"code": "sw"},
        "components": blanks,
    }
    assert request["biz_opaque_callback_data"] == "01JATTEMPT"


def test_a_template_without_blanks_or_without_name():
    request = send.template(account=DOOR, to=NAFULA, name="hello", language="en", callback="1").json
    assert "components" not in request["template"]
    with pytest.raises(CannotSend):
        send.template(account=DOOR, to=NAFULA, name="", language="en", callback="1")


def test_an_id_from_outside_cannot_change_the_path():
    assert text(account="../me?x=").path == "/v25.0/..%2Fme%3Fx%3D/messages"


def test_an_accepted_message_has_an_id_and_says_to_whom_it_went():
    body = {
        "messaging_product": "whatsapp",
        "contacts": [{"input": "218910000001", "wa_id": "218910000001"}],
        "messages": [{"id": "wamid.OURS1", "message_status": "accepted"}],
    }
    assert send.answer(200, json.dumps(body).encode()) == Accepted("wamid.OURS1", (REHEMA,))


def test_a_message_the_platform_holds_back_says_so():
    body = {
        "contacts": [{"input": NAFULA.value, "user_id": NAFULA.value}],
        "messages": [{"id": "wamid.OURS1", "message_status": "held_for_quality_assessment"}],
    }
    answer = send.answer(200, json.dumps(body).encode())
    assert answer == Accepted("wamid.OURS1", (NAFULA,), "held_for_quality_assessment")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"{}"),
        (200, b'{"messages": []}'),
        (200, b'{"messages": [{"id": ""}]}'),
        (200, b"<html>ok</html>"),
        (302, b""),
        (408, b""),
        (500, b"<html>Bad gateway</html>"),
        (502, b""),
        (504, b"timed out"),
        (0, b""),
    ],
)
def test_an_answer_that_is_neither_yes_nor_no_is_unclear(status, body):
    assert isinstance(send.answer(status, body), Unclear)


def test_the_closed_window_is_told_from_other_refusals():
    answer = send.answer(
        400, refusal(131047, error_data={"details": "More than 24 hours"}, error_subcode=2494010)
    )
    assert answer == Refused(
        131047,
        "no",
        meaning="she last wrote more than 24 hours ago",
        window_closed=True,
        subcode=2494010,
        details="More than 24 hours",
        trace="trace-1",
    )


@pytest.mark.parametrize("code", [0, 190, 368, 131031])
def test_what_concerns_the_account_stops_the_channel(code):
    answer = send.answer(401, refusal(code))
    assert isinstance(answer, Refused)
    assert answer.stops_channel
    assert answer.retry_after is None


@pytest.mark.parametrize("code", [4, 80007, 130429, 131048, 131053, 131056, 133016])
def test_what_passes_is_tried_again_later_and_later(code):
    first, second, ninth = (
        send.answer(400, refusal(code), attempt=attempt) for attempt in (1, 2, 9)
    )
    assert isinstance(first, Refused)
    assert not first.stops_channel
    assert SECOND < first.retry_after < second.retry_after <= ninth.retry_after <= DAY


def test_the_same_person_is_not_hurried():
    waits = [send.refused(131056, attempt=attempt).retry_after for attempt in (1, 2, 3, 20)]
    assert waits == [4 * SECOND, 16 * SECOND, 64 * SECOND, 6 * HOUR]


def test_whom_the_platform_spares_is_left_alone_for_a_day():
    assert send.refused(131049).retry_after == DAY


@pytest.mark.parametrize(
    "code",
    [
        131026,
        131030,
        131050,
        131062,
        132000,
        132001,
        132005,
        132007,
        132012,
        132015,
        132016,
        137000,
    ],
)
def test_what_will_never_work_is_not_tried_again(code):
    answer = send.answer(400, refusal(code))
    assert isinstance(answer, Refused)
    assert answer.retry_after is None
    assert not answer.stops_channel


def test_an_unknown_code_is_judged_by_its_status():
    assert send.answer(400, refusal(999999)).retry_after is None
    assert send.answer(500, refusal(999999)).retry_after == 30 * SECOND
    assert send.answer(400, refusal(999999, is_transient=True)).retry_after == 30 * SECOND
    assert send.answer(429, b"").retry_after == 60 * SECOND
    assert send.answer(503, b"").retry_after == 30 * SECOND
    assert send.answer(401, b"").stops_channel
    assert send.answer(404, b"<html>") == Refused(404, "HTTP 404 without a reason")


def test_an_error_is_read_in_any_spelling():
    assert send.answer(400, refusal("131056")).code == 131056
    assert send.answer(400, b'{"error": {"code": "??"}}').code == 400
    assert send.answer(200, refusal(131026)).code == 131026


def test_every_rule_says_what_it_means():
    assert all(rule.meaning for rule in RULES.values())
    assert send.refused(131050).title == "she stopped such messages"
    assert send.refused(131050, title="theirs").title == "theirs"


def test_a_file_is_asked_for_by_its_id():
    assert media.lookup(account=DOOR, provider_id="media/5") == Outgoing(
        "GET", f"/v25.0/media%2F5?phone_number_id={DOOR}"
    )
    with pytest.raises(CannotSend):
        media.lookup(account=DOOR, provider_id="")


def test_a_file_says_where_it_lies_and_what_it_claims_to_be():
    body = {
        "url": "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=5",
        "mime_type": "audio/ogg",
        "sha256": "ab" * 32,
        "file_size": "2048",
        "id": "5",
    }
    assert media.place(200, json.dumps(body).encode()) == MediaPlace(
        body["url"], "audio/ogg", "ab" * 32, 2048
    )


def test_a_file_that_is_gone_or_slow_is_told_apart():
    assert media.place(404, refusal(100)).retry_after is None
    assert media.place(503, b"").retry_after is not None
    assert isinstance(media.place(200, b"{}"), Unclear)
