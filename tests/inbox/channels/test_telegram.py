"""What Telegram sends to our bot: every kind of message, and what changes one."""

import copy
import datetime as dt
import json

import pytest

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Content, Kind, Name

pytestmark = pytest.mark.pure

REHEMA = {"id": 7014, "is_bot": False, "first_name": "Rehema", "last_name": "M.", "username": "reh"}
CHAT = {"id": 7014, "type": "private", "first_name": "Rehema"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Nyumbani"}
MESSAGE = {"message_id": 5, "from": REHEMA, "chat": CHAT, "date": 1405314180}
FILE = {"file_id": "AgAC", "file_unique_id": "u", "file_size": 900}


def parse(update):
    return registry.channel("telegram").parse(
        update if isinstance(update, bytes) else json.dumps(update).encode()
    )


def only(kind, shape, number=714):
    found = parse({"update_id": number, kind: shape})
    assert len(found) == 1, found
    return found[0]


def message(number=714, **contents):
    return only("message", MESSAGE | contents, number)


def test_a_message_is_read_whole():
    event = message(text="Tafadhali 🙏")
    assert (event.kind, event.content, event.text) == (Kind.MESSAGE, Content.TEXT, "Tafadhali 🙏")
    assert event.identifiers == (Name("tg_id", "7014"), Name("username", "reh"))
    assert event.profile_name == "Rehema M."
    assert event.sent_at == dt.datetime(2014, 7, 14, 5, 3, tzinfo=dt.UTC)
    assert (event.message_id, event.account) == ("7014:5", "")
    assert (event.data, event.notes) == ({}, ())


@pytest.mark.parametrize(
    ("name", "file", "content", "mime"),
    [
        ("voice", {"mime_type": "audio/ogg", "duration": 4}, Content.VOICE, "audio/ogg"),
        ("voice", {}, Content.VOICE, "audio/ogg"),
        ("audio", {"mime_type": "audio/mpeg", "file_name": "a.mp3"}, Content.AUDIO, "audio/mpeg"),
        ("video", {"mime_type": "video/mp4"}, Content.VIDEO, "video/mp4"),
        ("video_note", {"length": 240}, Content.VIDEO, "video/mp4"),
        ("document", {"mime_type": "application/pdf", "file_name": "v.pdf"}, Content.DOCUMENT,
         "application/pdf"),
        ("sticker", {"emoji": "🙏", "width": 512, "height": 512}, Content.STICKER, ""),
    ],
)  # fmt: skip
def test_a_file_is_asked_for_by_its_id(name, file, content, mime):
    event = message(**{name: FILE | file})
    (media,) = event.media
    assert (event.kind, event.content, media.content) == (Kind.MESSAGE, content, content)
    assert (media.provider_id, media.mime_type, media.size) == ("AgAC", mime, 900)
    assert (media.url, media.filename) == ("", file.get("file_name", ""))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_a_photo_the_largest_size_is_taken_whatever_the_order(order):
    sizes = [
        {"file_id": "small", "width": 90, "height": 120, "file_size": 99_999},
        {"file_id": "middle", "width": 320, "height": 240},
        {"file_id": "large", "width": 1280, "height": 960, "file_size": 50_000},
    ]
    event = message(photo=[sizes[n] for n in order], caption="Mlango")
    assert [one.provider_id for one in event.media] == ["large"]
    assert (event.content, event.text) == (Content.IMAGE, "Mlango")


def test_a_photo_with_a_broken_size_is_still_a_photo():
    event = message(photo=["?", {"width": 9000, "height": 9000}, {"file_id": "good"}, None])
    assert [one.provider_id for one in event.media] == ["good"]


def test_an_animation_is_one_file_though_it_comes_under_two_names():
    event = message(animation=FILE, document=FILE)
    assert (event.content, len(event.media)) == (Content.VIDEO, 1)
    assert "also" not in event.data


def test_a_place_and_a_named_place():
    where = {"latitude": 32.8872, "longitude": 13.1913}
    assert message(location=where).data["location"] == where
    named = message(location=where, venue={"location": where, "title": "Souq", "address": "12"})
    assert named.content is Content.LOCATION
    assert named.data["location"] == where | {"name": "Souq", "address": "12"}


def test_a_live_place_that_moves_stands_by_itself_each_time():
    where = {"latitude": 32.8, "longitude": 13.1, "live_period": 900}
    first = message(location=where)
    moved = MESSAGE | {"location": where | {"latitude": 32.9}, "edit_date": 1405314240}
    second, third = only("edited_message", moved, 715), only("edited_message", moved, 716)
    assert "live location: it goes on moving" in first.notes
    assert {one.kind for one in (first, second, third)} == {Kind.MESSAGE}
    assert len({one.message_id for one in (first, second, third)}) == 3
    assert second.refers_to == "7014:5"
    assert second.data["location"]["latitude"] == 32.9


def test_a_contact_is_shown_and_her_own_number_is_hers():
    card = {"phone_number": "218910000001", "first_name": "Rehema", "user_id": 7014}
    own = message(contact=card)
    assert own.data["contacts"][0]["phones"] == [{"phone": "218910000001"}]
    assert Name("msisdn", "+218910000001") in own.identifiers
    others = message(contact=card | {"user_id": 7015})
    assert {one.kind for one in others.identifiers} == {"tg_id", "username"}
    unknown = message(contact={"phone_number": "218910000001", "first_name": "R"})
    assert {one.kind for one in unknown.identifiers} == {"tg_id", "username"}


def test_what_is_forwarded_says_so_and_from_whom():
    origin = {"type": "user", "sender_user": {"id": 9, "first_name": "Mama"}, "date": 1405310000}
    event = message(text="Njoo", forward_origin=origin)
    assert event.notes == ("forwarded",)
    assert event.data["forward_origin"] == origin
    assert event.identifiers[0] == Name("tg_id", "7014")  # who passed it on, not who wrote it


def test_an_answer_names_what_it_answers():
    event = message(text="Ndiyo", reply_to_message={"message_id": 3, "chat": CHAT, "date": 1})
    assert event.refers_to == "7014:3"
    assert message(text="Ndiyo", reply_to_message={"message_id": 3}).refers_to == "7014:3"


def test_links_hidden_under_words_are_shown():
    marked = [{"type": "text_link", "offset": 0, "length": 4, "url": "https://bad.example/"}, "?"]
    assert message(text="hapa", entities=marked).data["links"] == ["https://bad.example/"]


def test_an_edit_changes_the_words_of_the_message_it_names():
    shape = MESSAGE | {"text": "Kesho", "edit_date": 1405314240}
    event = only("edited_message", shape, 720)
    assert (event.kind, event.refers_to, event.text) == (Kind.EDIT, "7014:5", "Kesho")
    assert event.sent_at == dt.datetime(2014, 7, 14, 5, 4, tzinfo=dt.UTC)
    # Two edits within a second are two; the same update delivered again is one.
    assert only("edited_message", shape, 721).key != event.key
    assert only("edited_message", shape, 720).key == event.key
    assert message(text="Leo").key != event.key


def test_messages_are_told_apart_by_chat_and_number():
    other = MESSAGE | {"chat": CHAT | {"id": 7015}, "text": "a"}
    keys = {message(text="a").key, message(text="a", message_id=6).key, only("message", other).key}
    assert len(keys) == 3
    assert message(800, text="a").key == message(text="a").key


def test_blocking_and_letting_in_again_are_notices():
    change = {"chat": CHAT, "from": REHEMA, "date": 1405314180}
    for status, system in (("kicked", "blocked"), ("member", "unblocked")):
        event = only("my_chat_member", change | {"new_chat_member": {"status": status}})
        assert (event.kind, event.data["system"]) == (Kind.SYSTEM, system)
        assert event.identifiers[0] == Name("tg_id", "7014")
    in_group = change | {"chat": GROUP, "new_chat_member": {"status": "kicked"}}
    event = only("my_chat_member", in_group)
    assert (event.kind, event.data["system"]) == (Kind.SYSTEM, "membership")


def test_a_pressed_button_stands_like_a_message_and_not_under_our_messages_time():
    keyboard = {"inline_keyboard": [[{"text": "Ndiyo", "callback_data": "yes"}, {"text": "x"}]]}
    under = {"message_id": 9, "chat": CHAT, "date": 1405310000, "reply_markup": keyboard}
    event = only("callback_query", {"id": "77", "from": REHEMA, "message": under, "data": "yes"})
    assert (event.kind, event.content, event.text) == (Kind.MESSAGE, Content.CHOICE, "Ndiyo")
    assert event.data["choice"] == {"kind": "callback_query", "payload": "yes", "title": "Ndiyo"}
    assert (event.refers_to, event.sent_at) == ("7014:9", None)
    bare = only("callback_query", {"id": "78", "from": REHEMA, "data": "no"})
    assert (bare.text, bare.refers_to) == ("no", "")


def test_a_reaction_is_given_and_taken_away():
    shape = {"chat": CHAT, "message_id": 9, "user": REHEMA, "date": 1405314180, "old_reaction": []}
    given = only("message_reaction", shape | {"new_reaction": [{"type": "emoji", "emoji": "👍"}]})
    gone = only("message_reaction", shape | {"new_reaction": []}, 715)
    assert (given.kind, given.text, given.refers_to) == (Kind.REACTION, "👍", "7014:9")
    assert (gone.kind, gone.text) == (Kind.REACTION, "")
    own = only("message_reaction", shape | {"new_reaction": [{"type": "custom_emoji"}]})
    assert own.text


@pytest.mark.parametrize(
    ("contents", "old", "new"),
    [
        ({"migrate_to_chat_id": -1002}, "-1001", "-1002"),
        ({"migrate_from_chat_id": -5}, "-5", "-1001"),
    ],
)
def test_a_group_that_moved_is_a_notice_of_both_ids(contents, old, new):
    event = message(chat=GROUP, **contents)
    assert (event.kind, event.data["system"]) == (Kind.SYSTEM, "group_moved")
    assert (event.data["group_id"], event.data["new_group_id"]) == (old, new)


def test_in_a_group_the_person_is_who_wrote_and_the_group_is_named():
    event = message(chat=GROUP, text="Sisi ni wanane")
    assert event.identifiers[0] == Name("tg_id", "7014")
    assert event.data["group_id"] == "-1001"
    assert "written in a group" in event.notes


def test_who_hides_behind_a_group_is_nobody():
    """Telegram then names one bot account, the same for everybody: hundreds would be one person."""
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    shape = MESSAGE | {"from": anonymous, "chat": GROUP, "sender_chat": GROUP, "text": "Habari"}
    event = only("message", shape)
    assert (event.kind, event.identifiers) == (Kind.NOT_UNDERSTOOD, ())
    assert event.data["raw"] == shape


def test_in_a_private_chat_the_chat_says_who_it_is():
    shape = {k: v for k, v in MESSAGE.items() if k != "from"} | {"text": "Habari"}
    event = only("message", shape)
    assert (event.kind, event.identifiers) == (Kind.MESSAGE, (Name("tg_id", "7014"),))


@pytest.mark.parametrize(
    "contents", [{"dice": {"emoji": "🎲", "value": 3}}, {"poll": {"id": "1"}}, {}, {"text": 5},
                 {"new_chat_members": [REHEMA]}, {"location": {"latitude": "here"}}, {"photo": []}]
)  # fmt: skip
def test_what_we_do_not_know_is_hers_and_kept_whole(contents):
    event = message(**contents)
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert "contents not understood" in event.notes
    assert event.identifiers[0] == Name("tg_id", "7014")
    assert event.data["raw"] == MESSAGE | contents


def test_an_update_of_a_kind_we_do_not_know_says_who_and_when():
    event = only("business_message", MESSAGE | {"text": "Habari"})
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.notes == ("update business_message is not known",)
    assert event.identifiers[0] == Name("tg_id", "7014")
    odd = only("Mjomba 0712", {"user": REHEMA})
    assert odd.notes == ("update (odd) is not known",)


def test_the_start_button_opens_the_chat():
    assert message(text="/start").content is Content.WELCOME
    assert message(text="/start rescue").text == "/start rescue"
    assert message(text="/started").content is Content.TEXT


def test_what_stands_beside_a_message_is_kept():
    event = message(text="a", gift={"id": 1}, new_thing=["x"], via_bot=REHEMA)
    assert event.data["also"] == {"gift": {"id": 1}, "new_thing": ["x"]}


@pytest.mark.parametrize("broken", ["from", "chat", "message_id", "date", "reply_to_message"])
def test_a_broken_part_never_hides_her_words(broken):
    shape = copy.deepcopy(MESSAGE) | {"text": "Nisaidie", broken: ["?"]}
    event = only("message", shape)
    assert event.text == "Nisaidie"
    assert any("not understood" in note for note in event.notes)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"5", b'{"update_id": 1}', b"\xff", b'{"message": {}', b"{}"]
)
def test_what_is_no_update_is_one_item_that_is_not_understood(body):
    (event,) = parse(body)
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.key.startswith('["body",')


def test_two_things_in_one_update_are_two_events():
    update = {"update_id": 1, "message": MESSAGE | {"text": "a"}, "new_kind": {"user": REHEMA}}
    assert [event.kind for event in parse(update)] == [Kind.MESSAGE, Kind.NOT_UNDERSTOOD]
