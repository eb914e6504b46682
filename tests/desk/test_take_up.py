"""From a first message to a case: one short form, and everything in it may stay open."""

import datetime as dt

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases import actions as cases
from nyumbani.cases import queries
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.facts import Fact
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.tasks import Task
from nyumbani.cases.terms import Part, Stage, Standing, Urgency
from nyumbani.inbox.models.messages import MessageFact
from nyumbani.kit import ids
from nyumbani.people.models.persons import Person
from tests.desk.world import MINUTE, MONDAY, answer, at_desk, case_with, hear, messenger, somebody
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SAID = "It is not for me. My friend Achieng is beaten by her boss and he took her passport."


@pytest.fixture
def first(db):
    thread = somebody("Rehema", account=messenger())
    return hear(thread, SAID, at=MONDAY - MINUTE, account=messenger())


def address(message):
    return f"/inbox/{message.conversation.person_id}/{message.pk}/take-up/"


def understood(**more):
    return {
        "about": "other", "called": "Achieng", "matter": "mistreatment",
        "alleged": "beaten by her boss", "urgency": "now", "urgency_why": "She is beaten",
        "title": "A house in Tripoli", "once": ids.new(),
    } | more  # fmt: skip


def test_the_form_begins_with_her_words_and_a_title_that_names_nobody(wanjiku, first):
    form = at_desk(wanjiku).get(address(first)).context["form"]
    assert form["alleged"].value() == SAID
    assert form["title"].value() == "Message by Messenger, 14 Jul"
    assert form["urgency"].value() == Urgency.UNKNOWN


def test_a_case_opens_for_an_unnamed_friend_with_the_writer_as_reporter(wanjiku, first):
    answered = at_desk(wanjiku).post(address(first), understood(called=""))
    [case] = Case.objects.all()
    assert answered["Location"] == f"/cases/{case.pk}/"
    parts = {member.part: member for member in Member.objects.filter(case=case)}
    assert parts[Part.REPORTER].person == first.conversation.person
    assert parts[Part.IN_DISTRESS].person != first.conversation.person
    assert parts[Part.IN_DISTRESS].told_by == first.conversation.person
    [fact] = Fact.objects.all()
    assert (fact.text, fact.standing) == ("beaten by her boss", Standing.ALLEGED)
    assert MessageFact.objects.get(fact=fact).message == first
    assert Task.objects.filter(case=case, assignee=wanjiku).count() == 3
    first.conversation.refresh_from_db()
    assert first.conversation.owner == wanjiku


def test_who_writes_for_herself_is_the_one_in_distress(wanjiku, first):
    at_desk(wanjiku).post(address(first), understood(about="self", called="ignored"))
    [member] = Member.objects.all()
    assert (member.person, member.part) == (first.conversation.person, Part.IN_DISTRESS)
    assert Person.objects.count() == 1


def test_a_double_click_opens_one_case(wanjiku, first):
    desk, form = at_desk(wanjiku), understood()
    places = {desk.post(address(first), form)["Location"] for _ in range(2)}
    assert Case.objects.count() == 1
    assert places == {f"/cases/{Case.objects.get().pk}/"}
    assert Person.objects.count() == 2


def test_a_second_case_is_opened_only_knowingly(wanjiku, first):
    desk = at_desk(wanjiku)
    desk.post(address(first), understood())
    page = desk.post(address(first), understood()).content.decode()
    assert "Is this another matter?" in page
    assert "NYB-1" in page
    assert Case.objects.count() == 1
    desk.post(address(first), understood(another="on"))
    assert Case.objects.count() == 2


def test_a_closed_case_is_no_open_one(wanjiku, first):
    closed = case_with(wanjiku, first.conversation)
    cases.move_stage(case=closed, stage=Stage.CLOSED, by=actor(wanjiku))
    page = at_desk(wanjiku).get(address(first)).content.decode()
    assert "The writer is in a case already" not in page
    at_desk(wanjiku).post(address(first), understood())
    assert Case.objects.count() == 2


