"""Claiming and holding: once each, for a while, and only as long as the token is the right one."""

import datetime as dt

import pytest
from django.db import connection

from nyumbani.jobs import actions, terms
from nyumbani.jobs.actions import Wish, leases
from nyumbani.jobs.models import Job
from nyumbani.kit import clock
from nyumbani.kit.doer import System
from tests.jobs.conftest import ROOM

pytestmark = pytest.mark.django_db
REHEARSAL = dt.datetime(2014, 7, 21, 8, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
ONE, OTHER = System("worker-1"), System("worker-2")


def ask(**more):
    return actions.enqueue(kind="probe.count", data={}, by=ROOM, **more)


def let_leases_run_out():
    past = clock.real_now() - SECOND
    Job.objects.filter(state="running").update(lease_until=past)


def test_each_job_is_claimed_once():
    actions.enqueue_many(by=ROOM, wishes=[Wish("probe.count") for _ in range(5)])
    first = leases.claim(by=ONE, limit=3)
    second = leases.claim(by=OTHER, limit=3)
    assert len(first) == 3
    assert len(second) == 2
    assert len({job.id for job in first + second}) == 5
    assert leases.claim(by=ONE, limit=3) == []


def test_a_claimed_job_says_what_it_is():
    job_id = actions.enqueue(kind="probe.count", data={"n": 7, "row": "a.b"}, by=ROOM)
    (job,) = leases.claim(by=ONE)
    assert (job.id, job.kind, job.data) == (job_id, "probe.count", {"n": 7, "row": "a.b"})
    assert (job.attempt, job.max_attempts) == (1, terms.MAX_ATTEMPTS)


def test_a_job_of_somebody_who_broke_off_is_claimed_again():
    ask()
    leases.claim(by=ONE)
    assert leases.claim(by=OTHER) == []
    let_leases_run_out()
    (again,) = leases.claim(by=OTHER)
    assert again.attempt == 2


def test_a_job_that_may_kill_its_worker_comes_alone():
    for _ in range(4):
        ask()
    leases.claim(by=ONE, limit=2)
    let_leases_run_out()
    assert len(leases.claim(by=OTHER, limit=10)) == 1
    assert len(leases.claim(by=OTHER, limit=10)) == 1
    assert len(leases.claim(by=OTHER, limit=10)) == 2


def test_an_old_token_changes_nothing():
    ask()
    (late,) = leases.claim(by=ONE)
    let_leases_run_out()
    (now,) = leases.claim(by=OTHER)
    rest = dt.timedelta(seconds=5)
    for word in (
        lambda: leases.finish(by=ONE, job=late),
        lambda: leases.note(by=ONE, job=late, done=1, total=2),
        lambda: leases.fail(by=ONE, job=late, error="", rest=rest),
        lambda: leases.bury(by=ONE, job=late, error="", death=terms.Death.GAVE_UP),
    ):
        with pytest.raises(terms.LeaseLost):
            word()
    assert leases.heartbeat(by=ONE, jobs=[late, now]) == []
    leases.release(by=ONE, jobs=[late])
    job = Job.objects.get()
    assert (job.state, job.held_by, job.attempts) == ("running", "system:worker-2", 2)
    leases.finish(by=OTHER, job=now)
    assert Job.objects.get().state == "done"


def test_a_heartbeat_holds_what_is_still_held():
    ask()
    ask()
    kept, lost = leases.claim(by=ONE, limit=2)
    Job.objects.filter(pk=lost.id).update(lease_until=clock.real_now() - SECOND)
    leases.claim(by=OTHER)
    assert leases.heartbeat(by=ONE, jobs=[kept, lost]) == [kept]
    assert Job.objects.get(pk=kept.id).lease_until > clock.real_now() + terms.LEASE - 5 * SECOND


def test_what_was_not_begun_is_given_back_without_counting_as_a_try():
    ask()
    jobs = leases.claim(by=ONE)
    leases.release(by=ONE, jobs=jobs)
    (again,) = leases.claim(by=OTHER)
    assert again.attempt == 1


def test_work_outside_is_claimed_for_itself(teach):
    teach("probe.send", lambda job: None, outside=True)
    actions.enqueue(kind="probe.send", data={}, by=ROOM)
    ask()
    assert [job.kind for job in leases.claim(by=ONE, limit=9)] == ["probe.count"]
    assert [job.kind for job in leases.claim(by=ONE, limit=9, outside=True)] == ["probe.send"]


def test_no_lease_is_longer_than_the_longest():
    with pytest.raises(ValueError, match="LONGEST_LEASE"):
        leases.claim(by=ONE, lease=terms.LONGEST_LEASE + SECOND)


# ---- clocks --------------------------------------------------------------------------------------
def test_an_appointment_waits_for_the_houses_clock():
    with clock.at(REHEARSAL):
        ask(not_before=REHEARSAL + dt.timedelta(days=3))
        assert leases.claim(by=ONE) == []
    with clock.at(REHEARSAL + dt.timedelta(days=3)):
        assert len(leases.claim(by=ONE)) == 1


def test_an_appointment_waits_again_when_the_clock_is_moved_back():
    ask(not_before=REHEARSAL + dt.timedelta(days=3))
    with clock.at(REHEARSAL):
        assert leases.claim(by=ONE) == []


def test_what_is_wanted_at_once_does_not_ask_the_clock():
    with clock.at(REHEARSAL + dt.timedelta(days=150)):
        ask()
    with clock.at(REHEARSAL):
        assert len(leases.claim(by=ONE)) == 1


def test_a_moved_clock_neither_frees_nor_holds_a_running_job():
    ask()
    with clock.at(REHEARSAL):
        leases.claim(by=ONE)
    with clock.at(REHEARSAL + dt.timedelta(days=150)):
        assert leases.claim(by=OTHER) == []
    let_leases_run_out()
    with clock.at(REHEARSAL - dt.timedelta(days=150)):
        assert len(leases.claim(by=OTHER)) == 1


def failed_once(at, rest):
    with clock.at(at):
        (job,) = leases.claim(by=ONE)
        leases.fail(by=ONE, job=job, error="", rest=rest)


def test_a_rest_is_over_when_the_house_is_past_it():
    ask()
    failed_once(REHEARSAL, dt.timedelta(hours=1))
    with clock.at(REHEARSAL + dt.timedelta(minutes=59)):
        assert leases.claim(by=ONE) == []
    with clock.at(REHEARSAL + dt.timedelta(minutes=60)):
        assert len(leases.claim(by=ONE)) == 1


def test_a_clock_moved_back_does_not_strand_a_resting_job():
    ask()
    failed_once(REHEARSAL + dt.timedelta(days=150), dt.timedelta(hours=1))
    with clock.at(REHEARSAL):
        assert leases.claim(by=ONE) == []
        Job.objects.update(rest_until=clock.real_now() - SECOND)
        assert len(leases.claim(by=ONE)) == 1


def test_a_lease_from_a_clock_that_ran_ahead_has_run_out():
    ask()
    leases.claim(by=ONE)
    Job.objects.update(lease_until=clock.real_now() + terms.LONGEST_LEASE + terms.LEASE)
    assert leases.claim(by=OTHER) == []
    Job.objects.update(lease_until=clock.real_now() + dt.timedelta(days=300))
    assert len(leases.claim(by=OTHER)) == 1


# ---- the one statement ---------------------------------------------------------------------------
def test_claiming_reads_no_more_rows_than_it_must():
    """A hundred thousand jobs that are done must not make the next one slow."""
    statement = leases._CLAIM.format(skip=leases._SKIP[connection.vendor])
    given = dict.fromkeys(("token", "by"), "x") | {"limit": 5, "outside": False}
    given |= dict.fromkeys(("house", "real", "until", "horizon"), "2014-07-21 08:00:00+00:00")
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(explain + statement, given)
        plan = "\n".join(str(row) for row in cursor.fetchall())
    for index in ("jobs_at_once", "jobs_planned", "jobs_resting", "jobs_running"):
        assert index in plan, plan
    assert "SCAN jobs_job" not in plan
    assert "Seq Scan on jobs_job" not in plan
