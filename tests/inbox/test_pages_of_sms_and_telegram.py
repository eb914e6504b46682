"""What staff see of somebody who writes by SMS or Telegram."""

import json

import pytest

from nyumbani.desk.queries.search import destinations
from nyumbani.inbox.actions.journal import write_down
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock, ids
from tests.desk.world import at_desk
from tests.inbox.bodies import BY, DAY, JULY
from tests.inbox.channels_open import open_sms, open_telegram, sms
from tests.people_here import viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def july(settings):
    nowhere = "http://127.0.0.1:9"
    settings.NYUMBANI_PLATFORM_URLS = {"africastalking": nowhere, "telegram": nowhere}
    with clock.at(JULY):
        open_sms()
        open_telegram()
        yield


def by_sms(text="Nisaidie tafadhali"):
    write_down(channel="sms", body=sms(text), by=BY)
    run_due()
    return Conversation.objects.get()


def by_telegram(**contents):
    message = {
        "message_id": 5, "date": int(JULY.timestamp()),
        "from": {"id": 7014, "first_name": "Rehema"}, "chat": {"id": 7014, "type": "private"},
        **contents,
    }  # fmt: skip
    body = json.dumps({"update_id": 1, "message": message}).encode()
    write_down(channel="telegram", body=body, by=BY)
    run_due()
    return Conversation.objects.get()


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_reply_box_says_how_much_an_sms_holds_and_knows_no_window(wanjiku):
    thread = by_sms()
    client = at_desk(wanjiku)
    with clock.at(JULY + 3 * DAY):
        shown = page(client, f"/inbox/{thread.person_id}/")
    assert "Up to 6 SMS: 918 characters" in shown
    assert "data-locks" not in shown
    assert "The platform lets us write freely only" not in shown
    assert "<bdi>SMS</bdi>" in shown


def test_the_list_names_the_channel_and_no_window_that_is_not_there(wanjiku):
    by_telegram(text="Habari")
    client = at_desk(wanjiku)
    with clock.at(JULY + 3 * DAY):
        shown = page(client, "/inbox/")
    assert "Telegram" in shown
    assert "window closed" not in shown


def test_an_empty_sms_is_shown_as_one(wanjiku):
    thread = by_sms("")
    client = at_desk(wanjiku)
    assert "an empty message" in page(client, f"/inbox/{thread.person_id}/")


def test_a_text_too_long_for_its_alphabet_is_refused_and_stays_in_the_box(wanjiku):
    thread = by_sms()
    client = at_desk(wanjiku)
    words = "س" * 403
    answer = client.post(
        f"/inbox/{thread.person_id}/reply/", {"text": words, "once": ids.new()}, follow=True
    )
    assert "1 characters too long" in answer.content.decode()
    assert words in answer.content.decode()


def test_she_is_found_by_the_number_she_wrote_from(wanjiku):
    thread = by_sms()
    for words in ("+218 91 000 00 01", "218910000001"):
        found = destinations(viewer(wanjiku), words)
        assert [one.pk for one in found] == [thread.person_id]


def test_a_place_sent_by_telegram_is_shown(wanjiku):
    thread = by_telegram(location={"latitude": 32.8872, "longitude": 13.1913})
    client = at_desk(wanjiku)
    assert "32.887" in page(client, f"/inbox/{thread.person_id}/")


def test_what_telegram_said_that_we_do_not_understand_is_shown_as_hers(wanjiku):
    thread = by_telegram(dice={"value": 3})
    client = at_desk(wanjiku)
    assert "could not be read" in page(client, f"/inbox/{thread.person_id}/")


def test_her_telegram_account_is_called_what_it_is(wanjiku):
    thread = by_telegram(text="Habari")
    client = at_desk(wanjiku)
    assert "Telegram account" in page(client, f"/people/{thread.person_id}/")
