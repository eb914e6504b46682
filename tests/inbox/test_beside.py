"""Beside a conversation: notes, whose it is, another attempt, what a message says."""

import datetime as dt

import pytest

from nyumbani.accounts.models import RoleGrant
from nyumbani.accounts.viewers import viewer_for
from nyumbani.audit.models import Entry
from nyumbani.cases.models.facts import Fact
from nyumbani.cases.queries import lists
from nyumbani.cases.terms import Standing
from nyumbani.domain.delivery import State
from nyumbani.inbox.models.conversations import ConversationNote
from nyumbani.inbox.models.messages import MessageFact
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import ChangeKind
from nyumbani.kit import clock, ids
from tests.desk.world import (
    MINUTE,
    MONDAY,
    answer,
    at_desk,
    case_with,
    change,
    hear,
    lets_in,
    odd_item,
    somebody,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def rehema(db):
    thread = somebody("Rehema")
    hear(thread, "He took her passport", at=MONDAY - MINUTE)
    return thread


def beside(thread, what):
    return f"/inbox/{thread.person_id}/{what}/"


# notes


def test_a_note_is_kept_sealed_and_never_sent(wanjiku, rehema):
    answered = at_desk(wanjiku).post(beside(rehema, "note"), {"text": "Ask what is safe"})
    assert answered["Location"] == f"/inbox/{rehema.person_id}/#newest"
    [note] = ConversationNote.objects.all()
    assert (note.text, note.written_by) == ("Ask what is safe", wanjiku)
    assert not Attempt.objects.exists()


def test_a_note_too_long_comes_back_whole(wanjiku, rehema):
    words = "x" * 10_001
    page = at_desk(wanjiku).post(beside(rehema, "note"), {"text": words}).content.decode()
    assert words in page
    assert 'class="errors"' in page
    assert not ConversationNote.objects.exists()


def test_an_empty_note_is_no_note(wanjiku, rehema):
    assert at_desk(wanjiku).post(beside(rehema, "note"), {"text": " "}).status_code == 200
    assert not ConversationNote.objects.exists()


def test_the_same_page_sent_twice_writes_one_note_and_other_words_another(wanjiku, rehema):
    desk = at_desk(wanjiku)
    once = desk.get(beside(rehema, "note")).context["form"]["once"].value()
    for words in ("Ask what is safe", "Ask what is safe ", "Call Kamau"):
        desk.post(beside(rehema, "note"), {"text": words, "once": once})
    notes = ConversationNote.objects.order_by("pk").values_list("pk", flat=True)
    assert len(notes) == 2
    assert once in notes


def test_a_mark_of_another_conversations_note_takes_nothing_from_it(wanjiku, rehema):
    desk, once = at_desk(wanjiku), ids.new()
    desk.post(beside(rehema, "note"), {"text": "Ask what is safe", "once": once})
    desk.post(beside(somebody("Zawadi"), "note"), {"text": "Ask what is safe", "once": once})
    assert ConversationNote.objects.values("conversation").distinct().count() == 2


def test_another_team_writes_no_note(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    assert at_desk(kamau).post(beside(rehema, "note"), {"text": "x"}).status_code == 404


# whose it is


def test_a_thread_is_given_to_a_colleague_and_back_to_nobody(wanjiku, kamau, rehema):
    desk = at_desk(wanjiku)
    desk.post(beside(rehema, "assign"), {"to": kamau.pk})
    rehema.refresh_from_db()
    assert rehema.owner == kamau
    desk.post(beside(rehema, "assign"), {"to": ""})
    rehema.refresh_from_db()
    assert rehema.owner is None


def test_only_those_who_may_read_it_can_be_given_it(wanjiku, kamau, otieno, mutiso, rehema):
    case = case_with(wanjiku, rehema)
    lets_in(case, wanjiku, otieno)
    desk = at_desk(wanjiku)
    for stranger in (kamau, mutiso):
        answered = desk.post(beside(rehema, "assign"), {"to": stranger.pk})
        assert answered.status_code == 404
    desk.post(beside(rehema, "assign"), {"to": otieno.pk})
    rehema.refresh_from_db()
    assert rehema.owner == otieno


def test_whose_roles_have_ended_is_neither_offered_nor_given_it(wanjiku, otieno, rehema):
    case = case_with(wanjiku, rehema)
    lets_in(case, wanjiku, otieno)
    desk = at_desk(wanjiku)
    desk.post(beside(rehema, "assign"), {"to": wanjiku.pk})
    RoleGrant.objects.filter(staff=otieno).update(until=MONDAY)
    form = desk.get(f"/inbox/{rehema.person_id}/").context["assign_form"]
    assert otieno.pk not in dict(form.fields["to"].choices)
    assert desk.post(beside(rehema, "assign"), {"to": otieno.pk}).status_code == 404
    rehema.refresh_from_db()
    assert rehema.owner == wanjiku


def test_another_team_assigns_nothing(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    assert at_desk(kamau).post(beside(rehema, "assign"), {"to": kamau.pk}).status_code == 404


# another attempt


@pytest.mark.parametrize("state", [State.FAILED, State.UNKNOWN])
def test_another_attempt_keeps_the_first(wanjiku, rehema, state):
    first = answer(rehema, "Is it safe?", wanjiku, state=state, why="no such number")
    with clock.at(MONDAY + MINUTE):
        at_desk(wanjiku).post(f"/attempts/{first.pk}/again/")
        page = at_desk(wanjiku).get(f"/inbox/{rehema.person_id}/").content.decode()
    states = Attempt.objects.order_by("queued_at").values_list("state", flat=True)
    assert list(states) == [state, State.QUEUED]
    assert "waiting to be sent" in page


def test_a_second_click_makes_no_third_attempt(wanjiku, rehema):
    first = answer(rehema, "Is it safe?", wanjiku, state=State.FAILED, why="no such number")
    desk = at_desk(wanjiku)
    with clock.at(MONDAY + MINUTE):
        desk.post(f"/attempts/{first.pk}/again/")
        answered = desk.post(f"/attempts/{first.pk}/again/", follow=True)
    assert Attempt.objects.count() == 2
    assert "Another attempt is on its way already." in answered.content.decode()


def test_what_was_sent_is_not_sent_again(wanjiku, rehema):
    first = answer(rehema, "Is it safe?", wanjiku, state=State.DELIVERED)
    at_desk(wanjiku).post(f"/attempts/{first.pk}/again/")
    assert Attempt.objects.count() == 1


def test_after_the_window_another_attempt_is_refused_with_the_reason(wanjiku, rehema):
    first = answer(rehema, "Is it safe?", wanjiku, state=State.FAILED, why="no such number")
    with clock.at(MONDAY + dt.timedelta(hours=25)):
        answered = at_desk(wanjiku).post(f"/attempts/{first.pk}/again/", follow=True)
    assert Attempt.objects.count() == 1
    assert "as soon as she writes again" in answered.content.decode()


def test_another_team_sends_nothing_again(wanjiku, kamau, rehema):
    first = answer(rehema, "Is it safe?", wanjiku, state=State.FAILED, why="no such number")
    case_with(wanjiku, rehema)
    assert at_desk(kamau).post(f"/attempts/{first.pk}/again/").status_code == 404


# what a message says


def test_a_fact_points_to_the_message_it_was_said_in(wanjiku, rehema):
    message = hear(rehema, "Madam locks the door")
    case = case_with(wanjiku, rehema)
    address = f"/inbox/{rehema.person_id}/{message.pk}/fact/"
    desk = at_desk(wanjiku)
    assert "Madam locks the door</textarea>" in desk.get(address).content.decode()
    answered = desk.post(
        address,
        {
            "case": case.pk,
            "about": rehema.person_id,
            "matter": "confinement",
            "text": "The door is locked",
        },
    )
    assert answered["Location"] == f"/cases/{case.pk}/facts/"
    [fact] = Fact.objects.all()
    assert (fact.text, fact.standing, fact.said_by) == (
        "The door is locked",
        Standing.ALLEGED,
        rehema.person,
    )
    assert fact.said_at == message.sent_at
    assert MessageFact.objects.get().message == message


def test_nobody_outside_a_case_is_spoken_of_in_it(wanjiku, rehema):
    message = hear(rehema, "Madam locks the door")
    one, other = case_with(wanjiku, rehema), case_with(wanjiku, rehema, somebody("Zawadi"))
    zawadi = at_desk(wanjiku).get(f"/cases/{other.pk}/people/").context["members"][1][0].person_id
    answered = at_desk(wanjiku).post(
        f"/inbox/{rehema.person_id}/{message.pk}/fact/",
        {"case": one.pk, "about": zawadi, "matter": "other", "text": "The door is locked"},
    )
    assert "This person is not in that case." in answered.content.decode()
    assert "The door is locked</textarea>" in answered.content.decode()
    assert not Fact.objects.exists()


def test_without_a_case_there_is_nowhere_to_write_it(wanjiku, rehema):
    message = hear(rehema, "Madam locks the door")
    address = f"/inbox/{rehema.person_id}/{message.pk}/fact/"
    assert at_desk(wanjiku).get(address).status_code == 404


def test_no_fact_is_written_from_our_own_words_or_from_anothers_message(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    ours = answer(rehema, "Is it safe?", wanjiku).message
    hers = hear(somebody("Zawadi"), "Habari")
    desk = at_desk(wanjiku)
    for message in (ours, hers):
        address = f"/inbox/{rehema.person_id}/{message.pk}/fact/"
        assert desk.get(address).status_code == 404
    mine = hear(rehema, "Madam locks the door")
    address = f"/inbox/{rehema.person_id}/{mine.pk}/fact/"
    assert at_desk(kamau).get(address).status_code == 404


def test_the_same_page_sent_twice_writes_one_fact(wanjiku, rehema):
    message = hear(rehema, "Madam locks the door")
    case = case_with(wanjiku, rehema)
    address = f"/inbox/{rehema.person_id}/{message.pk}/fact/"
    desk = at_desk(wanjiku)
    once = desk.get(address).context["form"]["once"].value()
    given = {"case": case.pk, "matter": "confinement", "text": "Locked in", "once": once}
    places = {desk.post(address, given)["Location"] for _ in range(2)}
    assert places == {f"/cases/{case.pk}/facts/"}
    assert Fact.objects.count() == MessageFact.objects.count() == 1


def test_the_fact_begins_with_the_words_as_the_thread_shows_them(wanjiku, rehema):
    message = hear(rehema, "Madam locks the door")
    case_with(wanjiku, rehema)
    address = f"/inbox/{rehema.person_id}/{message.pk}/fact/"
    change(message, ChangeKind.EDIT, "Madam locks the gate")
    page = at_desk(wanjiku).get(address)
    assert page.context["form"]["text"].value() == "Madam locks the gate"
    change(message, ChangeKind.DELETION)
    page = at_desk(wanjiku).get(address)
    assert not page.context["form"]["text"].value()
    assert "This message was taken back" in page.content.decode()


def test_whom_it_is_about_is_offered_as_everywhere(wanjiku, rehema):
    message, nameless = hear(rehema, "Madam locks the door"), somebody()
    case = case_with(wanjiku, rehema, nameless)
    page = at_desk(wanjiku).get(f"/inbox/{rehema.person_id}/{message.pk}/fact/")
    offered = page.context["form"].fields["about"].choices
    wanted = lists.people_to_choose(viewer_for(wanjiku), case)
    assert offered == [("", "nobody in particular"), *wanted]


def test_looking_at_a_message_to_write_a_fact_is_written_down(wanjiku, rehema):
    message = hear(rehema, "Madam locks the door")
    case_with(wanjiku, rehema)
    at_desk(wanjiku).get(f"/inbox/{rehema.person_id}/{message.pk}/fact/")
    seen = Entry.objects.filter(verb="message.seen", about=f"message:{message.pk}")
    assert seen.count() == 1


# what was not understood


def test_somebody_says_that_they_have_looked(wanjiku, mutiso):
    item = odd_item()
    assert at_desk(mutiso).post(f"/odd/{item.pk}/settle/").status_code == 404
    at_desk(wanjiku).post(f"/odd/{item.pk}/settle/")
    item.refresh_from_db()
    assert item.settled_by == wanjiku
    assert Entry.objects.filter(verb="odd.settled", about=f"odd:{item.pk}").count() == 1
    assert at_desk(wanjiku).post(f"/odd/{item.pk}/settle/")["Location"] == "/inbox/odd/"
    assert Entry.objects.filter(verb="odd.settled", about=f"odd:{item.pk}").count() == 1
