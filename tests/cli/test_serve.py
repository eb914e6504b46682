"""`nyumbani serve`: from an empty folder to a house that answers, in one command."""

import os
import re
import signal
import socket

import pytest

from nyumbani.cli.serving import _base
from nyumbani.config import server
from nyumbani.kit.addresses import is_this_machine
from tests.cli.houses import Serving, is_alive

WORDS = "maji ya kunywa"


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    monkeypatch.delenv("NYUMBANI_DATABASE_URL", raising=False)


@pytest.mark.pure
@pytest.mark.slow
def test_a_house_starts_from_nothing_works_and_stops(house):
    with Serving(house) as serving:
        assert (house.data.stat().st_mode & 0o777, house.keys.stat().st_mode & 0o777) == (
            0o700,
            0o700,
        )
        for file in (house.keys / "installation.key", house.data / "nyumbani.sqlite3"):
            assert file.stat().st_mode & 0o777 == 0o600
        said = serving.out.read_text()
        assert str(house.keys / "installation.key") in said
        (link,) = re.findall(rf"http://localhost:{serving.port}(/set-up/\S+/)", said)
        status, _headers, page = serving.ask(link)
        assert status == 200, page
        assert serving.ask("/hooks/whatsapp/", "POST", b"{}")[0] == 403

        serving.wait_for(serving.workers, "a worker")
        (first,) = serving.workers()
        os.kill(first, signal.SIGKILL)
        serving.wait_for(
            lambda: serving.workers() and serving.workers() != [first], "another worker"
        )
        (second,) = serving.workers()

        taken = house.run("serve", "--port", str(serving.port))
        assert taken.returncode == 1
        assert taken.stderr == (
            f"nyumbani: cannot listen on 127.0.0.1 port {serving.port}: Address already in use\n"
        )
        assert serving.stop(signal.SIGTERM) == 0
    assert not is_alive(second)
    assert "Traceback" not in serving.err.read_text()


@pytest.mark.pure
@pytest.mark.slow
def test_a_house_closed_with_a_passphrase_starts_locked_and_opens(house):
    with Serving(house, "--passphrase", "--no-worker", given=f"{WORDS}\n") as serving:
        assert serving.ask("/sign-in/")[0] == 200  # it was just typed, so the house is open
        assert serving.workers() == []
        house.env |= {"NYUMBANI_APP_SECRET": "siri", "NYUMBANI_ACCESS_TOKEN": "neno"}
        assert house.run("inbox", "connect", "whatsapp", "--account", "1").returncode == 0
        assert serving.stop(signal.SIGINT) == 0
    assert house.run("lock").returncode == 0
    with Serving(house) as serving:
        assert "locked" in serving.err.read_text()
        status, headers, page = serving.ask("/sign-in/")
        assert (status, headers["Retry-After"]) == (503, "60")
        assert b"The house is locked" in page
        assert serving.ask("/hooks/whatsapp/", "POST", b"{}")[0] == 503
        wrong = house.run("unlock", given="maji ya chumvi\n")
        assert (wrong.returncode, wrong.stderr) == (1, "nyumbani: this is not the passphrase\n")
        assert house.run("unlock", given=f"{WORDS}\n").returncode == 0
        assert serving.ask("/sign-in/")[0] == 200
        assert serving.ask("/hooks/whatsapp/", "POST", b"{}")[0] == 403
        log = serving.err
        serving.wait_for(lambda: "worker.started" in log.read_text(), "the worker to begin")
        assert serving.stop() == 0


@pytest.mark.pure
def test_somebody_who_falls_silent_does_not_hold_a_thread():
    listener = server.listen("127.0.0.1", 0, silence=1)
    listener.listen()
    with listener, socket.create_connection(listener.getsockname()) as slow:
        slow.sendall(b"{")
        taken, _address = listener.accept()
        with taken:
            assert taken.recv(10) == b"{"
            with pytest.raises(BlockingIOError):
                taken.recv(10)  # a thread of gunicorn reads just so


@pytest.mark.pure
@pytest.mark.slow
def test_keys_may_not_lie_in_the_data_folder(house):
    house.env["NYUMBANI_KEYS"] = str(house.data / "keys")
    done = house.run("migrate")
    assert done.returncode == 1
    assert done.stderr.startswith("nyumbani: the keys folder")
    assert not (house.data / "nyumbani.sqlite3").exists()


@pytest.mark.pure
@pytest.mark.slow
@pytest.mark.parametrize("name", ["NYUMBANI_HTTPS", "NYUMBANI_HOSTS"])
def test_a_wrong_environment_is_named_and_not_quoted(house, name):
    house.env[name] = "perhaps"
    done = house.run("check")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert name in done.stderr
    assert "perhaps" not in done.stderr


@pytest.mark.pure
@pytest.mark.parametrize(
    ("host", "https", "hosts", "base"),
    [
        ("127.0.0.1", False, ["localhost"], "http://localhost:8765"),
        ("::1", False, ["localhost"], "http://localhost:8765"),
        ("127.0.0.8", False, ["localhost"], "http://127.0.0.8:8765"),
        ("0.0.0.0", False, ["localhost", "house.example.org"], "http://house.example.org:8765"),
        ("127.0.0.1", True, ["localhost", "house.example.org"], "https://house.example.org"),
        ("127.0.0.1", True, [".example.org", "*"], "http://localhost:8765"),
    ],
)
def test_links_lead_where_the_house_answers(host, https, hosts, base):
    assert _base(host, 8765, https=https, hosts=hosts) == base


@pytest.mark.pure
@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("[::1]", True), ("localhost", True),
     ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("house.example.org", False)],
)  # fmt: skip
def test_what_is_this_machine_and_what_is_not(host, own):
    assert is_this_machine(host) is own


@pytest.mark.pure
@pytest.mark.slow
def test_no_real_house_opens_the_demonstrations_door(house):
    house.env["NYUMBANI_DEMO"] = "true"
    refused = house.run("serve", "--port", "8799")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "not built by 'nyumbani demo'" in refused.stderr
    assert not (house.data / "nyumbani.sqlite3").exists()
