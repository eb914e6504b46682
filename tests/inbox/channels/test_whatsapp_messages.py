"""Every type of message a person can send on WhatsApp."""

import datetime as dt
import hashlib

import pytest

from nyumbani.inbox.channels.events import Content, Kind, Media, Problem
from tests.inbox.channels.bodies import DOOR, REHEMA, events, whatsapp

pytestmark = pytest.mark.pure

MORNING = dt.datetime(2014, 7, 14, 10, tzinfo=dt.UTC)


def sha256(contents: bytes) -> str:
    return hashlib.sha256(contents).hexdigest()


def test_a_text_says_who_wrote_what_when_and_to_which_of_our_numbers():
    event = whatsapp("text")
    assert (event.channel, event.account, event.kind) == ("whatsapp", DOOR, Kind.MESSAGE)
    assert event.content is Content.TEXT
    assert event.text == "Tafadhali nisaidie rafiki yangu 🙏"
    assert event.identifiers == (REHEMA,)
    assert event.profile_name == "Rehema"
    assert event.sent_at == MORNING
    assert event.message_id == "wamid.TEXT1"
    assert event.key == f'["message","{DOOR}","wamid.TEXT1"]'
    assert not event.by_staff
    assert event.notes == ()


def test_a_reply_names_the_message_it_answers():
    assert whatsapp("reply").refers_to == "wamid.OURS1"


def test_a_message_passed_on_is_marked():
    assert whatsapp("forwarded").notes == ("forwarded",)
    assert whatsapp("forwarded_many_times").notes == ("forwarded many times",)


def test_who_comes_from_an_advertisement_is_not_asked_how_she_found_us():
    event = whatsapp("referral")
    assert event.text == "I saw your page"
    assert event.data["referral"]["source_id"] == "ad-1"


def test_a_group_message_names_its_group():
    assert whatsapp("group_message").data == {"group_id": "group-1"}


def test_milliseconds_are_told_from_seconds():
    event = whatsapp("milliseconds")
    assert event.sent_at == MORNING + dt.timedelta(milliseconds=123)
    assert event.notes == ("time in milliseconds",)


def test_a_time_that_is_a_number_is_read_like_a_text():
    assert whatsapp("number_timestamp").sent_at == MORNING


@pytest.mark.parametrize(
    ("name", "content", "text", "media"),
    [
        (
            "image",
            Content.IMAGE,
            "Her arm",
            Media(Content.IMAGE, "image/jpeg", "media-1", sha256=sha256(b"image")),
        ),
        (
            "video",
            Content.VIDEO,
            "",
            Media(Content.VIDEO, "video/mp4", "media-2", sha256=sha256(b"video")),
        ),
        (
            "document",
            Content.DOCUMENT,
            "the contract they gave me",
            Media(
                Content.DOCUMENT,
                "application/pdf",
                "media-3",
                sha256=sha256(b"document"),
                filename="contract.pdf",
            ),
        ),
        (
            "sticker",
            Content.STICKER,
            "",
            Media(Content.STICKER, "image/webp", "media-4", sha256=sha256(b"sticker")),
        ),
        (
            "voice_note",
            Content.VOICE,
            "",
            Media(Content.VOICE, "audio/ogg; codecs=opus", "media-5", sha256=sha256(b"voice")),
        ),
        (
            "audio_file",
            Content.AUDIO,
            "",
            Media(Content.AUDIO, "audio/mpeg", "media-6", sha256=sha256(b"audio")),
        ),
        (
            "media_with_url",
            Content.IMAGE,
            "",
            Media(
                Content.IMAGE,
                "image/jpeg",
                "media-7",
                "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=media-7",
                sha256(b"url"),
            ),
        ),
    ],
)
def test_a_file_comes_with_what_is_needed_to_fetch_and_compare_it(name, content, text, media):
    event = whatsapp(name)
    assert (event.kind, event.content, event.text) == (Kind.MESSAGE, content, text)
    assert event.media == (media,)


def test_a_file_nobody_can_fetch_is_shown_all_the_same():
    event = whatsapp("media_without_id")
    assert (event.kind, event.content) == (Kind.MESSAGE, Content.IMAGE)
    assert event.media == (Media(Content.IMAGE, "image/jpeg"),)
    assert event.notes == (
        "checksum not understood",
        "the file cannot be fetched: neither id nor address",
    )


def test_a_place_keeps_its_coordinates_and_its_name():
    here, chosen = whatsapp("location_here"), whatsapp("location_chosen")
    assert here.content is chosen.content is Content.LOCATION
    assert here.data["location"]["latitude"] == 32.8872
    assert here.data["location"]["name"] == ""
    assert chosen.data["location"] == {
        "latitude": 32.8872,
        "longitude": 13.1913,
        "name": "Old market",
        "address": "Tripoli",
        "url": "https://maps.example/1",
    }


def test_a_shared_contact_without_name_is_kept_and_is_not_the_sender():
    event = whatsapp("contacts_shared")
    assert event.content is Content.CONTACTS
    named, unnamed = event.data["contacts"]
    assert named["phones"][0]["wa_id"] == "218910000002"
    assert "name" not in unnamed
    assert event.identifiers == (REHEMA,)


