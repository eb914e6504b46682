"""The worker that `nyumbani serve` keeps beside itself."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from nyumbani.jobs import actions
from nyumbani.jobs.actions import daily
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker.child import Child
from tests.jobs.conftest import ROOM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PROBE = [sys.executable, "-m", "tests.jobs.probe"]
PARENT = f"""
import time
import django
django.setup()
from nyumbani.jobs.worker.child import Child
with Child({PROBE!r}) as child:
    while child.pid is None:
        time.sleep(0.05)
    print(child.pid, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def house(house_env, tmp_path, monkeypatch):
    """Child processes work on the test's database."""
    for name, value in {**house_env, "PROBE_FILE": str(tmp_path / "told")}.items():
        monkeypatch.setenv(name, value)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE probe_effect (job varchar(26), worker integer)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE probe_effect")


def wait_until(holds):
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ask_and_wait():
    actions.enqueue(kind="probe.count", data={}, by=ROOM)
    wait_until(lambda: not Job.objects.exclude(kind=daily.KIND).exclude(state="done").exists())


def test_the_child_works_while_its_parent_lives_and_ends_with_it(house):
    with Child(PROBE) as child:
        ask_and_wait()
        pid = child.pid
        assert is_there(pid)
    assert not is_there(pid)


def test_a_child_that_is_killed_is_replaced(house):
    with Child(PROBE) as child:
        ask_and_wait()
        first = child.pid
        os.kill(first, signal.SIGKILL)
        ask_and_wait()
        assert child.pid != first


def test_the_child_of_a_killed_parent_ends_by_itself(house):
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert int(parent.stdout.readline()) > 0
    ask_and_wait()  # so it has begun to watch its parent
    parent.kill()
    # The child writes to the same pipe, which therefore ends when both have ended.
    parent.communicate(timeout=30)
    assert parent.returncode == -signal.SIGKILL
