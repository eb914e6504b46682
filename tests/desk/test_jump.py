"""Jump anywhere: from what somebody remembers to the page of a case or a person."""

import pytest

from nyumbani.audit.models import Entry
from tests.desk.world import at_desk, case_with, hear, somebody

pytestmark = pytest.mark.django_db
NOT_FOUND = "Nothing found that you may open."


def test_nobody_jumps_before_signing_in(client):
    assert client.post("/jump/", {"q": "NYB-1"})["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("words", ["NYB-1", "nyb1", "NYB 1", " nyb-1 "])
def test_a_number_of_a_case_leads_to_the_case(wanjiku, words):
    case = case_with(wanjiku)
    assert at_desk(wanjiku).post("/jump/", {"q": words})["Location"] == f"/cases/{case.pk}/"


def test_a_number_of_a_person_leads_to_her(wanjiku):
    thread = somebody("Rehema")
    answered = at_desk(wanjiku).post("/jump/", {"q": "p-1"})
    assert answered["Location"] == f"/people/{thread.person_id}/"


@pytest.mark.parametrize("words", ["+218 91 000 00 01", "218910000001", "+218-91-0000001"])
def test_a_telephone_number_leads_to_her_however_it_is_written(wanjiku, words):
    thread = somebody("Rehema", "218910000001")
    answered = at_desk(wanjiku).post("/jump/", {"q": words})
    assert answered["Location"] == f"/people/{thread.person_id}/"


@pytest.mark.parametrize(
    "words", ["٢١٨٩١٠٠٠٠٠٠١", "+۲۱۸ ۹۱ ۰۰۰ ۰۰ ۰۱", "\u200e٢١٨ ٩١ ٠٠٠٠٠٠١\u200f"]
)
def test_a_telephone_number_is_found_in_the_figures_of_arabic_and_persian(wanjiku, words):
    thread = somebody("Rehema", "218910000001")
    answered = at_desk(wanjiku).post("/jump/", {"q": words})
    assert answered["Location"] == f"/people/{thread.person_id}/"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("091 000 00 01", "218910000001"),  # as dialled in Tripoli
        ("0722 000001", "254722000001"),  # in Nairobi
        ("٠٩١٠٠٠٠٠٠١", "218910000001"),
        ("00218 91 000 0001", "218910000001"),  # from abroad
        ("05 0 000 0001", "966500000001"),  # in Riyadh
    ],
)
def test_a_number_as_it_is_dialled_in_her_country_leads_to_her(wanjiku, written, number):
    thread = somebody("Rehema", number)
    somebody("Zawadi", "218910000002")
    answered = at_desk(wanjiku).post("/jump/", {"q": written})
    assert answered["Location"] == f"/people/{thread.person_id}/"


def test_a_local_number_opens_nobody_to_another_team(wanjiku, kamau):
    case_with(wanjiku, somebody("Rehema", "218910000001"))
    assert NOT_FOUND in at_desk(kamau).post("/jump/", {"q": "0910000001"}).content.decode()


def test_a_local_number_costs_as_many_queries_as_a_whole_one(
    wanjiku, django_assert_max_num_queries
):
    for number in ("218910000001", "218910000002"):
        somebody(number, number)
    desk = at_desk(wanjiku)
    desk.post("/jump/", {"q": "+218910000001"})
    with django_assert_max_num_queries(13) as whole:  # PostgreSQL asks once more than SQLite
        desk.post("/jump/", {"q": "+218910000002"})
    with django_assert_max_num_queries(len(whole)):
        desk.post("/jump/", {"q": "0910000002"})


def test_a_name_with_a_figure_is_found_in_either_kind_of_figure(wanjiku):
    somebody("Rehema ٢")
    somebody("Rehema 2")
    fitting = at_desk(wanjiku).post("/jump/", {"q": "rehema ۲"}).context["destinations"]
    assert sorted(one.name for one in fitting) == ["Rehema 2", "Rehema ٢"]


def test_a_search_is_written_down_without_its_words(wanjiku):
    desk = at_desk(wanjiku)
    for words in ("Rehema", "rehema", "Achieng"):
        desk.post("/jump/", {"q": words})
    lines = list(Entry.objects.filter(verb="list.seen", about="page:jump"))
    assert len(lines) == 2
    for line in lines:
        assert b'"found":0' in bytes(line.body)
        assert b"ehema" not in bytes(line.body)


def test_a_name_that_several_have_shows_them_all(wanjiku):
    for name in ("Rehema", "rehema w.", "Zawadi"):
        somebody(name)
    page = at_desk(wanjiku).post("/jump/", {"q": "REHEMA"}).content.decode()
    assert "rehema w." in page
    assert "Zawadi" not in page
    assert NOT_FOUND not in page


def test_a_bare_figure_may_mean_a_case_or_a_person(wanjiku):
    case_with(wanjiku, somebody("Rehema"))
    fitting = at_desk(wanjiku).post("/jump/", {"q": "1"}).context["destinations"]
    assert [one.label for one in fitting] == ["NYB-1", "P-1"]


@pytest.mark.parametrize("words", ["NYB-1", "P-1", "Achieng", "218910000001"])
def test_what_one_may_not_know_is_not_found_like_what_there_is_not(wanjiku, kamau, words):
    thread = somebody("Achieng", "218910000001")
    hear(thread, "Help")
    case_with(wanjiku, thread)
    assert at_desk(wanjiku).post("/jump/", {"q": words}).status_code == 302
    hidden = at_desk(kamau).post("/jump/", {"q": words})
    missing = at_desk(kamau).post("/jump/", {"q": "nobody at all"})
    for answered in (hidden, missing):
        assert answered.status_code == 200
        assert NOT_FOUND in answered.content.decode()


def test_whoever_runs_the_machine_finds_nothing_here(mutiso):
    assert at_desk(mutiso).post("/jump/", {"q": "NYB-1"}).status_code == 404


def test_words_never_stand_in_an_address(wanjiku):
    page = at_desk(wanjiku).get("/jump/").content.decode()
    assert '<form method="post" role="search">' in page


def test_nothing_typed_asks_again(wanjiku):
    page = at_desk(wanjiku).post("/jump/", {"q": " "}).content.decode()
    assert 'class="errors"' in page
