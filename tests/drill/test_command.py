"""`nyumbani demo` as somebody runs it: from nothing to the first page, and back to nothing."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from nyumbani.drill.script.acts import FIRST_STEPS, STEPS
from tests.stories.pages import Colleague

pytestmark = [pytest.mark.pure, pytest.mark.slow]
LINK = re.compile(r"http://localhost:\d+/demo/enter/[\w-]+/")
FIRST_PAGE = 45.0  # seconds; promised are 15, on a machine that does nothing else
WORDS = "It is not for me. My friend Achieng is beaten by her boss"


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Run:
    """The command, running; `folder` is where its temporary files go."""

    def __init__(self, folder, *arguments, **environment):
        self.folder, self.began = folder, time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "nyumbani", "demo", *arguments],
            env=_environment(folder) | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def link(self):
        """Wait until the way in is printed."""
        for line in self.process.stdout:
            self.said += line
            found = LINK.search(line)
            if found:
                return found[0]
        raise AssertionError(self.said)

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        code = self.process.wait(40)
        self.said += self.process.stdout.read()  # to its end: nobody holds it open any more
        return code

    def processes(self):
        """Every process that lives in this demonstration's folder, children of children too."""
        mark = f"NYUMBANI_DATA={self.folder}".encode()
        found = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in environ.read_bytes():
                    found.append(environ.parent.name)
            except OSError:
                continue
        return found


def _environment(folder):
    return os.environ | {"TMPDIR": str(folder), "NYUMBANI_LOG": "json"}


@pytest.fixture
def run(tmp_path):
    started = []

    def start(*arguments, **environment):
        started.append(Run(tmp_path, *arguments, **environment))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()
        one.process.stdout.close()


def wait_until(holds, seconds=20.0):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_from_nothing_to_the_first_page_and_back_to_nothing(run, port, tmp_path):
    demo = run("--port", str(port))
    link = demo.link()
    visitor = Colleague(f"http://localhost:{port}")
    page = visitor.open(link)
    assert time.monotonic() - demo.began < FIRST_PAGE
    assert "Demonstration: invented people." in page
    assert WORDS[:20] in visitor.open("/inbox/")
    assert visitor.http.get(link).status_code == 404  # the link is good once
    # The story plays by itself, in three processes, and everything it asserts holds.
    page = visitor.press("/demo/", "/demo/play/", to=str(FIRST_STEPS[1])).text
    assert page.count(">holds<") == 9
    visitor.close()
    seconds = float(re.search(r"after (\d+\.\d) s", demo.said)[1])
    assert 0 < seconds < FIRST_PAGE
    assert demo.processes()
    assert len(list(tmp_path.glob("nyumbani-demo-*"))) == 1
    assert demo.stop() == 0, demo.said
    wait_until(lambda: not demo.processes(), 5)
    assert list(tmp_path.iterdir()) == []
    assert len(demo.said.splitlines()) == 5, demo.said  # the link is not buried under a log


def test_starting_again_builds_another_house_while_the_browser_waits(run, port):
    demo = run("--port", str(port))
    visitor = Colleague(f"http://localhost:{port}")
    first = demo.link()
    visitor.open(first)
    visitor.press("/demo/", "/demo/play/", to="4")
    visitor.press("/demo/", "/demo/again/")
    second = demo.link()
    assert second != first
    with httpx.Client(trust_env=False, timeout=30) as other:
        assert other.get(first).status_code == 404
    visitor.press("/demo/enter/", "/demo/enter/", role="caseworker")
    page = visitor.open("/demo/")
    assert f"Step 1 of {len(STEPS)}" in page
    assert "not so" not in page
    visitor.close()
    assert demo.stop(signal.SIGTERM) == 0


def test_when_the_stage_is_killed_the_house_does_not_stay(run, port):
    demo = run("--port", str(port))
    demo.link()
    assert demo.processes()
    demo.process.kill()
    demo.process.wait()
    wait_until(lambda: not demo.processes())


def test_a_demonstration_can_be_kept_and_its_ledger_is_whole(run, port, tmp_path):
    kept = tmp_path / "kept"
    demo = run("--port", str(port), "--keep", str(kept))
    demo.link()
    assert demo.stop() == 0
    assert f"It stays in {kept}" in demo.said
    log = (kept / "log").read_text()
    assert "worker.started" in log
    assert "worker.stopped" in log
    assert "Traceback" not in log
    env = _environment(tmp_path) | {
        "NYUMBANI_DATA": str(kept / "data"), "NYUMBANI_KEYS": str(kept / "keys"),
    }  # fmt: skip
    command = [sys.executable, "-m", "nyumbani", "verify"]
    verified = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stderr
    assert "The ledger is whole" in verified.stdout
    again = run("--port", str(port), "--keep", str(kept))
    assert again.process.wait(20) == 1
    assert "--fresh" in again.process.stdout.read()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "house.example"])
def test_it_refuses_to_be_seen_from_outside(run, port, host, tmp_path):
    demo = run("--port", str(port), "--host", host)
    assert demo.process.wait(20) == 2
    said = demo.process.stdout.read()
    assert "this machine alone" in said
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_said_in_one_line(run, port, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        demo = run("--port", str(port))
        assert demo.process.wait(20) == 1
        said = demo.process.stdout.read()
    assert f"port {port}" in said
    assert "--port" in said
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_house_that_cannot_be_built_says_why(run, port, tmp_path):
    demo = run("--port", str(port), NYUMBANI_LOG="morse")
    assert demo.process.wait(30) == 1
    said = demo.process.stdout.read()
    assert "could not be built" in said
    assert "'json' or 'lines'" in said
    assert list(tmp_path.iterdir()) == []
