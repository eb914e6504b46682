"""One woman, two telephones: her conversations are shown as one, and apart again."""

import datetime as dt
import random
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from nyumbani.audit.models import Entry
from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.inbox import queries
from nyumbani.inbox.actions import alarms, joining
from nyumbani.inbox.actions.joining import NotJoined
from nyumbani.inbox.actions.writing import NotWritten, write_back
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.joins import Join
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.queries import listing
from nyumbani.inbox.terms import Show, Way
from nyumbani.kit import clock
from nyumbani.people.actions import agree_on_contact
from nyumbani.people.agreed import Agreed
from nyumbani.people.models.identifiers import Identifier
from tests.desk.world import MINUTE, case_with, messenger, somebody
from tests.inbox.bodies import JULY, Sender, open_doors, post, text
from tests.people_here import actor, viewer

pytestmark = pytest.mark.django_db
FIRST = Sender("Nafula", "218910000001", "KE.1001")
SECOND = Sender("Nafula two", "254711000002", "KE.2001")
NAIROBI = ZoneInfo("Africa/Nairobi")


@pytest.fixture(autouse=True)
def _morning(db):
    with clock.at(JULY):
        open_doors()
        yield


def hears(sender, words, at=JULY, key=""):
    with clock.at(at):
        post(text(sender, words, at, key), at=at)


def thread_of(sender):
    found = {row.pk: row for row in Conversation.objects.select_related("person")}
    rows = [row for row in found.values() if said_by(row, sender)]
    assert len(rows) == 1
    return rows[0]


def said_by(row, sender):
    return any(one.value == sender.address for one in Identifier.objects.filter(person=row.person))


@pytest.fixture
def two(wanjiku):
    """She wrote from both telephones, last from the second."""
    hears(FIRST, "Habari", JULY)
    hears(SECOND, "It is me, on another phone", JULY + MINUTE)
    return thread_of(FIRST), thread_of(SECOND)


def join(main, other, by, why="her voice"):
    return joining.join(main=main, other=other, why=why, by=actor(by))


def again(*rows):
    for row in rows:
        row.refresh_from_db()
    return rows


def texts(staff, thread):
    return [one.text for one in queries.messages(viewer(staff), thread).order_by("sent_at")]


def listed(staff):
    return list(listing.shown(viewer(staff), Show.ALL))


def test_joined_they_are_one_row_in_the_order_of_time(two, wanjiku):
    main, other = two
    join(main, other, wanjiku)
    again(main, other)
    assert listed(wanjiku) == [main]
    assert texts(wanjiku, main) == ["Habari", "It is me, on another phone"]
    assert main.last_line == "It is me, on another phone"
    assert (main.last_at, main.waiting_since) == (JULY + MINUTE, JULY)


def test_what_comes_into_the_joined_one_moves_the_main_one_on(two, wanjiku):
    main, other = two
    join(main, other, wanjiku)
    hears(SECOND, "Please answer", JULY + 5 * MINUTE)
    again(main, other)
    assert (main.last_at, main.last_line) == (JULY + 5 * MINUTE, "Please answer")
    assert main.heard_at == other.heard_at == JULY + 5 * MINUTE
    assert texts(wanjiku, main)[-1] == "Please answer"


def test_the_answer_goes_where_she_wrote_last(two, wanjiku):
    main, other = two
    join(main, other, wanjiku)
    with clock.at(JULY + 2 * MINUTE):
        message = write_back(thread=main, text="We are here", by=actor(wanjiku))
    attempt = Attempt.objects.get(message=message)
    assert message.conversation == other
    assert attempt.to in {SECOND.address, "KE.2001"}
    again(main, other)
    assert main.waiting_since is None
    assert main.last_line == "We are here"


def test_an_answer_to_the_joined_one_is_an_answer_to_her(two, wanjiku):
    main, other = two
    join(main, other, wanjiku)
    hears(FIRST, "and again from here", JULY + 3 * MINUTE)
    with clock.at(JULY + 4 * MINUTE):
        message = write_back(thread=other, text="We read both", by=actor(wanjiku))
    assert message.conversation == main


