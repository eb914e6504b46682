"""Searching what was written: opened in memory, with honest bounds, for who may read it."""

import pytest

from nyumbani.audit.models import Entry
from nyumbani.domain.finding import wanted
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.queries import finding
from nyumbani.inbox.terms import ChangeKind
from tests.desk.world import MINUTE, MONDAY, answer, at_desk, case_with, change, hear, somebody
from tests.people_here import viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def rehema(db):
    thread = somebody("Rehema")
    hear(thread, "He took her PASSPORT", at=MONDAY - 3 * MINUTE)
    hear(thread, "أخذوا جواز السفر إلى البيت", at=MONDAY - 2 * MINUTE)
    hear(thread, "Habari", at=MONDAY - MINUTE)
    return thread


def page_of(thread):
    return f"/inbox/{thread.person_id}/search/"


def search(desk, address, words, **more):
    return desk.post(address, {"q": words} | more)


def texts(page):
    return ["".join(piece.text for piece in hit.pieces) for hit in page.context["hits"]]


# in one conversation


def test_words_are_found_marked_and_lead_to_their_place(wanjiku, rehema):
    page = search(at_desk(wanjiku), page_of(rehema), "passport")
    found = Message.objects.filter(conversation=rehema).order_by("sent_at").first()
    assert "<mark>PASSPORT</mark>" in page.content.decode()
    assert f"?at={found.pk}#m-{found.pk}" in page.content.decode()
    assert "The whole conversation was searched: 3 messages." in page.content.decode()


def test_arabic_is_found_in_another_spelling(wanjiku, rehema):
    assert "<mark>إلى</mark>" in search(at_desk(wanjiku), page_of(rehema), "الي").content.decode()


def test_our_own_words_are_found_too(wanjiku, rehema):
    answer(rehema, "Keep your passport with you", wanjiku)
    assert len(texts(search(at_desk(wanjiku), page_of(rehema), "passport"))) == 2


def test_edited_words_are_found_as_they_are_and_as_they_were(wanjiku, rehema):
    message = hear(rehema, "in Tripoly")
    change(message, ChangeKind.EDIT, "in Tripoli")
    desk = at_desk(wanjiku)
    assert texts(search(desk, page_of(rehema), "tripoli")) == ["in Tripoli"]
    before = search(desk, page_of(rehema), "tripoly")
    assert texts(before) == ["in Tripoly"]
    assert "before it was edited" in before.content.decode()


def test_what_is_not_there_says_so(wanjiku, rehema):
    page = search(at_desk(wanjiku), page_of(rehema), "visa").content.decode()
    assert "These words stand in none of them." in page


def test_nothing_asked_for_searches_nothing(wanjiku, rehema):
    page = search(at_desk(wanjiku), page_of(rehema), "  ")
    assert "found" not in page.context
    assert not Entry.objects.filter(verb="thread.searched").exists()


def test_it_goes_through_long_ones_in_pieces_and_says_where_it_stopped(wanjiku, rehema):
    for n in range(20):
        hear(rehema, f"Line {n}", at=MONDAY - (10 + n) * MINUTE)
    seen = viewer(wanjiku)
    found = finding.find_in(seen, rehema, wanted("line"), most=12)
    assert (found.looked, found.is_all, len(found.hits)) == (12, False, 9)
    whole = finding.find_in(seen, rehema, wanted("line"))
    assert (whole.looked, whole.is_all, len(whole.hits)) == (23, True, 20)


def test_the_page_says_that_older_ones_were_not_searched(wanjiku, rehema, monkeypatch):
    monkeypatch.setattr(finding.find_in, "__defaults__", (2,))
    page = search(at_desk(wanjiku), page_of(rehema), "passport").content.decode()
    assert "Only the newest 2 messages were searched; older ones were not." in page


def test_the_ledger_knows_of_the_search_and_not_of_its_words(wanjiku, rehema):
    search(at_desk(wanjiku), page_of(rehema), "passport")
    line = Entry.objects.get(verb="thread.searched", about=f"person:{rehema.person_id}")
    assert b'"found":1' in bytes(line.body)
    assert b"passport" not in bytes(line.body).lower()


def test_another_team_finds_nothing_there(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    assert search(at_desk(kamau), page_of(rehema), "passport").status_code == 404


# over many


def test_conversations_one_may_read_are_searched_and_counted(wanjiku, rehema):
    other = somebody("Zawadi")
    hear(other, "My passport is with madam")
    page = search(at_desk(wanjiku), "/inbox/search/", "passport")
    text = page.content.decode()
    assert "2 of 2 conversations searched so far." in text
    assert "Zawadi" in text
    assert f"/inbox/{rehema.person_id}/?at=" in text


def test_nobody_elses_are(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    page = search(at_desk(kamau), "/inbox/search/", "passport")
    assert page.context["hits"] == []
    assert "0 of 0 conversations searched so far." in page.content.decode()


def test_one_goes_on_where_it_stopped_and_no_word_stands_in_the_address(
    wanjiku, rehema, monkeypatch
):
    monkeypatch.setattr(finding, "MOST_AT_ONCE", 1)
    hear(somebody("Zawadi"), "My passport is with madam")
    desk = at_desk(wanjiku)
    first = search(desk, "/inbox/search/", "passport")
    assert "1 of 2 conversations searched so far." in first.content.decode()
    assert texts_across(first) == ["My passport is with madam"]
    older = first.context["found"].older
    rest = search(desk, "/inbox/search/", "passport", cursor=older, done="1")
    assert "2 of 2 conversations searched so far." in rest.content.decode()
    assert texts_across(rest) == ["He took her PASSPORT"]
    assert rest.context["found"].older is None
    assert "passport" not in rest.request["QUERY_STRING"]


def texts_across(page):
    return ["".join(piece.text for piece in hit.pieces) for _called, hit in page.context["hits"]]


def test_of_long_ones_the_newest_part_is_searched_and_that_is_said(wanjiku, rehema, monkeypatch):
    monkeypatch.setattr(finding, "MOST_EACH", 2)
    page = search(at_desk(wanjiku), "/inbox/search/", "passport").content.decode()
    assert "Of the long ones only the newest" in page


def test_it_is_written_down_without_the_words(wanjiku, rehema):
    search(at_desk(wanjiku), "/inbox/search/", "passport")
    line = Entry.objects.get(verb="inbox.searched")
    assert b'"people":1' in bytes(line.body)
    assert b"passport" not in bytes(line.body).lower()


def test_who_reads_no_case_searches_nothing(mutiso):
    assert search(at_desk(mutiso), "/inbox/search/", "x").status_code == 404
