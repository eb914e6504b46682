"""Asking for work: kept with its event, once a key, without anything personal."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from nyumbani.jobs import actions, terms
from nyumbani.jobs.actions import Wish, leases
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock, ids
from tests.jobs.conftest import ROOM

pytestmark = pytest.mark.django_db


def ask(kind="probe.count", **more):
    return actions.enqueue(kind=kind, data=more.pop("data", {}), by=ROOM, **more)


def test_work_is_asked_for_in_one_statement():
    with (
        CaptureQueriesContext(
            connection,
        ) as asked,
        transaction.atomic(),
    ):
        ask(data={"row": ids.new()})
    statements = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(statements) == 1
    assert statements[0].startswith("INSERT INTO jobs_job")


def test_work_is_forgotten_with_the_event_that_asked_for_it():
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_job_is_stored_as_it_was_asked_for():
    moment = dt.datetime(2014, 7, 21, 8, 30, tzinfo=dt.UTC)
    row = ids.new()
    with clock.at(moment):
        job_id = ask(
            data={"row": row, "n": 3}, key=f"read:{row}", not_before=moment, max_attempts=2
        )
    job = Job.objects.get(pk=job_id)
    assert job.data == {"row": row, "n": 3}
    assert (job.kind, job.key, job.asked_by) == ("probe.count", f"read:{row}", "system:tests")
    assert (job.state, job.attempts, job.max_attempts) == ("waiting", 0, 2)
    assert job.created_at == job.not_before == moment


def test_one_unfinished_job_a_key():
    first = ask(key="index.person")
    assert first is not None
    assert ask(key="index.person") is None
    assert ask(key="index.case") is not None
    assert ask() is not None
    assert ask() is not None
    assert Job.objects.count() == 4


def test_a_key_still_holds_while_its_job_runs():
    ask(key="index.person")
    leases.claim(by=ROOM)
    assert ask(key="index.person") is None


def test_a_key_is_free_again_when_its_job_is_done(teach):
    teach("probe.count", lambda job: None)
    ask(key="index.person")
    assert run_due() == 1
    assert ask(key="index.person") is not None


def test_a_job_may_ask_for_its_own_successor(teach):
    later = clock.now() + dt.timedelta(days=1)
    teach("probe.again", lambda job: ask("probe.again", key="daily", not_before=later))
    ask("probe.again", key="daily")
    assert run_due() == 1
    assert Job.objects.filter(key="daily", state="waiting", not_before=later).count() == 1


def test_many_are_asked_for_in_one_statement_and_told_apart():
    ask(key="read.b")
    wishes = [
        Wish("probe.count", {"n": n}, key)
        for n, key in enumerate(["read.a", "read.b", None, "read.a"])
    ]
    with CaptureQueriesContext(connection) as asked:
        got = actions.enqueue_many(by=ROOM, wishes=wishes)
    assert sum(q["sql"].startswith("INSERT") for q in asked) == 1
    assert [job is not None for job in got] == [True, False, True, False]
    assert Job.objects.get(pk=got[2]).data == {"n": 2}


def test_nothing_is_asked_for_when_there_is_nothing_to_do():
    assert actions.enqueue_many(by=ROOM, wishes=[]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Rehema Njeri",
        "Rehema",
        "+218910000001",
        "218910000001",
        "rehema@example.org",
        "wamid.HBgMMjE4OTEwMDAwMDAxFQIAEhgg",
        "https://example.org/a",
        "tafadhali nisaidie",
        "رحمة",
        "",
    ],
)
def test_what_could_be_personal_does_not_come_into_the_queue(text):
    with pytest.raises(terms.NotForTheQueue) as refused:
        ask(data={"row": text})
    assert not text or text not in str(refused.value)
    with pytest.raises(terms.NotForTheQueue):
        ask(key=text)
    assert not Job.objects.exists()


@pytest.mark.parametrize("value", [1.5, None, ["x"], {"a": 1}])
def test_data_is_texts_and_numbers(value):
    with pytest.raises(terms.NotForTheQueue):
        ask(data={"row": value})


@pytest.mark.parametrize("kind", ["read", "Inbox.read", "inbox read", "a.b.c", ""])
def test_a_kind_names_its_room(kind):
    with pytest.raises(ValueError, match="kind"):
        ask(kind)


def test_an_appointment_needs_its_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        ask(not_before=dt.datetime(2014, 7, 21))  # noqa: DTZ001


def test_a_broken_constraint_is_not_swallowed():
    with pytest.raises(IntegrityError), transaction.atomic():
        ask(max_attempts=0)


WRONG = {
    "running without a lease": {"state": "running"},
    "waiting with a lease": {
        "lease_token": ids.new(),
        "held_by": "x",
        "lease_until": clock.real_now(),
    },
    "dead without a reason": {"state": "dead", "finished_at": clock.real_now()},
    "waiting with a reason to be dead": {"death": "gave_up"},
    "done without an end": {"state": "done"},
    "waiting with an end": {"finished_at": clock.real_now()},
    "waiting and laid aside": {"discarded": "mistake"},
    "a state nobody knows": {"state": "paused"},
    "more done than there is": {"progress_done": 2, "progress_total": 1},
    "resting without an appointment": {"rest_until": clock.real_now()},
    "no kind": {"kind": ""},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_wrong_states_cannot_be_stored(wrong):
    ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(**wrong)
