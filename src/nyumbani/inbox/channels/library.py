"""What a channel with a template library can do: have words approved, and ask what became of them.

As everywhere in this folder nothing touches the network: requests are built, answers understood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from nyumbani.inbox.channels.outgoing import Outgoing, Refused, Unclear


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words to be approved."""

    name: str
    language: str
    category: str
    body: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """The platform took the words to look at them, or has done so already."""

    platform_id: str = ""  # empty: it is the one it had
    status: str = ""  # the platform's word; empty: it does not say
    category: str = ""  # it may sort them otherwise than we asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One template in one language, as the platform has it."""

    platform_id: str
    name: str
    language: str
    category: str
    status: str
    body: str
    examples: tuple[str, ...] = ()
    reason: str = ""
    quality: str = ""
    is_plain: bool = True  # words alone


@dataclass(frozen=True, slots=True)
class Listing:
    """Some of them; `after` says where to go on asking, empty: these were the last."""

    items: tuple[Listed, ...]
    after: str = ""


class Submit(Protocol):
    """Builds the request that lays new words before the platform."""

    def __call__(self, *, business: str, wording: Wording) -> Outgoing:
        """`business` is the business account the number belongs to."""


class Revise(Protocol):
    """Builds the request that lays changed words before the platform."""

    def __call__(self, *, platform_id: str, wording: Wording) -> Outgoing:
        """`platform_id` is what the platform calls the words it has."""


class Submitted(Protocol):
    """Understands the answer to both."""

    def __call__(self, status: int, body: bytes, *, attempt: int = 1) -> Taken | Refused | Unclear:
        """`attempt` counts from 1."""


class AskList(Protocol):
    """Builds the request for the templates there are."""

    def __call__(self, *, business: str, after: str) -> Outgoing:
        """`after` as `Listing.after` said it; empty: from the beginning."""


class ListFound(Protocol):
    """Understands the answer to an `AskList`."""

    def __call__(
        self, status: int, body: bytes, *, attempt: int = 1
    ) -> Listing | Refused | Unclear:
        """`attempt` counts from 1."""


class Fill(Protocol):
    """Puts values into the form in which the platform wants them."""

    def __call__(self, values: Sequence[str]) -> list[dict[str, object]]:
        """The value of the first blank first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A channel's template library."""

    submit: Submit
    revise: Revise
    submitted: Submitted
    ask: AskList
    found: ListFound
    fill: Fill
    is_there_already: int  # the subcode by which it says that it has such words
    told_by: Mapping[int, str]
    """What a refusal to send says of the words themselves: the platform's code → its status."""
