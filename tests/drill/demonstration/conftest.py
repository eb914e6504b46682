"""A demonstration inside the tests' own process: pages, stage and worker, as in three."""

import threading

import pytest
from django.conf import settings as configured

from nyumbani.drill import flow
from nyumbani.drill.script.acts import CAST, STARTS, STEPS
from nyumbani.drill.stage import Stage
from nyumbani.drill.stage.booth import Booth
from nyumbani.drill.terms import CLOCK_FILE, STAGE_FILE
from nyumbani.jobs.worker import Worker
from nyumbani.kit import clock
from nyumbani.kit.clock import ClockFile
from tests.hands import real_time_again
from tests.stories.conftest import doors, graph, platforms
from tests.stories.pages import Colleague

__all__ = ["doors", "graph", "platforms"]


@pytest.fixture
def story_clock(settings):
    settings.NYUMBANI_DEMO = True
    shared = ClockFile(configured.NYUMBANI_DATA / CLOCK_FILE)
    shared.set(STARTS)
    clock.follow(shared.file)
    yield shared
    real_time_again()
    shared.file.unlink()


@pytest.fixture
def wanted():
    """How often somebody asked to start again."""
    return []


@pytest.fixture
def booth(platforms, wanted):
    stage = Stage(platforms, CAST.values())
    file = configured.NYUMBANI_DATA / STAGE_FILE
    with Booth(stage, STEPS, file=file, again=lambda: wanted.append("again")) as started:
        yield started


@pytest.fixture
def worker(graph):
    """A worker as in its own process: it does what is due, whoever asks for it."""
    working = Worker(senders=2)
    thread = threading.Thread(target=working.run, name="worker-of-the-test")
    thread.start()
    yield working
    working.stop()
    thread.join()


@pytest.fixture
def visitor(live_server, booth, worker, monkeypatch):
    """Somebody who came in as the caseworker and does only what the pages offer."""
    monkeypatch.setattr(flow, "PATIENCE", 30.0)
    colleague = Colleague(live_server.url)
    colleague.press("/demo/enter/", "/demo/enter/", role="caseworker")
    yield colleague
    colleague.close()
