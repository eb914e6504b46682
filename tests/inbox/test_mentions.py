"""A note names a colleague: told on Today and in the inbox, and nothing is opened by it."""

import pytest

from nyumbani.accounts.models import Staff
from nyumbani.audit.models import Entry
from nyumbani.inbox.models.attention import Mention
from nyumbani.inbox.models.conversations import ConversationNote
from nyumbani.kit import ids
from tests.desk.world import at_desk, case_with, hear, lets_in, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def rehema(db):
    thread = somebody("Rehema")
    hear(thread, "He took her passport")
    return thread


def note(desk, thread, text, **more):
    return desk.post(f"/inbox/{thread.person_id}/note/", {"text": text} | more)


def named(desk):
    return [row.called.name for row in desk.get("/inbox/?show=mentions").context["list"].page.items]


def test_who_is_named_is_told_on_today_and_by_a_chip(wanjiku, otieno, rehema):
    note(at_desk(wanjiku), rehema, "@Otieno, can you call the embassy?")
    desk = at_desk(otieno)
    page = desk.get("/").content.decode()
    assert "Colleagues ask for you" in page
    assert "can you call the embassy?" in page
    assert named(desk) == ["Rehema"]
    assert dict(desk.get("/inbox/").context["list"].chips)["mentions"].count == 1
    assert named(at_desk(wanjiku)) == []


def test_it_is_over_when_the_note_was_seen(wanjiku, otieno, rehema):
    note(at_desk(wanjiku), rehema, "@otieno look")
    desk = at_desk(otieno)
    desk.get(f"/inbox/{rehema.person_id}/")
    assert Mention.objects.get().seen_at is not None
    assert "Colleagues ask for you" not in desk.get("/").content.decode()
    assert named(desk) == []
    assert Entry.objects.filter(verb="mention.seen", by=f"staff:{otieno.pk}").count() == 1


def test_that_somebody_else_opens_it_changes_nothing(wanjiku, otieno, kamau, rehema):
    note(at_desk(wanjiku), rehema, "@otieno look")
    at_desk(kamau).get(f"/inbox/{rehema.person_id}/")
    assert Mention.objects.get().seen_at is None


def test_a_chosen_colleague_is_told_without_a_sign(wanjiku, otieno, rehema):
    note(at_desk(wanjiku), rehema, "Call the embassy", tell=otieno.pk)
    assert Mention.objects.get().staff == otieno


def test_named_twice_and_chosen_one_is_told_once(wanjiku, otieno, rehema):
    desk, once = at_desk(wanjiku), ids.new()
    for _ in range(2):
        note(desk, rehema, "@otieno and @OTIENO.", tell=otieno.pk, once=once)
    assert Mention.objects.count() == ConversationNote.objects.count() == 1
    assert Entry.objects.filter(verb="thread.mentioned").count() == 1


def test_who_may_not_read_it_is_not_told_and_nothing_is_kept(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    answered = note(at_desk(wanjiku), rehema, "@kamau what do you think?")
    page = answered.content.decode()
    assert "Kamau may not read this conversation, and naming somebody opens nothing." in page
    assert "@kamau what do you think?</textarea>" in page
    assert not ConversationNote.objects.exists()
    assert not Mention.objects.exists()
    assert at_desk(kamau).get(f"/inbox/{rehema.person_id}/").status_code == 404


def test_one_of_two_who_may_not_read_it_stops_both(wanjiku, kamau, otieno, rehema):
    case = case_with(wanjiku, rehema)
    lets_in(case, wanjiku, otieno)
    note(at_desk(wanjiku), rehema, "@otieno @kamau look")
    assert not Mention.objects.exists()


@pytest.mark.parametrize("who", ["mutiso", "amina"])
def test_neither_who_runs_the_machine_nor_a_director_outside_is_told(
    wanjiku, mutiso, amina, rehema, who
):
    assert note(at_desk(wanjiku), rehema, f"@{who} look").status_code == 200
    assert not Mention.objects.exists()


def test_who_left_is_nobody(wanjiku, otieno, rehema):
    Staff.objects.filter(pk=otieno.pk).update(is_active=False)
    said = at_desk(wanjiku).post(
        f"/inbox/{rehema.person_id}/note/", {"text": "@otieno look"}, follow=True
    )
    assert "Nobody here signs in as @otieno: nobody was told." in said.content.decode()
    assert ConversationNote.objects.count() == 1
    assert not Mention.objects.exists()


def test_an_address_of_mail_names_nobody(wanjiku, otieno, rehema):
    note(at_desk(wanjiku), rehema, "write to visa@otieno.example")
    assert not Mention.objects.exists()


def test_who_loses_the_case_loses_the_mention(wanjiku, otieno, kamau, rehema):
    note(at_desk(wanjiku), rehema, "@kamau look")
    assert named(at_desk(kamau)) == ["Rehema"]
    case_with(wanjiku, rehema)
    assert named(at_desk(kamau)) == []
    assert "Colleagues ask for you" not in at_desk(kamau).get("/").content.decode()


def test_one_does_not_tell_oneself(wanjiku, rehema):
    note(at_desk(wanjiku), rehema, "@wanjiku remember the visa")
    assert not Mention.objects.exists()


def test_that_a_note_was_kept_is_said(wanjiku, rehema):
    said = at_desk(wanjiku).post(
        f"/inbox/{rehema.person_id}/note/", {"text": "Ask what is safe"}, follow=True
    )
    assert "The note is kept." in said.content.decode()
