"""The way out: files, hashed while they flow."""

import hashlib
import resource
import signal
import stat
from contextlib import contextmanager

import pytest

from nyumbani.kit.http import AnswerRefused, Limits, OutcomeUnknown
from tests.kit.town import answer, answering, house, request_of

pytestmark = pytest.mark.pure


def test_a_file_is_hashed_while_it_flows_and_is_there_whole_and_private(outside, tmp_path):
    voice = b"OggS" + bytes(range(256)) * 3000
    head = "Content-Type: Audio/OGG; codecs=opus"
    with house(answering(answer(voice, "200 OK", head))) as there:
        way, to = outside(there, Limits(largest=10_000_000)), tmp_path / "voice"
        came = way.download(there.origin, to)
    assert (came.sha256, came.size) == (hashlib.sha256(voice).hexdigest(), len(voice))
    assert came.mime == "audio/ogg"
    assert to.read_bytes() == voice
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["voice"]


def test_a_file_of_no_stated_type_is_just_bytes(outside, tmp_path):
    with house(answering(answer(b"x"))) as there:
        came = outside(there).download(there.origin, tmp_path / "file")
    assert came.mime == "application/octet-stream"


@pytest.mark.parametrize(
    "given",
    [
        answer(b"gone", "404 Not Found"),
        answer(b"x" * 2000),
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf",
        answer(b"x", "206 Partial Content"),
    ],
    ids=["not found", "too large", "broken off", "a part"],
)
def test_a_file_that_does_not_come_whole_leaves_nothing_behind(outside, tmp_path, given):
    with (
        house(lambda visitor: (request_of(visitor), visitor.sendall(given))) as there,
        pytest.raises(OutcomeUnknown) as outcome,
    ):
        outside(there).download(there.origin, tmp_path / "file")
    assert list(tmp_path.iterdir()) == []
    assert outcome.value.status == int(given[9:12])


def test_an_older_file_stays_when_the_new_one_does_not_come(outside, tmp_path):
    (tmp_path / "file").write_text("old")
    with house(answering(answer(b"", "500 Oops"))) as there, pytest.raises(AnswerRefused):
        outside(there).download(there.origin, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "old"


def test_a_disk_that_is_full_is_our_trouble_not_theirs(outside, tmp_path):
    with house(answering(answer(b"x" * 5000))) as there, at_most(1000), pytest.raises(OSError):  # noqa: PT011
        outside(there, Limits()).download(there.origin, tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


@contextmanager
def at_most(size):
    """No file of this process may grow beyond this many bytes: the nearest thing to a full disk."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_file_may_be_larger_than_an_answer(outside, tmp_path):
    with house(answering(answer(b"x" * 5000))) as there:
        way = outside(there)
        to = tmp_path / "file"
        assert way.download(there.origin, to, limits=Limits(largest=5000)).size == 5000


def test_json_nested_without_end_is_a_value_error(outside):
    with house(answering(answer(b"[" * 200_000))) as there:
        came = outside(there, Limits()).get(there.origin)
    with pytest.raises(ValueError, match="deep"):
        came.json()
