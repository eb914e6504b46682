"""Who else has a conversation open, and who answered while one was writing."""

import datetime as dt

import pytest

from nyumbani.audit.models import Entry
from nyumbani.inbox.actions.attention import forget_presences
from nyumbani.inbox.models.attention import Presence
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.terms import Way
from nyumbani.kit import clock
from tests.desk.world import INTAKE, MINUTE, MONDAY, answer, at_desk, case_with, hear, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
READS, WRITES = {"headers": {"X-Poll": "1"}}, {"headers": {"X-Poll": "2"}}
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def rehema(db):
    thread = somebody("Rehema")
    hear(thread, "Can you help her come home?", at=MONDAY - MINUTE)
    return thread


def page_of(thread, more=""):
    return f"/inbox/{thread.person_id}/{more}"


def since(page):
    shown = page.context
    return f"news/?since={shown['stretch'].stamp}.{shown['company'].stamp}"


def sent():
    return [one.text for one in Message.objects.filter(way=Way.OUT).order_by("received_at", "id")]


# who is here


def test_who_reads_it_too_is_told(wanjiku, otieno, rehema):
    at_desk(otieno).get(page_of(rehema))
    page = at_desk(wanjiku).get(page_of(rehema)).content.decode()
    assert "Otieno" in page
    assert "is reading here" in page


def test_nobody_is_told_of_themselves(wanjiku, rehema):
    desk = at_desk(wanjiku)
    desk.get(page_of(rehema))
    assert "is reading here" not in desk.get(page_of(rehema)).content.decode()


def test_a_poll_tells_who_came_who_writes_and_who_left_and_then_is_silent(wanjiku, otieno, rehema):
    desk, other = at_desk(wanjiku), at_desk(otieno)
    page = desk.get(page_of(rehema))
    assert desk.get(page_of(rehema, since(page)), **READS).status_code == 204
    theirs = other.get(page_of(rehema))
    news = desk.get(page_of(rehema, since(page)), **READS)
    assert "is reading here" in news.content.decode()
    other.get(page_of(rehema, since(theirs)), **WRITES)
    page = desk.get(page_of(rehema, since(news)), **READS)
    assert "is writing here" in page.content.decode()
    silent = desk.get(page_of(rehema, since(page)), **READS)
    assert silent.status_code == 204
    assert len(silent.serialize_headers()) < 400
    with clock.at(MONDAY + 41 * SECOND):
        news = desk.get(page_of(rehema, since(page)), **READS)
        assert "here</span>" not in news.content.decode()
        assert "is writing here" not in news.content.decode()


def test_that_a_colleague_came_is_no_line_of_the_ledger(wanjiku, otieno, rehema):
    desk = at_desk(wanjiku)
    page = desk.get(page_of(rehema))
    at_desk(otieno).get(page_of(rehema))
    before = Entry.objects.count()
    assert desk.get(page_of(rehema, since(page)), **READS).status_code == 200
    assert Entry.objects.count() == before


def test_something_new_of_hers_is_one(wanjiku, rehema):
    desk = at_desk(wanjiku)
    page = desk.get(page_of(rehema))
    hear(rehema, "Are you there?")
    before = Entry.objects.filter(verb="thread.seen").count()
    desk.get(page_of(rehema, since(page)), **READS)
    assert Entry.objects.filter(verb="thread.seen").count() == before + 1


def test_an_idle_poll_costs_at_most_two_queries_more_however_many_are_here(
    wanjiku, otieno, kamau, rehema, django_assert_max_num_queries
):
    desk = at_desk(wanjiku)
    address = page_of(rehema, since(desk.get(page_of(rehema))))
    desk.get(address, **READS)
    with django_assert_max_num_queries(19) as alone:
        assert desk.get(address, **READS).status_code == 204
    asked = [query["sql"] for query in alone.captured_queries]
    assert sum("inbox_presence" in sql for sql in asked) == 2
    for staff in (otieno, kamau):
        at_desk(staff).get(page_of(rehema))
    address = page_of(rehema, since(desk.get(page_of(rehema))))
    with django_assert_max_num_queries(len(asked)):
        assert desk.get(address, **READS).status_code == 204


def test_another_team_is_nowhere_and_learns_nothing(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    at_desk(wanjiku).get(page_of(rehema))
    assert at_desk(kamau).get(page_of(rehema, "news/?since=x"), **READS).status_code == 404
    assert Presence.objects.get().staff == wanjiku


def test_who_had_what_open_is_forgotten(wanjiku, rehema):
    at_desk(wanjiku).get(page_of(rehema))
    assert forget_presences(by=INTAKE) == 0
    with clock.at(MONDAY + 61 * MINUTE):
        assert forget_presences(by=INTAKE) == 1
    assert not Presence.objects.exists()


# who answered meanwhile


def reply(desk, form, words="Are you safe?"):
    given = {"text": words, "once": form["once"].value(), "seen": form["seen"].value()}
    return desk.post(page_of_form(form), given)


def page_of_form(form):
    return form.address


def form_of(desk, thread):
    form = desk.get(page_of(thread)).context["form"]
    form.address = page_of(thread, "reply/")
    return form


def test_a_colleagues_answer_is_shown_before_ones_own_leaves(wanjiku, otieno, rehema):
    desk = at_desk(wanjiku)
    form = form_of(desk, rehema)
    with clock.at(MONDAY + MINUTE):
        answer(rehema, "We are calling her now", otieno)
    back = reply(desk, form)
    page = back.content.decode()
    assert back.status_code == 200
    assert sent() == ["We are calling her now"]
    assert "A colleague has answered her since you opened this page." in page
    meanwhile = page.partition('id="meanwhile"')[2].partition("</form>")[0]
    assert "We are calling her now" in meanwhile
    assert "Send all the same" in meanwhile
    assert "Are you safe?</textarea>" in page
    again = back.context["form"]
    again.address = page_of(rehema, "reply/")
    with clock.at(MONDAY + 2 * MINUTE):
        assert reply(desk, again).status_code == 302
    assert sent() == ["We are calling her now", "Are you safe?"]


def test_one_who_answers_after_that_stops_it_again(wanjiku, otieno, kamau, rehema):
    desk = at_desk(wanjiku)
    form = form_of(desk, rehema)
    answer(rehema, "We are calling her now", otieno)
    again = reply(desk, form).context["form"]
    again.address = page_of(rehema, "reply/")
    with clock.at(MONDAY + MINUTE):
        answer(rehema, "She did not pick up", kamau)
    assert "She did not pick up" in reply(desk, again).content.decode()
    assert sent() == ["We are calling her now", "She did not pick up"]


def test_what_our_own_telephone_wrote_counts_as_a_colleagues(wanjiku, rehema):
    desk = at_desk(wanjiku)
    form = form_of(desk, rehema)
    hear(rehema, "Written on the help line's phone", way=Way.ECHO)
    assert "Written on the help line" in reply(desk, form).content.decode()
    assert sent() == []


def test_ones_own_earlier_answer_and_what_was_there_before_stop_nothing(wanjiku, otieno, rehema):
    answer(rehema, "We are calling her now", otieno)
    desk = at_desk(wanjiku)
    form, other = form_of(desk, rehema), form_of(desk, rehema)
    assert reply(desk, form).status_code == 302
    assert reply(desk, other, "And where are you?").status_code == 302
    assert len(sent()) == 3


def test_a_double_click_is_still_one_message(wanjiku, rehema):
    desk = at_desk(wanjiku)
    form = form_of(desk, rehema)
    for _ in range(2):
        assert reply(desk, form).status_code == 302
    assert sent() == ["Are you safe?"]
