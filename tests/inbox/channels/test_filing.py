"""How each channel asks for a file to be carried, and what only could be refused."""

import json

import pytest

from nyumbani.inbox.channels.email import filing as by_letter
from nyumbani.inbox.channels.email import send as letters
from nyumbani.inbox.channels.events import Content, Name
from nyumbani.inbox.channels.filing import Parcel
from nyumbani.inbox.channels.messenger import filing as by_messenger
from nyumbani.inbox.channels.outgoing import CannotSend, Refused, Unclear
from nyumbani.inbox.channels.registry import channel
from nyumbani.inbox.channels.telegram import filing as by_telegram
from nyumbani.inbox.channels.whatsapp import filing as by_whatsapp

pytestmark = pytest.mark.pure
PICTURE = Parcel(Content.IMAGE, "image/jpeg", 900, "picture.jpg")
PAPER = Parcel(Content.DOCUMENT, "application/pdf", 900, "document.pdf")
VOICE = Parcel(Content.VOICE, "audio/ogg", 900, "voice.ogg")
FILM = Parcel(Content.VIDEO, "video/mp4", 900, "film.mp4")
ARABIC = "هذا هو العنوان"
WA, PSID, TG = Name("wa_id", "218910000001"), Name("psid", "5001"), Name("tg_id", "7014")
ADDRESS = Name("email", "rehema@example.net")


def carry(filing, to, parcel, caption="", **more):
    given = {"account": "1001", "callback": "our-attempt"} | more
    return filing.carry(to=to, parcel=parcel, caption=caption, **given)


def test_whatsapp_is_brought_a_file_and_then_told_its_id():
    request = by_whatsapp.bring(account="1001", parcel=PICTURE)
    assert (request.method, request.path) == ("POST", "/v25.0/1001/media")
    assert request.form == {"messaging_product": "whatsapp", "type": "image/jpeg"}
    assert (request.part.field, request.part.name) == ("file", "picture.jpg")
    said = carry(by_whatsapp, WA, PICTURE, ARABIC, media_id="77", reply_to="wamid.1").json
    assert said["image"] == {"id": "77", "caption": ARABIC}
    assert said["biz_opaque_callback_data"] == "our-attempt"
    assert said["context"] == {"message_id": "wamid.1"}


def test_whatsapp_names_a_paper_and_says_what_is_a_voice_note():
    paper = carry(by_whatsapp, WA, PAPER, media_id="77").json
    assert paper["document"] == {"id": "77", "filename": "document.pdf"}
    voice = carry(by_whatsapp, WA, VOICE, media_id="77").json
    assert (voice["type"], voice["audio"]) == ("audio", {"id": "77", "voice": True})


def test_messenger_is_brought_a_file_and_then_told_its_id():
    request = by_messenger.bring(account="2002", parcel=PAPER)
    assert json.loads(request.form["message"])["attachment"]["type"] == "file"
    assert request.part.field == "filedata"
    said = carry(by_messenger, PSID, PAPER, media_id="88").json
    attachment = {"type": "file", "payload": {"attachment_id": "88"}}
    assert said["message"] == {"attachment": attachment, "metadata": "our-attempt"}


@pytest.mark.parametrize(
    ("parcel", "path", "field"),
    [
        (PICTURE, "/sendPhoto", "photo"), (PAPER, "/sendDocument", "document"),
        (VOICE, "/sendVoice", "voice"),
    ],
)  # fmt: skip
def test_telegram_is_given_the_file_with_the_message(parcel, path, field):
    request = carry(by_telegram, TG, parcel, ARABIC, reply_to="7014:9")
    assert (request.path, request.part.field) == (path, field)
    assert (request.form["chat_id"], request.form["caption"]) == ("7014", ARABIC)
    assert json.loads(request.form["reply_parameters"])["message_id"] == 9


def test_a_letter_holds_the_file_under_its_neutral_name_and_may_have_no_words():
    from dataclasses import replace
    from email import message_from_bytes
    from email.policy import default

    from tests.inbox.bodies import JULY

    mail = carry(by_letter, ADDRESS, PAPER, account="jikoni@example.org").mail
    raw = letters.written(replace(mail, enclosed=b"%PDF-1.7 pages"), JULY)
    letter = message_from_bytes(raw, policy=default)
    (part,) = letter.iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("document.pdf", b"%PDF-1.7 pages")
    assert letter.get_body(("plain",)).get_content().strip() == ""
    assert letter.get_boundary() == "our-attempt"


@pytest.mark.parametrize(
    ("filing", "to", "parcel", "caption", "media_id"),
    [
        (by_whatsapp, WA, PICTURE, "", ""),
        (by_whatsapp, WA, PICTURE, "x" * 1025, "77"),
        (by_whatsapp, WA, FILM, "", "77"),
        (by_whatsapp, Name("email", "x@example.net"), PICTURE, "", "77"),
        (by_messenger, PSID, PICTURE, "words", "88"),
        (by_messenger, PSID, PICTURE, "", ""),
        (by_telegram, TG, PICTURE, "😀" * 600, ""),
        (by_telegram, Name("psid", "1"), PICTURE, "", ""),
        (by_letter, Name("email", "no address"), PICTURE, "", ""),
    ],
)
def test_what_could_only_be_refused_is_not_asked(filing, to, parcel, caption, media_id):
    with pytest.raises(CannotSend):
        carry(filing, to, parcel, caption, media_id=media_id)


@pytest.mark.parametrize(
    ("filing", "good"),
    [(by_whatsapp, b'{"id": "77"}'), (by_messenger, b'{"attachment_id": "77"}')],
)
def test_what_a_platform_says_of_a_file(filing, good):
    assert filing.brought(200, good) == "77"
    assert isinstance(filing.brought(200, b"{}"), Unclear)
    assert isinstance(filing.brought(502, b"<html>"), Unclear)
    no = filing.brought(400, b'{"error": {"code": 100, "message": "too big"}}')
    assert isinstance(no, Refused)
    assert no.retry_after is None


def test_each_channel_with_files_says_how_large_they_may_be():
    for kind in ("whatsapp", "messenger", "telegram", "email"):
        known = channel(kind)
        assert known.filing is not None
        assert {Content.IMAGE, Content.DOCUMENT, Content.VOICE, Content.AUDIO} <= set(known.files)
    assert channel("sms").filing is None
    assert channel("webform").filing is None
