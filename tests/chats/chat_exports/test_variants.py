"""Every telephone's way of writing is read back exactly."""

import datetime as dt
from random import Random

import pytest

from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.drill.exports.telephone import Event, export
from nyumbani.drill.exports.variants import VARIANTS, Variant
from tests.chats.chat_exports.reading_back import BEGAN, as_written, read

pytestmark = pytest.mark.pure
WOMEN = ("Amina", "Grace W", "Btissam:Benghazi", "+254 700 000 001", "أمينة", "ሰላማዊት")
LINES = (
    "hello", "he took my passport", "two\nlines", "note: he comes at 18:00", "سلام عليكم", "ሰላም ነው",
    "", " ", "https://example.org/a:b", "(see this)", "<3", "she said: wait", "habari zenu 🙏🏾",
    "null", "10/10", "he left at 9:15 PM - I think: maybe",
)  # fmt: skip


def chat(dice: Random, events: int = 120) -> list[Event]:
    at, told = (
        BEGAN,
        [Event(BEGAN, None, Kind.SYSTEM, "Messages and calls are end-to-end encrypted.")],
    )
    for number in range(events):
        at += dt.timedelta(seconds=dice.randrange(20, 40_000))
        sender = WOMEN[number % len(WOMEN)]
        kind = dice.choice([Kind.MESSAGE] * 6 + [Kind.MEDIA, Kind.DELETED, Kind.EDITED, Kind.CALL])
        if dice.random() < 0.05:
            told.append(Event(at, None, Kind.SYSTEM, "Amina added Grace W"))
        elif kind is Kind.MEDIA:
            name = dice.choice(["", f"IMG-20140720-WA{number:04}.jpg", f"PTT {number}.opus"])
            told.append(Event(at, sender, kind, name, dice.choice(["", "look"]) if name else ""))
        else:
            told.append(Event(at, sender, kind, dice.choice(LINES) or "."))
    return told


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_a_chat_is_read_back_as_it_happened(variant: Variant) -> None:
    content, truth = export(chat(Random(variant.name)), variant)
    assert [as_written(said) for said in read(content)] == truth


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_one_message_alone_is_read(variant: Variant) -> None:
    content, truth = export([Event(BEGAN, "Amina", text="help me")], variant)
    assert [as_written(said) for said in read(content)] == truth
