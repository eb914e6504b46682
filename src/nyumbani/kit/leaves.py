"""The pages of a paper as pictures of ours, bound into one file.

It is what a cell answers and what a viewing copy holds. A cell has read a stranger's bytes, so what
it binds is believed in nothing: `read` takes it apart as carefully as anything from outside.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

KIND = "application/x-nyumbani-pages"
"""The word for such a file."""

CODE = "from nyumbani.kit import papers; papers.main()"
"""What a cell runs to draw a paper. Only there is the renderer loaded: no room imports it."""

MOST = 20
"""Pages that are drawn. What people send is letters, contracts, tickets and scanned passports; so
many take a telephone some 3 MB, a cell some seconds, and leave room in its answer."""

TEXT = 5_000
"""Characters of a page's own words that are kept: a full page has 3,000 to 4,000."""

_HEAD = 1024 * 1024  # bytes; twenty pages of text take far less
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"


class NotLeaves(ValueError):
    """These bytes are nothing that we bound."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: a JPEG or PNG, empty where it could not be drawn, and the words found on it."""

    picture: bytes
    text: str = ""

    @property
    def mime_type(self) -> str:
        """What a browser is told that the picture is."""
        return "image/png" if self.picture.startswith(_PNG) else "image/jpeg"


@dataclass(frozen=True, slots=True)
class Bound:
    """The pages that were drawn, the first ones, and how many the paper has."""

    of: int
    leaves: tuple[Leaf, ...]

    @property
    def are_all(self) -> bool:
        """Whether nothing of the paper is missing here."""
        return len(self.leaves) == self.of


def bind(of: int, leaves: Sequence[Leaf]) -> bytes:
    """One file of these pages: a line that says what follows, then the pictures."""
    told = {"of": of, "leaves": [[len(leaf.picture), leaf.text] for leaf in leaves]}
    return json.dumps(told).encode("ascii") + b"\n" + b"".join(leaf.picture for leaf in leaves)


def read(content: bytes) -> Bound:
    """The pages in such a file. Raises NotLeaves."""
    head, _, rest = content.partition(b"\n")
    if len(head) > _HEAD:
        raise NotLeaves("its first line is too long")
    try:
        told = json.loads(head)
        of, rows = int(told["of"]), [(int(size), str(text)) for size, text in told["leaves"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotLeaves("it does not say what it holds") from error
    if not 1 <= len(rows) <= min(MOST, of) or any(size < 0 for size, _ in rows):
        raise NotLeaves("it holds no pages, or too many")
    if sum(size for size, _ in rows) != len(rest):
        raise NotLeaves("it is shorter or longer than it says")
    return Bound(of, tuple(_leaves(rows, rest)))


def _leaves(rows: Sequence[tuple[int, str]], rest: bytes) -> list[Leaf]:
    leaves, at = [], 0
    for size, text in rows:
        picture = rest[at : at + size]
        if picture and not picture.startswith((_JPEG, _PNG)):
            raise NotLeaves("a page is no picture of ours")
        leaves.append(Leaf(picture, text[:TEXT]))
        at += size
    return leaves