def test_undone_each_stands_as_if_they_had_never_been_joined(two, wanjiku):
    main, other = two
    before = [(row.last_at, row.last_line, row.waiting_since, row.heard_at) for row in two]
    row = join(main, other, wanjiku)
    joining.undo(row=row, by=actor(wanjiku))
    again(main, other)
    assert [(row.last_at, row.last_line, row.waiting_since, row.heard_at) for row in two] == before
    assert set(listed(wanjiku)) == {main, other}
    assert texts(wanjiku, main) == ["Habari"]


def test_an_answer_given_while_joined_answers_only_where_it_went(two, wanjiku):
    main, other = two
    row = join(main, other, wanjiku)
    with clock.at(JULY + 2 * MINUTE):
        write_back(thread=main, text="We are here", by=actor(wanjiku))
    joining.undo(row=row, by=actor(wanjiku))
    again(main, other)
    assert main.waiting_since == JULY
    assert other.waiting_since is None


def test_undoing_twice_changes_nothing_the_second_time(two, wanjiku, kamau):
    row = join(*two, wanjiku)
    joining.undo(row=row, by=actor(wanjiku))
    joining.undo(row=row, by=actor(kamau))
    row.refresh_from_db()
    assert row.undone_by == wanjiku


def test_who_answered_her_goes_on_answering_her(two, wanjiku):
    main, other = two
    other.owner = wanjiku
    other.save(update_fields=["owner"])
    row = join(main, other, wanjiku)
    assert list(listing.shown(viewer(wanjiku), Show.MINE)) == [main]
    assert not listing.shown(viewer(wanjiku), Show.UNASSIGNED).exists()
    joining.undo(row=row, by=actor(wanjiku))
    again(main, other)
    assert (main.owner, other.owner) == (None, wanjiku)


def test_a_joined_one_is_joined_to_nothing_else(two, wanjiku):
    main, other = two
    third = somebody("Third")
    join(main, other, wanjiku)
    for pair in ((main, other), (other, main), (third, other), (main, main)):
        with pytest.raises(NotJoined):
            join(*again(*pair), wanjiku)
    fourth = somebody("Fourth")
    join(third, fourth, wanjiku)
    with pytest.raises(NotJoined) as refused:
        join(*again(main, third), wanjiku)
    assert refused.value.answer.why == "both_have_others"
    assert Join.objects.filter(undone_at=None).count() == 2


def test_into_a_joined_one_means_into_the_main_one(two, wanjiku):
    main, other = two
    third = somebody("Third")
    join(main, other, wanjiku)
    join(again(other)[0], third, wanjiku)
    again(third)
    assert third.joined_to == main


def test_the_tables_hold_no_conversation_inside_itself(two, wanjiku):
    main, other = two
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.filter(pk=main.pk).update(joined_to=main.pk)
    join(main, other, wanjiku)
    with pytest.raises(IntegrityError), transaction.atomic():
        Join.objects.create(main=somebody("X"), joined=other, by=wanjiku, at=clock.now())


def test_joining_needs_the_right_to_write_about_both(two, wanjiku, kamau):
    main, other = two
    case_with(kamau, other)
    with pytest.raises(NotJoined) as refused:
        join(main, other, wanjiku)
    assert refused.value.answer.why == "taken_up"
    again(other)
    assert other.joined_to is None


def test_who_may_not_read_the_other_one_reads_on_in_her_own(two, wanjiku, kamau):
    main, other = two
    join(main, other, wanjiku)
    case_with(kamau, again(other)[0])
    case_with(wanjiku, again(main)[0])
    assert texts(wanjiku, main) == ["Habari"]
    assert texts(kamau, other) == ["It is me, on another phone"]
    assert listed(wanjiku) == [main]
    assert listed(kamau) == [other]


def test_nobody_writes_to_her_who_may_write_to_neither(two, wanjiku, kamau):
    main, other = two
    join(main, other, wanjiku)
    case_with(kamau, *again(main, other))
    with pytest.raises(NotWritten) as refused:
        write_back(thread=again(main)[0], text="Habari", by=actor(wanjiku))
    assert refused.value.answer.why == "taken_up"


def evenings(start):
    rule = Rule(NAIROBI, (SafeTime(frozenset(range(7)), dt.time(start), dt.time(22)),))
    return Agreed(rule=rule)


