"""A job's turn: effects once or not at all, failures that rest, dead letters that wait."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, connection, transaction

from nyumbani.jobs import actions, terms
from nyumbani.jobs.actions import leases
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker import run_due
from nyumbani.jobs.worker.turns import Turn
from nyumbani.kit import clock
from nyumbani.kit.doer import System
from tests.jobs.conftest import ROOM

pytestmark = pytest.mark.django_db
BY = System("worker-1")


def ask(kind="probe.work", **more):
    return actions.enqueue(kind=kind, data=more.pop("data", {}), by=ROOM, **more)


def write_an_effect():
    """Any row will do as an effect; another job is at hand."""
    actions.enqueue(kind="probe.effect", data={}, by=ROOM, not_before=FAR)


def effects():
    return Job.objects.filter(kind="probe.effect").count()


FAR = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def fail_with(error):
    def work(job):
        write_an_effect()
        raise error

    return work


def rest_is_over():
    Job.objects.filter(rest_until__isnull=False).update(rest_until=clock.real_now())


def test_work_is_done_with_what_was_asked(teach):
    seen = []
    teach(
        "probe.work",
        lambda job: seen.append((job.id, job.text("row"), job.number("n"), job.attempt)),
    )
    job_id = ask(data={"row": "case:1", "n": 4})
    assert run_due() == 1
    assert seen == [(job_id, "case:1", 4, 1)]
    job = Job.objects.get()
    assert (job.state, job.held_by, job.last_error) == ("done", "", "")
    assert job.finished_at is not None


def test_data_of_the_wrong_kind_is_refused_at_the_door(teach):
    teach("probe.work", lambda job: job.number("row"))
    ask(data={"row": "case:1"})
    with pytest.raises(TypeError, match="row is not a number"):
        run_due(strict=True)
    teach("probe.other", lambda job: job.text("row"))
    ask("probe.other")
    with pytest.raises(KeyError):
        run_due(strict=True)


def test_a_failure_takes_its_effects_back_and_rests(teach):
    teach("probe.work", fail_with(ValueError("Rehema Njeri +218 91 000 00 01")))
    ask()
    assert run_due() == 1
    assert effects() == 0
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("waiting", 1)
    assert job.last_error.startswith("ValueError at jobs/test_turns.py:")
    assert "Rehema" not in job.last_error
    assert 3 <= (job.rest_until - clock.real_now()).total_seconds() <= 6.5
    assert run_due() == 0


def test_rests_grow_until_the_job_is_a_dead_letter(teach):
    teach("probe.work", fail_with(OSError()))
    ask(max_attempts=4)
    rests = []
    for _ in range(3):
        assert run_due() == 1
        rests.append((Job.objects.get().rest_until - clock.real_now()).total_seconds())
        rest_is_over()
    assert rests[0] < rests[1] < rests[2]
    assert run_due() == 1
    job = Job.objects.get()
    assert (job.state, job.death, job.attempts) == ("dead", "exhausted", 4)
    assert job.last_error.startswith("OSError at jobs/test_turns.py:")
    assert run_due() == 0


def test_the_next_try_may_succeed(teach):
    teach("probe.work", lambda job: 1 // (job.attempt - 1) or write_an_effect())
    ask()
    run_due()
    rest_is_over()
    run_due()
    job = Job.objects.get(kind="probe.work")
    assert (job.state, job.attempts, job.last_error) == ("done", 2, "")


def test_work_that_cannot_be_done_now_says_when(teach):
    again = terms.TryAgain(dt.timedelta(minutes=30), "rate limit: code 130429")
    teach("probe.work", fail_with(again))
    ask()
    run_due()
    job = Job.objects.get()
    assert (job.rest_until - clock.real_now()).total_seconds() == pytest.approx(1800, abs=5)
    assert job.last_error.endswith(" rate limit: code 130429")
    assert effects() == 0


def test_even_work_that_asks_for_time_is_not_tried_for_ever(teach):
    teach("probe.work", fail_with(terms.TryAgain(dt.timedelta(0))))
    ask(max_attempts=3)
    assert run_due() == 3
    assert Job.objects.get().death == "exhausted"


def test_work_that_can_never_be_done_is_a_dead_letter_at_once(teach):
    teach("probe.work", fail_with(terms.GiveUp("Achieng has no number")))
    ask()
    run_due()
    job = Job.objects.get()
    assert (job.state, job.death, job.attempts) == ("dead", "gave_up", 1)
    assert "Achieng" not in job.last_error


def test_a_kind_no_room_knows_waits_where_people_see_it():
    ask("gone.room")
    assert run_due() == 1
    job = Job.objects.get()
    assert (job.state, job.death) == ("dead", "unknown_kind")
    assert job.get_death_display() == "No room knows this kind"


def test_a_job_that_kills_its_worker_every_time_ends_as_a_dead_letter(teach):
    teach("probe.work", lambda job: pytest.fail("it must not run again"))
    ask(max_attempts=2)
    for _ in range(2):
        assert leases.claim(by=BY)
        Job.objects.update(lease_until=clock.real_now() - dt.timedelta(seconds=1))
    assert run_due() == 1
    assert Job.objects.get().death == "lost"


def test_a_late_worker_finds_its_job_with_somebody_else_and_leaves_no_trace(teach):
    teach("probe.work", lambda job: write_an_effect())
    ask()
    (late,) = leases.claim(by=BY)
    Job.objects.update(lease_until=clock.real_now() - dt.timedelta(seconds=1))
    (now,) = leases.claim(by=System("worker-2"))
    assert Turn(late, BY).take() is None
    assert effects() == 0
    assert Turn(now, System("worker-2")).take() is None
    assert effects() == 1
    assert Job.objects.get(kind="probe.work").state == "done"


def test_a_swallowed_database_error_is_a_failure_not_a_silent_loss(teach):
    def work(job):
        write_an_effect()
        try:
            with transaction.atomic(savepoint=False):
                Job.objects.create(id=job.id, kind="x.y", data={}, created_at=clock.now())
        except IntegrityError:
            pass

    teach("probe.work", work)
    ask()
    run_due()
    assert effects() == 0
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("waiting", 1)


def test_a_failing_job_does_not_hold_up_the_others(teach):
    teach("probe.bad", fail_with(RuntimeError()))
    teach("probe.work", lambda job: None)
    ask("probe.bad")
    ask()
    assert run_due() == 2
    assert set(Job.objects.values_list("kind", "state")) == {
        ("probe.bad", "waiting"),
        ("probe.work", "done"),
    }


def test_jobs_asked_for_by_jobs_are_done_too_up_to_the_limit(teach):
    teach("probe.work", lambda job: ask())
    ask()
    assert run_due(limit=5) == 5


# ---- outside -------------------------------------------------------------------------------------
def test_work_outside_has_no_transaction_around_it_and_shows_how_far_it_is(teach):
    seen = []
    depth = len(connection.savepoint_ids)

    def send(job):
        seen.append(len(connection.savepoint_ids))
        job.progress(3, 16)
        seen.append(Job.objects.values_list("state", "progress_done", "progress_total").get())
        job.heartbeat()

    teach("probe.send", send, outside=True)
    ask("probe.send")
    assert run_due() == 1
    assert seen == [depth, ("running", 3, 16)]
    assert Job.objects.get().state == "done"


def test_work_outside_keeps_what_it_stored_before_it_failed(teach):
    teach("probe.send", fail_with(TimeoutError()), outside=True)
    ask("probe.send")
    run_due()
    assert effects() == 1
    assert Job.objects.get(kind="probe.send").state == "waiting"


def test_work_outside_may_store_its_outcome_with_its_done_mark(teach):
    def send(job):
        with transaction.atomic():
            write_an_effect()
            job.done()

    teach("probe.send", send, outside=True)
    ask("probe.send")
    run_due(strict=True)
    assert effects() == 1
    assert Job.objects.get(kind="probe.send").state == "done"


def test_the_outcome_of_a_late_sender_is_rolled_back(teach):
    def send(job):
        Job.objects.filter(pk=job.id).update(lease_token="somebody else", held_by="other")
        with transaction.atomic():
            write_an_effect()
            job.done()

    teach("probe.send", send, outside=True)
    ask("probe.send")
    run_due(strict=True)
    assert effects() == 0
    assert Job.objects.get().held_by == "other"


@pytest.mark.parametrize("word", ["progress", "heartbeat"])
def test_a_late_sender_is_told_that_it_is_late(teach, word):
    def send(job):
        Job.objects.filter(pk=job.id).update(lease_token="somebody else", held_by="other")
        job.progress(1, 2) if word == "progress" else job.heartbeat()
        write_an_effect()

    teach("probe.send", send, outside=True)
    ask("probe.send")
    run_due(strict=True)
    assert effects() == 0


def test_a_done_mark_that_was_rolled_back_is_set_again(teach):
    def send(job):
        with transaction.atomic():
            job.done()
            transaction.set_rollback(True)

    teach("probe.send", send, outside=True)
    ask("probe.send")
    run_due(strict=True)
    assert Job.objects.get().state == "done"


# ---- what rooms register -------------------------------------------------------------------------
def test_two_functions_cannot_do_one_kind(teach):
    teach("probe.work", lambda job: None)
    with pytest.raises(ValueError, match="two functions"):
        teach("probe.work", lambda job: None)


def test_a_registered_kind_names_its_room(teach):
    with pytest.raises(ValueError, match=re.escape("<room>.<verb>")):
        teach("work", lambda job: None)
