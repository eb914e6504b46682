"""By what a chat, a name, a line or a file is known again without standing in plain."""

from collections import Counter
from typing import NamedTuple

from nyumbani.chats.chat_exports.said import Said
from nyumbani.vault import index


class Known(NamedTuple):
    """A line, and the keyed digest by which a later export of the chat finds it here."""

    said: Said
    digest: str


def title_digest(title: str) -> str:
    """Of a chat's title."""
    return index.digest("chat title", " ".join(title.split()).casefold())


def name_digest(name: str) -> str:
    """Of a sender's, or a file's, name within its chat."""
    return index.digest("chat name", name)


class Recognizer:
    """Gives every line of one export its digest, in the order of the file.

    Lines may be alike to the letter: two of one minute, "amen" and "amen". So the digest says the
    how manieth it is, and a longer export of the same chat counts them alike.
    """

    def __init__(self) -> None:
        # Eight bytes of each: half a million lines are some tens of megabytes.
        self._seen: Counter[int] = Counter()

    def known(self, said: Said) -> Known:
        """The line with its digest."""
        at = said.sent_at.timestamp() if said.sent_at else ""
        plain = f"{at}\0{said.sender or ''}\0{said.kind}\0{said.text}"
        number = self._seen[hash(plain)]
        self._seen[hash(plain)] += 1
        return Known(said, index.digest("chat line", f"{number}\0{plain}"))
