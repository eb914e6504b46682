"""An id comes a second time: with the words that were missing, with others, or with nothing new."""

import pytest

from nyumbani.drill.wire.parts import Item
from nyumbani.inbox.actions.reading import read_entry
from nyumbani.inbox.actions.writing import write_back
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import OddItem
from nyumbani.inbox.models.messages import Attachment, Message
from nyumbani.kit import clock
from nyumbani.people.models.persons import Person
from tests.inbox.bodies import (
    BY,
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
from tests.people_here import actor

pytestmark = pytest.mark.django_db
KEY = "wamid.X"


@pytest.fixture(autouse=True)
def doors(db):
    open_doors()


def not_passed_on():
    shape = {
        "from": "218910000001", "id": KEY, "timestamp": stamp(JULY), "type": "unsupported",
        "errors": [{"code": 131051, "title": "Message type unknown"}],
    }  # fmt: skip
    return Item(PHONE, shape)


def rows():
    names = (
        "id", "text", "content", "notes", "sent_at", "received_at", "place", "journal_id",
        "provider_digest", "conversation_id",
    )  # fmt: skip
    return [tuple(str(getattr(row, name)) for name in names) for row in Message.objects.all()]


def test_words_that_follow_under_the_same_id_fill_the_empty_message():
    post(not_passed_on())
    assert Message.objects.get().content == Content.UNKNOWN
    post(text(NAFULA, "They lock the door", key=KEY))
    message = Message.objects.get()
    assert (message.content, message.text, message.notes) == ("text", "They lock the door", [])
    assert Conversation.objects.get().last_line == "They lock the door"
    assert not OddItem.objects.exists()


def test_the_words_make_her_wait_if_we_had_answered_the_empty_message(wanjiku):
    with clock.at(JULY):
        post(not_passed_on())
        write_back(thread=Conversation.objects.get(), text="Write it as text", by=actor(wanjiku))
    with clock.at(JULY + MINUTE):
        post(text(NAFULA, "They lock the door", key=KEY))
    assert Conversation.objects.get().waiting_since == JULY


def test_a_file_that_follows_is_fetched():
    post(not_passed_on())
    shape = {
        "from": "218910000001", "id": KEY, "timestamp": stamp(JULY), "type": "image",
        "image": {"id": "900", "mime_type": "image/jpeg"},
    }  # fmt: skip
    from nyumbani.drill.wire import envelopes
    from nyumbani.inbox.actions.journal import write_down

    body = envelopes.body([Item(PHONE, shape)], JULY)
    read_entry(entry_id=write_down(channel="whatsapp", body=body, by=BY), by=BY)
    assert Attachment.objects.get().message == Message.objects.get()


def test_an_empty_one_after_the_words_takes_nothing_away():
    post(text(NAFULA, "They lock the door", key=KEY))
    before = rows()
    post(not_passed_on())
    assert rows() == before
    assert not OddItem.objects.exists()


def test_reading_both_again_in_any_order_gives_the_same_row():
    entries = [post(not_passed_on()), post(text(NAFULA, "They lock the door", key=KEY))]
    before = rows()
    for entry in [*entries, *reversed(entries)]:
        read_entry(entry_id=entry, by=BY)
    assert rows() == before
    Message.objects.all().delete()
    for entry in entries:
        read_entry(entry_id=entry, by=BY)
    assert rows() == before


def test_other_words_under_an_id_we_know_are_kept_beside_them_and_seen():
    post(text(NAFULA, "They lock the door", key=KEY))
    entry = post(text(NAFULA, "They lock the gate", key=KEY))
    item = OddItem.objects.get()
    assert item.why == "another message came under an id we know"
    assert (item.person, item.item["text"]) == (Person.objects.get(), "They lock the gate")
    lines = Message.objects.order_by("place").values_list("content", flat=True)
    assert list(lines) == ["text", "unknown"]
    before = rows()
    read_entry(entry_id=entry, by=BY)
    assert rows() == before
    assert OddItem.objects.count() == 1


def test_somebody_elses_words_under_an_id_we_know_stay_with_her():
    post(not_passed_on())
    post(text(ZAWADI, "Habari", key=KEY))
    assert Message.objects.get(conversation__person__number=1).content == Content.UNKNOWN
    assert OddItem.objects.get().person.number == 2


def test_what_nobody_could_read_is_filled_too_and_its_odd_item_is_settled():
    shape = {"from": "218910000001", "id": KEY, "timestamp": stamp(JULY), "type": "hologram"}
    post(Item(PHONE, shape))
    assert OddItem.objects.get().settled_at is None
    post(text(NAFULA, "They lock the door", key=KEY))
    assert Message.objects.get().text == "They lock the door"
    assert OddItem.objects.get().settled_at is not None