def test_what_is_shown_again_with_errors_is_a_look_like_any_other(wanjiku, first):
    desk = at_desk(wanjiku)
    desk.get(address(first))
    desk.post(address(first), understood(title=""))
    person = first.conversation.person_id
    assert Entry.objects.filter(verb="thread.seen", about=f"person:{person}").count() == 2


def test_a_case_opened_in_another_window_is_asked_about_and_nothing_typed_is_lost(
    wanjiku, first, monkeypatch
):
    """The page is sent at the very moment at which the other window opens a case."""
    desk, open_cases = at_desk(wanjiku), queries.open_cases_of

    def not_yet(viewer, person):
        monkeypatch.setattr(queries, "open_cases_of", open_cases)
        case_with(wanjiku, first.conversation)
        return Case.objects.none()

    monkeypatch.setattr(queries, "open_cases_of", not_yet)
    form = understood(alleged="beaten, with a cable")
    page = desk.post(address(first), form).content.decode()
    assert "Is this another matter?" in page
    assert "beaten, with a cable</textarea>" in page
    assert Case.objects.count() == 1
    desk.post(address(first), form | {"another": "on"})
    assert Case.objects.count() == 2


def test_whoever_comes_second_is_told_that_a_colleague_took_her_up(
    wanjiku, kamau, first, monkeypatch
):
    open_cases = queries.open_cases_of

    def not_yet(viewer, person):
        monkeypatch.setattr(queries, "open_cases_of", open_cases)
        case_with(wanjiku, first.conversation)
        return Case.objects.none()

    monkeypatch.setattr(queries, "open_cases_of", not_yet)
    answered = at_desk(kamau).post(address(first), understood(), follow=True)
    assert answered.redirect_chain == [("/inbox/", 302)]
    assert "A colleague has taken her up meanwhile." in answered.content.decode()
    assert [str(case.opened_by) for case in Case.objects.all()] == ["Wanjiku"]


@pytest.mark.parametrize("urgency", ["now", "soon"])
def test_what_cannot_wait_says_why_and_nothing_typed_is_lost(wanjiku, first, urgency):
    given = understood(urgency=urgency, urgency_why=" ", alleged="beaten, with a cable")
    page = at_desk(wanjiku).post(address(first), given).content.decode()
    assert "Say in a sentence why it cannot wait." in page
    assert "beaten, with a cable</textarea>" in page
    assert not Case.objects.exists()


def test_a_title_with_her_name_comes_back(wanjiku, first):
    given = understood(title="Help for ACHIENG")
    page = at_desk(wanjiku).post(address(first), given).content.decode()
    assert "leave her name out of it" in page
    assert not Case.objects.exists()


def test_who_is_in_distress_must_be_said(wanjiku, first):
    given = understood()
    del given["about"]
    assert at_desk(wanjiku).post(address(first), given).status_code == 200
    assert not Case.objects.exists()


def test_only_those_who_open_cases_may(wanjiku, kamau, amina, mutiso, first):
    desk = at_desk(amina)
    assert desk.get(address(first)).status_code == 404
    assert at_desk(mutiso).post(address(first), understood()).status_code == 404
    case_with(wanjiku, first.conversation)
    assert at_desk(kamau).post(address(first), understood()).status_code == 404
    assert Case.objects.count() == 1


def test_no_case_is_opened_from_our_own_words_or_under_anothers_name(wanjiku, first):
    ours = answer(first.conversation, "Is it safe?", wanjiku).message
    desk = at_desk(wanjiku)
    assert desk.get(address(ours)).status_code == 404
    other = hear(somebody("Zawadi"), "Habari")
    mixed = f"/inbox/{other.conversation.person_id}/{first.pk}/take-up/"
    assert desk.get(mixed).status_code == 404


def test_nobody_comes_here_before_signing_in(client, first):
    assert client.get(address(first))["Location"].startswith("/sign-in/")


def test_the_lead_is_who_opened_it_and_the_first_task_is_due_soon(wanjiku, first):
    at_desk(wanjiku).post(address(first), understood())
    task = Task.objects.order_by("due_at").first()
    assert task.due_at == MONDAY + dt.timedelta(minutes=30)
