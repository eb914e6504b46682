"""The file beside a message of ours: kept with it, and brought to the platform before it leaves."""

from dataclasses import dataclass

from django.db import transaction

from nyumbani.audit.actions import record
from nyumbani.inbox.channels.filing import Parcel
from nyumbani.inbox.guard import parcel_in
from nyumbani.inbox.models.enclosures import Bringing, Enclosure
from nyumbani.inbox.models.messages import Attachment, Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Keeping
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer
from nyumbani.vault.files import SealedFile


@dataclass(frozen=True, slots=True)
class Packed:
    """A file ready to leave: sealed as it leaves, and as it was chosen."""

    parcel: Parcel
    scope: str
    leaves: SealedFile
    original: SealedFile
    original_name: str
    seconds: int | None = None  # how long it plays


@dataclass(frozen=True, slots=True)
class Aboard:
    """The file of one attempt, as its sender needs it."""

    parcel: Parcel
    sealed: SealedFile
    scope: str
    media_id: str = ""  # where it was brought to the platform already


@transaction.atomic
def enclose(*, message: Message, packed: Packed, by: Doer) -> None:
    """Keep what goes with a message, in the same transaction as the message."""
    record(
        by=by, verb="file.enclosed", about=f"message:{message.pk}", sha256=packed.leaves.sha256,
        original=packed.original.sha256,
    )  # fmt: skip
    parcel = packed.parcel
    file = Attachment(
        seal_scope=packed.scope, message=message, content=parcel.content,
        mime_type=parcel.mime_type, source={"name": parcel.name, "is_ours": True},
        keeping=Keeping.KEPT, path=packed.leaves.path, sha256=packed.leaves.sha256,
        size=packed.leaves.size, seconds=packed.seconds,
    )  # fmt: skip
    file.save(force_insert=True)
    row = Enclosure(
        seal_scope=packed.scope, message=message, file=file, original_name=packed.original_name,
        original_path=packed.original.path, original_sha256=packed.original.sha256,
        original_size=packed.original.size,
    )  # fmt: skip
    row.save(force_insert=True)


def aboard(attempt: Attempt) -> Aboard | None:
    """The file that goes with an attempt; None where it is words alone."""
    row = Enclosure.objects.select_related("file").filter(message=attempt.message_id).first()
    if row is None:
        return None
    brought = Bringing.objects.filter(attempt=attempt).first()
    file = row.file
    return Aboard(
        parcel_in(file), SealedFile(file.path, file.sha256, file.size or 0), file.seal_scope,
        str(brought.media_id) if brought else "",
    )  # fmt: skip


@transaction.atomic
def keep_brought(*, attempt_id: str, media_id: str, by: Doer) -> None:
    """The platform has the file and gave it an id; nobody was sent anything yet."""
    record(by=by, verb="file.brought", about=f"attempt:{attempt_id}")
    attempt = Attempt.objects.select_for_update().get(id=attempt_id)
    if not Bringing.objects.filter(attempt=attempt).exists():
        row = Bringing(
            seal_scope=attempt.seal_scope, attempt=attempt, media_id=media_id,
            brought_at=clock.now(),
        )  # fmt: skip
        row.save(force_insert=True)
