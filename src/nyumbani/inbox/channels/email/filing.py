"""Files in letters: under a name that tells nothing, as one more part of the letter."""

from dataclasses import replace

from nyumbani.inbox.channels.email.send import TEXT_LIMIT, letter_to
from nyumbani.inbox.channels.events import Content, Name
from nyumbani.inbox.channels.filing import Filing, Parcel
from nyumbani.inbox.channels.limits import MB, FileLimit, Files
from nyumbani.inbox.channels.outgoing import Outgoing, checked

# Many servers take letters of 25 MB, some of 10 MB written out; a file grows by a third on the way.
LARGEST = 7 * MB
FILES: Files = {
    kind: FileLimit(LARGEST)
    for kind in (Content.IMAGE, Content.AUDIO, Content.VOICE, Content.DOCUMENT)
}


def carry(
    *, account: str, to: Name, parcel: Parcel, caption: str, callback: str, reply_to: str = "",
    media_id: str = "",  # noqa: ARG001 - nothing is brought beforehand
) -> Outgoing:  # fmt: skip
    """A letter with a file; words may be missing."""
    body = checked(caption, limit=TEXT_LIMIT) if caption.strip() else ""
    mail = letter_to(account, to, body, callback, reply_to)
    return Outgoing("MAIL", "", mail=replace(mail, part=parcel.part("file")))


FILING = Filing(carry=carry, captions=dict.fromkeys(FILES, TEXT_LIMIT))
