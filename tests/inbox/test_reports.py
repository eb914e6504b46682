"""What platforms report of what we sent: told once, of what left the house and of what did not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nyumbani.drill.wire import messenger, whatsapp
from nyumbani.drill.wire.parts import Letter
from nyumbani.inbox.channels.messenger import refusals as messenger_refusals
from nyumbani.inbox.channels.whatsapp import refusals as whatsapp_refusals
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.queries.lines import stamp, told
from nyumbani.inbox.terms import Way
from nyumbani.kit import clock
from nyumbani.ui.catalogues import collect
from tests.desk.world import answer, at_desk
from tests.inbox.bodies import JULY, MINUTE, NAFULA, PAGE, PHONE, open_doors, post, say, text
from tests.people_here import viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def doors(db):
    open_doors()


@pytest.fixture
def rehema(doors):
    post(say("5001", "Hallo"))
    return Conversation.objects.get()


def sent(thread, staff, at):
    """We wrote to her, and the platform took it."""
    with clock.at(at):
        attempt = answer(thread, "Are you safe?", staff)
        attempt.provider_id = f"m_{attempt.id}"
        attempt.provider_digest = attempt.id.rjust(64, "0")
        attempt.state, attempt.sent_at = "sent", at
        attempt.save()
    return attempt


def read_up_to(at):
    """She read all there was; returns how many attempts were written anew."""
    item = messenger.item(PAGE, "5001", at, {"read": {"watermark": messenger.milliseconds(at)}})
    with CaptureQueriesContext(
        connection,
    ) as seen:
        post(item, at=at)
    return sum(one["sql"].startswith('UPDATE "inbox_attempt"') for one in seen)


def test_a_watermark_touches_only_what_it_tells_something_new_of(rehema, wanjiku):
    for minute in range(1, 6):
        sent(rehema, wanjiku, JULY + minute * MINUTE)
    assert read_up_to(JULY + 10 * MINUTE) == 5
    sent(rehema, wanjiku, JULY + 11 * MINUTE)
    assert read_up_to(JULY + 12 * MINUTE) == 1
    assert {one.state for one in Attempt.objects.all()} == {"read"}
    times = Attempt.objects.order_by("queued_at").values_list("read_at", flat=True)
    assert list(times) == [JULY + 10 * MINUTE] * 5 + [JULY + 12 * MINUTE]


def test_an_earlier_watermark_that_comes_later_gives_the_earlier_time(rehema, wanjiku):
    attempt = sent(rehema, wanjiku, JULY + MINUTE)
    assert read_up_to(JULY + 10 * MINUTE) == 1
    assert read_up_to(JULY + 2 * MINUTE) == 1
    attempt.refresh_from_db()
    assert attempt.read_at == JULY + 2 * MINUTE


TYPED = "wamid.TYPED"


def typed():
    return whatsapp.echo(PHONE, NAFULA, TYPED, "Call us when you can", JULY + MINUTE)


def became(state, minute):
    return whatsapp.status(PHONE, NAFULA, TYPED, state, JULY + minute * MINUTE)


def line_of(staff):
    [line] = told(viewer(staff), list(Message.objects.filter(way=Way.ECHO)))
    return line


def test_what_was_typed_on_our_own_phone_shows_how_far_it_came(wanjiku):
    post(text(NAFULA, "Habari"))
    post(typed())
    assert line_of(wanjiku).sending is None
    before = stamp(viewer(wanjiku), [line_of(wanjiku)])
    post(became("read", 3), became("sent", 1), became("delivered", 2))
    fate = line_of(wanjiku).sending
    assert (fate.state, fate.at) == ("read", JULY + 3 * MINUTE)
    assert stamp(viewer(wanjiku), [line_of(wanjiku)]) != before
    thread = Conversation.objects.get()
    page = at_desk(wanjiku).get(f"/inbox/{thread.person_id}/").content.decode()
    assert "✓✓" in page
    assert "2014-07-14T05:06:00" in page


def test_a_report_that_comes_before_the_echo_is_shown_all_the_same(wanjiku):
    post(text(NAFULA, "Habari"))
    post(became("delivered", 2))
    post(typed())
    assert line_of(wanjiku).sending.state == "delivered"


def test_what_failed_on_our_own_phone_says_why_and_is_not_ours_to_send_again(wanjiku):
    post(text(NAFULA, "Habari"))
    failed = became("failed", 2)
    failed.shape["errors"] = [{"code": 131026, "title": "Message undeliverable"}]
    post(typed(), failed)
    line = line_of(wanjiku)
    assert (line.sending.state, line.sending.why) == ("failed", "cannot be delivered to her")
    assert not line.may_send_again
    thread = Conversation.objects.get()
    page = at_desk(wanjiku).get(f"/inbox/{thread.person_id}/").content.decode()
    assert "cannot be delivered to her" in page


def test_whoever_reads_no_cases_sees_no_fate(wanjiku, mutiso):
    post(text(NAFULA, "Habari"))
    post(typed(), became("read", 3))
    assert told(viewer(mutiso), list(Message.objects.all())) == []


def test_an_ordinary_thread_is_not_asked_for_fates(wanjiku):
    post(text(NAFULA, "Habari"))
    with CaptureQueriesContext(connection) as seen:
        told(viewer(wanjiku), list(Message.objects.all()))
    assert not [one for one in seen if "inbox_report" in one["sql"]]


def test_every_reason_a_platform_may_give_can_be_translated_and_fits_its_column():
    rules = [*whatsapp_refusals.RULES.values(), *messenger_refusals.RULES.values()]
    marked = {message.id for message in collect()}
    stopped = ChannelAccount._meta.get_field("stopped_why").max_length
    for rule in rules:
        assert rule.meaning in marked
        assert len(rule.meaning) <= stopped


def test_a_delivery_that_overtakes_the_echo_of_a_lost_answer_is_not_forgotten(rehema, wanjiku):
    with clock.at(JULY + MINUTE):
        attempt = answer(rehema, "Are you safe?", wanjiku)
    Attempt.objects.filter(pk=attempt.pk).update(state="unknown")
    letter = Letter("m_lost", "text", "Are you safe?", JULY + MINUTE, callback=attempt.id)
    post(messenger.receipt(PAGE, "5001", letter, "delivered", JULY + 2 * MINUTE))
    attempt.refresh_from_db()
    assert attempt.state == "unknown"
    post(messenger.echo(PAGE, "5001", letter, app="201407"))
    attempt.refresh_from_db()
    assert attempt.state == "delivered"
