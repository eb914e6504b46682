"""Nothing leaves for her outside what was agreed, and her duress word stops everything."""

import datetime as dt
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from nyumbani.accounts.viewers import viewer_for
from nyumbani.audit.models import Entry
from nyumbani.cases.models.case import Case
from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.drill.graph.meta import Graph
from nyumbani.drill.phones.whatsapp import WhatsAppPhone
from nyumbani.inbox.actions.alarms import settle
from nyumbani.inbox.actions.journal import write_down
from nyumbani.inbox.actions.reading import read_entry
from nyumbani.inbox.actions.writing import NotWritten, send_again, write_back
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.queries import attempts_in_doubt
from nyumbani.inbox.terms import Way
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from nyumbani.people.actions import agree_on_contact
from nyumbani.people.agreed import Agreed, agreed_with
from tests.desk.world import at_desk, case_with, lets_in
from tests.hands import real_time_again
from tests.inbox.bodies import BY, PHONE, open_doors
from tests.people_here import actor

pytestmark = pytest.mark.django_db(transaction=True)
FIXTURES = Path(__file__).parent / "channels/fixtures/whatsapp"
TRIPOLI = ZoneInfo("Africa/Tripoli")
NOON = dt.datetime(2014, 7, 14, 12, tzinfo=TRIPOLI)
EIGHT = NOON.replace(hour=20)
EVENINGS = (SafeTime(frozenset(range(7)), dt.time(20), dt.time(22)),)


class House:
    """A running house whose clock the test holds."""

    graph: Graph

    def __init__(self, clocks: ExitStack) -> None:
        self.clocks = clocks
        self.at(NOON)

    def at(self, moment: dt.datetime) -> None:
        """Set it for this thread, for the server's and for the platform's."""
        self.now = moment
        self.clocks.enter_context(clock.at(moment))

    def settle(self) -> None:
        self.graph.postman.settle()
        run_due()
        self.graph.postman.settle()
        run_due()


@pytest.fixture
def house(live_server, settings):
    open_doors()
    door = replace(PHONE, url=f"{live_server.url}/hooks/{PHONE.channel}/")
    with ExitStack() as clocks:
        running = House(clocks)
        with Graph([door], now=lambda: running.now, seed=7) as running.graph:
            settings.NYUMBANI_GRAPH_URL = running.graph.url
            clock._source[:] = [lambda: running.now]
            yield running
            real_time_again()


@pytest.fixture
def nafula(house, wanjiku):
    phone = WhatsAppPhone(
        house.graph, house.graph.doors[0], name="Nafula", bsuid="KE.1", number="+218910000001"
    )
    phone.write("Habari")
    house.settle()
    case_with(wanjiku, Conversation.objects.get())
    return phone


def agree(staff, *, words="", **rule) -> None:
    person = Conversation.objects.get().person
    agreed = Agreed(Rule(TRIPOLI, **rule), duress_word=words)
    agree_on_contact(person=person, agreed=agreed, by=actor(staff))


def say(staff, words="Is it safe for you to write now?", **more) -> Attempt:
    message = write_back(thread=Conversation.objects.get(), text=words, by=actor(staff), **more)
    return Attempt.objects.get(message=message)


def why_not(staff, **more) -> str:
    with pytest.raises(NotWritten) as refused:
        say(staff, **more)
    return refused.value.answer.why


def seen(phone) -> list[str]:
    return phone.texts


def test_what_is_written_at_noon_waits_for_her_evening_and_leaves_then(house, nafula, wanjiku):
    agree(wanjiku, times=EVENINGS)
    attempt = say(wanjiku)
    assert attempt.held_until == EIGHT
    house.settle()
    house.at(EIGHT - dt.timedelta(seconds=1))
    house.settle()
    assert not seen(nafula)
    assert not attempts_in_doubt(viewer_for(wanjiku)).exists()
    house.at(EIGHT)
    house.settle()
    assert seen(nafula) == ["Is it safe for you to write now?"]


def test_what_was_queued_before_the_agreement_is_held_by_it_all_the_same(house, nafula, wanjiku):
    attempt = say(wanjiku)
    agree(wanjiku, times=EVENINGS)
    house.settle()
    attempt.refresh_from_db()
    assert (attempt.state, attempt.held_until) == ("queued", EIGHT)
    house.at(EIGHT)
    house.settle()
    assert len(seen(nafula)) == 1


def test_a_sender_that_was_late_does_not_send_after_her_hours(house, nafula, wanjiku):
    agree(wanjiku, times=EVENINGS)
    attempt = say(wanjiku)
    house.at(NOON.replace(hour=22, minute=30))
    house.settle()
    attempt.refresh_from_db()
    assert not seen(nafula)
    assert attempt.state == "failed", "her next safe time comes after the platform's window"
    assert "window closes" in attempt.why


def test_in_the_last_minute_of_her_hours_nothing_leaves_any_more(house, nafula, wanjiku):
    agree(wanjiku, times=(*EVENINGS, SafeTime(frozenset({1}), dt.time(6), dt.time(7))))
    house.at(NOON.replace(hour=21, minute=59, second=30))
    attempt = say(wanjiku)
    assert attempt.held_until == dt.datetime(2014, 7, 15, 6, tzinfo=TRIPOLI)


