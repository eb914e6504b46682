"""What a chat holds stands nowhere readable: not in rows, files, the ledger, the queue or the log.

Also while it is uploaded and read: nothing plain lies in the data folder or on the machine's disk.
"""

import datetime as dt
import io
import tempfile
from pathlib import Path

import pytest
import structlog
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.urls import reverse

from nyumbani.chats import reader
from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.chats.models import ChatExport, ChatFile, ChatSender
from nyumbani.chats.terms import ExportState
from nyumbani.drill.exports.telephone import Event
from tests.chats.brought import BEGAN, TITLE, bring, text_of, zip_of
from tests.desk.world import at_desk
from tests.people_here import actor
from tests.stories.plain import files_below, hits, rows

pytestmark = pytest.mark.django_db
WORDS = (
    "Kanarienvogel", "Zanahoria", "gizli-kelime", TITLE, "IMG-9876543.jpg", "+218 91 555 0199",
    "+218915550199",
)  # fmt: skip
PHOTO = b"\xff\xd8 Kanarienvogel in a picture"


def secret() -> bytes:
    at = BEGAN
    said = [("Zanahoria", "Kanarienvogel"), ("+218 91 555 0199", "gizli-kelime")] * 3
    events = [
        Event(at + dt.timedelta(minutes=n), who, text=text) for n, (who, text) in enumerate(said)
    ]
    photo = Event(at + dt.timedelta(hours=1), "Zanahoria", Kind.MEDIA, "IMG-9876543.jpg")
    return zip_of(text_of([*events, photo]), {"IMG-9876543.jpg": PHOTO})


def places():
    yield from rows()
    yield from files_below(settings.NYUMBANI_DATA)


def on_disk():
    """What lies in the machine's temporary folder, which is not memory."""
    for file in Path(tempfile.gettempdir()).glob("*upload*"):
        yield file.name, file.read_bytes()


def test_nothing_of_a_chat_stands_anywhere_in_plain(wanjiku):
    desk = at_desk(wanjiku)
    file = io.BytesIO(secret())
    file.name = f"WhatsApp Chat with {TITLE}.zip"
    with structlog.testing.capture_logs() as log:
        desk.post("/chats/bring/", {"zone": "Africa/Tripoli", "file": file})
        export = ChatExport.objects.get()
        reader.read(export.pk)
        for sender in ChatSender.objects.all():
            desk.post(reverse("chats:say-who", args=[sender.chat_id, sender.pk]), {"number": ""})
        desk.get(reverse("chats:people", args=[sender.chat_id]))
    assert ChatExport.objects.get().state == ExportState.DONE
    assert ChatFile.objects.get().path
    found = hits(WORDS, [*places(), *on_disk(), ("the log", repr(log).encode())])
    assert found == set()


def test_while_it_is_read_nothing_plain_lies_in_the_data_folder(tmp_path, wanjiku):
    export = bring(tmp_path, secret(), name=f"{TITLE}.zip", by=actor(wanjiku)).export
    seen = set()

    def look(_done, _total):
        seen.update(hits([*WORDS, PHOTO.decode("latin1")], places()))

    reader.read(export.pk, progress=look)
    assert seen == set()
    assert ChatExport.objects.get().state == ExportState.DONE


def test_an_upload_lies_in_memory_backed_storage_alone_and_is_gone_afterwards(wanjiku, monkeypatch):
    memory = Path("/dev/shm")
    if not memory.is_dir():
        pytest.skip("no memory-backed storage here")
    lay = []
    path_of = TemporaryUploadedFile.temporary_file_path

    def note(self):
        lay.append(Path(path_of(self)))
        return path_of(self)

    monkeypatch.setattr(TemporaryUploadedFile, "temporary_file_path", note)
    file = io.BytesIO(secret())
    file.name = "chat.zip"
    at_desk(wanjiku).post("/chats/bring/", {"zone": "Africa/Tripoli", "file": file})
    assert lay
    assert {one.parent for one in lay} == {memory}
    assert not any(one.exists() for one in lay)


@pytest.mark.parametrize("word", ["Kanarienvogel", "Zanahoria"])
def test_the_search_itself_would_find_it(tmp_path, word):
    (tmp_path / "plain").write_bytes(text_of([Event(BEGAN, "Zanahoria", text="Kanarienvogel")]))
    assert hits([word], files_below(tmp_path))
