"""Real worker processes: killed, frozen, told to stop, side by side, locked out of the database."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection

from nyumbani.jobs import actions, registry
from nyumbani.jobs.actions import Wish, daily
from nyumbani.jobs.models import Job
from tests.database import POSTGRES
from tests.jobs.conftest import ROOM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Crew:
    """Worker processes on the test's database, and what can be seen of their work."""

    def __init__(self, env, file):
        self.env = env | {"PROBE_FILE": str(file)}
        self.file = file
        self.processes = []

    def start(self):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.probe"],
            env=self.env,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.processes.append(process)
        return process

    def told(self):
        return self.file.read_text().splitlines() if self.file.exists() else []

    def state(self):
        ended = [process.stderr.read() for process in self.processes if process.poll()]
        return self.told(), list(Job.objects.values()), ended

    def wait_until(self, holds, seconds=60):
        until = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < until, self.state()
            time.sleep(0.02)

    def wait_for_word(self, word, count=1):
        self.wait_until(lambda: sum(line.startswith(word) for line in self.told()) >= count)

    def wait_until_done(self):
        self.wait_until(lambda: not asked_for().exclude(state="done").exists())

    def end(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stderr.close()


@pytest.fixture
def crew(house_env, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE probe_effect (job varchar(26), worker integer)")
    crew = Crew(house_env, tmp_path / "told")
    yield crew
    crew.end()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE probe_effect")


@pytest.fixture
def outside(teach):
    """These kinds are known here as they are in the worker, so they are stored as outside."""
    teach("probe.send", lambda job: None, outside=True)
    teach("probe.upload", lambda job: None, outside=True)
    assert registry.is_outside("probe.send")


def asked_for():
    """The jobs of the test, without the day's tidying that every worker plans."""
    return Job.objects.exclude(kind=daily.KIND)


def ask(kind, **data):
    time.sleep(0.002)  # ids sort by the millisecond, and jobs by their ids
    return actions.enqueue(kind=kind, data=data, by=ROOM)


def log_of(process):
    """What a worker that is told to stop has said, line by line."""
    return [json.loads(line) for line in process.communicate(timeout=10)[1].splitlines()]


def effects():
    with connection.cursor() as cursor:
        cursor.execute("SELECT job, worker FROM probe_effect")
        return cursor.fetchall()


def test_a_killed_workers_job_is_done_by_the_next_and_its_effect_is_there_once(crew):
    job_id = ask("probe.slow", seconds=1)
    others = [ask("probe.count") for _ in range(5)]
    first = crew.start()
    crew.wait_for_word("begun")
    first.kill()
    first.wait()
    assert effects() == []
    assert Job.objects.get(pk=job_id).state == "running"
    second = crew.start()
    crew.wait_until_done()
    assert Counter(job for job, _ in effects()) == Counter([job_id, *others])
    assert {worker for _, worker in effects()} == {second.pid}
    assert Job.objects.get(pk=job_id).attempts == 2


def test_a_worker_that_its_own_job_kills_loses_nothing(crew):
    poison = ask("probe.stubborn")
    others = [ask("probe.count") for _ in range(5)]
    first = crew.start()
    first.wait(timeout=20)
    assert first.returncode == -signal.SIGKILL
    crew.start()
    crew.wait_until_done()
    assert Counter(job for job, _ in effects()) == Counter([poison, *others])


def test_a_slow_job_does_not_keep_the_quick_ones_before_it_from_being_seen(crew):
    """They were claimed together, but do not share its transaction."""
    quick = [ask("probe.count") for _ in range(4)]
    ask("probe.slow", seconds=1)
    crew.start()
    crew.wait_for_word("begun")
    assert {job for job, _ in effects()} == set(quick)


def test_two_workers_do_five_hundred_jobs_once_each(crew):
    first, second = crew.start(), crew.start()
    for worker in (first, second):
        assert json.loads(worker.stderr.readline())["event"] == "worker.started"
    asked = actions.enqueue_many(by=ROOM, wishes=[Wish("probe.steady")] * 500)
    crew.wait_until_done()
    done = effects()
    assert Counter(job for job, _ in done) == Counter(asked)
    assert {worker for _, worker in done} == {first.pid, second.pid}


def test_a_frozen_worker_wakes_to_find_its_job_done_and_leaves_no_second_effect(crew):
    """Stopped in the middle of its transaction, longer than its lease, then let go on."""
    job_id = ask("probe.slow", seconds=1)
    first = crew.start()
    crew.wait_for_word("begun")
    first.send_signal(signal.SIGSTOP)
    second = crew.start()
    time.sleep(2.5)
    # The transaction itself holds the job: nobody begins it a second time while it may still end.
    assert Counter(line.split()[0] for line in crew.told()) == {"begun": 1}
    first.send_signal(signal.SIGCONT)
    crew.wait_until_done()
    assert effects() == [(job_id, first.pid)]
    assert second.poll() is None


def test_a_worker_told_to_stop_finishes_its_job_and_gives_the_others_back(crew):
    job_id = ask("probe.slow", seconds=1)
    for _ in range(5):
        ask("probe.count")
    first = crew.start()
    crew.wait_for_word("begun")
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=10) == 0
    assert [job for job, _ in effects()] == [job_id]
    left = asked_for().exclude(pk=job_id).values_list("state", "attempts", "lease_token")
    assert set(left) == {("waiting", 0, "")}


def test_a_sender_told_to_stop_finishes_sending(crew, outside):
    job_id = ask("probe.upload", seconds=1)
    first = crew.start()
    crew.wait_for_word("sent")
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=10) == 0
    assert Job.objects.get(pk=job_id).state == "done"


