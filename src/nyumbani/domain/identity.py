"""Whose message is this? Decided from the platform's identifiers alone, never merging silently.

A platform may know one person by several identifiers at once (a number and a business-scoped id),
and numbers change hands. So: one known owner gets the message and the identifiers new to us; two
known owners are never merged: the message goes to the owner of the stronger identifier and people
are asked whether the two are one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# An account id outlives a telephone number, which may be sold again or be the employer's.
STRENGTH = {
    "psid": 5,
    "bsuid": 5,
    "tg_id": 5,
    "parent_bsuid": 4,
    "wa_id": 3,
    "msisdn": 3,
    "user_ref": 2,
    "email": 2,
}
WEAK = ("username",)  # may be taken over by somebody else the day it is given up: never decides


@dataclass(frozen=True, slots=True)
class Key:
    """One identifier: what kind, and a value or its digest."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose it is: `owner` None means somebody new. `new` are keys to write down for the owner.

    `asked` are other people who own one of the keys: each is to be compared with the owner.
    """

    owner: str | None
    new: tuple[Key, ...]
    asked: tuple[str, ...] = ()


def whose(keys: Sequence[Key], known: Mapping[Key, str]) -> Attribution:
    """Attribute an item that carries `keys`, given who is known to own which."""
    deciding = sorted(
        (key for key in keys if key.kind not in WEAK),
        key=lambda key: -STRENGTH.get(key.kind, 1),
    )
    owners = list(dict.fromkeys(known[key] for key in deciding if key in known))
    if not owners:
        # Only a weak key matches, or none: a new person is safer than a wrong thread.
        return Attribution(None, tuple(key for key in keys if key not in known))
    fresh = tuple(key for key in keys if key not in known)
    return Attribution(owners[0], fresh, tuple(owners[1:]))


@dataclass(frozen=True, slots=True)
class Change:
    """What a notice "she is now known as" leads to."""

    owner: str | None  # who gets the new keys; None: nobody known, write down a new person
    ends: tuple[Key, ...]  # former keys of the owner that are hers no longer
    past: tuple[Key, ...]  # former keys nobody has: hers until now, for messages still under way
    new: tuple[Key, ...]
    asked: tuple[str, ...] = ()


def renamed(former: Sequence[Key], now: Sequence[Key], known: Mapping[Key, str]) -> Change:
    """Follow a change of number or id: to the owner of the former, unless the new is another's.

    The notice may come after the first message from the new number. Then that number already has a
    thread of its own: the two are put side by side for a person to decide.
    """
    before, after = whose(former, known), whose(now, known)
    owner = before.owner or after.owner
    gone = tuple(key for key in former if key not in now)
    others = dict.fromkeys((after.owner, *after.asked, *before.asked))
    return Change(
        owner,
        ends=tuple(key for key in gone if owner is not None and known.get(key) == owner),
        past=tuple(key for key in gone if key not in known),
        new=tuple(key for key in now if key not in known),
        asked=tuple(other for other in others if other and other != owner),
    )
