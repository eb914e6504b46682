"""What the word lists suggest is kept, shown with its words, and never decides anything."""

import datetime as dt
import json

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.audit.models import Entry
from nyumbani.cases.terms import CaseRole
from nyumbani.domain.triage.terms import Mark
from nyumbani.inbox.actions.messages import take_change
from nyumbani.inbox.actions.page import Page
from nyumbani.inbox.actions.triage import judge, judge_stored, mark_of
from nyumbani.inbox.channels.events import Content, InboundEvent, Kind
from nyumbani.inbox.commands.judging import judge_all
from nyumbani.inbox.commands.triaging import show
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.triage import MessageTriage
from nyumbani.inbox.queries import waiting_threads
from nyumbani.inbox.terms import ChangeKind
from nyumbani.kit import clock
from tests.desk.world import (
    INTAKE,
    MONDAY,
    answer,
    at_desk,
    case_with,
    change,
    hear,
    lets_in,
    somebody,
)
from tests.inbox.bodies import NAFULA, open_doors, post, text
from tests.people_here import new_staff, viewer

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def nafula(db):
    return somebody("Nafula")


def heard(thread, text, **more):
    message = hear(thread, text, **more)
    judge_stored(messages=[message], by=INTAKE)
    thread.refresh_from_db()
    return message


def of(message):
    return MessageTriage.objects.get(message=message)


def test_a_message_of_danger_stands_with_its_words_and_says_it_is_no_finding(wanjiku, nafula):
    case_with(wanjiku, nafula)
    heard(nafula, "ananipiga kila siku nisaidieni")
    page = at_desk(wanjiku).get(f"/inbox/{nafula.person_id}/").content.decode()
    assert "P1: now" in page
    assert "suggested, not a finding" in page
    assert "ananipiga" in page
    assert "Swahili" in page


def test_the_list_shows_the_level_and_the_chip_holds_only_the_urgent(wanjiku, nafula):
    calm = somebody("Achieng")
    case_with(wanjiku, nafula, calm)
    heard(nafula, "he beats me")
    heard(calm, "thank you")
    page = at_desk(wanjiku).get("/inbox/?show=urgent").content.decode()
    assert "Nafula" in page
    assert "Achieng" not in page
    assert "P1: now" in page


def test_her_words_are_sealed_in_the_table(nafula):
    from django.db import connection

    heard(nafula, "ananipiga kila siku")
    with connection.cursor() as cursor:
        cursor.execute("select hits from inbox_messagetriage")
        assert "ananipiga" not in str(cursor.fetchone())


def test_the_gravest_since_our_answer_counts_and_time_lowers_nothing(wanjiku, nafula):
    with clock.at(MONDAY):
        heard(nafula, "he beats me")
    with clock.at(MONDAY + 200 * HOUR):
        heard(nafula, "thank you")
        assert nafula.mark == Mark.P1


def test_our_answer_lets_the_mark_go_and_a_new_message_brings_its_own(wanjiku, nafula):
    case_with(wanjiku, nafula)
    with clock.at(MONDAY):
        heard(nafula, "he beats me")
    with clock.at(MONDAY + HOUR):
        answer(nafula, "Where are you?", wanjiku)
        assert nafula.mark is None
    with clock.at(MONDAY + 2 * HOUR):
        heard(nafula, "I have not been paid")
        assert nafula.mark == Mark.P3


def test_what_is_not_understood_is_urgent_until_somebody_has_read_it(wanjiku, nafula):
    case_with(wanjiku, nafula)
    message = heard(nafula, "Abantu bano bantwala gyesimanyi nze ndi mu kizigo")
    assert nafula.mark == Mark.NOT_UNDERSTOOD
    url = f"/inbox/{nafula.person_id}/{message.pk}/judge/"
    assert at_desk(wanjiku).post(url, {"mark": "P4"}).status_code == 302
    nafula.refresh_from_db()
    assert nafula.mark == Mark.P4


def test_what_somebody_says_stands_beside_the_suggestion_and_in_the_ledger(wanjiku, nafula):
    case_with(wanjiku, nafula)
    message = heard(nafula, "he beats me")
    at_desk(wanjiku).post(f"/inbox/{nafula.person_id}/{message.pk}/judge/", {"mark": "P3"})
    row = of(message)
    assert (row.mark, row.own_mark, row.own_by) == (Mark.P1, Mark.P3, wanjiku)
    line = Entry.objects.get(verb="message.judged")
    assert line.about == f"person:{nafula.person_id}"
    page = at_desk(wanjiku).get(f"/inbox/{nafula.person_id}/").content.decode()
    assert "The word lists suggest:" in page


