"""The watch goes round: what is true is raised once, what ended is settled, a sleep is told."""

import datetime as dt

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases import actions as cases
from nyumbani.cases.terms import Part, Stage, Urgency
from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.agreed import Agreed
from nyumbani.watch.actions import duty, sweeping
from nyumbani.watch.actions import people as verbs
from nyumbani.watch.guard.silent import too_long_silent
from nyumbani.watch.models.figures import Round
from nyumbani.watch.models.silences import Silence
from nyumbani.watch.terms import Ending, Life
from tests.desk.world import MONDAY, case_with, hear, somebody
from tests.people_here import actor
from tests.watch.night import HOUR, MINUTE, awake, look_at, open_silences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DAY = 24 * HOUR


@pytest.fixture
def nafula(wanjiku):
    """Wrote on Monday morning; her case says danger now: twelve hours."""
    thread = somebody("Nafula")
    hear(thread, "Habari", at=MONDAY)
    case_with(wanjiku, thread, urgency=Urgency.NOW)
    return thread


def look(moment):
    """The watch, awake until then, goes round."""
    awake(moment)
    return look_at(moment)


def test_nobody_hears_of_her_for_twelve_hours_and_her_team_is_told_once(nafula):
    assert look(MONDAY + 12 * HOUR - MINUTE).raised == 0
    assert look(MONDAY + 12 * HOUR).raised == 1
    assert look(MONDAY + 13 * HOUR).raised == 0
    (alarm,) = open_silences()
    assert (alarm.person, alarm.since, alarm.minutes) == (nafula.person, MONDAY, 720)
    assert Entry.objects.filter(verb="silence.raised").count() == 1


def test_an_alarm_writes_nothing_to_her(nafula):
    look(MONDAY + 13 * HOUR)
    assert open_silences()
    assert Attempt.objects.count() == 0
    assert Message.objects.count() == 1
    assert not Job.objects.filter(kind="inbox.send").exists()


def test_a_limit_agreed_with_her_comes_before_the_urgency_of_her_case(nafula, wanjiku):
    verbs.agree_on_limit(
        person=nafula.person, hours=2, waits=False, why="she asked", by=actor(wanjiku)
    )
    assert look(MONDAY + 2 * HOUR).raised == 1


def test_a_longer_limit_agreed_with_her_keeps_the_watch_calm(nafula, wanjiku):
    verbs.agree_on_limit(person=nafula.person, hours=48, waits=False, why="x", by=actor(wanjiku))
    assert look(MONDAY + 47 * HOUR).raised == 0
    assert look(MONDAY + 48 * HOUR).raised == 1


def test_when_her_own_limit_ends_the_urgency_of_her_case_holds_again(nafula, wanjiku):
    verbs.agree_on_limit(person=nafula.person, hours=48, waits=False, why="x", by=actor(wanjiku))
    verbs.end_limit(person=nafula.person, by=actor(wanjiku))
    assert look(MONDAY + 12 * HOUR).raised == 1


def test_the_most_urgent_of_her_cases_counts_and_a_closed_one_does_not(nafula, wanjiku):
    calm = somebody("Rehema")
    hear(calm, "x", at=MONDAY)
    case_with(wanjiku, calm, urgency=Urgency.PLANNED)
    danger = case_with(wanjiku, calm, urgency=Urgency.NOW)
    cases.move_stage(case=danger, stage=Stage.CLOSED, by=actor(wanjiku))
    look(MONDAY + 13 * HOUR)
    assert [row.person for row in open_silences()] == [nafula.person]


def test_who_only_reported_or_never_wrote_is_not_silent(wanjiku):
    reporter, named = somebody("Her sister"), somebody("Never heard")
    hear(reporter, "My sister is in Tripoli", at=MONDAY)
    case = case_with(wanjiku, named, urgency=Urgency.NOW)
    cases.join(case=case, person=reporter.person, part=Part.REPORTER, by=actor(wanjiku))
    assert look(MONDAY + 30 * DAY).raised == 0


def test_who_never_wrote_but_agreed_to_call_is_awaited_from_that_day(wanjiku):
    thread = somebody("Never heard")
    case_with(wanjiku, thread)
    verbs.agree_on_limit(
        person=thread.person, hours=5, waits=False, why="will call", by=actor(wanjiku)
    )
    assert look(MONDAY + 4 * HOUR).raised == 0
    assert look(MONDAY + 5 * HOUR).raised == 1


