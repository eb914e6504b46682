"""What was queued is looked at once more as it leaves: others may have changed what it rests on."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.inbox.actions.sending import begin
from nyumbani.inbox.actions.writing import NotWritten, send_again, write_back, write_template
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.models.templates import TemplateWords
from nyumbani.kit import clock
from nyumbani.kit.doer import System
from nyumbani.people.actions import agree_on_contact
from nyumbani.people.agreed import Agreed
from tests.desk.world import MINUTE, MONDAY, case_with, hear, somebody, whatsapp
from tests.inbox.templates_here import approved
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
OUTBOX = System("outbox")
EVENINGS = (SafeTime(frozenset(range(7)), dt.time(20), dt.time(22)),)


@pytest.fixture
def nafula(wanjiku):
    thread = somebody("Nafula")
    hear(thread, "Habari")
    case_with(wanjiku, thread)
    return thread


def agree(thread, staff, **rule):
    agreed = Agreed(Rule(ZoneInfo("Africa/Tripoli"), **rule))
    agree_on_contact(person=thread.person, agreed=agreed, by=actor(staff))


def leaves(attempt):
    letter = begin(attempt_id=attempt.pk, by=OUTBOX)
    attempt.refresh_from_db()
    return letter is not None


# words


@pytest.fixture
def written(nafula, wanjiku):
    words = approved(whatsapp(), body="Habari {{1}}, tuko hapa.")
    write_template(thread=nafula, words=words, values=["Nafula"], by=actor(wanjiku))
    return Attempt.objects.get()


def test_a_template_that_says_what_stands_in_the_thread_leaves(written):
    assert leaves(written)


@pytest.mark.parametrize("body", ["Habari {{1}}, polisi wako hapa.", "Habari {{1}}, {{2}}."])
def test_one_that_was_worded_otherwise_meanwhile_does_not_leave(written, wanjiku, body):
    """The platform would send its own words, which nobody here has read."""
    TemplateWords.objects.update(body=body)
    assert not leaves(written)
    assert written.state == "failed"
    assert "worded otherwise" in written.why
    with pytest.raises(NotWritten) as refusal:
        send_again(attempt=written, by=actor(wanjiku))
    assert refusal.value.answer.why == "template_changed"


# what was agreed


def test_what_leaves_against_her_rule_leaves_against_that_rule(nafula, wanjiku):
    agree(nafula, wanjiku, times=EVENINGS)
    write_back(thread=nafula, text="The bus is late", by=actor(wanjiku), override="She asks now.")
    assert leaves(Attempt.objects.get())


def test_but_not_against_one_that_was_agreed_since(nafula, wanjiku):
    agree(nafula, wanjiku, times=EVENINGS)
    write_back(thread=nafula, text="The bus is late", by=actor(wanjiku), override="She asks now.")
    attempt = Attempt.objects.get()
    with clock.at(MONDAY + MINUTE):
        agree(nafula, wanjiku, channels=frozenset({"sms"}))
        assert not leaves(attempt)
    assert attempt.why == "it is not her safe channel"
