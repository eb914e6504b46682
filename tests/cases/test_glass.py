"""Broken glass: for looking only, for a while, and told to two people who are still there."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from nyumbani.accounts.models import RoleGrant
from nyumbani.audit.models import Entry
from nyumbani.cases import actions
from nyumbani.cases.models.facts import Fact
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.notes import Note
from nyumbani.cases.models.tasks import Task
from nyumbani.cases.models.team import Notice
from nyumbani.cases.terms import Matter
from nyumbani.domain.delivery import State
from nyumbani.inbox.models.conversations import ConversationNote
from nyumbani.inbox.models.messages import Message
from nyumbani.kit import clock, ids
from nyumbani.people import actions as people
from nyumbani.people.models.names import PersonName
from nyumbani.people.terms import PairReason
from tests.desk.world import INTAKE, MINUTE, MONDAY, answer, at_desk, case_with, hear, somebody
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WORDS = "You see this through broken glass: you may look, and write nothing."
LATER = MONDAY + dt.timedelta(hours=5)


@pytest.fixture
def achieng(db):
    thread = somebody("Achieng")
    hear(thread, "He is back and I am afraid", at=MONDAY - MINUTE)
    return thread


@pytest.fixture
def case(wanjiku, achieng):
    return case_with(wanjiku, achieng)


@pytest.fixture
def looking(case, kamau, otieno, amina):
    """Kamau at his desk, with the glass of Wanjiku's case broken."""
    actions.break_glass(case=case, reason="Nobody answers the telephone", by=actor(kamau))
    return at_desk(kamau)


def test_she_is_not_added_to_ones_own_case_through_broken_glass(looking, kamau, achieng):
    his = case_with(kamau)
    form = {"number": f"P-{achieng.person.number}", "part": "witness", "once": ids.new()}
    page = looking.post(f"/cases/{his.pk}/people/add/", form).content.decode()
    assert "There is no person of this number that you may know of." in page
    assert not Member.objects.filter(case=his).exists()
    with clock.at(LATER):
        assert at_desk(kamau).get(f"/inbox/{achieng.person_id}/").status_code == 404


def test_she_is_found_by_her_number_while_the_glass_is_broken(looking, achieng):
    answered = looking.post("/jump/", {"q": f"P-{achieng.person.number}"})
    assert answered["Location"] == f"/people/{achieng.person_id}/"


def test_her_message_is_not_taken_up_as_another_matter_through_broken_glass(
    looking, kamau, achieng
):
    message = Message.objects.get(conversation=achieng)
    form = {
        "about": "self", "matter": "other", "urgency": "planned", "title": "x", "another": "on",
        "once": ids.new(),
    }  # fmt: skip
    address = f"/inbox/{achieng.person_id}/{message.pk}/take-up/"
    for answered in (looking.get(address), looking.post(address, form)):
        assert answered.status_code == 403
        assert WORDS in answered.content.decode()
    with clock.at(LATER):
        assert at_desk(kamau).get(f"/inbox/{achieng.person_id}/").status_code == 404


def test_through_broken_glass_one_looks(looking, case, achieng):
    for address in (f"/cases/{case.pk}/", f"/people/{achieng.person_id}/"):
        page = looking.get(address).content.decode()
        assert WORDS in page
    thread = looking.get(f"/inbox/{achieng.person_id}/").content.decode()
    assert "He is back and I am afraid" in thread
    assert WORDS in thread
    assert "Keep the note" not in thread


def test_through_broken_glass_nothing_is_written(looking, wanjiku, case, achieng):
    by = actor(wanjiku)
    task = actions.set_task(case=case, title="Call", by=by)
    fact = actions.write_fact(case=case, matter=Matter.OTHER, text="x", said_at=MONDAY, by=by)
    attempt = answer(achieng, "Is it safe?", wanjiku, state=State.FAILED, why="no", code=1)
    message = Message.objects.filter(conversation=achieng).earliest("sent_at")
    said = Message.objects.count()
    other = somebody("A.")
    people.put_side_by_side(
        one=achieng.person_id, other=other.person_id, reason=PairReason.SHARED_IDENTIFIER,
        by=INTAKE,
    )  # fmt: skip
    [question] = looking.get(f"/people/{achieng.person_id}/").context["questions"]
    case_, her = {"case_id": case.pk}, {"person_id": achieng.person_id}
    for name, where, form in (
        ("cases:move-stage", case_, {"stage": "home"}),
        ("cases:judge-urgency", case_, {"urgency": "planned"}),
        ("cases:set-task", case_, {"title": "x"}),
        ("cases:tick", case_ | {"task_id": task.pk}, {"done": "yes"}),
        ("cases:note", case_, {"text": "x"}),
        ("cases:write-fact", case_, {"matter": "other", "text": "x"}),
        ("cases:judge-fact", case_ | {"fact_id": fact.pk}, {"standing": "established"}),
        ("cases:add-member", case_, {"part": "witness"}),
        ("cases:assign", case_, {"staff": wanjiku.pk, "role": "team"}),
        ("cases:take-off", case_, {"staff": wanjiku.pk}),
        ("cases:note-name", her, {"given": "A. Odhiambo"}),
        ("cases:note-languages", her, {"languages": ["sw"]}),
        ("cases:decide-pair", {"pair_id": question.pair.pk}, {"standing": "same"}),
        ("desk:reply", her, {"text": "Are you safe?"}),
        ("inbox:note", her, {"text": "x"}),
        ("inbox:assign", her, {"to": ""}),
        ("inbox:fact", her | {"message_id": message.pk}, {"case": case.pk, "matter": "other"}),
        ("inbox:send-again", {"attempt_id": attempt.pk}, {}),
    ):
        answered = looking.post(reverse(name, kwargs=where), form)
        assert answered.status_code == 403, name
        assert WORDS in answered.content.decode(), name
    assert (Task.objects.count(), Fact.objects.count(), Message.objects.count()) == (1, 1, said)
    assert not Note.objects.exists()
    assert not ConversationNote.objects.exists()
    assert "A. Odhiambo" not in [name.given for name in PersonName.objects.all()]


def test_numbers_in_full_are_a_look(looking, achieng):
    assert looking.post(f"/people/{achieng.person_id}/reach/").status_code == 200


# who is told


def told(case):
    return {notice.staff.username for notice in Notice.objects.filter(case=case)}


def of_the_glass(name):
    [line] = Entry.objects.filter(verb="glass.broken")
    return json.loads(bytes(line.body))[name]


def test_a_lead_who_left_is_not_counted_among_those_who_are_told(
    case, wanjiku, kamau, otieno, amina
):
    wanjiku.is_active = False
    wanjiku.save(update_fields=["is_active"])
    actions.break_glass(case=case, reason="Night", by=actor(kamau))
    assert told(case) == {"amina", "otieno"}
    assert (of_the_glass("told"), of_the_glass("enough")) == (2, "yes")


def test_a_lead_who_reads_no_cases_any_more_is_not_counted(case, wanjiku, kamau, otieno, amina):
    RoleGrant.objects.filter(staff=wanjiku).update(until=clock.now())
    actions.break_glass(case=case, reason="Night", by=actor(kamau))
    assert told(case) == {"amina", "otieno"}


def test_where_there_are_too_few_to_tell_the_ledger_says_so(case, wanjiku, kamau):
    actions.break_glass(case=case, reason="Night", by=actor(kamau))
    assert told(case) == {"wanjiku"}
    assert (of_the_glass("told"), of_the_glass("enough")) == (1, "no")
