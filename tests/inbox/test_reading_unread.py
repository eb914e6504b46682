"""What somebody sent and nobody can read is hers: in her thread, for her team, and she waits."""

import pytest

from nyumbani.drill.wire.parts import Item
from nyumbani.inbox.actions.reading import read_entry
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import OddItem
from nyumbani.inbox.models.messages import Attachment, Message
from nyumbani.inbox.terms import Way
from nyumbani.kit import clock
from nyumbani.people.models.persons import Person
from tests.inbox.bodies import (
    BY,
    JULY,
    MINUTE,
    NAFULA,
    PHONE,
    open_doors,
    post,
    say,
    stamp,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def doors(db, settings):
    settings.NYUMBANI_GRAPH_URL = "http://127.0.0.1:9"
    open_doors()


def hologram(key="wamid.P", **more):
    shape = {
        "from": "218910000001", "id": key, "type": "hologram", "timestamp": stamp(JULY + MINUTE),
    }  # fmt: skip
    return Item(PHONE, shape | more)


def test_what_cannot_be_read_stands_in_her_thread_and_she_waits():
    post(text(NAFULA, "Habari"), hologram())
    line = Message.objects.get(content=Content.UNKNOWN)
    her = Conversation.objects.get()
    assert (line.conversation, line.way, line.notes[0]) == (her, Way.IN, "could not be read")
    assert line.seal_scope == her.person.seal_scope
    assert line.data["item"]["data"]["raw"]["type"] == "hologram"
    assert her.last_content == Content.UNKNOWN
    assert her.waiting_since == JULY


def test_the_odd_item_is_sealed_under_her_key_and_says_whose_it_is():
    post(text(NAFULA, "Habari"), hologram())
    item = OddItem.objects.get()
    assert item.person == Person.objects.get()
    assert item.seal_scope == item.person.seal_scope
    assert item.item["data"]["raw"]["type"] == "hologram"


def test_somebody_new_whose_first_message_cannot_be_read_is_somebody_who_waits():
    post(hologram())
    assert Conversation.objects.get().waiting_since == JULY + MINUTE
    assert OddItem.objects.get().person == Person.objects.get()


def test_after_our_answer_it_makes_her_wait_again(wanjiku):
    from nyumbani.inbox.actions.writing import write_back
    from tests.people_here import actor

    with clock.at(JULY):
        post(text(NAFULA, "Habari"))
        write_back(thread=Conversation.objects.get(), text="Where?", by=actor(wanjiku))
    with clock.at(JULY + MINUTE):
        post(hologram())
    assert Conversation.objects.get().waiting_since == JULY + MINUTE


def test_words_and_files_that_could_be_read_are_shown():
    content = {"mid": "", "text": "They took my phone", "attachments": [
        {"type": "image", "payload": {"url": "https://cdn.fbsbx.com/1.jpg"}},
    ]}  # fmt: skip
    item = say("5001", "")
    item.shape["message"] = content
    post(item)
    line = Message.objects.get()
    assert (line.content, line.text) == (Content.UNKNOWN, "They took my phone")
    assert Attachment.objects.get().message == line


def test_reading_it_again_changes_nothing_and_lost_lines_come_back():
    entry = post(text(NAFULA, "Habari"), hologram(), hologram("wamid.Q"))

    def rows():
        return sorted(Message.objects.values_list("id", "place", "content"))

    before = rows()
    assert len(before) == 3
    read_entry(entry_id=entry, by=BY)
    assert rows() == before
    Message.objects.all().delete()
    read_entry(entry_id=entry, by=BY)
    assert rows() == before
    assert OddItem.objects.count() == 2


def test_a_report_that_is_not_understood_is_hers_but_no_message_of_hers():
    status = {"id": "wamid.OURS", "status": "hovering", "recipient_id": "218910000001"}
    post(text(NAFULA, "Habari"))
    post(Item(PHONE, status | {"timestamp": stamp(JULY)}, under="statuses"))
    assert OddItem.objects.get().person == Person.objects.get()
    assert Message.objects.count() == 1


def test_a_receipt_that_is_not_understood_does_not_make_her_wait():
    post(say("5001", "Hallo"))
    receipt = say("5001", "")
    del receipt.shape["message"]
    receipt.shape["delivery"] = {"watermark": "soon"}
    post(receipt)
    assert OddItem.objects.get().person == Person.objects.get()
    assert Message.objects.count() == 1


def test_a_change_that_does_not_say_of_what_stands_in_her_thread():
    reaction = {"message_id": "", "emoji": "🙏"}
    post(text(NAFULA, "Habari"), hologram(type="reaction", reaction=reaction))
    assert Message.objects.filter(content=Content.UNKNOWN).count() == 1
    assert OddItem.objects.get().person == Person.objects.get()


def test_what_says_nothing_of_whose_it_is_stays_with_the_house():
    item = say("", "Hallo")
    item.shape["sender"] = {}
    post(item)
    assert OddItem.objects.get().person is None
    assert not Person.objects.exists()


def test_what_came_for_no_account_of_ours_makes_nobody_known():
    from dataclasses import replace

    post(text(NAFULA, "Habari", door=replace(PHONE, account="3003")))
    assert OddItem.objects.get().person is None
    assert not Person.objects.exists()
