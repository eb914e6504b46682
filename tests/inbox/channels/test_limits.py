"""What the platforms take at most, as data of their channels."""

import datetime as dt

import pytest

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.channels.limits import MB, file_refusal

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("kind", "pace", "rate", "shared"),
    [("whatsapp", 6, 80, 20), ("telegram", 1, 30, 30), ("sms", 0, 0, 0), ("messenger", 0, 0, 0)],
)
def test_each_channel_says_how_fast_it_takes_messages(kind, pace, rate, shared):
    known = registry.channel(kind)
    assert known.pace == dt.timedelta(seconds=pace)
    found = [known.rate.when(is_shared=way) if known.rate else 0 for way in (False, True)]
    assert found == [rate, shared]


def test_only_whatsapp_counts_the_people_first_written_to():
    assert [kind for kind in registry.kinds() if registry.channel(kind).counts_people] == [
        "whatsapp"
    ]


@pytest.mark.parametrize(
    ("kind", "content", "mime_type", "size", "why"),
    [
        ("whatsapp", Content.IMAGE, "image/jpeg", 5 * MB, ""),
        ("whatsapp", Content.IMAGE, "image/jpeg", 5 * MB + 1, "too_large"),
        ("whatsapp", Content.IMAGE, "image/gif", 10, "wrong_type"),
        ("whatsapp", Content.VOICE, "audio/ogg; codecs=opus", 16 * MB, ""),
        ("whatsapp", Content.VIDEO, "video/mp4", 16 * MB + 1, "too_large"),
        ("whatsapp", Content.DOCUMENT, "application/pdf", 100 * MB, ""),
        ("whatsapp", Content.DOCUMENT, "application/pdf", 100 * MB + 1, "too_large"),
        ("whatsapp", Content.LOCATION, "", 1, "not_taken"),
        ("telegram", Content.DOCUMENT, "application/pdf", 50 * MB + 1, "too_large"),
        ("messenger", Content.AUDIO, "audio/mpeg", 25 * MB, ""),
        ("sms", Content.IMAGE, "image/jpeg", 1, "not_taken"),
    ],
)
def test_a_file_that_the_platform_would_refuse_is_told_apart(kind, content, mime_type, size, why):
    assert file_refusal(registry.channel(kind).files, content, mime_type, size) == why
