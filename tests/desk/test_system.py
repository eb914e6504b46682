"""The system page: what waits, what stopped, and buttons that do what they say."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.audit.models import Entry
from nyumbani.jobs import actions, queries, registry
from nyumbani.jobs.actions import leases
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import System
from tests.accounts.staff import hire, sign_in
from tests.hands import forget_kind

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2014, 7, 14, 8, 0, tzinfo=dt.UTC)
ROOM = System("tests")
OVERSEERS = [Role.ADMINISTRATOR, Role.COORDINATOR, Role.DIRECTOR]
broken = True


@pytest.fixture(autouse=True)
def work():
    """A kind of work that fails until the trouble behind it is mended."""
    global broken  # noqa: PLW0603
    broken = True
    registry.handler("probe.desk")(do)
    yield
    forget_kind("probe.desk")


def do(job):
    if broken:
        raise ConnectionError("Rehema Njeri did not answer")
    actions.enqueue(kind="probe.effect", data={}, by=ROOM, not_before=MONDAY + dt.timedelta(99999))


def mend():
    global broken  # noqa: PLW0603
    broken = False


def effects():
    return Job.objects.filter(kind="probe.effect").count()


def a_dead_letter(**more):
    job_id = actions.enqueue(kind="probe.desk", data={}, by=ROOM, max_attempts=1, **more)
    run_due()
    assert Job.objects.get(pk=job_id).state == "dead"
    return job_id


def browser(role, **more):
    return sign_in(Client(**more), hire(role.value, role))


@pytest.fixture
def page():
    """The director's browser, which also follows the way back to the page."""
    at_work = browser(Role.DIRECTOR)

    def press(name, job_id, **posted):
        answer = at_work.post(reverse(f"desk:{name}", args=[job_id]), posted, follow=True)
        assert answer.redirect_chain == [(reverse("desk:system"), 302)]
        return answer.content.decode()

    def look():
        return at_work.get(reverse("desk:system")).content.decode()

    press.open = look
    return press


@pytest.mark.parametrize("role", list(Role))
def test_the_page_is_there_for_whoever_looks_after_the_house_and_for_nobody_else(role):
    job_id = a_dead_letter()
    at_work = browser(role)
    again, aside = (reverse(f"desk:{name}", args=[job_id]) for name in ("job-again", "job-aside"))
    if role in OVERSEERS:
        assert at_work.get(reverse("desk:system")).status_code == 200
        return
    assert at_work.get(reverse("desk:system")).status_code == 404
    assert at_work.post(again).status_code == 404
    assert at_work.post(aside, {"reason": "mistake"}).status_code == 404
    assert Job.objects.get(pk=job_id).state == "dead"
    assert not Job.objects.get(pk=job_id).discarded


def test_a_stranger_is_asked_to_sign_in():
    answer = Client().get(reverse("desk:system"))
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


def test_a_quiet_house_says_that_all_is_well(page):
    shown = page.open()
    assert "all well" in shown
    assert "Nothing stopped." in shown


def test_the_page_shows_what_waits_what_runs_and_what_stopped(page):
    a_dead_letter()
    registry.handler("probe.upload", outside=True)(do)
    try:
        for n in range(3):
            actions.enqueue(kind="probe.upload", data={"n": n}, by=ROOM)
    finally:
        forget_kind("probe.upload")
    later = clock.now() + dt.timedelta(days=1)
    actions.enqueue(kind="probe.later", data={}, by=ROOM, not_before=later)
    (job,) = leases.claim(by=ROOM, outside=True)
    leases.note(by=ROOM, job=job, done=7, total=31)
    shown = page.open()
    assert '<progress max="31" value="7"' in " ".join(shown.split())
    assert '<bdi class="big num">2</bdi>' in shown
    assert "probe.later" in shown
    assert "Tried too often" in shown
    assert "ConnectionError at desk/test_system.py:" in shown
    assert "Rehema" not in shown


