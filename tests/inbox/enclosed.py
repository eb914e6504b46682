"""Files that staff choose, made by code: with everything in them that must not leave."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, TiffImagePlugin

from nyumbani.drill.wire import samples
from nyumbani.inbox.actions.parcels import Packed
from nyumbani.inbox.actions.writing import write_with_file
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.channels.filing import Parcel
from nyumbani.inbox.models.messages import Attachment
from tests.hands import seal_bytes
from tests.people_here import actor

HIDDEN = (b"Nokia-of-Wanjiku", b"secret-place", b"GPS", b"Exif", b"http://ns.adobe.com")
_XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li>secret-place</rdf:li>'
    b"http://ns.adobe.com/xap/1.0/</x:xmpmeta>"
)


def photo(size=(320, 240)):
    """A JPEG with the place it was taken at, the telephone and a remark."""
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "Nokia-of-Wanjiku", "secret-place"
    degrees = TiffImagePlugin.IFDRational
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (degrees(32), degrees(53), degrees(13)), 3: "E",
         4: (degrees(13), degrees(11), degrees(28))}
    )  # fmt: skip
    out = io.BytesIO()
    Image.new("RGB", size, "#c9b79c").save(
        out, "JPEG", exif=exif, xmp=_XMP, comment=b"secret-place"
    )
    return out.getvalue()


def paper(pages=2):
    """A PDF that says who wrote it."""
    out = io.BytesIO()
    first, *rest = [Image.new("RGB", (620, 877), "white") for _ in range(pages)]
    first.save(
        out, "PDF", save_all=True, append_images=rest, author="Nokia-of-Wanjiku",
        title="secret-place",
    )  # fmt: skip
    return out.getvalue()


def voice():
    """A voice note with a title."""
    return samples.voice_note(3, label="secret-place")


def chosen(content, name="IMG_20140714_Wanjiku.jpg", kind="image/jpeg"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, kind)


def sent_file(thread, by, content=b"\xff\xd8\xff drawn"):
    """A file of ours that is on its way to her, as the packer leaves it."""
    leaves, original = (seal_bytes(one, thread.seal_scope) for one in (content, b"original"))
    parcel = Parcel(Content.IMAGE, "image/jpeg", leaves.size, "picture.jpg")
    packed = Packed(parcel, thread.seal_scope, leaves, original, "IMG_Wanjiku.jpg")
    message = write_with_file(thread=thread, packed=packed, caption="", by=actor(by))
    return Attachment.objects.get(message=message)