def test_a_safe_time_after_the_platforms_window_is_said_at_once(house, nafula, wanjiku):
    agree(wanjiku, times=(SafeTime(frozenset({5}), dt.time(8), dt.time(9)),))
    assert why_not(wanjiku) == "safe_time_too_late"


def test_another_channel_than_hers_is_refused(house, nafula, wanjiku):
    agree(wanjiku, channels=frozenset({"messenger"}))
    assert why_not(wanjiku) == "not_her_channel"


def test_the_lead_may_let_it_leave_now_by_name_and_with_a_reason(house, nafula, wanjiku):
    agree(wanjiku, times=EVENINGS)
    attempt = say(wanjiku, override="She calls from the bus station and asks which bus.")
    house.settle()
    attempt.refresh_from_db()
    assert attempt.held_until is None
    assert attempt.override_why.startswith("She calls")
    assert len(seen(nafula)) == 1
    assert Entry.objects.filter(verb="safe_contact.overridden").count() == 1


def test_a_reason_that_is_not_needed_is_not_written_down(house, nafula, wanjiku):
    attempt = say(wanjiku, override="just in case")
    assert attempt.override_why == ""
    assert not Entry.objects.filter(verb="safe_contact.overridden").exists()


def test_a_member_who_does_not_lead_may_not_override(house, nafula, wanjiku, kamau):
    agree(wanjiku, times=EVENINGS)
    lets_in(Case.objects.get(), wanjiku, kamau)
    assert why_not(kamau, override="it is urgent") == "not_yours_to_override"
    assert say(kamau).held_until == EIGHT


def test_her_duress_word_stops_what_waits_and_what_is_written_and_tells_her_team(
    house, nafula, wanjiku, kamau
):
    agree(wanjiku, words="mango")
    waiting = say(wanjiku)
    nafula.write("All is well here, the Mango is ripe")
    house.settle()
    waiting.refresh_from_db()
    alarm = Alarm.objects.get()
    assert why_not(wanjiku) == "alarmed"
    assert why_not(wanjiku, override="I must") == "alarmed"
    assert "duress word" in at_desk(wanjiku).get("/").content.decode()
    assert "duress word" not in at_desk(kamau).get("/").content.decode()
    page = at_desk(wanjiku).get(f"/inbox/{alarm.conversation.person_id}/").content.decode()
    assert "do not call" in page
    assert (waiting.state, "duress" in waiting.why) == ("failed", True)
    assert not seen(nafula)


def test_a_held_message_does_not_leave_once_the_duress_word_came(house, nafula, wanjiku):
    agree(wanjiku, words="mango", times=EVENINGS)
    attempt = say(wanjiku)
    nafula.write("mango")
    house.settle()
    house.at(EIGHT)
    house.settle()
    attempt.refresh_from_db()
    assert not seen(nafula)
    assert (attempt.state, "duress" in attempt.why) == ("failed", True)


def test_her_word_is_heard_in_what_she_makes_of_an_earlier_message(house, nafula, wanjiku):
    agree(wanjiku, words="mango")
    first = nafula.write("All is well")
    house.settle()
    assert not Alarm.objects.exists()
    nafula.edit(first, "All is well, the mango is ripe")
    house.settle()
    assert Alarm.objects.get().message.text == "All is well"


def test_the_past_that_a_telephone_brings_along_raises_no_alarm(house, nafula, wanjiku):
    agree(wanjiku, words="mango")
    past = (FIXTURES / "history.json").read_text()
    past = past.replace("106500000000001", PHONE.account).replace("Still here", "mango")
    write_down(channel="whatsapp", body=past.encode(), by=BY)
    house.settle()
    texts = [message.text for message in Message.objects.filter(way=Way.IN)]
    assert "mango" in texts
    assert not Alarm.objects.exists()


def test_reading_the_same_body_again_raises_no_second_alarm(house, nafula, wanjiku):
    agree(wanjiku, words="mango")
    nafula.write("mango")
    house.settle()
    for entry in JournalEntry.objects.all():
        read_entry(entry_id=entry.pk, by=BY)
    assert Alarm.objects.count() == 1


def test_once_settled_she_may_be_written_to_and_what_failed_sent_again(house, nafula, wanjiku):
    agree(wanjiku, words="mango", times=EVENINGS)
    attempt = say(wanjiku)
    nafula.write("mango")
    house.settle()
    house.at(EIGHT)
    house.settle()
    attempt.refresh_from_db()
    with pytest.raises(NotWritten):
        send_again(attempt=attempt, by=actor(wanjiku))
    settle(
        alarm=Alarm.objects.get(), how="She said the code word to her sister.", by=actor(wanjiku)
    )
    send_again(attempt=attempt, by=actor(wanjiku))
    house.settle()
    assert len(seen(nafula)) == 1


def test_a_message_of_ours_or_a_like_word_raises_nothing(house, nafula, wanjiku):
    agree(wanjiku, words="mango")
    say(wanjiku, "Do you like mango?")
    nafula.write("mangoes and a mangrove")
    house.settle()
    assert not Alarm.objects.exists()


def test_a_new_agreement_ends_the_one_before(house, nafula, wanjiku):
    agree(wanjiku, times=EVENINGS)
    agree(wanjiku)
    person = Conversation.objects.get().person_id
    assert agreed_with(person).rule.times == ()
    assert say(wanjiku).held_until is None
