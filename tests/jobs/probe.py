"""A worker process with kinds of work that tests can see from outside.

`python -m tests.jobs.probe` works on the database its environment names until it is told to stop.
What the kinds do in the database is a row in `probe_effect`; what they do outside is a line in the
file PROBE_FILE, which also tells a test that a job has begun.
"""

import datetime as dt
import os
import signal
import time
from pathlib import Path

import django
from django.db import connection

LEASE = dt.timedelta(seconds=2)


def tell(word):
    with Path(os.environ["PROBE_FILE"]).open("a") as file:
        file.write(f"{word}\n")


def effect(job):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO probe_effect (job, worker) VALUES (%s, %s)", [job.id, os.getpid()]
        )


def steady(job):
    """Take long enough for another worker to have its share."""
    effect(job)
    time.sleep(0.003)


def slow(job):
    """Write, say so, and take a while before the transaction ends."""
    effect(job)
    tell(f"begun {job.id} {job.attempt}")
    time.sleep(job.number("seconds"))


def stubborn(job):
    """Write and be killed in the middle, the first time."""
    effect(job)
    if job.attempt == 1:
        os.kill(os.getpid(), signal.SIGKILL)


def send(job):
    tell(f"sent {job.id} {job.attempt}")
    for second in range(job.number("seconds") * 10):
        job.progress(second, job.number("seconds") * 10)
        time.sleep(0.1)


def quiet_send(job):
    """Like a slow upload: no word to the queue until it is over."""
    tell(f"sent {job.id} {job.attempt}")
    time.sleep(job.number("seconds"))


def main():
    django.setup()
    from nyumbani.jobs import registry, worker

    registry._standing.clear()  # tests count the jobs: only their own
    registry.handler("probe.count")(effect)
    registry.handler("probe.steady")(steady)
    registry.handler("probe.slow")(slow)
    registry.handler("probe.stubborn")(stubborn)
    registry.handler("probe.send", outside=True)(send)
    registry.handler("probe.upload", outside=True)(quiet_send)
    if "PROBE_TIMEOUT" in os.environ:  # SQLite: how many seconds to wait for the other writer
        connection.settings_dict["OPTIONS"]["timeout"] = float(os.environ["PROBE_TIMEOUT"])
    worker.main(senders=2, lease=LEASE)


if __name__ == "__main__":
    main()
