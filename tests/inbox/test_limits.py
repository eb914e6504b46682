"""The platforms' limits are kept by the house, over all its workers; people see why it waits."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from nyumbani.inbox.actions.sending import begin, put_back
from nyumbani.inbox.actions.writing import write_back, write_template
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.queries import attempts_in_doubt
from nyumbani.jobs.models import Job
from nyumbani.kit import clock
from tests.desk.world import at_desk, hear, somebody, whatsapp
from tests.inbox.bodies import BY, DAY, JULY
from tests.inbox.templates_here import approved
from tests.people_here import actor, viewer

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = dt.timedelta(seconds=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def account(db):
    with clock.at(JULY):
        yield whatsapp()


def woman(number, account, at=JULY):
    with clock.at(at):
        thread = somebody(f"Woman {number}", account=account)
        hear(thread, "Habari", at=at)
    return thread


def to(thread, staff, words=None):
    if words is None:
        message = write_back(thread=thread, text="Tuko hapa.", by=actor(staff))
    else:
        message = write_template(thread=thread, words=words, values=["wewe"], by=actor(staff))
    return Attempt.objects.get(message=message)


def leaves(attempt, at):
    with clock.at(at):
        return begin(attempt_id=attempt.pk, by=BY) is not None


def turn(attempt):
    attempt.refresh_from_db()
    return attempt.turn_at


def test_six_seconds_lie_between_two_messages_to_one_person(account, wanjiku):
    thread = woman(1, account)
    first, second, third = (to(thread, wanjiku) for _ in range(3))
    assert leaves(first, JULY)
    assert not leaves(second, JULY)
    assert not leaves(third, JULY + SECOND)
    assert [turn(one) - JULY for one in (second, third)] == [6 * SECOND, 12 * SECOND]
    assert leaves(second, JULY + 6 * SECOND)
    assert leaves(third, JULY + 12 * SECOND)


def test_somebody_else_is_not_kept_waiting(account, wanjiku):
    assert leaves(to(woman(1, account), wanjiku), JULY)
    assert leaves(to(woman(2, account), wanjiku), JULY)


def test_waiting_its_turn_uses_up_no_try(account, wanjiku):
    thread = woman(1, account)
    for one in [to(thread, wanjiku) for _ in range(2)]:
        leaves(one, JULY)
    late = Job.objects.filter(kind="inbox.send", not_before=JULY + 6 * SECOND).get()
    assert late.attempts == 0


@pytest.mark.parametrize(("is_shared", "rate"), [(False, 80), (True, 20)])
def test_no_more_leave_within_a_second_than_the_number_may_send(account, wanjiku, is_shared, rate):
    ChannelAccount.objects.update(is_shared=is_shared)
    some = [to(woman(number, account), wanjiku) for number in range(rate + 3)]
    assert sum(leaves(one, JULY) for one in some) == rate
    assert {turn(one) for one in some[rate:]} == {JULY + SECOND}
    assert all(leaves(one, JULY + SECOND) for one in some[rate:])


def test_what_waited_together_does_not_leave_together(account, wanjiku):
    """After an hour without a worker, places given before are not taken all at once."""
    ChannelAccount.objects.update(is_shared=True)
    some = [to(woman(number, account), wanjiku) for number in range(45)]
    assert sum(leaves(one, JULY) for one in some) == 20
    rest = [one for one in some if turn(one) != JULY]
    assert sum(leaves(one, JULY + HOUR) for one in rest) == 20


def test_two_workers_at_once_do_not_let_two_leave_to_one_person(account, wanjiku):
    thread = woman(1, account)
    some = [to(thread, wanjiku) for _ in range(4)]

    def worker(attempt):
        try:
            return leaves(attempt, JULY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        left = list(pool.map(worker, some))
    assert sum(left) == 1
    assert sorted(turn(one) - JULY for one in some) == [n * 6 * SECOND for n in range(4)]


def test_one_that_was_put_back_gets_another_turn(account, wanjiku):
    attempt = to(woman(1, account), wanjiku)
    assert leaves(attempt, JULY)
    put_back(attempt_id=attempt.pk, by=BY)
    assert turn(attempt) is None


def outside(account, staff, count):
    """Attempts to send a template to so many people whose windows have closed."""
    words = approved(account)
    return [to(woman(number, account, JULY - 2 * DAY), staff, words) for number in range(count)]


def test_only_so_many_people_a_day_are_first_written_to(account, wanjiku):
    ChannelAccount.objects.update(people_a_day=2)
    first, second, third = outside(account, wanjiku, 3)
    assert leaves(first, JULY)
    assert leaves(second, JULY + HOUR)
    assert not leaves(third, JULY + 2 * HOUR)
    third.refresh_from_db()
    assert (third.held_until, third.held_why) == (JULY + DAY, "people")
    assert third.state == "queued"
    assert not leaves(third, JULY + DAY - SECOND)
    assert leaves(third, JULY + DAY)


def test_who_was_written_to_today_already_may_be_written_to_again(account, wanjiku):
    ChannelAccount.objects.update(people_a_day=1)
    (first,) = outside(account, wanjiku, 1)
    assert leaves(first, JULY)
    words = approved(account, name="second")
    again = to(first.message.conversation, wanjiku, words)
    assert leaves(again, JULY + HOUR)


def test_whoever_writes_within_her_window_is_not_counted(account, wanjiku):
    ChannelAccount.objects.update(people_a_day=1)
    (first,) = outside(account, wanjiku, 1)
    assert leaves(first, JULY)
    assert leaves(to(woman(8, account), wanjiku), JULY)
    assert leaves(to(woman(9, account), wanjiku, approved(account, name="other")), JULY)


def test_people_see_that_the_limit_holds_it_and_it_is_no_fault(account, wanjiku):
    ChannelAccount.objects.update(people_a_day=1)
    first, second = outside(account, wanjiku, 2)
    assert leaves(first, JULY)
    assert not leaves(second, JULY)
    with clock.at(JULY + HOUR):
        page = at_desk(wanjiku).get(f"/inbox/{second.message.conversation.person_id}/")
        assert second not in attempts_in_doubt(viewer(wanjiku))
    assert "first write to so many people a day" in page.content.decode()
    assert "Waits for her safe time" not in page.content.decode()


def test_a_colleague_of_another_team_does_not_see_what_waits(account, wanjiku, mutiso):
    (first,) = outside(account, wanjiku, 1)
    page = at_desk(mutiso).get(f"/inbox/{first.message.conversation.person_id}/")
    assert page.status_code == 404
    assert Conversation.objects.count() == 1
