"""What other systems were seen to do wrong with messages; each failure by its name.

Source: public issue trackers, as listed in the project's reference on messaging, part 5.
"""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from nyumbani.drill.wire import envelopes, whatsapp
from nyumbani.drill.wire.parts import Upload
from nyumbani.drill.wire.whatsapp import Sender
from nyumbani.inbox import fetcher, webhooks
from nyumbani.inbox.actions.sending import accept
from nyumbani.inbox.actions.writing import NotWritten, send_again, write_back
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry, OddItem
from nyumbani.inbox.models.messages import Attachment, Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Keeping
from nyumbani.jobs.models import Job
from nyumbani.jobs.terms import TryAgain
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from tests.desk.world import at_desk, hear, somebody
from tests.inbox.bodies import (
    BY,
    DAY,
    JULY,
    MINUTE,
    NAFULA,
    PHONE,
    ZAWADI,
    open_doors,
    post,
    stamp,
    text,
)
from tests.inbox.test_door import knock, signed
from tests.people_here import actor

pytestmark = pytest.mark.django_db
PHOTO = Upload("9001", "http://127.0.0.1/photo", "image/jpeg", bytes(32))


@pytest.fixture(autouse=True)
def doors(db, settings):
    settings.NYUMBANI_GRAPH_URL = "http://127.0.0.1:9"  # nobody there
    open_doors()
    with clock.at(JULY):
        yield


def answered(staff, at=JULY):
    """Nafula wrote, and the platform took our answer."""
    post(text(NAFULA, "Habari"), at=at)
    thread = Conversation.objects.get()
    write_back(thread=thread, text="Is it safe?", by=actor(staff))
    return Attempt.objects.get()


def photo(sender, number):
    known = {"id": f"wamid.PHOTO{number}", "timestamp": stamp(JULY)}
    return whatsapp.message(PHONE, sender, known, "image", whatsapp.media(PHOTO))


def test_every_message_of_a_batch_is_kept_not_the_first_alone():
    """pywa, Zammad, Chatwoot's base service."""
    post(*(text(NAFULA, f"Number {n}", JULY + n * MINUTE) for n in range(20)), text(ZAWADI, "Mine"))
    assert Message.objects.count() == 21


