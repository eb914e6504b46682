"""Everything a person, or the page, can do in a Messenger conversation."""

import datetime as dt

import pytest

from nyumbani.inbox.channels.events import Content, Kind, Media, Name
from tests.inbox.channels.bodies import PAGE, events, messenger

pytestmark = pytest.mark.pure

REHEMA = Name("psid", "5000000000000001")
WANJIKU = Name("psid", "5000000000000003")
MORNING = dt.datetime(2014, 7, 14, 10, 0, 0, 123_000, tzinfo=dt.UTC)


def test_a_text_says_who_wrote_what_when_and_to_which_page():
    event = messenger("text")
    assert (event.channel, event.account, event.kind) == ("messenger", PAGE, Kind.MESSAGE)
    assert event.content is Content.TEXT
    assert event.text == "There is a girl here who needs help, her employer beats her"
    assert event.identifiers == (REHEMA,)
    assert event.sent_at == MORNING
    assert event.key == f'["message","{PAGE}","m_TEXT1"]'
    assert event.notes == ()


def test_a_reply_names_the_message_it_answers():
    assert messenger("reply").refers_to == "m_OURS1"


@pytest.mark.parametrize(
    ("name", "content", "text", "filename"),
    [
        ("image", Content.IMAGE, "her arm", "photo-1.jpg"),
        ("voice_note", Content.VOICE, "", "audioclip-1405332000123-2345.mp4"),
        ("audio_file", Content.AUDIO, "", "song.mp3"),
        ("video", Content.VIDEO, "", "clip.mp4"),
        ("file", Content.DOCUMENT, "", "contract.pdf"),
        ("sticker", Content.STICKER, "", "thumb.png"),
    ],
)
def test_a_file_comes_with_its_address(name, content, text, filename):
    event = messenger(name)
    assert (event.kind, event.content, event.text) == (Kind.MESSAGE, content, text)
    (media,) = event.media
    assert (media.content, media.filename) == (content, filename)
    assert media.url.startswith("https://")


def test_an_album_is_one_message_with_all_its_files():
    event = messenger("album")
    assert [media.content for media in event.media] == [
        Content.IMAGE,
        Content.IMAGE,
        Content.VIDEO,
    ]
    assert event.content is Content.IMAGE


def test_a_sticker_keeps_its_number():
    assert messenger("sticker").data == {"sticker_id": "369239263222822"}


def test_a_place_keeps_its_coordinates():
    event = messenger("location")
    assert event.content is Content.LOCATION
    assert event.data["location"] == {
        "latitude": 32.8872,
        "longitude": 13.1913,
        "name": "Rehema's location",
        "url": "https://maps.example/2",
    }


def test_a_shared_link_is_read_as_words_and_never_fetched():
    bare, with_words = messenger("fallback"), messenger("fallback_with_text")
    assert bare.content is with_words.content is Content.TEXT
    assert bare.text == "Work in Tripoli\nhttps://jobs.example/42"
    assert with_words.text == "this is the advert"
    assert bare.data == with_words.data
    assert bare.media == with_words.media == ()


def test_a_pressed_suggestion_is_a_choice():
    event = messenger("quick_reply")
    assert (event.content, event.text) == (Content.CHOICE, "I am safe")
    assert event.data["choice"] == {
        "kind": "quick_reply",
        "payload": "SAFE_YES",
        "title": "I am safe",
    }


def test_an_echo_goes_to_her_thread_and_brings_our_attempt_back():
    event = messenger("echo")
    assert (event.kind, event.by_staff) == (Kind.ECHO, True)
    assert event.identifiers == (REHEMA,)
    assert event.callback == "01JATTEMPT"
    assert event.data["app_id"] == "1234567890"


def test_what_the_page_sends_is_an_echo_even_if_it_is_not_marked():
    event = messenger("echo_without_flag")
    assert (event.kind, event.identifiers) == (Kind.ECHO, (REHEMA,))


def test_a_template_of_the_page_is_shown_by_its_title():
    event = messenger("echo_template")
    assert (event.kind, event.content) == (Kind.ECHO, Content.TEXT)
    assert event.text == "Choose a language"
    assert event.data["templates"][0]["payload"]["template_type"] == "button"


