"""Exports brought into a house, for the tests of this room: invented groups of invented people."""

import datetime as dt
import io
import itertools
import zipfile

from nyumbani.chats import reader
from nyumbani.chats.actions import bringing
from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.chats.models import ChatExport, ChatFile, ChatSender
from nyumbani.drill.exports.telephone import Event, export
from nyumbani.drill.exports.variants import BY_NAME
from nyumbani.kit.doer import System

BEGAN = dt.datetime(2014, 7, 20, 6, 15)  # noqa: DTZ001 - a telephone's clock
OPERATOR = System("operator")
TITLE = "Kazi Tripoli"
GIRLS = ("Amina", "Grace W", "Nafula", "+218 91 000 0001")
_files = itertools.count()


def told(count=12, senders=GIRLS, *, began=BEGAN, minutes=7):
    """`count` things said in turn, after WhatsApp's own first line."""
    first = [Event(began, None, Kind.SYSTEM, "Messages and calls are end-to-end encrypted.")]
    return first + [
        Event(
            began + dt.timedelta(minutes=minutes * number), senders[number % len(senders)],
            text=f"my paper number {number}",
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def text_of(events, variant="android-en-gb") -> bytes:
    return export(events, BY_NAME[variant], group=TITLE)[0]


def zip_of(text: bytes, media=(), chat=f"WhatsApp Chat with {TITLE}.txt") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(chat, text)
        for name, content in dict(media).items():
            archive.writestr(name, content)
    return out.getvalue()


def bring(folder, content, *, by=OPERATOR, name=f"WhatsApp Chat with {TITLE}.txt", **more):
    """Bring these bytes in; nothing reads them yet."""
    path = folder / f"upload-{next(_files)}"
    path.write_bytes(content)
    given = {"zone": "Africa/Tripoli"} | more
    return bringing.bring_in(source=path, name=name, by=by, **given)


def read(folder, content, **more) -> ChatExport:
    """Bring these bytes in and read them."""
    brought = bring(folder, content, **more)
    reader.read(brought.export.pk)
    return ChatExport.objects.get(pk=brought.export.pk)


def everything_in(folder, **more) -> dict[str, str]:
    """A chat with one of everything that has an address, by what the access matrix calls it."""
    photo = Event(BEGAN + dt.timedelta(days=1), "Amina", Kind.MEDIA, "IMG-1.jpg")
    content = zip_of(text_of([*told(5), photo]), {"IMG-1.jpg": b"\xff\xd8 a picture"})
    export = read(folder, content, name=f"WhatsApp Chat with {TITLE}.zip", **more)
    assert export.chat is not None
    return {
        "chat": export.chat.pk, "export": export.pk, "chat_file": ChatFile.objects.get().pk,
        "sender": ChatSender.objects.filter(chat=export.chat).first().pk,
    }  # fmt: skip