def test_a_failure_of_ours_is_not_answered_200_and_the_redelivery_is_read(client, monkeypatch):
    """Handler error answered 200, and the redelivery skipped as known."""
    body = envelopes.body([text(NAFULA, "Nisaidie")], JULY)

    def broken(**_given):
        raise OperationalError("disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(webhooks, "write_down", broken)
        assert knock(client, body, signed(body)).status_code >= 500
    assert not JournalEntry.objects.exists()
    assert knock(client, body, signed(body)).status_code == 200
    run_due()
    assert [message.text for message in Message.objects.all()] == ["Nisaidie"]


def test_people_without_a_number_are_not_thrown_into_one_conversation():
    """People with a business-scoped id alone."""
    hidden = [Sender(f"n{n}", "", f"KE.20{n:02}", f"name{n}") for n in range(5)]
    post(*(text(one, "Habari") for one in hidden))
    assert Conversation.objects.count() == 5


def test_read_then_delivered_then_sent_stays_read(wanjiku):
    """States that come in the wrong order."""
    attempt = answered(wanjiku)
    Attempt.objects.filter(pk=attempt.pk).update(state="sending")
    accept(attempt_id=attempt.pk, provider_id="wamid.OURS", by=BY)
    for state, minutes in (("read", 3), ("delivered", 2), ("sent", 1)):
        post(whatsapp.status(PHONE, NAFULA, "wamid.OURS", state, JULY + minutes * MINUTE))
    attempt.refresh_from_db()
    assert attempt.state == "read"
    assert attempt.delivered_at == JULY + 2 * MINUTE


def test_an_album_of_pictures_is_one_conversation():
    """Chatwoot #14214: one conversation for each image."""
    post(*(photo(NAFULA, n) for n in range(6)))
    assert Conversation.objects.count() == 1
    assert Attachment.objects.count() == 6


def test_media_that_is_not_given_now_loses_no_message_and_holds_up_nothing():
    """Chatwoot #15754: a 503 lost the message or blocked its retry for a day."""
    post(photo(NAFULA, 1), text(NAFULA, "Picha ya nyumba", JULY + MINUTE))
    assert Message.objects.count() == 2
    file = Attachment.objects.get()
    assert file.keeping == Keeping.PENDING
    with pytest.raises(TryAgain) as again:
        fetcher.fetch(file.pk, 1)
    assert again.value.after <= 2 * MINUTE
    post(text(NAFULA, "Bado niko", JULY + 2 * MINUTE))
    assert Message.objects.count() == 3


def test_the_time_shown_is_when_she_sent_it_not_when_it_came(wanjiku):
    """Chatwoot #14739."""
    with clock.at(JULY + 2 * DAY):
        post(text(NAFULA, "Sent on Monday", JULY), at=JULY + 2 * DAY)
    message = Message.objects.get()
    assert (message.sent_at, message.received_at.date()) == (JULY, (JULY + 2 * DAY).date())
    person = Conversation.objects.get().person_id
    with clock.at(JULY + 2 * DAY):
        page = at_desk(wanjiku).get(f"/inbox/{person}/").content.decode()
    assert f'datetime="{JULY.isoformat()}"' in page


def test_send_again_sends_again(wanjiku):
    """Chatwoot #14120: "retry" that resends nothing."""
    attempt = answered(wanjiku)
    attempt.state, attempt.why = "failed", "no connection"
    attempt.save()
    Job.objects.filter(kind="inbox.send").delete()
    second = send_again(attempt=attempt, by=actor(wanjiku))
    assert second.pk != attempt.pk
    assert Job.objects.get(kind="inbox.send").data == {"attempt": second.pk}


def test_who_writes_after_the_window_closed_is_told_before_anything_looks_sent(wanjiku):
    """Chatwoot #9516: staff type after 24 hours and nothing is sent."""
    post(text(NAFULA, "Habari"))
    thread = Conversation.objects.get()
    with clock.at(JULY + DAY + MINUTE):
        with pytest.raises(NotWritten, match="window_closed"):
            write_back(thread=thread, text="Is it safe?", by=actor(wanjiku))
        page = at_desk(wanjiku).get(f"/inbox/{thread.person_id}/").content.decode()
    assert not Attempt.objects.exists()
    box = page.partition('id="composer"')[2].partition("</fieldset>")[0]
    assert "disabled" in box.partition(">")[0]


def test_an_unknown_kind_of_message_stops_nothing():
    """Zammad #5439: an unsupported type stopped the channel."""
    known = {"id": "wamid.NEW", "timestamp": stamp(JULY)}
    strange = whatsapp.message(PHONE, NAFULA, known, "hologram", {"depth": 3})
    post(text(NAFULA, "Before", JULY - MINUTE), strange, text(NAFULA, "After", JULY + MINUTE))
    assert {"Before", "After"} <= {message.text for message in Message.objects.all()}
    assert (Message.objects.count(), OddItem.objects.count()) == (3, 1)  # shown and kept whole


def test_the_list_asks_as_often_for_fifty_as_for_five(wanjiku):
    """Chatwoot #15719, #15226: a query for every row, and no index."""
    desk = at_desk(wanjiku)

    def queries(people):
        for n in range(people):
            hear(somebody(f"Woman {n}"), "Habari", at=JULY - n * MINUTE)
        desk.get("/inbox/")  # keys are in memory now
        with CaptureQueriesContext(connection) as seen:
            assert desk.get("/inbox/").status_code == 200
        return len(seen)

    assert queries(5) == queries(45)


def test_the_list_and_a_conversation_are_found_by_index(db):
    """What would read a whole table at a hundred thousand conversations is seen in its plan."""
    newest = Conversation.objects.order_by("-last_at", "-id")[:50]
    thread = Message.objects.filter(conversation="x").order_by("-sent_at", "-place", "-id")[:50]
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads small tables whole, and rightly")
    for rows, index in ((newest, "inbox_newest_first"), (thread, "thread_newest_first")):
        assert index in rows.explain()
