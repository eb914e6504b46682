"""Once a day the house tidies up: one job that plans its successor."""

import datetime as dt
import time

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from nyumbani.jobs import actions, registry, tasks
from nyumbani.jobs.actions import daily
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker import Worker, run_due
from nyumbani.kit import clock
from tests.jobs.conftest import ROOM

pytestmark = pytest.mark.django_db

EVENING = dt.datetime(2014, 7, 14, 18, 0, tzinfo=dt.UTC)  # 21:00 in Nairobi
MORNING = dt.datetime(2014, 7, 15, 1, 0, tzinfo=dt.UTC)  # 04:00 in Nairobi
DAY = dt.timedelta(days=1)


@pytest.fixture
def verbs(monkeypatch):
    """What is done daily in this test; nothing yet."""
    monkeypatch.setattr(registry, "_daily", {})
    return registry.daily


def planned():
    return list(Job.objects.filter(kind=daily.KIND, state="waiting"))


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (EVENING, MORNING),
        (MORNING - dt.timedelta(seconds=1), MORNING),
        (MORNING, MORNING + DAY),
        (MORNING + dt.timedelta(hours=6), MORNING + DAY),
    ],
)
def test_the_next_morning_is_four_oclock_where_the_house_is(now, then):
    assert timezone.get_default_timezone_name() == "Africa/Nairobi"
    assert daily.next_morning(now) == then


def test_tidying_waits_for_the_morning_and_plans_the_next(verbs):
    done = []
    verbs("tests.tidy", lambda *, by: done.append(by.ledger_name) or 0)
    with clock.at(EVENING):
        daily.plan(by=ROOM)
        daily.plan(by=ROOM)
        assert len(planned()) == 1
        assert run_due(strict=True) == 0
    with clock.at(MORNING):
        assert run_due(strict=True) == 1
    assert done == ["system:tidier"]
    (successor,) = planned()
    assert successor.not_before == MORNING + DAY


def test_a_week_switched_off_is_tidied_once(verbs):
    done = []
    verbs("tests.tidy", lambda *, by: done.append(by) or 0)
    with clock.at(EVENING):
        daily.plan(by=ROOM)
    later = EVENING + 7 * DAY
    with clock.at(later):
        daily.plan(by=ROOM)
        assert run_due(strict=True) == 1
    assert len(done) == 1
    (successor,) = planned()
    assert successor.not_before == MORNING + 7 * DAY


def test_much_is_done_in_batches_until_there_is_no_more(verbs):
    batches = [3, 10, 10]
    verbs("tests.tidy", lambda *, by: batches.pop() if batches else 0)
    verbs("tests.endless", lambda *, by: 1)
    with clock.at(EVENING):
        daily.plan(by=ROOM)
    with clock.at(MORNING), pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "_MOST", 4)
        run_due(strict=True)
    assert batches == []
    assert len(planned()) == 1


def test_one_verb_that_fails_stops_no_other_and_comes_again(verbs):
    done = []

    def broken(*, by):
        if len(done) < 2:
            raise ConnectionError("Rehema Njeri did not answer")
        return 0

    verbs("tests.a", broken)
    verbs("tests.b", lambda *, by: done.append(1) or 0)
    with clock.at(EVENING):
        daily.plan(by=ROOM)
    with clock.at(MORNING):
        run_due()
        (resting,) = planned()
        assert done == [1]
        assert resting.attempts == 1
        assert "Rehema" not in resting.last_error
    with clock.at(MORNING + DAY):
        run_due()
        run_due()
    assert len(done) >= 2


def test_how_far_it_is_can_be_seen(verbs):
    for name in ("tests.a", "tests.b", "tests.c"):
        verbs(name, lambda *, by: 0)
    with clock.at(EVENING):
        daily.plan(by=ROOM)
    with clock.at(MORNING):
        run_due(strict=True)
    job = Job.objects.get(kind=daily.KIND, state="done")
    assert (job.progress_done, job.progress_total) == (3, 3)


def test_jobs_done_a_month_ago_are_forgotten_and_later_ones_kept(teach):
    teach("probe.count", lambda job: None)
    for days in (40, 20):
        with clock.at(EVENING - days * DAY):
            actions.enqueue(kind="probe.count", data={"days": days}, by=ROOM)
            run_due(strict=True)
    with clock.at(EVENING):
        daily.plan(by=ROOM)
    with clock.at(MORNING):
        run_due(strict=True)
    kept = Job.objects.filter(kind="probe.count").values_list("data", flat=True)
    assert [data["days"] for data in kept] == [20]


def test_sessions_that_are_over_are_forgotten_with_the_rest():
    Session.objects.create(session_key="over", session_data="x", expire_date=clock.real_now() - DAY)
    Session.objects.create(session_key="open", session_data="x", expire_date=clock.real_now() + DAY)
    with clock.at(EVENING):
        daily.plan(by=ROOM)
    with clock.at(MORNING):
        run_due(strict=True)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_plans_it_as_soon_as_it_works():
    working = Worker(senders=1)
    try:
        working._round()
        assert len(planned()) == 1
        Job.objects.all().delete()
        working._plan_at = time.monotonic() - 1  # an hour later
        working._round()
        assert len(planned()) == 1
    finally:
        working._outside.close()


def test_a_worker_sees_to_it_that_what_goes_on_for_ever_is_planned(monkeypatch):
    monkeypatch.setattr(registry, "_standing", {})
    asked = []
    registry.standing("tests.round", lambda *, by: asked.append(by.ledger_name))
    working = Worker(senders=1)
    try:
        working._round()
        working._round()
        assert len(asked) == 1, "every hour, not every round"
    finally:
        working._outside.close()