def test_a_message_taken_back_is_no_duplicate_of_the_message():
    event = messenger("deleted")
    assert (event.kind, event.refers_to) == (Kind.DELETION, "m_TEXT1")
    assert event.key != messenger("text").key


@pytest.mark.parametrize(
    ("name", "text", "payload"),
    [("postback", "Get started", "START"), ("postback_without_mid", "I need help", "HELP")],
)
def test_a_pressed_button_stands_in_the_thread(name, text, payload):
    event = messenger(name)
    assert (event.kind, event.content, event.text) == (Kind.MESSAGE, Content.CHOICE, text)
    assert event.data["choice"]["payload"] == payload
    assert event.identifiers == (REHEMA,)


def test_how_she_came_here_is_kept():
    alone, with_message = messenger("referral"), messenger("message_with_referral")
    assert alone.kind is Kind.SYSTEM
    assert alone.data["referral"]["ref"] == "poster-7"
    assert with_message.kind is Kind.MESSAGE
    assert with_message.data["referral"]["source"] == "ADS"
    assert messenger("postback").data["referral"]["ref"] == "poster-7"


def test_somebody_from_a_website_is_known_by_its_reference():
    website = (Name("user_ref", "website-1"),)
    agreed, wrote = messenger("optin_user_ref"), messenger("user_ref")
    assert (agreed.kind, agreed.identifiers) == (Kind.SYSTEM, website)
    assert (wrote.kind, wrote.identifiers) == (Kind.MESSAGE, website)


def test_a_reaction_is_given_and_taken_away():
    given, other, taken = messenger("reaction"), messenger("reaction_other"), messenger("unreact")
    assert {event.kind for event in (given, other, taken)} == {Kind.REACTION}
    assert {event.refers_to for event in (given, other, taken)} == {"m_OURS1"}
    assert (given.text, other.text, taken.text) == ("❤", "other", "")
    assert taken.notes == ("reaction taken away",)
    assert len({event.key for event in (given, other, taken)}) == 3


def test_an_edit_brings_the_new_words():
    event = messenger("edit")
    assert (event.kind, event.refers_to) == (Kind.EDIT, "m_TEXT1")
    assert event.text == "There is a woman here who needs help"


def test_several_edits_in_one_item_are_several_events():
    second, third = events("messenger", "edits")
    assert (second.text, third.text) == ("second", "third")
    assert second.key != third.key


def test_what_another_app_answers_is_read_and_marked():
    wrote, read = events("messenger", "standby")
    assert (wrote.kind, wrote.text) == (Kind.MESSAGE, "while another app has the thread")
    assert read.kind is Kind.WATERMARK
    assert all(event.notes[-1].startswith("standby") for event in (wrote, read))


def test_what_the_platform_cannot_pass_on_is_still_a_message_of_hers():
    event = messenger("unsupported")
    assert (event.kind, event.content) == (Kind.MESSAGE, Content.UNKNOWN)
    assert event.notes[0].startswith("not understood")


def test_seconds_are_told_from_milliseconds():
    event = messenger("seconds")
    assert event.sent_at == MORNING.replace(microsecond=0)
    assert event.notes == ("time in seconds",)
    assert messenger("text_timestamp").sent_at == MORNING


def test_an_attachment_nobody_knows_is_kept_with_the_words_beside_it():
    alone, with_words = messenger("unknown_attachment"), messenger("unknown_attachment_with_text")
    assert alone.kind is Kind.NOT_UNDERSTOOD
    assert alone.data["attachments_not_understood"] == [
        {"type": "hologram", "payload": {"beam": 7}}
    ]
    assert (with_words.kind, with_words.text) == (Kind.MESSAGE, "look at this")
    assert len(with_words.data["attachments_not_understood"]) == 2


def test_a_file_without_address_is_shown_all_the_same():
    from nyumbani.inbox.channels.messenger.attachments import attached

    found = attached([{"type": "image", "payload": {}}])
    assert found.media == [Media(Content.IMAGE)]
    assert found.notes == ["the file cannot be fetched: no address"]
