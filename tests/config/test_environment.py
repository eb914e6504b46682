"""The sessions' signing secret: made once, never empty, one for all processes."""

import os
import threading

import pytest

from nyumbani.config import environment
from nyumbani.config.environment import session_secret

pytestmark = pytest.mark.pure


def test_the_secret_is_made_once_and_stays(tmp_path):
    first = session_secret(tmp_path / "keys")
    assert len(first) > 50
    assert session_secret(tmp_path / "keys") == first
    assert (tmp_path / "keys/session.key").stat().st_mode & 0o777 == 0o600


def test_an_empty_secret_left_by_a_full_disk_is_made_anew(tmp_path):
    (tmp_path / "session.key").touch()
    assert len(session_secret(tmp_path)) > 50


def test_a_crash_while_it_is_written_leaves_none(tmp_path, monkeypatch):
    def crash(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", crash)
        with pytest.raises(OSError, match="No space"):
            session_secret(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert len(session_secret(tmp_path)) > 50


def test_processes_that_start_together_have_one_secret(tmp_path, monkeypatch):
    """All of them have seen that there is none before the first has written."""
    start, found = threading.Barrier(4), []
    make = environment.secrets.token_urlsafe

    def slowly(size):
        start.wait(10)
        return make(size)

    monkeypatch.setattr(environment.secrets, "token_urlsafe", slowly)
    threads = [
        threading.Thread(target=lambda: found.append(session_secret(tmp_path))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(found) == 4
    assert set(found) == {(tmp_path / "session.key").read_text()}
