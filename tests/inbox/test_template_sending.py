"""An approved template reaches her long after her window has closed; every other rule holds."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.cases.terms import CaseRole
from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.drill.graph.faults import Fault
from nyumbani.drill.phones.whatsapp import WhatsAppPhone
from nyumbani.inbox.actions import doors
from nyumbani.inbox.actions import templates as library
from nyumbani.inbox.actions.writing import (
    NotWritten,
    WrittenAlready,
    send_again,
    write_back,
    write_template,
)
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Way
from nyumbani.jobs.worker import run_due
from nyumbani.kit import ids
from nyumbani.people.actions import agree_on_contact
from nyumbani.people.agreed import Agreed
from tests.desk.world import alarm, case_with, lets_in
from tests.inbox.bodies import BY, DAY, JULY
from tests.inbox.templates_here import BODY, approved, arrive, later, running
from tests.people_here import actor, new_staff

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = dt.timedelta(hours=1)
LATE = JULY + 3 * DAY
SAYS = "Habari Nafula, tuko hapa. Andika ukiweza."


@pytest.fixture
def platform(live_server, settings):
    with running(live_server, settings, templates={("hello_again", "sw"): BODY}) as graph:
        yield graph


@pytest.fixture
def nafula(platform):
    phone = WhatsAppPhone(
        platform, platform.doors[0], name="Nafula", bsuid="KE.1001", number="+218910000001"
    )
    phone.write("Habari")
    arrive(platform)
    return phone


@pytest.fixture
def words(platform):
    return approved()


def send(words, staff, values=("Nafula",), **more):
    thread = Conversation.objects.get()
    return write_template(thread=thread, words=words, values=values, by=actor(staff), **more)


def refused(words, staff, **more):
    with pytest.raises(NotWritten) as refusal:
        send(words, staff, **more)
    return refusal.value.answer.why


def agreed(staff, **rule):
    given = Rule(ZoneInfo("Africa/Tripoli"), **rule)
    person = Conversation.objects.get().person
    agree_on_contact(person=person, agreed=Agreed(given), by=actor(staff))


def test_after_the_window_closed_a_template_arrives_at_her_phone(platform, nafula, words, wanjiku):
    with later(platform, LATE):
        with pytest.raises(NotWritten):
            write_back(thread=Conversation.objects.get(), text="Habari", by=actor(wanjiku))
        message = send(words, wanjiku)
        run_due()
        arrive(platform)
    assert nafula.texts == [SAYS]
    assert (message.text, message.notes) == (SAYS, ["approved template"])
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.is_outside) == ("delivered", True)


def test_inside_the_window_a_template_does_not_count_as_writing_first(
    platform, nafula, words, wanjiku
):
    send(words, wanjiku)
    run_due()
    arrive(platform)
    assert nafula.texts == [SAYS]
    assert not Attempt.objects.get().is_outside


@pytest.mark.parametrize("status", ["draft", "submitted", "rejected", "paused", "disabled"])
def test_only_an_approved_template_is_sent(platform, nafula, words, wanjiku, status):
    words.status = status
    words.save()
    with later(platform, LATE):
        assert refused(words, wanjiku) == "template_not_approved"
        assert not Message.objects.filter(way=Way.OUT).exists()


def test_a_template_paused_while_it_waited_is_refused_before_it_is_sent(
    platform, nafula, words, wanjiku
):
    with later(platform, LATE):
        send(words, wanjiku)
        words.status = "paused"
        words.save()
        run_due()
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.started_at) == ("failed", None)
    assert attempt.why == "the platform does not approve this template now"
    assert nafula.received == []


def test_a_template_that_the_platform_has_paused_is_offered_to_nobody_any_more(
    platform, nafula, words, wanjiku
):
    with later(platform, LATE), platform.postman.held():  # its webhook is still on its way
        platform.library.decide("hello_again", "sw", "PAUSED")
        send(words, wanjiku)
        run_due()
        attempt = Attempt.objects.get()
        assert (attempt.state, attempt.code) == ("failed", 132015)
        words.refresh_from_db()
        assert words.status == "paused"
        assert refused(words, wanjiku) == "template_not_approved"


def test_the_platform_refuses_what_it_does_not_know_and_what_has_too_few_values(
    platform, nafula, wanjiku
):
    unknown, short = approved(name="unknown"), approved()
    short.body = "Habari, tuko hapa."
    short.save()
    with later(platform, LATE):
        send(unknown, wanjiku)
        run_due()
        with later(platform, LATE + HOUR):
            send(short, wanjiku, values=())
            run_due()
    assert list(Attempt.objects.values_list("code", flat=True)) == [132001, 132000]


def test_a_retired_template_is_not_sent_until_it_is_brought_back(
    platform, nafula, words, wanjiku, otieno
):
    library.retire(template=words.template, by=actor(otieno))
    with later(platform, LATE):
        assert refused(words, wanjiku) == "template_retired"
        library.bring_back(template=words.template, by=actor(otieno))
        assert send(words, wanjiku).text == SAYS


def test_a_template_of_another_number_is_not_sent_unless_both_share_a_library(
    platform, nafula, wanjiku
):
    other = doors.connect(
        channel="whatsapp", account="1009", label="Other",
        secrets=doors.Secrets("s", "v", "t"), by=BY,
    )  # fmt: skip
    foreign = approved(other)
    with later(platform, LATE):
        assert refused(foreign, wanjiku) == "template_elsewhere"
        ChannelAccount.objects.filter(pk=other.pk).update(business="77")
        assert send(foreign, wanjiku).text == SAYS


@pytest.mark.parametrize(
    ("values", "why"), [((), "values_missing"), (("Na\nfula",), "value_in_rows")]
)
def test_blanks_that_are_not_filled_rightly_are_refused(
    platform, nafula, words, wanjiku, values, why
):
    assert refused(words, wanjiku, values=values) == why


def test_the_same_page_sent_twice_sends_one_template(platform, nafula, words, wanjiku):
    once = ids.new()
    send(words, wanjiku, message_id=once)
    with pytest.raises(WrittenAlready):
        send(words, wanjiku, message_id=once)
    assert Attempt.objects.count() == 1


def test_her_duress_word_stops_a_template_too(platform, nafula, words, amina, otieno):
    alarm(Message.objects.get())
    with later(platform, LATE):
        assert refused(words, otieno, override="now") == "alarmed"


def test_a_stopped_channel_stops_a_template_too(platform, nafula, words, otieno):
    doors.stop(account=ChannelAccount.objects.get(channel="whatsapp"), why="x", by=BY)
    with later(platform, LATE):
        assert refused(words, otieno, override="now") == "stopped"


def test_a_template_waits_for_her_safe_time_although_no_window_closes(
    platform, nafula, words, wanjiku
):
    agreed(wanjiku, times=(SafeTime(frozenset({6}), dt.time(14), dt.time(15)),))  # Sundays
    with later(platform, LATE):
        send(words, wanjiku)
        run_due()
    attempt = Attempt.objects.get()
    assert attempt.held_until == dt.datetime(2014, 7, 20, 12, tzinfo=dt.UTC)
    assert attempt.held_why == "safe_time"
    assert nafula.received == []
    with later(platform, attempt.held_until):
        run_due()
        arrive(platform)
    assert nafula.texts == [SAYS]


@pytest.mark.parametrize(
    "rule",
    [
        {"is_never_begun_by_us": True},
        {"channels": frozenset({"sms"})},
        {"times": (SafeTime(frozenset(range(7)), dt.time(20), dt.time(21)),)},
    ],
    ids=["only answered", "another channel", "another hour"],
)
@pytest.mark.parametrize(
    ("who", "may"), [("lead", True), ("team", False), ("coordinator", True), ("stranger", None)]
)
def test_who_may_send_a_template_against_her_rule(platform, nafula, words, wanjiku, rule, who, may):
    case = case_with(wanjiku, Conversation.objects.get())
    roles = {"coordinator": Role.COORDINATOR}
    staff = wanjiku if who == "lead" else new_staff(who, who, roles.get(who, Role.CASEWORKER))
    if who in {"team", "coordinator"}:
        lets_in(case, wanjiku, staff, CaseRole.TEAM)
    agreed(wanjiku, **rule)
    with later(platform, LATE):
        if may:
            send(words, staff, override="her sister asked for it")
            run_due()
            arrive(platform)
            assert nafula.texts == [SAYS]
            assert Attempt.objects.get().override_why == "her sister asked for it"
            return
        why = refused(words, staff, override="because")
    assert why == ("taken_up" if may is None else "not_yours_to_override")
    assert nafula.received == []


def test_resend_of_a_template_really_sends_it_again(platform, nafula, words, wanjiku):
    """Elsewhere "retry" sent nothing (Chatwoot #14120)."""
    platform.faults.plan(Fault.FAILS_LATER)
    with later(platform, LATE):
        send(words, wanjiku)
        run_due()
        arrive(platform)
        assert Attempt.objects.get().state == "failed"
    with later(platform, LATE + HOUR):
        send_again(attempt=Attempt.objects.get(), by=actor(wanjiku))
        run_due()
        arrive(platform)
    assert nafula.texts == [SAYS]
    assert [one.state for one in Attempt.objects.all()] == ["failed", "delivered"]


def test_resend_of_free_words_really_sends_them_again(platform, nafula, wanjiku):
    """Elsewhere "retry" sent nothing (Chatwoot #14120)."""
    platform.faults.plan(Fault.FAILS_LATER)
    write_back(thread=Conversation.objects.get(), text="Tuko hapa.", by=actor(wanjiku))
    run_due()
    arrive(platform)
    with later(platform, JULY + HOUR):
        send_again(attempt=Attempt.objects.get(), by=actor(wanjiku))
        run_due()
        arrive(platform)
    assert nafula.texts == ["Tuko hapa."]


def test_resend_of_a_template_that_was_paused_meanwhile_is_refused(
    platform, nafula, words, wanjiku
):
    platform.faults.plan(Fault.FAILS_LATER)
    send(words, wanjiku)
    run_due()
    arrive(platform)
    words.status = "paused"
    words.save()
    with pytest.raises(NotWritten) as refusal:
        send_again(attempt=Attempt.objects.get(), by=actor(wanjiku))
    assert refusal.value.answer.why == "template_not_approved"