def test_a_long_upload_keeps_its_lease_while_another_worker_looks_for_work(crew, outside):
    """Four seconds without a word, with leases of two."""
    job_id = ask("probe.upload", seconds=4)
    crew.start()
    crew.start()
    crew.wait_until_done()
    assert crew.told() == [f"sent {job_id} 1"]


def test_senders_work_side_by_side_and_do_not_hold_up_the_rest(crew, outside):
    ask("probe.send", seconds=2)
    ask("probe.send", seconds=2)
    crew.start()
    crew.wait_for_word("sent", count=2)
    counted = ask("probe.count")
    crew.wait_until(lambda: Job.objects.get(pk=counted).state == "done")
    assert Job.objects.filter(kind="probe.send", state="running").count() == 2
    crew.wait_until(lambda: Job.objects.filter(progress_done__gte=5, state="running").exists())


def test_a_killed_senders_job_is_sent_again(crew, outside):
    """Outside the database nobody can promise once; it is promised that it is not forgotten."""
    job_id = ask("probe.upload", seconds=1)
    first = crew.start()
    crew.wait_for_word("sent")
    first.kill()
    first.wait()
    crew.start()
    crew.wait_until_done()
    assert crew.told() == [f"sent {job_id} 1", f"sent {job_id} 2"]


def test_a_new_job_is_found_quickly(crew):
    """The best of five, for the machine may have other things to do; 50 ms is what SQLite needs."""
    crew.start()
    took = []
    for _ in range(5):
        ask("probe.count")
        began = time.monotonic()
        crew.wait_until_done()
        took.append(time.monotonic() - began)
        time.sleep(1)  # long enough for the waits to grow to their longest
    assert min(took[1:]) < (0.6 if POSTGRES else 0.2)


@pytest.mark.skipif(POSTGRES, reason="one writer at a time is SQLite's way")
def test_a_locked_database_makes_the_worker_wait_and_go_on(crew):
    """Locked for longer than a writer waits for its turn."""
    crew.env["PROBE_TIMEOUT"] = "0.2"
    worker = crew.start()
    ask("probe.count")
    crew.wait_until_done()
    ask("probe.slow", seconds=0)
    crew.wait_for_word("begun")
    blocker = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    ask("probe.count")
    blocker.execute("BEGIN IMMEDIATE")
    time.sleep(2)
    blocker.execute("ROLLBACK")
    blocker.close()
    crew.wait_until_done()
    assert len(effects()) == 3
    worker.terminate()
    events = [line["event"] for line in log_of(worker)]
    assert "worker.database_away" in events
    assert worker.returncode == 0


@pytest.mark.skipif(not POSTGRES, reason="SQLite has no connections to lose")
def test_a_lost_connection_makes_the_worker_connect_again(crew):
    worker = crew.start()
    ask("probe.count")
    crew.wait_until_done()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 1
    ask("probe.count")
    crew.wait_until_done()
    assert worker.poll() is None
    assert len(effects()) == 2


def test_a_worker_says_what_it_does_without_saying_about_whom(crew):
    ask("gone.room")
    worker = crew.start()
    crew.wait_until(lambda: asked_for().get().state == "dead")
    worker.send_signal(signal.SIGINT)
    said = log_of(worker)
    assert worker.returncode == 0
    assert [line["event"] for line in said] == ["worker.started", "job.dead", "worker.stopped"]
    told = {"job": asked_for().get().pk, "kind": "gone.room", "death": "unknown_kind", "attempt": 1}
    assert told.items() <= said[1].items()
