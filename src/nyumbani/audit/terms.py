"""The words of the ledger: what may stand in a line, and how a line that may not is told apart.

A line never holds personal data, so that a case can be shredded and the chain still verifies.
Names, numbers, addresses and free text do not fit these patterns: capital letters, spaces, `@`,
`+`, dates and long runs of digits are refused. A single word in small letters does fit; that it
is a word of ours and not somebody's name is for the author of the calling verb to see to.
"""

import re

from nyumbani.kit.tokens import COUNT, HEX, ULID, WORD

_PART = rf"(?:{ULID}|{HEX}|{WORD})"

TOKEN = re.compile(rf"{_PART}(?:[.:](?:{_PART}|{COUNT})){{0,5}}")
"""What a text in the ledger is like: `case:01J…`, `scope:case.01J…`, 64 hex, `consent.over`."""

NAME = re.compile(rf"{WORD}:(?:{_PART}|{COUNT})")
"""Who did it: `staff:01J…`, `system:worker`."""

VERB = re.compile(rf"{WORD}(?:\.{WORD}){{1,3}}")
"""What was done: `case.opened`, `person.seen`."""

FACT = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""What a fact is called."""

RESERVED = frozenset({"n", "at", "by", "verb", "about", "prev", "hash"})
"""Names a fact may not take."""

LONGEST = 200
"""Characters of `about` and of any fact."""

LARGEST = 2**53 - 1
"""The largest number that canonical JSON carries exactly."""


class NotForTheLedger(ValueError):
    """A line was refused because something in it could be personal data; the text is not quoted."""
