"""Who somebody is to WhatsApp: number, business-scoped ids, username, in any combination.

A person who chose a username may come without a number. Then `from` and `wa_id` are missing or
hold the business-scoped id (BSUID) again, and that must never be taken for a number.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.whatsapp.payloads import Card
from nyumbani.kit.phrases import gettext_noop

FROM_THE_CARD = gettext_noop("who it is was taken from the only contact card")

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


@dataclass(frozen=True, slots=True)
class Cards:
    """The contact cards that came with a change."""

    by_id: Mapping[Name, Person] = field(default_factory=dict)
    single: Person | None = None  # the card, if there is no other
    alone: bool = False  # one card and one item: they belong together


NO_CARDS = Cards()


def cards_of(people: Sequence[Person], *, items: int) -> Cards:
    """The cards of a change with so many items; of two cards with one id the first counts."""
    by_id: dict[Name, Person] = {}
    for person in people:
        for name in _ids(person.identifiers):
            by_id.setdefault(name, person)
    single = people[0] if len(people) == 1 else None
    return Cards(by_id, single, alone=single is not None and items == 1)


def introduced(identifiers: tuple[Name, ...], cards: Cards) -> Person:
    """The person with these identifiers, with what her contact card adds.

    A card is hers if it shares a number or scoped id, never because of its place in the list. A
    card without any id is believed only beside a single item. An item that names nobody is hers
    whose card is the only one.
    """
    hers = next((cards.by_id[name] for name in identifiers if name in cards.by_id), None)
    if hers is None and cards.single and not identifiers and cards.single.identifiers:
        return replace(cards.single, notes=(FROM_THE_CARD,))
    if hers is None and cards.single and cards.alone and not _ids(cards.single.identifiers):
        hers = cards.single
    return _together(identifiers, hers) if hers else Person(identifiers)


def _together(identifiers: tuple[Name, ...], card: Person) -> Person:
    """Her own identifiers win over the card's; a different number is pointed out, not mixed in."""
    kinds = {name.kind: name.value for name in identifiers}
    more = tuple(name for name in card.identifiers if name.kind not in kinds)
    differs = any(kinds.get(n.kind, n.value) != n.value for n in card.identifiers)
    notes = (gettext_noop("her contact card names another id"),) if differs else ()
    everything = sorted((*identifiers, *more), key=lambda name: _ORDER.index(name.kind))
    return Person(tuple(everything), card.profile_name, notes)


def _ids(identifiers: Iterable[Name]) -> set[Name]:
    return {name for name in identifiers if name.kind != "username"}
