"""Jobs that share a transaction share no failure."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nyumbani.accounts.models import RoleGrant
from nyumbani.jobs import actions, terms
from nyumbani.jobs.actions import Wish
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker.idle import Halt
from nyumbani.jobs.worker.lanes import Inside
from nyumbani.kit import clock
from nyumbani.kit.doer import System
from tests.database import POSTGRES
from tests.jobs.conftest import ROOM

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lane():
    return Inside(System("worker-1"), 50, terms.LEASE, Halt())


def ask(count, kind="probe.work"):
    wishes = [Wish(kind, {"n": n}) for n in range(count)]
    return actions.enqueue_many(by=ROOM, wishes=wishes)


def do_all(lane):
    while lane.go():
        pass


def states():
    return dict(Job.objects.order_by("data__n").values_list("data__n", "state"))


@pytest.mark.skipif(POSTGRES, reason="on PostgreSQL every job has its own transaction")
def test_quick_jobs_share_a_transaction(teach, lane):
    teach("probe.work", lambda job: None)
    ask(1)
    do_all(lane)  # now it is known to be quick
    ask(20)
    with CaptureQueriesContext(connection) as asked:
        do_all(lane)
    begun = [q["sql"] for q in asked if q["sql"].startswith("BEGIN")]
    assert len(begun) < 10
    assert not Job.objects.exclude(state="done").exists()


def test_one_that_fails_among_many_is_undone_alone(teach, lane):
    def work(job):
        Job.objects.filter(pk=job.id).update(progress_total=7)
        if job.number("n") == 5:
            raise ValueError

    teach("probe.work", work)
    ask(10)
    do_all(lane)
    assert states() == {n: "waiting" if n == 5 else "done" for n in range(10)}
    touched = Job.objects.filter(progress_total=7).values_list("data__n", flat=True)
    assert set(touched) == set(range(10)) - {5}


def test_what_is_found_wrong_only_at_the_end_costs_only_its_own_job(teach, lane):
    """A row that points to nobody is refused at the commit, when many jobs wait for it."""

    def work(job):
        if job.number("n") == 5:
            RoleGrant.objects.create(staff_id="nobody", role="escort", since=clock.now())

    teach("probe.work", work)
    ask(10)
    do_all(lane)
    assert states() == {n: "waiting" if n == 5 else "done" for n in range(10)}
    job = Job.objects.get(state="waiting")
    assert job.last_error.startswith("IntegrityError at ")
    assert not RoleGrant.objects.exists()


def test_what_is_not_begun_when_the_worker_is_told_to_stop_is_given_back(teach):
    halt = Halt()
    lane = Inside(System("worker-1"), 50, terms.LEASE, halt)

    def work(job):
        halt.asked = True

    teach("probe.work", work)
    ask(5)
    assert lane.go() == 1
    lane.give_back()
    assert Job.objects.filter(state="waiting", attempts=0).count() == 4
    assert Job.objects.filter(state="done").count() == 1


def test_a_long_batch_says_that_it_is_alive(teach):
    """With a lease shorter than the batch, nobody else may take what is still to come."""
    lane = Inside(System("worker-1"), 50, terms.LEASE / 200, Halt())
    other = Inside(System("worker-2"), 50, terms.LEASE, Halt())
    seen = []

    def work(job):
        seen.append(job.id)
        time.sleep(0.1)

    teach("probe.work", work)
    ask(5)
    lane.go()
    assert other.go() == 0
    assert len(seen) == len(set(seen)) == 5
    assert set(Job.objects.values_list("state", "attempts")) == {("done", 1)}
