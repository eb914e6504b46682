"""The hash chain itself, without a database: h(n) = SHA-256("led1" ‖ h(n-1) ‖ JCS(body))."""

import datetime as dt
import hashlib
from collections.abc import Mapping

import rfc8785

from nyumbani.audit import terms

Fact = str | int
Body = dict[str, Fact]

DOMAIN = b"led1"
SIZE = hashlib.sha256().digest_size
GENESIS = bytes(SIZE)
"""What the first entry names as its predecessor."""


def canonical(body: Mapping[str, Fact]) -> bytes:
    """The one way to write this body down (RFC 8785, JSON Canonicalization Scheme)."""
    return rfc8785.dumps(dict(body))


def link(prev: bytes, body: bytes) -> bytes:
    """The hash of the entry with this body that follows the entry with hash `prev`."""
    return hashlib.sha256(DOMAIN + prev + body).digest()


def moment(at: dt.datetime) -> str:
    """A moment as the ledger writes it: UTC, always with microseconds, 27 characters."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def body_of(*, at: dt.datetime, by: str, verb: str, about: str, facts: Mapping[str, Fact]) -> Body:
    """The body of a line, still without its number; raises `NotForTheLedger`."""
    _require(bool(terms.NAME.fullmatch(by)), "who did it is not a ledger name")
    _require(bool(terms.VERB.fullmatch(verb)), "the verb is not a dotted word")
    _require(is_token(about), "what it is about is not an id")
    for name, fact in facts.items():
        _require(name not in terms.RESERVED, f"the ledger keeps the name {name!r} for itself")
        _require(bool(terms.FACT.fullmatch(name)), "a fact's name is not one small word")
        _require(_is_fact(fact), f"the fact {name!r} is not an id, a number, a hash or a word")
    return {"at": moment(at), "by": by, "verb": verb, "about": about, **facts}


def is_token(text: str) -> bool:
    """Whether this text may stand in the ledger."""
    return len(text) <= terms.LONGEST and bool(terms.TOKEN.fullmatch(text))


def _is_fact(fact: object) -> bool:
    if isinstance(fact, int):
        return abs(fact) <= terms.LARGEST
    return isinstance(fact, str) and is_token(fact)


def _require(holds: bool, why: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise terms.NotForTheLedger(why)
