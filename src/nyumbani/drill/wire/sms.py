"""The SMS gateway's forms as it writes them (reference: messaging.md, part 3)."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode

from nyumbani.drill.wire.parts import Letter, Shape

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class ShortCode:
    """One of our short codes as the gateway knows it."""

    number: str
    url: str = field(repr=False)  # callback for messages and reports, our secret in it
    username: str = "nyumbani"
    api_key: str = field(default="api-key", repr=False)


def message(code: ShortCode, number: int, sender: str, text: str, at: dt.datetime) -> Shape:
    """Something she wrote, as it stands in the gateway's list."""
    return {
        "linkId": f"link-{number}",
        "text": text,
        "to": code.number,
        "id": number,
        "date": at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "from": sender,
    }


def form(shape: Shape) -> bytes:
    """The body of a callback; a list's numbers are texts here."""
    return urlencode({name: str(value) for name, value in shape.items()}).encode("ascii")


class Receiver(Protocol):
    """What the gateway needs of a phone."""

    @property
    def number(self) -> str:
        """Her number, with its plus."""

    def arrive(self, letter: Letter) -> None:
        """Lay a message of ours on the phone; it says itself when it is delivered."""


class Network(Protocol):
    """What a phone needs of the gateway."""

    def join(self, phone: Receiver) -> None:
        """Let this phone be written to."""

    def wrote(self, code: ShortCode, sender: str, text: str) -> str:
        """Carry a message of hers to our door; answers its id."""

    def report(self, phone: Receiver, letter: Letter, status: str, reason: str = "") -> None:
        """Tell our door what became of a message of ours."""
