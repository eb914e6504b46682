"""An answer that cannot leave is tried for long, and then somebody is told; it never just waits."""

import datetime as dt
from dataclasses import replace

import pytest

from nyumbani.domain.window import MARGIN
from nyumbani.drill.graph.faults import Fault
from nyumbani.drill.graph.meta import Graph
from nyumbani.inbox import terms
from nyumbani.inbox.actions.sending import begin
from nyumbani.inbox.actions.writing import send_again, write_back
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.queries import attempts_in_doubt
from nyumbani.jobs.models import Job
from nyumbani.jobs.terms import rest
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.queries import Reach
from tests.inbox.bodies import BY, DAY, JULY, MINUTE, NAFULA, PHONE, open_doors, post, text
from tests.people_here import actor, viewer

NOWHERE = "http://127.0.0.1:9"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def thread(transactional_db, settings):
    """Nafula has written, and the house has no network."""
    settings.NYUMBANI_GRAPH_URL = NOWHERE
    open_doors()
    with clock.at(JULY):
        post(text(NAFULA, "Habari"))
        yield Conversation.objects.get()


@pytest.fixture
def platform(live_server, settings):
    """The network is there, and the simulated platform behind it."""
    door = replace(PHONE, url=f"{live_server.url}/hooks/whatsapp/")
    with Graph([door], now=lambda: JULY, seed=7) as graph:
        settings.NYUMBANI_GRAPH_URL = graph.url
        yield graph


def answer(thread, staff):
    write_back(thread=thread, text="Is it safe for you to write now?", by=actor(staff))
    return Attempt.objects.get()


def go_on_trying(writes_again=None):
    """The worker does its work until none is left; returns when it last did, and how often."""
    moment, times = clock.now(), 0
    while job := Job.objects.filter(kind="inbox.send", state="waiting").first():
        moment = max(moment, job.not_before or moment)
        with clock.at(moment):
            if writes_again and moment >= writes_again:
                post(text(NAFULA, "I am still here", moment), at=moment)
                writes_again = None
            run_due()
        times += 1
    return moment, times


@pytest.mark.pure
def test_the_shortest_rests_before_sending_outlast_a_day():
    rests = [
        min(rest(tries, 0.0), terms.LONGEST_REST_OF_A_LETTER)
        for tries in range(1, terms.SENDING_TRIES)
    ]
    assert sum(rests, dt.timedelta()) > DAY


def test_trying_goes_on_until_her_window_closes_and_then_somebody_is_told(thread, wanjiku):
    attempt = answer(thread, wanjiku)
    last, times = go_on_trying()
    attempt.refresh_from_db()
    assert last == JULY + DAY - MARGIN
    assert times > 45
    assert (attempt.state, attempt.code) == ("failed", None)
    assert attempt.why == "the time to write freely was over before it could leave"
    assert list(attempts_in_doubt(viewer(wanjiku))) == [attempt]
    assert not Job.objects.filter(state="dead").exists()


def test_after_the_last_try_it_says_no_connection_and_may_be_sent_again(
    thread, wanjiku, monkeypatch
):
    monkeypatch.setattr("nyumbani.inbox.sender._chance", lambda: 0.0)  # the shortest rests
    attempt = answer(thread, wanjiku)
    last, times = go_on_trying(writes_again=JULY + 20 * HOUR)  # her window moves on
    attempt.refresh_from_db()
    assert last - JULY > DAY
    assert times == terms.SENDING_TRIES
    assert (attempt.state, attempt.why) == ("failed", "no connection")
    assert list(attempts_in_doubt(viewer(wanjiku))) == [attempt]
    assert not Job.objects.filter(state="dead").exists()
    with clock.at(last):
        assert send_again(attempt=attempt, by=actor(wanjiku)).state == "queued"


def test_a_platform_that_throttles_without_end_is_told_too(thread, platform, wanjiku):
    platform.faults.plan(Fault.THROTTLED, times=200)
    attempt = answer(thread, wanjiku)
    last, times = go_on_trying(writes_again=JULY + 20 * HOUR)
    attempt.refresh_from_db()
    assert last - JULY > DAY
    assert times == terms.SENDING_TRIES
    assert (attempt.state, attempt.code) == ("failed", 130429)
    assert attempt.why == "too many messages a second"


def test_a_wait_beyond_her_window_is_not_waited(thread, platform, wanjiku):
    platform.faults.plan(Fault.PAIR_THROTTLED, times=200)  # asks for up to six hours
    attempt = answer(thread, wanjiku)
    last, _ = go_on_trying()
    attempt.refresh_from_db()
    assert last < JULY + DAY - HOUR
    assert (attempt.state, attempt.code) == ("failed", 131056)
    assert attempt.why == "too many messages to this person"


@pytest.mark.parametrize("begun", [False, True])
def test_what_should_have_left_a_quarter_of_an_hour_ago_is_shown(thread, wanjiku, begun):
    attempt = answer(thread, wanjiku)
    if begun:
        assert begin(attempt_id=attempt.id, by=BY) is not None
    with clock.at(JULY + 14 * MINUTE):
        assert not attempts_in_doubt(viewer(wanjiku)).exists()
    with clock.at(JULY + 16 * MINUTE):
        assert list(attempts_in_doubt(viewer(wanjiku))) == [attempt]


def test_another_team_does_not_see_what_is_overdue(thread, wanjiku, mutiso):
    answer(thread, wanjiku)
    with clock.at(JULY + HOUR):
        assert not attempts_in_doubt(viewer(mutiso)).exists()


def test_an_answer_is_not_sent_to_a_number_that_is_hers_no_longer(thread, wanjiku):
    attempt = answer(thread, wanjiku)
    assert (attempt.to_kind, attempt.to) == ("wa_id", NAFULA.wa_id)
    old = Identifier.objects.get(kind="wa_id", until=None)
    number = "218910000009"
    people.end_reach(
        person=thread.person, reach=[Reach(old.space, old.kind, old.value)], until=JULY, by=BY
    )
    people.add_reach(
        person=thread.person, reach=[Reach("whatsapp", "wa_id", number)], since=JULY, by=BY
    )
    run_due()
    attempt.refresh_from_db()
    assert (attempt.state, attempt.why) == ("failed", "unreachable: that number is no longer hers")
    assert attempt.to == NAFULA.wa_id  # nobody wrote it to another number behind her back
    assert list(attempts_in_doubt(viewer(wanjiku))) == [attempt]
    assert send_again(attempt=attempt, by=actor(wanjiku)).to == number
