"""Who somebody is to WhatsApp: number, business-scoped ids, username, in any combination.

A person who chose a username may come without a number. Then `from` and `wa_id` are missing or
hold the business-scoped id (BSUID) again, and that must never be taken for a number.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.whatsapp.payloads import Card

FROM_THE_CARD = "who it is was taken from the only contact card"

_SCOPED_ID = re.compile(r"[A-Z]{2}\.(?P<parent>ENT\.)?[A-Za-z0-9]{1,128}", re.ASCII)
_NUMBER = re.compile(r"\+?[0-9][0-9 ()./-]*", re.ASCII)
_ORDER = ("wa_id", "bsuid", "parent_bsuid", "username")
_DIALLED = str.maketrans("", "", "+ ()./-")


@dataclass(frozen=True, slots=True)
class Person:
    """Her identifiers (number first) and the name she gave herself."""

    identifiers: tuple[Name, ...] = ()
    profile_name: str = ""
    notes: tuple[str, ...] = ()

    def known_as(self, kind: str) -> str:
        """Her identifier of one kind, or an empty string."""
        return next((name.value for name in self.identifiers if name.kind == kind), "")


def number(value: str) -> str:
    """The digits of a number as WhatsApp writes it, without plus and spaces; otherwise as it is."""
    return value.translate(_DIALLED) if _NUMBER.fullmatch(value) else value


def names(
    *, wa_id: str = "", user_id: str = "", parent_user_id: str = "", username: str = ""
) -> tuple[Name, ...]:
    """Identifiers from the fields of one item; a scoped id in the number's place counts as such."""
    found: dict[str, str] = {}
    if user_id:
        found["bsuid"] = user_id
    if parent_user_id:
        found["parent_bsuid"] = parent_user_id
    if wa_id and wa_id not in {user_id, parent_user_id}:
        scoped = _SCOPED_ID.fullmatch(wa_id)
        kind = "wa_id" if not scoped else "parent_bsuid" if scoped["parent"] else "bsuid"
        found.setdefault(kind, number(wa_id) if kind == "wa_id" else wa_id)
    if username:
        found["username"] = username
    return tuple(Name(kind, found[kind]) for kind in _ORDER if kind in found)


def is_scoped_id(value: str) -> bool:
    """Whether `value` is written like a business-scoped id: "KE." and letters or digits."""
    return _SCOPED_ID.fullmatch(value) is not None


def of_card(card: Card) -> Person:
    """The person a contact card names."""
    profile = card.profile
    identifiers = names(
        wa_id=card.wa_id,
        user_id=card.user_id,
        parent_user_id=card.parent_user_id,
        username=profile.username if profile else "",
    )
    return Person(identifiers, profile.name if profile else "")


def introduced(identifiers: tuple[Name, ...], cards: Iterable[Person], *, alone: bool) -> Person:
    """The person with these identifiers, with what her contact card adds.

    A card is hers if it shares a number or scoped id, never because of its place in the list.
    `alone` says that the webhook holds one item and one card; only then a card without any id
    is believed. An item that names nobody is hers whose card is the only one.
    """
    cards = list(cards)
    hers = [card for card in cards if _share_an_id(identifiers, card.identifiers)]
    if not identifiers and len(cards) == 1 and cards[0].identifiers:
        card = cards[0]
        return Person(
            card.identifiers, card.profile_name, ("who it is was taken from the only contact card",)
        )
    if not hers and alone and len(cards) == 1 and not _ids(cards[0].identifiers):
        hers = cards
    if not hers:
        return Person(identifiers)
    return _together(identifiers, hers[0])


def _together(identifiers: tuple[Name, ...], card: Person) -> Person:
    """Her own identifiers win over the card's; a different number is pointed out, not mixed in."""
    kinds = {name.kind: name.value for name in identifiers}
    more = tuple(name for name in card.identifiers if name.kind not in kinds)
    differs = any(kinds.get(n.kind, n.value) != n.value for n in card.identifiers)
    notes = ("her contact card names another id",) if differs else ()
    everything = sorted((*identifiers, *more), key=lambda name: _ORDER.index(name.kind))
    return Person(tuple(everything), card.profile_name, notes)


def _ids(identifiers: Iterable[Name]) -> set[Name]:
    return {name for name in identifiers if name.kind != "username"}


def _share_an_id(mine: Iterable[Name], hers: Iterable[Name]) -> bool:
    return not _ids(mine).isdisjoint(_ids(hers))
