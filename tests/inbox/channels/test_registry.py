"""The channels there are: each tells of itself, and nothing names them all."""

import dataclasses
import datetime as dt

import pytest

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.knocking import Knock
from nyumbani.inbox.channels.signature import sign

pytestmark = pytest.mark.pure


def test_every_folder_has_registered_its_channel():
    assert registry.kinds() == (
        "email", "messenger", "sms", "telegram", "webform", "whatsapp",
    )  # fmt: skip
    assert [registry.channel(kind).kind for kind in registry.kinds()] == list(registry.kinds())


def test_an_unknown_channel_is_named_with_those_there_are():
    with pytest.raises(registry.UnknownChannel, match="pigeon; there are: email, messenger"):
        registry.channel("pigeon")


def test_a_second_channel_of_the_same_kind_is_a_mistake():
    other = dataclasses.replace(registry.channel("whatsapp"), label="Other")
    with pytest.raises(ValueError, match="already"):
        registry.register(other)
    registry.register(registry.channel("whatsapp"))
    assert registry.channel("whatsapp").label == "WhatsApp"


@pytest.mark.parametrize("kind", ["whatsapp", "messenger"])
def test_each_channel_knows_its_own_door(kind):
    channel = registry.channel(kind)
    body = b"{}"
    knock = Knock(body, {"X-Hub-Signature-256": sign(body, "word")})
    assert channel.opened_by == ("app_secret",)
    assert channel.is_genuine(knock, {"app_secret": "word"})
    assert not channel.is_genuine(knock, {"app_secret": "other"})
    assert not channel.is_genuine(knock, {})
    # A word in the address, or a likely sender, opens nothing.
    assert not channel.is_genuine(Knock(body, {}, "word", "127.0.0.1"), {"app_secret": "word"})
    assert not channel.has_word
    assert channel.window == dt.timedelta(hours=24)
    assert channel.parse(body)[0].channel == kind
    query = {"hub.mode": "subscribe", "hub.verify_token": "karibu", "hub.challenge": "7"}
    assert channel.challenge_answer(query, "karibu") == "7"


def test_what_a_channel_lacks_is_none():
    whatsapp, messenger = registry.channel("whatsapp"), registry.channel("messenger")
    assert (whatsapp.text_limit, messenger.text_limit) == (4096, 2000)
    assert whatsapp.template is not None
    assert messenger.template is None
    assert whatsapp.late_text is None
    assert messenger.late_window == dt.timedelta(days=7)
    assert messenger.media_lookup is None