def test_a_voice_note_has_no_words_and_somebody_who_heard_it_can_say_what_it_is(wanjiku, nafula):
    message = heard(nafula, "", content=Content.VOICE)
    assert not MessageTriage.objects.exists()
    case_with(wanjiku, nafula)
    at_desk(wanjiku).post(f"/inbox/{nafula.person_id}/{message.pk}/judge/", {"mark": "P1"})
    nafula.refresh_from_db()
    assert nafula.mark == Mark.P1


@pytest.mark.parametrize("mark", ["", "P9", "NOT_UNDERSTOOD"])
def test_a_level_that_there_is_not_is_refused(wanjiku, nafula, mark):
    case_with(wanjiku, nafula)
    message = heard(nafula, "he beats me")
    url = f"/inbox/{nafula.person_id}/{message.pk}/judge/"
    assert at_desk(wanjiku).post(url, {"mark": mark}).status_code == 404
    assert of(message).own_mark is None


def test_who_may_not_read_her_may_not_judge_her_message(wanjiku, nafula):
    case_with(wanjiku, nafula)
    message = heard(nafula, "he beats me")
    stranger = new_staff("baraka", "Baraka", Role.CASEWORKER)
    url = f"/inbox/{nafula.person_id}/{message.pk}/judge/"
    assert at_desk(stranger).post(url, {"mark": "P4"}).status_code == 404
    assert of(message).own_mark is None


def test_an_edit_makes_it_graver_and_never_calmer(nafula):
    message = heard(nafula, "thank you")
    change(message, ChangeKind.EDIT, "he beats me")
    judge(message)
    assert of(message).mark == Mark.P1
    change(message, ChangeKind.EDIT, "thank you")
    judge(message)
    assert of(message).mark == Mark.P1


def test_the_language_is_that_of_the_conversation_not_of_one_word(nafula):
    for words in ("Habari yako dada", "Naomba kujua tarehe ya mkutano wa ubalozi", "Asante sana"):
        hear(nafula, words)
    assert of(heard(nafula, "ok")).language == "sw"


def test_who_seems_in_danger_stands_above_who_waits_longer(wanjiku, nafula):
    calm = somebody("Achieng")
    case_with(wanjiku, nafula, calm)
    with clock.at(MONDAY):
        heard(calm, "thank you")
    with clock.at(MONDAY + HOUR):
        heard(nafula, "he beats me")
    assert [row.pk for row in waiting_threads(viewer(wanjiku))] == [nafula.pk, calm.pk]


def test_a_thread_in_which_nobody_waits_has_no_mark(nafula):
    assert mark_of(nafula) is None


def test_a_colleague_let_in_sees_it_too(wanjiku, nafula):
    case = case_with(wanjiku, nafula)
    heard(nafula, "he beats me")
    colleague = new_staff("baraka", "Baraka", Role.CASEWORKER)
    lets_in(case, wanjiku, colleague, CaseRole.TEAM)
    assert "P1: now" in at_desk(colleague).get(f"/inbox/{nafula.person_id}/").content.decode()


def test_what_came_before_the_lists_is_judged_by_the_command_and_only_once(nafula, capsys):
    hear(nafula, "he beats me")
    hear(nafula, "thank you")
    assert judge_all(json=True) == 0
    assert json.loads(capsys.readouterr().out) == {"messages": 2}
    assert judge_all(json=True) == 0
    assert MessageTriage.objects.count() == 2
    nafula.refresh_from_db()
    assert nafula.mark == Mark.P1


def test_lines_are_judged_without_a_house(tmp_path, capsys):
    file = tmp_path / "lines.txt"
    file.write_text("ananipiga kila siku\n\nhello\n", encoding="utf-8")
    assert show(str(file), json=True) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["level"], first["language"]) == ("P1", "sw")
    assert first["hits"][0]["words"] == "ananipiga"
    assert second["level"] == "P4"


def test_a_message_that_comes_through_the_door_is_judged_while_it_is_read():
    open_doors()
    post(text(NAFULA, "ananipiga kila siku"))
    thread = Conversation.objects.get()
    assert thread.mark == Mark.P1
    assert MessageTriage.objects.get().mark == Mark.P1


def test_an_edit_that_comes_through_the_door_makes_the_thread_graver():
    open_doors()
    post(text(NAFULA, "thank you"))
    message = Message.objects.get()
    edit = InboundEvent(
        "whatsapp", message.account.account, Kind.EDIT, "edit-1", text="he beats me",
        refers_to=message.provider_id, sent_at=message.sent_at,
    )  # fmt: skip
    page = Page(message.journal, INTAKE)
    take_change(edit, page)
    page.close()
    assert of(message).mark == Mark.P1
    assert Conversation.objects.get().mark == Mark.P1
