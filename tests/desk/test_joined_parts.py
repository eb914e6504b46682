"""Of two joined conversations a team may read one alone: it answers through that one.

It is told that there is another part; what was agreed there holds; nothing of it is shown.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases.terms import CaseRole
from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.domain.triage.terms import Mark
from nyumbani.inbox.actions import alarms
from nyumbani.inbox.actions.joining import NotParted, join, undo
from nyumbani.inbox.actions.writing import NotWritten, send_again, write_back
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.joins import Join
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import AttemptState, Way
from nyumbani.people import actions as people
from nyumbani.people.agreed import Agreed
from tests.desk.world import (
    MINUTE,
    MONDAY,
    alarm,
    at_desk,
    case_with,
    hear,
    lets_in,
    messenger,
    somebody,
)
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NAIROBI = ZoneInfo("Africa/Nairobi")
TOLD = "This conversation has another part, which you may not read."


@pytest.fixture
def parted(wanjiku, kamau):
    """The main one is Wanjiku's, the joined one Kamau's; she wrote last on Kamau's."""
    main, other = somebody("Rehema"), somebody("Zawadi", account=messenger())
    hear(main, "On the first", at=MONDAY - 9 * MINUTE)
    hear(other, "On the second", at=MONDAY - 2 * MINUTE)
    join(main=main, other=other, why="Zawadi is her sister's name", by=actor(wanjiku))
    main.case, other.case = case_with(wanjiku, main), case_with(kamau, other)
    return main, other


def address(thread, more=""):
    return f"/inbox/{thread.person_id}/{more}"


def page_of(staff, thread):
    return at_desk(staff).get(address(thread)).content.decode()


def fresh(thread):
    return Conversation.objects.get(pk=thread.pk)


def writes(staff, thread, text="We are here"):
    return at_desk(staff).post(address(thread, "reply/"), {"text": text})


def agree_times(thread, by, *times):
    agreed = Agreed(Rule(NAIROBI, tuple(times)))
    people.agree_on_contact(person=thread.person, agreed=agreed, by=actor(by))


def test_each_team_answers_through_its_own_part(parted, wanjiku, kamau):
    for staff, thread in ((wanjiku, parted[0]), (kamau, parted[1])):
        assert writes(staff, thread).status_code == 302
        written = Message.objects.get(way=Way.OUT, written_by=staff)
        assert written.conversation == thread
        assert Attempt.objects.get(message=written).to


def test_the_box_names_the_channel_of_ones_own_part(parted, wanjiku, kamau):
    assert "Help line" in page_of(wanjiku, parted[0]).partition('id="compose"')[2]
    assert "Our page" in page_of(kamau, parted[1]).partition('id="compose"')[2]


def test_both_are_told_of_another_part_and_nothing_of_it(parted, wanjiku, kamau):
    for staff, thread, not_shown in (
        (wanjiku, parted[0], ("Zawadi", str(parted[1].person), "On the second", "Our page")),
        (kamau, parted[1], ("Rehema", str(parted[0].person), "On the first", "Help line")),
    ):
        page = page_of(staff, thread)
        assert TOLD in page
        assert all(word not in page for word in not_shown)


def test_who_reads_both_is_told_of_no_other_part(parted, wanjiku, kamau):
    lets_in(parted[1].case, kamau, wanjiku)
    assert TOLD not in page_of(wanjiku, parted[0])


def test_safe_times_agreed_on_the_part_not_read_hold(parted, wanjiku, kamau):
    evenings = SafeTime(frozenset(range(7)), dt.time(20), dt.time(22))
    agree_times(parted[1], kamau, evenings)
    writes(wanjiku, parted[0])
    held = Attempt.objects.get().held_until
    assert held == dt.datetime(2014, 7, 14, 20, tzinfo=NAIROBI)
    assert "waits until" in page_of(wanjiku, parted[0])


def test_nobody_overrides_what_was_agreed_on_a_part_they_may_not_read(parted, wanjiku, kamau):
    agree_times(parted[1], kamau, SafeTime(frozenset(range(7)), dt.time(20), dt.time(22)))
    with pytest.raises(NotWritten) as refused:
        write_back(
            thread=fresh(parted[0]), text="Now", override="it is urgent", by=actor(wanjiku)
        )  # fmt: skip
    assert refused.value.answer.why == "not_yours_to_override"


