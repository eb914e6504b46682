"""The inside of a backup: anybody with the public half could have made it."""

import dataclasses
import io
import json
import tarfile
import tracemalloc

import pytest

from nyumbani.vault.backups.archive import (
    FORMAT,
    MANIFEST,
    SQLITE,
    Manifest,
    NotABackup,
    Part,
    Reader,
    Writer,
)

pytestmark = pytest.mark.pure

FILE = "media/ab/01J0000000000000000000000A.age"
ABOUT = Manifest("01J0000000000000000000000A", "2014-07-14T05:00:00+00:00", "0.1.0", "", True, "a")


def tar(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd" if kind != tarfile.REGTYPE else ""
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def manifest(*parts: Part, **changed: object) -> tuple[str, bytes]:
    told = dataclasses.asdict(dataclasses.replace(ABOUT, parts=parts)) | changed
    return MANIFEST, json.dumps(told).encode()


def taken(folder, data: bytes, step: int = 1000) -> Manifest:
    writer = Writer(folder)
    try:
        for start in range(0, len(data), step):
            writer.write(data[start : start + step])
        return writer.finish()
    finally:
        writer.close()


@pytest.mark.parametrize("step", [1, 511, 512, 513, 10_000_000])
def test_what_is_written_is_read_back_however_it_is_cut(tmp_path, step):
    sources = []
    for name, content in (
        (SQLITE, b"s" * 1023),
        (FILE, b""),
        (FILE.replace("A.", "B."), b"x" * 512),
    ):
        path = tmp_path / "from" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        sources.append((name, path))
    reader = Reader(iter(sources), ABOUT)
    data = b"".join(iter(lambda: reader.read(777), b""))
    folder = tmp_path / "to"
    folder.mkdir()
    found = taken(folder, data, step)
    assert found == reader.manifest()
    assert [part.size for part in found.parts] == [1023, 0, 512]
    for name, path in sources:
        assert (folder / name).read_bytes() == path.read_bytes()


def test_a_file_that_is_gone_by_now_is_left_out(tmp_path):
    reader = Reader(iter([(FILE, tmp_path / "gone")]), ABOUT)
    data = b"".join(iter(lambda: reader.read(4096), b""))
    assert taken(tmp_path, data).parts == ()


@pytest.mark.slow
def test_memory_stays_small_however_large_a_file_is(tmp_path):
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(96 * 1024 * 1024)
    reader = Reader(iter([(FILE, large)]), ABOUT)
    (tmp_path / "to").mkdir()
    writer = Writer(tmp_path / "to")
    tracemalloc.start()
    while chunk := reader.read(8192 * 8):
        writer.write(chunk)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert writer.finish().parts[0].size == 96 * 1024 * 1024
    assert peak < 8 * 1024 * 1024


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd", "../up", "media/../../up", "media/ab/../../x.age", "media/ab/x.age",
        "nyumbani.sqlite3", "media/ab/01J0000000000000000000000A.age/", "database.sqlite3 ", "",
    ],
)  # fmt: skip
def test_names_of_somebody_elses_are_refused(tmp_path, name):
    with pytest.raises(NotABackup):
        taken(tmp_path, tar((name, b"x"), manifest()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, b"x", b"L"])
def test_only_plain_files_are_taken(tmp_path, kind):
    with pytest.raises(NotABackup, match="does not belong"):
        taken(tmp_path, tar((FILE, b""), kind=kind))
    assert list(tmp_path.iterdir()) == []


def test_a_part_twice_is_refused(tmp_path):
    with pytest.raises(NotABackup, match="twice"):
        taken(tmp_path, tar((FILE, b"one"), (FILE, b"two"), manifest()))


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ([(FILE, b"x")], "no manifest"),
        ([(FILE, b"x"), manifest()], "not what its manifest says"),
        ([manifest(Part(FILE, 1, "00"))], "not what its manifest says"),
        ([(FILE, b"x"), manifest(Part(FILE, 1, "00"))], "not what its manifest says"),
        ([(MANIFEST, b"{")], "cannot be read"),
        ([(MANIFEST, b"[]")], "cannot be read"),
        ([(MANIFEST, b"[" * 100_000)], "cannot be read"),
        ([(MANIFEST, b'{"parts": [[]]}')], "cannot be read"),
        ([manifest(parts=[{"name": FILE}])], "cannot be read"),
        ([manifest(more="words")], "cannot be read"),
        ([manifest(format="nyumbani-backup-9")], "another version"),
        ([manifest(ledger_head=7)], "another version"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(tmp_path, members, why):
    with pytest.raises(NotABackup, match=why):
        taken(tmp_path, tar(*members))


@pytest.mark.parametrize(
    "data", [b"", b"x" * 511, b"x" * 5000, tar((FILE, b"x"), manifest())[:700]]
)
def test_what_is_no_archive_or_not_a_whole_one_is_refused(tmp_path, data):
    with pytest.raises(NotABackup):
        taken(tmp_path, data)


def test_the_format_is_named_in_every_manifest():
    assert json.loads(manifest()[1])["format"] == FORMAT
