"""Files that came with messages: kept sealed, or a visible reason why not."""

from django.db import transaction
from django.utils.translation import gettext_noop

from nyumbani.audit.actions import record
from nyumbani.inbox.models.messages import Attachment
from nyumbani.inbox.terms import Keeping
from nyumbani.kit.doer import Doer
from nyumbani.vault.files import SealedFile

_OTHER = gettext_noop("its contents differ from the checksum in the message")


@transaction.atomic
def keep(*, file: Attachment, sealed: SealedFile, mime_type: str, by: Doer) -> None:
    """The file is here; one that is not the one announced is kept all the same and says so."""
    same = file.announced_sha256 in {"", sealed.sha256}
    record(by=by, verb="file.kept", about=f"file:{file.id}", sha256=sealed.sha256)
    file.keeping = Keeping.KEPT if same else Keeping.CHANGED
    file.path, file.sha256, file.size = sealed.path, sealed.sha256, sealed.size
    file.mime_type = file.mime_type or mime_type[:100]
    file.why = "" if same else _OTHER
    file.save(update_fields=["keeping", "path", "sha256", "size", "mime_type", "why"])


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
