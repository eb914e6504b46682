"""What we bring to the simulated platforms is taken and refused as the platforms do."""

import json

import pytest

from tests.drill.house import ask, error

pytestmark = pytest.mark.pure
JPEG = b"\xff\xd8\xff a picture"


def bring(graph, content=JPEG, kind="image/jpeg", account="1001", **more):
    form = {"messaging_product": "whatsapp", "type": kind} | more
    files = {"file": ("picture.jpg", content, kind)}
    return ask(graph, "POST", f"/v25.0/{account}/media", data=form, files=files)


def send(graph, media, kind="image", account="1001", **more):
    payload = {
        "messaging_product": "whatsapp", "to": "218910000002", "type": kind,
        kind: {"id": media, **more},
    }  # fmt: skip
    return ask(graph, "POST", f"/v25.0/{account}/messages", json=payload)


def attach(graph, content=JPEG):
    what = {"attachment": {"type": "image", "payload": {"is_reusable": True}}}
    files = {"filedata": ("picture.jpg", content, "image/jpeg")}
    form = {"message": json.dumps(what)}
    return ask(graph, "POST", "/v25.0/me/message_attachments", data=form, files=files)


def to_page(graph, media, **more):
    attachment = {"type": "image", "payload": {"attachment_id": media}}
    payload = {
        "recipient": {"id": "7014"}, "messaging_type": "RESPONSE",
        "message": {"attachment": attachment, **more},
    }  # fmt: skip
    return ask(graph, "POST", "/v25.0/me/messages", json=payload)


def test_a_file_is_brought_and_lies_on_her_phone_with_its_kind(graph, nafula):
    nafula.write("Habari")
    media = bring(graph).json()["id"]
    assert nafula.received == []
    assert send(graph, media, caption="Hapa").status_code == 200
    graph.postman.settle()
    (letter,) = nafula.received
    assert (letter.kind, letter.text, letter.file) == ("photo", "Hapa", JPEG)


def test_an_id_that_was_never_brought_to_this_account_is_refused(graph, nafula, rehema):
    nafula.write("Habari")
    rehema.write("Hallo")
    assert error(send(graph, "123456"))[:2] == (400, 100)
    theirs = attach(graph).json()["attachment_id"]
    assert error(send(graph, theirs))[:2] == (400, 100), "the page's file is not the number's"
    assert error(to_page(graph, bring(graph).json()["id"]))[:2] == (400, 100)
    assert nafula.received == rehema.received == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"x" * (5 * 1024 * 1024 + 1), "image/png"), (b"GIF89a", "image/gif"), (b"x", "audio/wav")],
)
def test_what_is_too_large_or_of_another_type_is_refused(graph, content, kind):
    assert error(bring(graph, content, kind))[:2] == (400, 100)
    assert graph.brought == []


def test_a_caption_has_its_own_limit(graph, nafula):
    nafula.write("Habari")
    media = bring(graph).json()["id"]
    assert error(send(graph, media, caption="x" * 1025))[:2] == (400, 100)


def test_messenger_takes_words_or_a_file_never_both(graph, rehema):
    rehema.write("Hallo")
    media = attach(graph).json()["attachment_id"]
    assert error(to_page(graph, media, text="Hapa"))[:2] == (400, 100)
    assert to_page(graph, media).status_code == 200
    assert [one.kind for one in rehema.received] == ["photo"]
