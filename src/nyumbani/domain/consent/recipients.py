"""To whom. What she allowed is read narrowly, what she refused is read widely.

She says "never to the Saudi embassy"; somebody will one day write "Embassy of Saudi Arabia,
Tripoli". A refusal therefore holds for every name that could be the same body, and an agreement
only for the name itself.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nyumbani.domain.consent.terms import Purpose
from nyumbani.domain.triage.folding import fold


class Kind(StrEnum):
    """What sort of recipient."""

    HOUSE = "house"  # we ourselves
    PARTNER = "partner"  # an organisation that helps her
    HELPERS = "helpers"  # anybody who helps her: we and every partner, and nobody else
    STATE = "state"  # police, court, ministry, embassy
    FAMILY = "family"
    PUBLIC = "public"  # a newspaper, a broadcaster, everybody
    ANYBODY = "anybody"  # only to be refused: nobody at all may have it


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who would receive it; without a name: any of the kind."""

    kind: Kind
    name: str = ""


HOUSE = Recipient(Kind.HOUSE)
PEOPLE_NEEDED: Mapping[Kind, int] = {Kind.STATE: 2}
"""How many of us must say so, where it is more than one."""

FITTING: Mapping[Purpose, tuple[Kind, ...]] = {
    Purpose.CASEWORK: (Kind.HOUSE, Kind.HELPERS),
    Purpose.REFERRAL: (Kind.PARTNER, Kind.HELPERS, Kind.STATE),
    Purpose.POLICE: (Kind.STATE,),
    Purpose.COURT: (Kind.STATE, Kind.PARTNER),
    Purpose.STATISTICS: (Kind.HOUSE, Kind.HELPERS, Kind.PARTNER, Kind.STATE, Kind.PUBLIC),
    Purpose.MEDIA: (Kind.PUBLIC, Kind.PARTNER),
    Purpose.FAMILY: (Kind.FAMILY,),
}
"""To whom something can go at all for a purpose: what she is asked, the likeliest first."""

NAMED = frozenset({Kind.PARTNER, Kind.STATE, Kind.FAMILY})
"""Whom she is asked by name: she cannot weigh "some ministry"."""

_HELP = frozenset({Kind.HOUSE, Kind.PARTNER, Kind.HELPERS})

# What many bodies are called: no two are told apart by these words.
_WORDS = """
the of and in for a an at to embassy consulate mission ministry office department police court
station government republic kingdom state bureau agency authority organisation organization ngo
centre center shelter international national foundation trust society
ya wa la za na ubalozi polisi wizara mahakama serikali kituo ofisi shirika
de du des le les et l d ambassade consulat ministere tribunal
سفاره قنصليه وزاره شرطه محكمه مكتب السفاره القنصليه الوزاره الشرطه المحكمه المكتب في
"""
_COMMON = frozenset(_WORDS.split())


def people_needed(recipient: Recipient) -> int:
    """How many of us must say so before something goes there against her word or without it."""
    return PEOPLE_NEEDED.get(recipient.kind, 1)


def is_allowed_by(agreed: Recipient, asked: Recipient) -> bool:
    """Whether what she agreed to reaches this recipient: the kind and the very name, or any."""
    if agreed.kind == Kind.ANYBODY:
        return False  # nobody agrees to everybody: state bodies, family and press are named
    if agreed.kind == Kind.HELPERS:
        return asked.kind in _HELP
    if agreed.kind != asked.kind:
        return False
    return not agreed.name or _is_same(agreed.name, asked.name)


def is_barred_by(refused: Recipient, asked: Recipient) -> bool:
    """Whether what she refused may mean this recipient; in doubt it does."""
    if Kind.ANYBODY in {refused.kind, asked.kind}:
        return True
    if refused.name and asked.name:
        # Whoever noted it may have taken a state body for a partner: the name decides.
        return may_be_the_same(refused.name, asked.name)
    return _overlap(refused.kind, asked.kind)


def may_be_the_same(one: str, other: str) -> bool:
    """Whether two names could mean one body; names in different scripts cannot be told apart."""
    left, right = _plain(one), _plain(other)
    if left == right or not _scripts(left) & _scripts(right):
        return True
    telling = [frozenset(name.split()) - _COMMON for name in (left, right)]
    if not all(telling):
        return True  # "the embassy" may be any
    return any(_alike(word, another) for word in telling[0] for another in telling[1])


def _overlap(one: Kind, other: Kind) -> bool:
    return one == other or (Kind.HELPERS in {one, other} and {one, other} <= _HELP)


def _alike(one: str, other: str) -> bool:
    """Saudi, Saudia, Saudis: the same beginning of four letters or more."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= 4 and long.startswith(short))


def _is_same(one: str, other: str) -> bool:
    left, right = _plain(one), _plain(other)
    return left == right if left or right else one.strip() == other.strip()


def _plain(name: str) -> str:
    folded = fold(name).text
    return " ".join("".join(s if s.isalnum() else " " for s in folded).split())


def _scripts(name: str) -> frozenset[str]:
    return frozenset(unicodedata.name(s, "?").split()[0] for s in name if s.isalpha())