def test_what_was_agreed_for_either_telephone_holds_for_both(two, wanjiku):
    main, other = two
    agree_on_contact(person=main.person, agreed=evenings(20), by=actor(wanjiku))
    agree_on_contact(person=other.person, agreed=evenings(18), by=actor(wanjiku))
    join(main, other, wanjiku)
    message = write_back(thread=main, text="Habari", by=actor(wanjiku))
    held = Attempt.objects.get(message=message).held_until
    assert held == dt.datetime(2014, 7, 14, 20, tzinfo=NAIROBI)


def test_an_alarm_on_either_telephone_stops_both(two, wanjiku):
    main, other = two
    duress = Agreed(rule=Rule(NAIROBI), duress_word="maji")
    agree_on_contact(person=main.person, agreed=duress, by=actor(wanjiku))
    join(main, other, wanjiku)
    hears(SECOND, "tuletee maji", JULY + 2 * MINUTE)
    assert Alarm.objects.get().conversation == other
    for thread in again(main, other):
        with pytest.raises(NotWritten) as refused:
            write_back(thread=thread, text="Habari", by=actor(wanjiku))
        assert refused.value.answer.why == "alarmed"
    alarms.settle(alarm=Alarm.objects.get(), how="called her sister", by=actor(wanjiku))
    assert write_back(thread=main, text="Habari", by=actor(wanjiku))


def test_why_is_sealed_and_the_ledger_names_only_ids(two, wanjiku):
    join(*two, wanjiku, why="Her mother Atieno said so")
    line = Entry.objects.filter(verb="threads.joined").get()
    assert b"Atieno" not in bytes(line.body)
    assert Join.objects.get().why == "Her mother Atieno said so"


def test_on_messenger_and_whatsapp_she_is_one_as_well(wanjiku):
    hears(FIRST, "Habari")
    other = somebody("Nafula on the page", account=messenger())
    join(thread_of(FIRST), other, wanjiku)
    assert listed(wanjiku) == [thread_of(FIRST)]


class Months:
    """Whatever may happen to four telephones, in any order."""

    def __init__(self, seed, staff):
        self.chance, self.staff, self.at = random.Random(seed), staff, JULY
        self.senders = [Sender(f"S{n}", f"21891000010{n}", f"KE.310{n}") for n in range(4)]
        for sender in self.senders:
            self.at += MINUTE
            hears(sender, f"first of {sender.name}", self.at)
        self.threads = {sender.name: thread_of(sender) for sender in self.senders}

    def one(self):
        return again(self.threads[self.chance.choice(self.senders).name])[0]

    def happen(self):
        self.at += MINUTE
        with clock.at(self.at):
            self.chance.choice([self.say, self.say_late, self.answer, self.join, self.undo])()

    def say(self):
        hears(self.chance.choice(self.senders), f"at {self.at:%H:%M}", self.at)

    def say_late(self):
        sent = self.at - self.chance.randrange(1, 30) * MINUTE
        sender = self.chance.choice(self.senders)
        post(text(sender, f"late {self.at:%H:%M}", sent, f"wamid.late.{self.at}"), at=self.at)

    def answer(self):
        write_back(thread=self.one(), text=f"answer {self.at:%H:%M}", by=actor(self.staff))

    def join(self):
        with suppress(NotJoined):
            join(self.one(), self.one(), self.staff)

    def undo(self):
        row = Join.objects.filter(undone_at=None).order_by("pk").first()
        if row is not None:
            joining.undo(row=row, by=actor(self.staff))


def unanswered(rows):
    told = [one for one in rows if one.way != Way.IN]
    return [
        one.sent_at for one in rows if one.way == Way.IN and not any(
            each.sent_at >= one.sent_at and each.received_at >= one.received_at for each in told
        )
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_every_message_stands_in_exactly_one_row_and_waits_rightly(seed, wanjiku):
    months = Months(seed, wanjiku)
    for _ in range(12):
        months.happen()
        shown = listed(wanjiku)
        assert all(row.joined_to_id is None for row in shown)
        stands = [(one, row) for row in shown for one in queries.messages(viewer(wanjiku), row)]
        assert sorted(one.pk for one, _ in stands) == sorted(
            Message.objects.values_list("pk", flat=True)
        )
        for row in shown:
            here = [one for one, where in stands if where == row]
            newest = max(here, key=lambda one: (one.sent_at, one.place))
            assert row.last_at == newest.sent_at
            assert row.last_line == newest.text
            assert row.waiting_since == min(unanswered(here), default=None)
