"""Telegram's updates as it writes them (reference: messaging.md, part 3)."""

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Protocol

from nyumbani.drill.wire.parts import Letter, Shape

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Bot:
    """Our bot as Telegram knows it."""

    id: str
    url: str
    secret: str = field(repr=False)  # comes back with every update
    token: str = field(repr=False)


def seconds(at: dt.datetime) -> int:
    """A moment as updates write it."""
    return int(at.timestamp())


def body(update: int, kind: str, shape: Shape) -> bytes:
    """One update."""
    return json.dumps({"update_id": update, kind: shape}, ensure_ascii=False).encode()


class Receiver(Protocol):
    """What Telegram needs of a phone."""

    @property
    def account(self) -> Shape:
        """Her account: id, first_name, ..."""

    @property
    def blocks(self) -> bool:
        """Whether she has blocked the bot."""

    def arrive(self, letter: Letter) -> None:
        """Lay a message of ours on the phone; nobody is told."""


class Network(Protocol):
    """What a phone needs of Telegram."""

    @property
    def bot(self) -> Bot:
        """Our bot."""

    def now(self) -> dt.datetime:
        """The time the story is at."""

    def join(self, phone: Receiver) -> None:
        """Let this phone be written to."""

    def new_id(self, phone: Receiver) -> int:
        """The number of the next message in her chat with the bot."""

    def upload(self, content: bytes, extension: str) -> str:
        """Keep a file she sends; answers its id."""

    def update(self, kind: str, shape: Shape) -> None:
        """Tell our bot what happened."""
