"""Stored webhook bodies of invented people, and short ways to read them."""

import json
from pathlib import Path
from typing import Any

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import InboundEvent, Name

FIXTURES = Path(__file__).parent / "fixtures"

DOOR = "106500000000001"  # our first WhatsApp number
OTHER_DOOR = "106500000000002"
PAGE = "770000000000001"
REHEMA = Name("wa_id", "218910000001")
ACHIENG = Name("wa_id", "218910000002")
WANJIKU = Name("wa_id", "218910000003")
NAFULA = Name("bsuid", "KE.1000000000000000004")  # no number
ATIENO = Name("bsuid", "KE.1000000000000000005")  # no number


def names(channel: str) -> list[str]:
    """All stored bodies of a channel."""
    return sorted(file.stem for file in (FIXTURES / channel).glob("*.json"))


def body(channel: str, name: str) -> bytes:
    return (FIXTURES / channel / f"{name}.json").read_bytes()


def tree(channel: str, name: str) -> Any:
    return json.loads(body(channel, name))


def events(channel: str, name: str) -> list[InboundEvent]:
    return registry.channel(channel).parse(body(channel, name))


def only(channel: str, name: str) -> InboundEvent:
    """The one event of a body."""
    found = events(channel, name)
    assert len(found) == 1, found
    return found[0]


def whatsapp(name: str) -> InboundEvent:
    return only("whatsapp", name)


def messenger(name: str) -> InboundEvent:
    return only("messenger", name)
