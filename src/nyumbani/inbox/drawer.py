"""Making what people look at of a file: in a cell, sealed like the original, made again if gone."""

from nyumbani.inbox.actions import files
from nyumbani.inbox.models.copies import ViewingCopy
from nyumbani.inbox.models.messages import Attachment
from nyumbani.inbox.terms import Keeping
from nyumbani.kit import cells, drawing, leaves
from nyumbani.kit.doer import System
from nyumbani.kit.sniffing import NotShown, is_paper, refusal
from nyumbani.vault.envelope import CannotOpen
from nyumbani.vault.files import SealedFile, open_file, private_folder, seal_file

DRAWER = System("drawer")
_HERE = {Keeping.KEPT, Keeping.CHANGED}
_OURS = {"image/jpeg", "image/png"}


def draw(file_id: str) -> ViewingCopy | None:
    """The viewing copy of a file, made if there is none; None where the original does not open."""
    file = Attachment.objects.get(id=file_id)
    if file.keeping not in _HERE:
        return None
    known = ViewingCopy.objects.filter(file=file, of_sha256=file.sha256).first()
    if known is not None and (known.why or opened(known) is not None):
        return known
    try:
        content = open_file(SealedFile(file.path, file.sha256, file.size or 0), file.seal_scope)
    except CannotOpen:
        return None
    return _made(file, content)


def opened(copy: ViewingCopy) -> bytes | None:
    """What a copy holds; None where it is gone or was changed."""
    try:
        return open_file(SealedFile(copy.path, copy.sha256, copy.size or 0), copy.seal_scope)
    except CannotOpen:
        return None


def pages(copy: ViewingCopy) -> leaves.Bound | None:
    """The pages in a copy; None where it is a single picture, is gone or was changed."""
    content = opened(copy) if copy.mime_type == leaves.KIND else None
    return leaves.read(content) if content is not None else None


def _made(file: Attachment, content: bytes) -> ViewingCopy:
    why = refusal(content, file.mime_type)
    if why is not None:
        return files.keep_copy(file=file, why=why, by=DRAWER)
    with private_folder() as place:
        try:
            code = leaves.CODE if is_paper(content) else drawing.CODE
            word, drawn = cells.run(code, content, place)
        except cells.NoAnswer:
            return files.keep_copy(file=file, why=NotShown.STOPPED, by=DRAWER)
        if word not in _OURS and not _are_leaves(word, drawn):
            said = NotShown(word) if word in set(NotShown) else NotShown.BROKEN
            return files.keep_copy(file=file, why=said, by=DRAWER)
        target = place / "copy"
        target.write_bytes(drawn)
        sealed = seal_file(target, file.seal_scope)
    return files.keep_copy(file=file, sealed=sealed, mime_type=word, by=DRAWER)


def _are_leaves(word: str, drawn: bytes) -> bool:
    if word != leaves.KIND:
        return False
    try:
        leaves.read(drawn)
    except leaves.NotLeaves:
        return False
    return True
