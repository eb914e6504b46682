"""Post many bodies over kept-alive connections, and again whatever was not answered 200."""

import http.client
import threading
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from nyumbani.drill.flood.bodies import Body


@dataclass(slots=True)
class Delivery:
    """How it went. Latencies are seconds of attempts that got any answer."""

    answers: Counter[int] = field(default_factory=Counter)  # status → attempts; 0: no answer
    undelivered: list[Body] = field(default_factory=list)  # given up
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def percentile(self, share: float) -> float:
        """The latency that `share` (0 to 1) of the answers stayed within."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass(slots=True)
class _Round:
    url: str
    attempts: int
    patience: float
    pause: float
    waiting: deque[tuple[int, Body]]
    report: Delivery
    under_way: int = 0
    bell: threading.Condition = field(default_factory=threading.Condition)


def deliver(
    bodies: Sequence[Body],
    url: str,
    *,
    concurrency: int = 4,
    attempts: int = 50,
    patience: float = 10.0,
    pause: float = 0.05,
) -> Delivery:
    """Post every body until it is answered 200, each at most `attempts` times.

    A body that failed goes to the end of the queue; its sender waits `pause` seconds, longer at
    every failure in a row (at most a second), so that a door that is being restarted is not
    hammered. `patience`: seconds to wait for an answer.
    """
    waiting = deque((0, body) for body in bodies)
    job = _Round(url, attempts, patience, pause, waiting, Delivery())
    began = time.perf_counter()
    posters = [threading.Thread(target=_work, args=(job,)) for _ in range(concurrency)]
    for poster in posters:
        poster.start()
    for poster in posters:
        poster.join()
    job.report.seconds = time.perf_counter() - began
    return job.report


def _work(job: _Round) -> None:
    where = urlsplit(job.url)
    line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=job.patience)
    failures = 0
    while (taken := _take(job)) is not None:
        attempt, body = taken
        status, seconds = _post(line, where.path or "/", body)
        failures = 0 if status == 200 else failures + 1
        _note(job, attempt + 1, body, status, seconds)
        if failures:
            time.sleep(min(1.0, job.pause * 2 ** min(failures, 10)))
    line.close()


def _take(job: _Round) -> tuple[int, Body] | None:
    with job.bell:
        while not job.waiting and job.under_way:
            job.bell.wait()  # what another poster fails to deliver comes back to the queue
        if not job.waiting:
            return None
        job.under_way += 1
        return job.waiting.popleft()


def _note(job: _Round, attempt: int, body: Body, status: int, seconds: float) -> None:
    with job.bell:
        job.under_way -= 1
        job.report.answers[status] += 1
        if status:
            job.report.latencies.append(seconds)
        if status != 200 and attempt < job.attempts:
            job.waiting.append((attempt, body))
        elif status != 200:
            job.report.undelivered.append(body)
        job.bell.notify_all()


def _post(line: http.client.HTTPConnection, path: str, body: Body) -> tuple[int, float]:
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": body.signature}
    began = time.perf_counter()
    try:
        line.request("POST", path, body.content, headers)
        answer = line.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        line.close()  # the next request opens it again
        return 0, 0.0
    return answer.status, time.perf_counter() - began