def test_her_message_settles_it_by_itself_and_it_stays_in_the_history(nafula):
    look(MONDAY + 13 * HOUR)
    hear(nafula, "My battery was dead", at=MONDAY + 14 * HOUR)
    assert look(MONDAY + 14 * HOUR + MINUTE).settled == 1
    row = Silence.objects.get()
    assert (row.ending, row.settled_by, row.since) == (Ending.HEARD, None, MONDAY)
    assert open_silences() == []


def test_her_next_silence_is_another_alarm(nafula):
    look(MONDAY + 13 * HOUR)
    hear(nafula, "Here", at=MONDAY + 14 * HOUR)
    look(MONDAY + 15 * HOUR)
    assert look(MONDAY + 26 * HOUR).raised == 1
    assert Silence.objects.count() == 2


def test_an_old_message_that_comes_late_moves_the_alarm_and_does_not_end_it(nafula):
    look(MONDAY + 13 * HOUR)
    hear(nafula, "sent yesterday", at=MONDAY + HOUR, received=MONDAY + 20 * HOUR)
    assert look(MONDAY + 20 * HOUR) == sweeping.Looked()
    (alarm,) = open_silences()
    assert alarm.since == MONDAY + HOUR


def test_a_call_with_her_settles_it_at_once(nafula, wanjiku):
    look(MONDAY + 13 * HOUR)
    with clock.at(MONDAY + 14 * HOUR):
        verbs.note_sign(
            person=nafula.person, kind=Life.CALLED, at=clock.now(), note="well", by=actor(wanjiku)
        )
    assert open_silences() == []
    assert look(MONDAY + 25 * HOUR).raised == 0
    assert look(MONDAY + 26 * HOUR).raised == 1


def test_what_staff_found_out_settles_it_and_her_time_counts_anew(nafula, wanjiku):
    look(MONDAY + 13 * HOUR)
    with clock.at(MONDAY + 14 * HOUR):
        verbs.settle(silence=open_silences()[0], how="in hospital", by=actor(wanjiku))
    row = Silence.objects.get()
    assert (row.ending, row.settled_by, row.settled_how) == (Ending.STAFF, wanjiku, "in hospital")
    assert look(MONDAY + 25 * HOUR).raised == 0
    assert look(MONDAY + 26 * HOUR).raised == 1, "nobody is forgotten because somebody knew once"


def test_while_her_silence_is_expected_nothing_is_raised_and_then_it_is(nafula, wanjiku):
    friday = MONDAY + 4 * DAY
    verbs.pause(person=nafula.person, until=friday, why="on the bus", by=actor(wanjiku))
    assert look(MONDAY + 3 * DAY).raised == 0
    assert look(friday).raised == 1


def test_a_pause_that_is_ended_rests_no_more(nafula, wanjiku):
    verbs.pause(person=nafula.person, until=MONDAY + 4 * DAY, why="bus", by=actor(wanjiku))
    verbs.end_pause(person=nafula.person, by=actor(wanjiku))
    assert look(MONDAY + 13 * HOUR).raised == 1


def test_who_can_only_write_in_her_hours_is_given_one_of_them_first(nafula, wanjiku):
    from zoneinfo import ZoneInfo

    evenings = SafeTime(frozenset(range(7)), dt.time(20), dt.time(22))
    people.agree_on_contact(
        person=nafula.person, agreed=Agreed(Rule(ZoneInfo("Africa/Nairobi"), (evenings,))),
        by=actor(wanjiku),
    )  # fmt: skip
    verbs.agree_on_limit(person=nafula.person, hours=2, waits=True, why="x", by=actor(wanjiku))
    assert look(MONDAY + 3 * HOUR).raised == 0
    assert look(dt.datetime(2014, 7, 14, 19, tzinfo=dt.UTC)).raised == 1  # 22:00 in Nairobi


def test_a_telephone_whose_clock_runs_ahead_does_not_blind_the_watch(nafula):
    hear(nafula, "from next year", at=MONDAY + 365 * DAY, received=MONDAY + HOUR)
    assert look(MONDAY + 13 * HOUR).raised == 1


def test_what_was_heard_in_a_conversation_joined_to_hers_counts(nafula, wanjiku):
    other = somebody("Nafula's other number")
    hear(other, "it is me", at=MONDAY + 5 * HOUR)
    nafula.joined_to = other
    nafula.save(update_fields=["joined_to"])
    assert look(MONDAY + 13 * HOUR).raised == 0
    assert look(MONDAY + 17 * HOUR).raised == 1