def test_the_page_says_when_no_worker_is_there(page):
    with clock.at(MONDAY):
        actions.enqueue(kind="probe.desk", data={}, by=ROOM)
    with clock.at(MONDAY + dt.timedelta(minutes=1)):
        assert "No worker seems to be running" not in page.open()
    with clock.at(MONDAY + dt.timedelta(minutes=3)):
        assert "No worker seems to be running" in page.open()


def test_do_again_really_does_it_again(page):
    job_id = a_dead_letter()
    mend()
    assert "It is in the queue again." in page("job-again", job_id)
    assert run_due() == 1
    assert effects() == 1
    assert Job.objects.get(pk=job_id).state == "done"
    line = Entry.objects.get(verb="job.retried")
    assert (line.about, line.by.split(":")[0]) == (f"job:{job_id}", "staff")


def test_do_again_gives_all_tries_back(page):
    job_id = a_dead_letter()
    page("job-again", job_id)
    run_due()
    job = Job.objects.get(pk=job_id)
    assert (job.state, job.attempts, job.death) == ("dead", 1, "exhausted")


def test_do_again_twice_is_told_and_done_once(page):
    job_id = a_dead_letter()
    mend()
    page("job-again", job_id)
    assert "already" in page("job-again", job_id)
    run_due()
    assert effects() == 1
    assert Entry.objects.filter(verb="job.retried").count() == 1


def test_the_same_work_is_not_put_in_the_queue_twice(page):
    job_id = a_dead_letter(key="read:case")
    actions.enqueue(kind="probe.desk", data={}, by=ROOM, key="read:case")
    assert "The same work is in the queue already" in page("job-again", job_id)
    assert Job.objects.get(pk=job_id).state == "dead"
    assert not Entry.objects.filter(verb="job.retried").exists()


def test_what_is_laid_aside_is_not_shown_again_and_never_runs(page):
    job_id = a_dead_letter()
    mend()
    shown = page("job-aside", job_id, reason="done_otherwise")
    assert "It is laid aside." in shown
    assert "Nothing stopped." in shown
    assert run_due() == 0
    line = Entry.objects.get(verb="job.discarded")
    assert line.about == f"job:{job_id}"
    assert b'"reason":"done_otherwise"' in bytes(line.body)
    assert "already" in page("job-again", job_id)


@pytest.mark.parametrize("reason", ["", "because Rehema said so"])
def test_laying_aside_needs_a_reason_from_the_list(page, reason):
    job_id = a_dead_letter()
    assert "Say why it is laid aside." in page("job-aside", job_id, reason=reason)
    assert not Job.objects.get(pk=job_id).discarded


def test_what_is_not_there_cannot_be_started(page):
    assert "already" in page("job-again", ids.new())


def test_the_buttons_need_the_pages_own_form():
    job_id = a_dead_letter()
    at_work = browser(Role.DIRECTOR, enforce_csrf_checks=True)
    assert at_work.post(reverse("desk:job-again", args=[job_id])).status_code == 403
    assert Job.objects.get(pk=job_id).state == "dead"


def test_looking_changes_nothing(page):
    job_id = a_dead_letter()
    at_work = browser(Role.COORDINATOR)
    assert at_work.get(reverse("desk:job-again", args=[job_id])).status_code == 405
    assert Job.objects.get(pk=job_id).state == "dead"


def test_many_dead_letters_come_a_page_at_a_time(page):
    with clock.at(MONDAY):
        wishes = [actions.Wish("gone.room") for _ in range(60)]
        actions.enqueue_many(by=ROOM, wishes=wishes)
        run_due()
    shown = page.open()
    assert shown.count("No room knows this kind") == 50
    assert 'rel="next"' in shown


def test_the_page_asks_little_of_the_database(page, django_assert_max_num_queries):
    for _ in range(5):
        a_dead_letter()
    page.open()
    with django_assert_max_num_queries(14):
        page.open()


def test_the_queue_is_not_shown_to_whoever_does_not_look_after_it():
    escort = Viewer(ids.new(), "Barasa", frozenset({Role.ESCORT}))
    for read in (queries.waiting, queries.running, queries.dead_letters, queries.dead_count):
        with pytest.raises(PermissionDenied):
            read(escort)
