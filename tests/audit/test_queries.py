"""Who has seen this person, and what did I do."""

import datetime as dt

import pytest

from nyumbani.audit.actions import record
from nyumbani.audit.queries import entries_about
from nyumbani.kit import clock
from tests.audit.people import ACHIENG, CASE, WANJIKU, achieng, director, wanjiku

pytestmark = pytest.mark.django_db

REHEMA = "person:01J2REHEMA0000000000000001"
AMINA = "person:01J2AM1NA00000000000000002"


@pytest.fixture(autouse=True)
def a_morning():
    """Achieng and Wanjiku look at Rehema's page, Wanjiku at Amina's; a case is opened."""
    with clock.at(dt.datetime(2014, 7, 12, 8, 0, tzinfo=dt.UTC)):
        record(by=achieng, verb="person.seen", about=REHEMA, page=1)
        record(by=wanjiku, verb="person.seen", about=REHEMA)
        record(by=wanjiku, verb="person.seen", about=AMINA)
        record(by=achieng, verb="person.named", about=REHEMA)
        record(by=achieng, verb="case.opened", about=CASE)


def test_the_director_sees_who_has_seen_a_person():
    lines = entries_about(director, REHEMA, verb="person.seen").items
    assert [(line.by, line.n) for line in lines] == [(WANJIKU, 2), (ACHIENG, 1)]
    assert lines[1].at == dt.datetime(2014, 7, 12, 8, 0, tzinfo=dt.UTC)
    assert lines[1].facts == {"page": 1}


def test_without_a_verb_everything_about_the_person_is_there():
    verbs = [line.verb for line in entries_about(director, REHEMA).items]
    assert verbs == ["person.named", "person.seen", "person.seen"]


def test_who_may_not_read_the_ledger_sees_only_her_own_lines():
    lines = entries_about(wanjiku, REHEMA).items
    assert [(line.n, line.is_own) for line in lines] == [(2, True)]
    assert entries_about(wanjiku, CASE).items == []


def test_the_room_that_opened_the_thing_shows_its_lead_who_looked():
    lines = entries_about(wanjiku, REHEMA, opened=True).items
    assert [(line.n, line.is_own) for line in lines] == [(4, False), (2, True), (1, False)]


def test_a_long_history_is_walked_page_by_page_with_one_query_each(django_assert_num_queries):
    for number in range(7):
        record(by=achieng, verb="person.seen", about=AMINA, page=number)
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        with django_assert_num_queries(1):
            page = entries_about(director, AMINA, cursor=cursor, size=3)
        seen += [line.n for line in page.items]
        cursor, pages = page.older, pages + 1
    assert seen == [12, 11, 10, 9, 8, 7, 6, 3]
    assert pages == 3


def test_nothing_about_nobody():
    page = entries_about(director, "person:01J2N0B0DY0000000000000000")
    assert (page.items, page.older) == ([], None)


def test_the_accounts_room_gives_a_viewer_that_fits():
    from nyumbani.accounts.terms import Role
    from nyumbani.accounts.viewers import Viewer

    known = {"staff_id": "01J2D1RECT0R00000000000003", "display_name": "Njeri"}
    assert len(entries_about(Viewer(**known), REHEMA).items) == 0
    viewer = Viewer(**known, roles=frozenset({Role.DIRECTOR}))
    assert len(entries_about(viewer, REHEMA).items) == 3
