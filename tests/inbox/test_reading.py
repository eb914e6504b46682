"""What comes through a door becomes a thread, whatever order it comes in."""

import datetime as dt
import itertools

import pytest

from nyumbani.drill.wire import messenger, whatsapp
from nyumbani.drill.wire.parts import Item
from nyumbani.drill.wire.whatsapp import Sender
from nyumbani.inbox.actions.reading import read_entry
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry, OddItem
from nyumbani.inbox.models.messages import Attachment, Message, MessageChange
from nyumbani.inbox.terms import ChangeKind, Keeping, Reading, Way
from nyumbani.jobs.models import Job
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.models.pairs import Pair
from nyumbani.people.models.persons import Person
from tests.inbox.bodies import (
    BY,
    DAY,
    JULY,
    MINUTE,
    NAFULA,
    PAGE,
    PHONE,
    ZAWADI,
    open_doors,
    post,
    say,
    stamp,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def doors(db, settings):
    settings.NYUMBANI_GRAPH_URL = "http://127.0.0.1:9"  # nobody there: reading needs no platform
    open_doors()


def test_a_first_message_makes_a_person_a_thread_and_a_name_from_the_profile():
    post(text(NAFULA, "Habari, naomba msaada"))
    thread = Conversation.objects.get()
    message = Message.objects.get()
    assert message.text == "Habari, naomba msaada"
    assert message.sent_at == JULY
    assert thread.waiting_since == JULY
    assert {i.kind for i in Identifier.objects.all()} == {"wa_id", "bsuid"}
    assert JournalEntry.objects.get().reading == Reading.READ


def test_everybody_in_a_batch_gets_their_own_thread():
    post(text(NAFULA, "one"), text(ZAWADI, "two"), text(NAFULA, "three", JULY + MINUTE))
    assert Conversation.objects.count() == 2
    assert Message.objects.count() == 3


def test_the_same_body_twice_is_one_message():
    first = post(text(NAFULA, "one"))
    assert first is not None
    assert post(text(NAFULA, "one")) is None
    assert Message.objects.count() == 1


def test_the_same_message_in_another_batch_days_later_is_one_message():
    post(text(NAFULA, "one", key="wamid.A"))
    post(text(ZAWADI, "two", JULY + MINUTE), text(NAFULA, "one", key="wamid.A"))
    assert Message.objects.count() == 2
    assert JournalEntry.objects.count() == 2


def test_who_hides_her_number_has_a_thread_of_her_own():
    hidden = Sender("amani", "", "KE.1003", "amani")
    post(text(ZAWADI, "one"), text(hidden, "two"))
    assert Conversation.objects.count() == 2
    assert set(Identifier.objects.values_list("kind", flat=True)) == {"bsuid", "username"}


def test_one_person_has_one_thread_over_number_and_account_id():
    post(text(Sender("Nafula", "218910000001"), "from the number"))
    post(text(NAFULA, "with the account id", JULY + MINUTE))
    post(text(Sender("Nafula", "", "KE.1001"), "number hidden now", JULY + 2 * MINUTE))
    assert Conversation.objects.count() == 1
    assert Person.objects.count() == 1


def test_a_message_three_days_late_stands_under_the_time_it_was_sent():
    post(text(NAFULA, "later", JULY + DAY))
    post(text(NAFULA, "earlier", JULY))
    assert [m.text for m in Message.objects.order_by("sent_at")] == ["earlier", "later"]
    assert Conversation.objects.get().last_line == "later"


def move(before, after, at):
    known = {"id": f"wamid.moved.{at.timestamp()}", "timestamp": stamp(at)}
    return whatsapp.changed_number(PHONE, before, after, known, at)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_new_number_leads_to_one_thread_or_to_a_question_never_to_a_silent_merge(order):
    after = Sender("Nafula", "218910000009", "KE.2009")
    notice, link = move(NAFULA, after, JULY + DAY)
    bodies = [
        [text(NAFULA, "old number", JULY)],
        [notice, link],
        [text(after, "new number", JULY + DAY + MINUTE)],
    ]
    for place in order:
        post(*bodies[place])
    threads = Conversation.objects.count()
    assert Message.objects.filter(way=Way.IN).count() == 2
    if order.index(0) < order.index(2) < order.index(1) or (order[0] == 2 and order[1] == 0):
        assert threads == 2
        assert Pair.objects.count() == 1
    else:
        assert threads == 1
        assert not Pair.objects.exists()


def test_a_number_sold_to_somebody_else_brings_a_new_person():
    after = Sender("Nafula", "218910000009", "KE.2009")
    post(text(NAFULA, "old number"))
    post(*move(NAFULA, after, JULY + DAY))
    post(text(Sender("Omar", "218910000001", "LY.7"), "who is this?", JULY + 2 * DAY))
    assert Conversation.objects.count() == 2
    assert not Pair.objects.exists()


def test_two_known_people_in_one_message_are_put_side_by_side():
    post(text(Sender("Nafula", "218910000001"), "mine"))
    post(text(Sender("?", "", "KE.1001"), "also mine"))
    post(text(NAFULA, "both", JULY + MINUTE))
    assert Conversation.objects.count() == 2
    pair = Pair.objects.get()
    assert {pair.left_id, pair.right_id} == set(Person.objects.values_list("id", flat=True))


def change(sender, kind, content, key, at=JULY + MINUTE):
    known = {"id": key, "timestamp": stamp(at)}
    return whatsapp.message(PHONE, sender, known, kind, content)


def test_a_reaction_may_come_before_its_message():
    post(change(NAFULA, "reaction", {"message_id": "wamid.A", "emoji": "🙏"}, "wamid.R"))
    post(text(NAFULA, "one", key="wamid.A"))
    row = MessageChange.objects.get()
    assert row.kind == ChangeKind.REACTION
    assert row.text == "🙏"
    assert row.target_digest == Message.objects.get().provider_digest


def test_a_voice_note_is_kept_pending_and_its_fetching_queued():
    content = {"id": "900", "mime_type": "audio/ogg; codecs=opus", "sha256": "", "voice": True}
    item = whatsapp.message(
        PHONE, NAFULA, {"id": "wamid.V", "timestamp": stamp(JULY)}, "audio", content
    )
    body_jobs = Job.objects.filter(kind="inbox.fetch")
    from nyumbani.drill.wire import envelopes
    from nyumbani.inbox.actions.journal import write_down

    entry = write_down(channel="whatsapp", body=envelopes.body([item], JULY), by=BY)
    read_entry(entry_id=entry, by=BY)
    file = Attachment.objects.get()
    assert (file.content, file.keeping) == ("voice", Keeping.PENDING)
    assert body_jobs.count() == 1


def test_what_is_not_understood_is_kept_and_shown_and_holds_nobody_up():
    odd = Item(PHONE, {"from": "218910000001", "id": "wamid.P", "type": "hologram"})
    post(odd, text(NAFULA, "and this"))
    assert "and this" in [message.text for message in Message.objects.all()]
    assert Message.objects.filter(content="unknown").count() == 1
    assert OddItem.objects.count() == 1


def test_a_body_that_is_no_json_is_in_the_journal_and_visible():
    from nyumbani.inbox.actions.journal import write_down
    from nyumbani.jobs.worker import run_due

    write_down(channel="whatsapp", body=b"{not json", by=BY)
    run_due()
    assert JournalEntry.objects.get().reading == Reading.ODD
    assert OddItem.objects.count() == 1


def test_what_comes_for_an_account_we_do_not_have_is_kept_and_read_when_we_have_it():
    from dataclasses import replace

    other = replace(PHONE, account="3003")
    entry = post(text(NAFULA, "to the new number", door=other))
    assert OddItem.objects.get().why == "it came for an account that is not set up here"
    from nyumbani.inbox.actions.doors import Secrets, connect

    connect(channel="whatsapp", account="3003", label="New", secrets=Secrets("a", "b", "c"), by=BY)
    read_entry(entry_id=entry, by=BY)
    assert Message.objects.get().text == "to the new number"
    assert OddItem.objects.get().settled_at is not None


def rows():
    fields = ("id", "text", "sent_at", "provider_digest", "conversation_id")
    return [tuple(getattr(m, f) for f in fields) for m in Message.objects.order_by("id")]


def test_reading_the_journal_again_gives_the_same_rows():
    after = Sender("Nafula", "218910000009", "KE.2009")
    entries = [
        post(text(NAFULA, "one", key="wamid.A"), text(ZAWADI, "two")),
        post(change(NAFULA, "reaction", {"message_id": "wamid.A", "emoji": "🙏"}, "wamid.R")),
        post(*move(NAFULA, after, JULY + DAY)),
        post(say("psid-1", "three")),
        post(text(after, "four", JULY + 2 * DAY)),
    ]
    before = rows(), Person.objects.count(), Identifier.objects.count(), Pair.objects.count()
    for entry in reversed(entries):
        read_entry(entry_id=entry, by=BY)
    after_ = rows(), Person.objects.count(), Identifier.objects.count(), Pair.objects.count()
    assert after_ == before


def test_messages_that_were_lost_come_back_from_the_journal_with_the_same_ids():
    entry = post(text(NAFULA, "one"), text(NAFULA, "two", JULY + MINUTE))
    before = [row[:4] for row in rows()]
    Message.objects.all().delete()
    read_entry(entry_id=entry, by=BY)
    assert [row[:4] for row in rows()] == before


def test_messenger_people_are_known_by_page_and_id():
    post(say("psid-1", "Hallo. It is not for me. My friend Achieng is beaten"))
    assert Identifier.objects.get().space == f"messenger:{PAGE.account}"
    assert Message.objects.get().way == Way.IN


def test_what_staff_type_on_the_page_is_ours_and_answers_her():
    post(say("psid-1", "Hallo"))
    echo = messenger.item(
        PAGE, "psid-1", JULY + MINUTE, {"message": {"mid": "m_e", "text": "Hi", "is_echo": True}}
    )
    echo.shape["sender"], echo.shape["recipient"] = {"id": PAGE.account}, {"id": "psid-1"}
    post(echo)
    assert Message.objects.get(way=Way.ECHO).text == "Hi"
    thread = Conversation.objects.get()
    assert thread.waiting_since is None
    post(say("psid-1", "Thank you", JULY + dt.timedelta(hours=1)))
    assert Conversation.objects.get().waiting_since == JULY + dt.timedelta(hours=1)


def test_an_account_says_when_it_was_last_heard():
    from nyumbani.inbox.models.accounts import ChannelAccount

    entry = JournalEntry.objects.get(id=post(text(NAFULA, "one")))
    heard = ChannelAccount.objects.get(channel="whatsapp").heard_at
    assert heard == entry.received_at
    assert ChannelAccount.objects.get(channel="messenger").heard_at is None


def test_a_platforms_words_for_a_failure_are_not_stored_because_they_may_quote_her_number():
    from nyumbani.inbox.models.sending import Report

    failed = whatsapp.status(PHONE, NAFULA, "wamid.OURS", "failed", JULY)
    said = "Recipient +218910000001 cannot be reached"
    failed.shape["errors"] = [{"code": 131026, "title": said, "error_data": {"details": said}}]
    post(failed)
    report = Report.objects.get()
    assert report.code == 131026
    assert report.why == "cannot be delivered to her"