def test_figures_of_the_house_can_be_set(nafula, otieno):
    duty.set_figure(name="silent.now", minutes=60, by=actor(otieno))
    assert look(MONDAY + HOUR).raised == 1


def test_a_clock_set_back_raises_nobody_and_loses_nobody(nafula):
    look(MONDAY + 11 * HOUR)
    assert look_at(MONDAY - 30 * DAY).raised == 0
    assert Round.objects.get().looked_at == MONDAY - 30 * DAY
    assert look(MONDAY + 12 * HOUR).raised == 1


def test_after_two_days_asleep_the_watch_says_so_and_reads_first_what_came(nafula):
    awake(MONDAY + HOUR)
    back = MONDAY + HOUR + 2 * DAY
    woke = look_at(back)
    assert (woke.raised, woke.is_catching_up) == (0, True)
    row = Round.objects.get()
    assert row.slept_until == back
    assert row.slept_until - row.slept_from > 2 * DAY
    line = Entry.objects.get(verb="watch.slept")
    assert b'"minutes":2885' in bytes(line.body)


def test_who_wrote_while_the_watch_slept_raises_no_alarm_and_who_did_not_does(nafula, wanjiku):
    rehema = somebody("Rehema")
    hear(rehema, "Hallo", at=MONDAY)
    case_with(wanjiku, rehema, urgency=Urgency.NOW)
    awake(MONDAY + HOUR)
    back = MONDAY + 2 * DAY
    look_at(back)
    hear(nafula, "written yesterday, read now", at=back - HOUR, received=back + 2 * MINUTE)
    assert look_at(back + 5 * MINUTE).is_catching_up
    assert look_at(back + 10 * MINUTE).raised == 1
    assert [row.person for row in open_silences()] == [rehema.person]


def test_a_reader_that_is_stuck_delays_the_truth_for_an_hour_and_no_longer(nafula):
    JournalEntry.objects.create(
        channel="whatsapp", received_at=MONDAY, sha256="0" * 64, size=1, key="k", body=b"x"
    )
    awake(MONDAY + HOUR)
    back = MONDAY + 2 * DAY
    look_at(back)
    for minutes in range(5, 60, 5):
        assert look_at(back + minutes * MINUTE).raised == 0
    assert look_at(back + 60 * MINUTE).raised == 1


def test_two_workers_at_once_raise_one_alarm(nafula):
    awake(MONDAY + 13 * HOUR)
    with clock.at(MONDAY + 13 * HOUR):
        (kept,) = too_long_silent(clock.now())
        assert sweeping._raised(kept, sweeping.WATCH)
        assert not sweeping._raised(kept, sweeping.WATCH)
    assert len(open_silences()) == 1
    assert Entry.objects.filter(verb="silence.raised").count() == 1


def test_each_round_plans_the_next_and_there_is_never_more_than_one(nafula):
    sweeping.plan(by=sweeping.WATCH)
    sweeping.plan(by=sweeping.WATCH)
    assert run_due(strict=True) == 1
    (following,) = Job.objects.filter(kind=sweeping.KIND, state="waiting")
    assert following.not_before == MONDAY + 5 * MINUTE


def test_the_look_over_everybody_is_one_statement(nafula, django_assert_num_queries):
    with django_assert_num_queries(2):  # the figures, and the look
        too_long_silent(MONDAY + 13 * HOUR)


def test_reasons_and_what_was_found_out_are_not_stored_in_plain(nafula, wanjiku):
    from django.db import connection

    verbs.agree_on_limit(
        person=nafula.person, hours=2, waits=False, why="CANARY one", by=actor(wanjiku)
    )
    verbs.pause(person=nafula.person, until=MONDAY + DAY, why="CANARY two", by=actor(wanjiku))
    verbs.note_sign(
        person=nafula.person, kind=Life.SEEN, at=MONDAY, note="CANARY three", by=actor(wanjiku)
    )
    for table in ("watch_limit", "watch_pause", "watch_sign"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            kept = [bytes(v) if not isinstance(v, (str, int, type(None), dt.datetime)) else v
                    for v in cursor.fetchone()]  # fmt: skip
        assert "CANARY" not in repr(kept)
    assert not any(b"CANARY" in bytes(entry.body) for entry in Entry.objects.all())
