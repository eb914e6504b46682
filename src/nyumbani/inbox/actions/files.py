"""Files that came with messages: kept sealed, or a visible reason why not."""

from django.db import transaction
from django.utils.translation import gettext_noop

from nyumbani.audit.actions import record
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.models.copies import ViewingCopy
from nyumbani.inbox.models.messages import Attachment
from nyumbani.inbox.terms import Keeping
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer
from nyumbani.vault.files import SealedFile

_DRAWN = {Content.IMAGE, Content.STICKER}
_OTHER = gettext_noop("its contents differ from the checksum in the message")


@transaction.atomic
def keep(
    *, file: Attachment, sealed: SealedFile, mime_type: str, by: Doer, seconds: int | None = None
) -> None:
    """The file is here; one that is not the one announced is kept all the same and says so."""
    same = file.announced_sha256 in {"", sealed.sha256}
    record(by=by, verb="file.kept", about=f"file:{file.id}", sha256=sealed.sha256)
    file.keeping = Keeping.KEPT if same else Keeping.CHANGED
    file.path, file.sha256, file.size = sealed.path, sealed.sha256, sealed.size
    file.seconds = seconds
    file.mime_type = file.mime_type or mime_type[:100]
    file.why = "" if same else _OTHER
    told = ["keeping", "path", "sha256", "size", "seconds", "mime_type", "why"]
    file.save(update_fields=told)
    if file.content in _DRAWN or file.mime_type.lower().startswith("application/pdf"):
        enqueue(kind="inbox.draw", data={"file": file.id}, by=by)


@transaction.atomic
def give_up(*, file: Attachment, keeping: Keeping, why: str, by: Doer, status: int = 0) -> None:
    """The file will not come; the message says so where the file would be.

    `status` is the HTTP status of the last answer, 0 if there was none.
    """
    record(
        by=by, verb="file.not_kept", about=f"file:{file.id}", keeping=keeping.value, status=status
    )
    file.keeping, file.why = keeping, why[:120]
    file.save(update_fields=["keeping", "why"])


@transaction.atomic
def keep_copy(
    *, file: Attachment, by: Doer, sealed: SealedFile | None = None, mime_type: str = "",
    why: str = "",
) -> ViewingCopy:  # fmt: skip
    """Keep what people look at of a file, or why they look at nothing; one that is gone is new."""
    record(by=by, verb="file.drawn", about=f"file:{file.id}", refused=int(bool(why)))
    found = ViewingCopy.objects.filter(file=file).first()
    copy = found or ViewingCopy(seal_scope=file.seal_scope, file=file)
    copy.of_sha256, copy.mime_type, copy.why, copy.made_at = (
        file.sha256, mime_type, why, clock.now(),
    )  # fmt: skip
    copy.path, copy.sha256 = (sealed.path, sealed.sha256) if sealed else ("", "")
    copy.size = sealed.size if sealed else None
    if found is None:
        copy.save(force_insert=True)
    else:
        copy.save(
            update_fields=["of_sha256", "mime_type", "path", "sha256", "size", "why", "made_at"]
        )
    return copy