def test_an_alarm_in_the_part_not_read_refuses_and_says_why(parted, wanjiku):
    alarm(hear(fresh(parted[1]), "maji", account=messenger()))
    answered = writes(wanjiku, parted[0]).content.decode()
    assert "Her duress word came. Nothing is sent to her" in answered
    assert "an alarm there, hold here too" in answered
    assert "maji" not in answered
    assert not Message.objects.filter(way=Way.OUT).exists()


def test_what_waits_in_the_part_not_read_still_waits_when_the_other_is_answered(
    parted, wanjiku, kamau
):
    main, other = map(fresh, parted)
    other.mark = Mark.P1
    other.save()
    write_back(thread=main, text="We are here", by=actor(wanjiku))
    main, other = map(fresh, parted)
    assert main.waiting_since == other.waiting_since == MONDAY - 2 * MINUTE
    assert main.mark == Mark.P1
    write_back(thread=other, text="We read it", by=actor(kamau))
    main, other = map(fresh, parted)
    assert other.waiting_since is None
    assert main.waiting_since == MONDAY - 2 * MINUTE  # it cannot say which part that was
    lets_in(parted[1].case, kamau, wanjiku)
    write_back(thread=main, text="All read", by=actor(wanjiku))
    assert fresh(main).waiting_since is None


def test_nobody_sends_again_what_failed_in_a_part_not_theirs(parted, wanjiku, kamau):
    write_back(thread=fresh(parted[1]), text="Habari", by=actor(kamau))
    attempt = Attempt.objects.get()
    Attempt.objects.update(state=AttemptState.FAILED, why="refused")
    with pytest.raises(NotWritten) as refused:
        send_again(attempt=attempt, by=actor(wanjiku))
    assert refused.value.answer.why == "taken_up"
    assert send_again(attempt=attempt, by=actor(kamau))


def test_who_may_read_neither_part_reaches_nothing(parted, otieno):
    undo_it = f"/inbox/joins/{Join.objects.get().pk}/undo/"
    for thread in parted:
        assert at_desk(otieno).get(address(thread)).status_code == 404
        assert writes(otieno, thread).status_code == 404
    assert at_desk(otieno).post(undo_it).status_code == 404
    assert Join.objects.get().undone_at is None


def test_where_nothing_protects_her_there_one_team_shows_them_apart(parted, wanjiku, kamau):
    undo_it = f"/inbox/joins/{Join.objects.get().pk}/undo/"
    for staff, thread in ((wanjiku, parted[0]), (kamau, parted[1])):
        assert undo_it in page_of(staff, thread)
    answered = at_desk(kamau).post(undo_it)
    assert answered["Location"] == address(parted[1])
    assert TOLD not in page_of(kamau, parted[1])
    line = Entry.objects.get(verb="threads.parted")
    assert b"Zawadi" not in bytes(line.body)


def test_what_was_agreed_on_the_part_not_read_keeps_them_together_and_says_why(
    parted, wanjiku, kamau
):
    agree_times(parted[1], kamau)
    undo_it = f"/inbox/joins/{Join.objects.get().pk}/undo/"
    page = at_desk(wanjiku).post(undo_it, follow=True).content.decode()
    assert "It protects her here too" in page
    assert Join.objects.get().undone_at is None
    at_desk(kamau).post(undo_it)  # nothing was agreed on Wanjiku's
    assert Join.objects.get().undone_at is not None


def test_an_open_alarm_there_keeps_them_together_until_it_is_settled(parted, wanjiku, kamau):
    alarm_there = alarm(hear(fresh(parted[1]), "maji", account=messenger()))
    with pytest.raises(NotParted):
        undo(row=Join.objects.get(), by=actor(wanjiku))
    alarms.settle(alarm=alarm_there, how="called her sister", by=actor(kamau))
    undo(row=Join.objects.get(), by=actor(wanjiku))
    assert fresh(parted[1]).joined_to is None


def test_a_lead_who_may_read_both_undoes_whatever_was_agreed(parted, wanjiku, kamau):
    agree_times(parted[1], kamau)
    lets_in(parted[1].case, kamau, wanjiku, role=CaseRole.TEAM)
    undo(row=Join.objects.get(), by=actor(wanjiku))
    assert fresh(parted[1]).joined_to is None
