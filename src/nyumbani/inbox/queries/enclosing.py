"""What is to be known before a file is sent, and the original of one that was."""

from dataclasses import dataclass

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.answers import Answer
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.channels.filing import Parcel
from nyumbani.inbox.guard import going
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.enclosures import Enclosure
from nyumbani.inbox.models.messages import Attachment
from nyumbani.inbox.outlet import outlet_to
from nyumbani.inbox.queries.files import plain_name
from nyumbani.inbox.queries.joins import may_override_for, theirs
from nyumbani.kit import clock
from nyumbani.vault.envelope import CannotOpen
from nyumbani.vault.files import SealedFile, open_file

# A small picture: whether any file may leave at all, before one is chosen.
_ANY = Parcel(Content.IMAGE, "image/jpeg", 1, "")


@dataclass(frozen=True, slots=True)
class Ahead:
    """What awaits a file: through which channel, whether it may leave, what words go along."""

    channel: str
    goes: Answer
    may_override: bool
    takes_words: bool


def ahead(viewer: Viewer, thread: Conversation) -> Ahead:
    """Whether a file could leave for her now, and through what."""
    outlet = outlet_to(thread, among=theirs(viewer, thread))
    known = registry.channel(outlet.account.channel) if outlet.account else None
    goes = going(thread, outlet, "", clock.now(), parcel=_ANY)
    filing = known.filing if known else None
    return Ahead(
        known.label if known else "", goes.answer,
        goes.may_be_overridden and may_override_for(viewer, thread),
        bool(filing and filing.captions),
    )  # fmt: skip


def scope_of(viewer: Viewer, thread: Conversation) -> str:
    """To whom a file that leaves is sealed: the conversation in which it will stand."""
    into = outlet_to(thread, among=theirs(viewer, thread)).thread or thread
    return str(into.seal_scope)


def original_of(viewer: Viewer, file: Attachment) -> tuple[bytes, str] | None:
    """What staff chose, and what they called it; None where it is not ours or does not open."""
    row = Enclosure.objects.filter(file=file).first()
    if row is None or not viewer.may_read_cases:
        return None
    sealed = SealedFile(row.original_path, row.original_sha256, row.original_size)
    try:
        content = open_file(sealed, row.seal_scope)
    except CannotOpen:
        return None
    return content, plain_name(viewer, row.original_name) or f"file-{file.id}"
