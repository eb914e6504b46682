"""A visitor types on one of the phones, and it goes the whole way into the inbox and back."""

import re
import time

import pytest

from nyumbani.drill import flow
from nyumbani.drill.script.cast import NAFULA, ZAWADI
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Attachment, Message, MessageChange
from nyumbani.inbox.terms import ChangeKind, Keeping, Way
from nyumbani.people.models.identifiers import Identifier

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PHONE = "/demo/phones/nafula/"


def write(visitor, text, phone=PHONE):
    answer = visitor.press(phone, f"{phone}write/", text=text)
    flow.settled()
    return answer.text


def do(visitor, deed, phone=PHONE):
    answer = visitor.press(phone, f"{phone}do/", deed=deed)
    flow.settled()
    return answer.text


def inbound():
    return Message.objects.filter(way=Way.IN)


def test_what_is_typed_on_a_phone_stands_in_the_inbox(visitor):
    page = write(visitor, "Habari dada 🙏🏾 مرحبا")
    assert "Habari dada 🙏🏾 مرحبا" in page
    [message] = inbound()
    assert (message.text, message.account.channel) == ("Habari dada 🙏🏾 مرحبا", "whatsapp")
    thread = f"/inbox/{message.conversation.person_id}/"
    assert "Habari dada 🙏🏾 مرحبا" in visitor.open(thread)


def test_our_answer_lies_on_the_phone_until_she_reads_it(visitor):
    write(visitor, "Habari")
    thread = f"/inbox/{Conversation.objects.get().person_id}/"
    visitor.press(thread, f"{thread}reply/", text="Uko salama?")
    flow.settled()
    page = visitor.open(PHONE)
    assert "Uko salama?" in page
    assert "1 unread" in page
    assert "unread" not in do(visitor, "open")
    assert ">read<" in re.sub(r"\s+", "", visitor.open(thread))


def test_a_voice_note_a_photo_and_a_place_arrive(visitor):
    for deed in ("voice", "photo", "place"):
        page = do(visitor, deed)
    assert all(word in page for word in ("Voice note", "Photo", "Where she is"))
    assert {message.content for message in inbound()} == {"voice", "image", "location"}
    assert [file.keeping for file in Attachment.objects.all()] == [Keeping.KEPT] * 2


def test_a_photo_to_be_seen_once_is_shown_as_not_understood_and_not_lost(visitor):
    do(visitor, "once")
    [message] = inbound()
    assert message.content == "unknown"
    assert "not understood" in visitor.open(f"/inbox/{message.conversation.person_id}/")


def test_she_edits_a_message_and_takes_it_back(visitor):
    write(visitor, "Mimi ni Nafula")
    page = visitor.press(PHONE, f"{PHONE}change/", text="Mimi si Nafula", what="edit").text
    flow.settled()
    assert "Mimi si Nafula" in page
    page = visitor.press(PHONE, f"{PHONE}change/", what="take_back").text
    flow.settled()
    assert "Nafula</div>" not in page
    kinds = MessageChange.objects.values_list("kind", flat=True)
    assert set(kinds) == {ChangeKind.EDIT, ChangeKind.DELETION}
    assert inbound().get().text == "Mimi ni Nafula"  # what she wrote first is kept, under seal


def test_a_new_number_is_still_the_same_woman(visitor):
    write(visitor, "Habari")
    do(visitor, "number")
    write(visitor, "Ni mimi")
    assert inbound().count() == 2
    [thread] = Conversation.objects.all()
    hers = Identifier.objects.filter(person=thread.person_id, kind="wa_id")
    assert [row.value for row in hers.exclude(until=None)] == [NAFULA.digits]
    assert hers.get(until=None).value != NAFULA.digits


def test_a_phone_that_is_off_gets_our_answer_when_it_is_on_again(visitor):
    write(visitor, "Habari")
    page = do(visitor, "off")
    assert "The phone is off" in page
    assert f"{PHONE}write/" not in page
    thread = f"/inbox/{Conversation.objects.get().person_id}/"
    visitor.press(thread, f"{thread}reply/", text="Uko salama?")
    flow.settled()
    assert "Uko salama?" not in visitor.open(PHONE)
    assert "Uko salama?" in do(visitor, "on")


def test_everybody_with_a_phone_is_there_and_who_is_only_spoken_of_is_not(visitor):
    page = visitor.open("/demo/phones/")
    assert [name in page for name in ("Rehema", "Nafula", "Zawadi")] == [True] * 3
    assert f"@{ZAWADI.username}" in page
    assert "Achieng" not in page
    assert visitor.http.get("/demo/phones/achieng/").status_code == 404


def test_a_messenger_phone_has_no_number_to_change(visitor):
    page = visitor.open("/demo/phones/rehema/")
    assert 'value="number"' not in page
    token = visitor.http.cookies["csrftoken"]
    data = {"deed": "number", "csrfmiddlewaretoken": token}
    answer = visitor.http.post("/demo/phones/rehema/do/", data=data)
    assert "cannot be done on this phone" in answer.text


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_nothing_or_far_too_much_is_not_sent(visitor, text):
    visitor.open(PHONE)
    token = visitor.http.cookies["csrftoken"]
    data = {"text": text, "csrfmiddlewaretoken": token}
    answer = visitor.http.post(f"{PHONE}write/", data=data)
    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert not inbound().exists()


def test_the_page_asks_again_and_is_told_only_what_changed(visitor):
    page = visitor.open(PHONE)
    poll = re.search(rf'data-poll="({PHONE}chat/\?since=\w+)"', page)[1]
    assert visitor.http.get(poll, headers={"X-Poll": "1"}).status_code == 204
    write(visitor, "Habari")
    answer = visitor.http.get(poll, headers={"X-Poll": "1"})
    assert answer.status_code == 200
    assert "Habari" in answer.text


def test_when_the_stage_is_gone_its_pages_say_so_and_the_house_goes_on(visitor, booth):
    write(visitor, "Habari")
    booth.__exit__(None, None, None)
    began = time.monotonic()
    for path in ("/demo/", "/demo/phones/", PHONE):
        answer = visitor.http.get(path)
        assert answer.status_code == 503
        assert "The stage is empty" in answer.text
    assert visitor.http.get(f"{PHONE}chat/?since=x").status_code == 204
    assert visitor.http.get("/demo/checks/?since=x").status_code == 204
    assert time.monotonic() - began < 10
    assert "Habari" in visitor.open("/inbox/")


def test_a_click_on_a_page_from_before_the_stage_was_gone_is_answered_too(visitor, booth):
    visitor.open(PHONE)
    token = visitor.http.cookies["csrftoken"]
    booth.__exit__(None, None, None)
    for path, more in (
        (f"{PHONE}write/", {"text": "Habari"}),
        (f"{PHONE}do/", {"deed": "voice"}),
        ("/demo/play/", {"to": "1"}),
        ("/demo/again/", {}),
    ):
        answer = visitor.http.post(path, data={**more, "csrfmiddlewaretoken": token})
        assert answer.status_code == 503, path
    assert not inbound().exists()