@pytest.mark.parametrize(
    ("name", "text", "choice"),
    [
        (
            "interactive_button",
            "I am safe",
            {
                "kind": "button_reply",
                "id": "safe-yes",
                "title": "I am safe",
                "description": "",
            },
        ),
        (
            "interactive_list",
            "Kiswahili",
            {
                "kind": "list_reply",
                "id": "lang-sw",
                "title": "Kiswahili",
                "description": "Swahili",
            },
        ),
        (
            "interactive_form",
            "Sent",
            {
                "kind": "nfm_reply",
                "name": "flow",
                "title": "Sent",
                "fields": {"flow_token": "token-1", "town": "Misrata"},
            },
        ),
        (
            "interactive_call_permission",
            "accept",
            {
                "kind": "call_permission_reply",
                "response": "accept",
                "expiration_timestamp": "1405936800",
                "response_source": "user_action",
            },
        ),
        (
            "button",
            "I need help",
            {"kind": "button", "payload": "NEED_HELP", "text": "I need help"},
        ),
        (
            "button_without_context",
            "I need help",
            {"kind": "button", "payload": "NEED_HELP", "text": "I need help"},
        ),
    ],
)
def test_an_answer_by_button_list_or_form_keeps_what_was_chosen(name, text, choice):
    event = whatsapp(name)
    assert (event.kind, event.content, event.text) == (Kind.MESSAGE, Content.CHOICE, text)
    assert event.data["choice"] == choice


def test_a_button_without_context_answers_nothing_we_know():
    assert whatsapp("button").refers_to == "wamid.OURS7"
    assert whatsapp("button_without_context").refers_to == ""


def test_a_form_whose_fields_are_broken_is_kept_as_it_came():
    event = whatsapp("interactive_form_broken")
    assert event.kind is Kind.MESSAGE
    assert event.data["choice"]["fields"] == "{town: Misrata"
    assert event.notes == ("the fields of the form are not JSON",)


def test_a_choice_the_platform_swallowed_stands_beside_its_error():
    swallowed, error = events("whatsapp", "interactive_empty_with_error")
    assert swallowed.kind is Kind.NOT_UNDERSTOOD
    assert swallowed.identifiers == (REHEMA,)
    assert swallowed.refers_to == "wamid.OURS6"
    assert error.kind is Kind.SYSTEM
    assert error.problems == (
        Problem(131000, "Something went wrong", "Unsupported webhook payload"),
    )


def test_a_reaction_points_to_its_message():
    event = whatsapp("reaction")
    assert (event.kind, event.text, event.refers_to) == (Kind.REACTION, "🙏", "wamid.OURS8")
    assert event.message_id == "wamid.REA1"


@pytest.mark.parametrize("name", ["reaction_removed_empty", "reaction_removed_missing"])
def test_a_reaction_taken_away_has_no_emoji(name):
    event = whatsapp(name)
    assert (event.kind, event.text, event.refers_to) == (Kind.REACTION, "", "wamid.OURS8")
    assert event.notes == ("reaction taken away",)


def test_an_order_and_an_opened_chat_are_understood():
    order, welcome = whatsapp("order"), whatsapp("request_welcome")
    assert (order.content, order.text) == (Content.ORDER, "two please")
    assert order.data["order"]["product_items"][0]["quantity"] == 2
    assert (welcome.kind, welcome.content) == (Kind.MESSAGE, Content.WELCOME)


def test_an_edit_brings_the_new_words_and_names_the_old_message():
    event = whatsapp("edit_text")
    assert (event.kind, event.content) == (Kind.EDIT, Content.TEXT)
    assert event.text == "Tafadhali msaidie Achieng"
    assert (event.message_id, event.refers_to) == ("wamid.EDT1", "wamid.TEXT1")


def test_an_edited_caption_brings_its_picture_again():
    event = whatsapp("edit_caption")
    assert (event.kind, event.content, event.text) == (Kind.EDIT, Content.IMAGE, "Her left arm")
    assert event.media[0].provider_id == "media-1"
    assert event.refers_to == "wamid.IMG1"


def test_a_message_taken_back_names_what_is_gone():
    event = whatsapp("revoke")
    assert (event.kind, event.refers_to) == (Kind.DELETION, "wamid.TEXT1")
    assert event.text == ""


@pytest.mark.parametrize("name", ["unsupported", "unsupported_poll"])
def test_what_the_platform_cannot_pass_on_is_still_a_message_of_hers(name):
    event = whatsapp(name)
    assert (event.kind, event.content) == (Kind.MESSAGE, Content.UNKNOWN)
    assert event.problems[0].code == 131051
    assert event.identifiers == (REHEMA,)
    assert event.notes[0].startswith("not understood")


def test_a_type_nobody_knows_yet_is_kept_whole_with_its_sender_and_time():
    event = whatsapp("unknown_type")
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.identifiers == (REHEMA,)
    assert event.sent_at == MORNING
    assert event.message_id == "wamid.HOL1"
    assert event.data["raw"]["hologram"] == {"beam": 7}
    assert event.notes == ("contents of type hologram not understood",)


def test_a_message_that_does_not_name_its_type_is_read_by_what_it_holds():
    event = whatsapp("no_type")
    assert (event.kind, event.text) == (Kind.MESSAGE, "no type given")
    assert event.notes == ("no type given: read as text",)


def test_a_message_without_id_is_shown_but_not_taken_for_understood():
    event = whatsapp("no_id")
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.text == "no id"
    assert event.identifiers == (REHEMA,)
    assert event.notes == ("no message id",)


def test_a_new_security_code_is_pointed_out_with_the_message():
    event = whatsapp("security_code_changed")
    assert event.kind is Kind.MESSAGE
    assert event.data["identity"]["hash"] == "code-1"
    assert event.notes == ("security code not confirmed",)


def test_a_broken_part_does_not_take_the_words_with_it():
    event = whatsapp("broken_parts")
    assert (event.kind, event.text) == (Kind.MESSAGE, "still readable")
    assert event.notes == (
        "context not understood",
        "errors not understood",
        "referral not understood",
    )
    assert event.data["raw"]["referral"] == [1]


def test_broken_contents_are_kept_whole():
    event = whatsapp("broken_contents")
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.data["raw"]["image"] == "not an object"
    assert event.identifiers == (REHEMA,)
