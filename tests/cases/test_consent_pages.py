"""Asking her, showing what she said, taking it back, and going without her consent."""

import datetime as dt

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases import actions as cases
from nyumbani.kit import clock, ids
from nyumbani.people import actions as people
from nyumbani.people.models.consents import Consent, Withdrawal
from nyumbani.people.models.overrides import Override, OverrideNotice
from nyumbani.people.terms import Language
from tests.desk.world import MINUTE, MONDAY, at_desk, case_with, hear, lets_in, somebody
from tests.people.consents_here import CLINIC, EMBASSY, TO_CLINIC, consented, overridden, refused
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DAY = dt.timedelta(days=1)
ASKED = {"purpose": "referral", "language": "sw"}
AGREED = ASKED | {
    "version": "1", "kind": "partner", "name": "Tumaini Clinic", "parts": ["name", "health"],
    "way": "spoken", "was_read": "on",
}  # fmt: skip
WITHOUT = {
    "purpose": "referral", "kind": "partner", "name": "Tumaini Clinic", "parts": ["health"],
    "cause": "life", "reason": "She bleeds and cannot speak",
}  # fmt: skip
TO_EMBASSY = WITHOUT | {"kind": "state", "name": "Saudi Embassy"}


@pytest.fixture
def nafula(db):
    thread = somebody("Nafula")
    hear(thread, "Habari", at=MONDAY - MINUTE)
    return thread


@pytest.fixture
def case(wanjiku, nafula):
    return case_with(wanjiku, nafula)


def address(thread, more=""):
    return f"/people/{thread.person_id}/consent/{more}"


def page(staff, where, **asked):
    return at_desk(staff).get(where, asked or None).content.decode()


def post(staff, thread, more, **form):
    return at_desk(staff).post(address(thread, more), form | {"once": ids.new()})


# ---- who may ----------------------------------------------------------------------------------


def test_only_her_team_knows_what_she_agreed_to(case, wanjiku, kamau, mutiso, nafula):
    given = consented(wanjiku, nafula.person)
    assert "Tumaini Clinic" in page(wanjiku, address(nafula))
    for stranger in (kamau, mutiso):
        desk = at_desk(stranger)
        for more in ("", "give/", "never/", "override/", f"{given.pk}/withdraw/"):
            assert desk.get(address(nafula, more)).status_code == 404, more
        for more in ("give/", "never/", "wish/", "override/", f"{given.pk}/withdraw/"):
            assert desk.post(address(nafula, more), AGREED).status_code == 404, more
    assert Consent.objects.count() == 1
    assert not Withdrawal.objects.exists()


def test_through_broken_glass_one_looks_and_writes_nothing(case, wanjiku, kamau, amina, nafula):
    given = consented(wanjiku, nafula.person)
    cases.break_glass(case=case, reason="Nobody answers", by=actor(kamau))
    assert "Tumaini Clinic" in page(kamau, address(nafula))
    assert "Ask her" not in page(kamau, address(nafula))
    for more in ("give/", "never/", "wish/", "override/", f"{given.pk}/withdraw/"):
        assert post(kamau, nafula, more, **WITHOUT).status_code == 403, more


def test_a_look_at_her_consent_is_written_down(case, wanjiku, nafula):
    page(wanjiku, address(nafula))
    seen = Entry.objects.filter(verb="person.consent_seen", about=f"person:{nafula.person_id}")
    assert seen.count() == 1


# ---- asking her -------------------------------------------------------------------------------


def test_she_is_asked_in_her_language_and_hears_all_seven(case, wanjiku, nafula):
    people.note_languages(person=nafula.person, languages=[Language.AMHARIC], by=actor(wanjiku))
    first = page(wanjiku, address(nafula, "give/"))
    assert '<option value="am" selected>' in first
    asked = page(wanjiku, address(nafula, "give/"), **ASKED)
    assert 'lang="sw"' in asked
    assert "Tunauliza kama tunaweza kumwambia mtu anayeweza kukusaidia" in asked
    assert asked.count('<p dir="auto">') == 7
    assert "not yet reviewed by a native speaker" in asked


def test_what_she_agrees_to_stands_on_her_page_with_the_words_that_were_read(case, wanjiku, nafula):
    assert "nothing of hers may leave" in page(wanjiku, f"/people/{nafula.person_id}/")
    answered = post(wanjiku, nafula, "give/", **AGREED, until="2014-07-20", witness="Sr. Agnes")
    assert answered["Location"] == address(nafula)
    row = Consent.objects.get()
    assert (row.purpose, row.recipient, row.fields) == (
        "referral", "Tumaini Clinic", ["health", "name"],
    )  # fmt: skip
    assert (row.language, row.text_version, row.taken_by_id) == ("sw", 1, wanjiku.pk)
    assert row.until == dt.datetime(2014, 7, 20, 21, tzinfo=dt.UTC)  # the end of that day here
    hers = page(wanjiku, f"/people/{nafula.person_id}/")
    for words in ("Tumaini Clinic", "her health", "Sr. Agnes", "Kiswahili", "Wanjiku"):
        assert words in hers


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"was_read": ""}, "Read it to her first"),
        ({"name": " "}, "Name it: she decides on each one."),
        ({"parts": []}, "Say what of hers."),
        ({"until": "2014-07-13"}, "This day is over."),
        ({"kind": "anybody"}, "anybody is not one of the available choices"),
        ({"way": ""}, "This field is required."),
    ],
    ids=lambda one: "" if isinstance(one, str) else next(iter(one)),
)
def test_what_is_no_consent_is_not_written_down(case, wanjiku, nafula, wrong, words):
    answered = post(wanjiku, nafula, "give/", **(AGREED | wrong))
    assert words in answered.content.decode()
    assert not Consent.objects.exists()


def test_statistics_take_nothing_that_tells_who_she_is(case, wanjiku, nafula):
    form = AGREED | {"purpose": "statistics", "kind": "house", "name": ""}
    assert "goes into statistics" in post(wanjiku, nafula, "give/", **form).content.decode()
    post(wanjiku, nafula, "give/", **(form | {"parts": []}))
    assert Consent.objects.get().purpose == "statistics"


def test_an_unknown_purpose_language_or_version_asks_again(case, wanjiku, nafula):
    for wrong in ({"purpose": "x"}, {"language": "tlh"}, {"version": "7"}):
        answered = post(wanjiku, nafula, "give/", **(AGREED | wrong))
        assert "What do you ask her for?" in answered.content.decode()
    assert not Consent.objects.exists()


def test_never_to_somebody_stands_above_what_she_agreed_to(case, wanjiku, nafula):
    post(wanjiku, nafula, "never/", kind="state", name="Saudi Embassy", purpose="", way="spoken")
    row = Consent.objects.get()
    assert (row.says, row.purpose, row.recipient) == ("never", "", "Saudi Embassy")
    assert "Saudi Embassy" in page(wanjiku, f"/people/{nafula.person_id}/")


def test_what_she_wants_done_is_asked_and_shown(case, wanjiku, nafula):
    post(wanjiku, nafula, "wish/", level="anonymous")
    post(wanjiku, nafula, "wish/", level="x")
    assert "she stays unnamed" in page(wanjiku, f"/people/{nafula.person_id}/")


# ---- taking it back ---------------------------------------------------------------------------


def test_taking_it_back_is_asked_once_more_and_needs_no_reason(case, wanjiku, nafula):
    given = consented(wanjiku, nafula.person)
    where = address(nafula, f"{given.pk}/withdraw/")
    assert "Yes, she takes it back" in page(wanjiku, where)
    assert not Withdrawal.objects.exists()
    assert at_desk(wanjiku).post(where, {"reason": ""})["Location"] == address(nafula)
    assert Withdrawal.objects.get().at == MONDAY
    assert "Tumaini Clinic" not in page(wanjiku, f"/people/{nafula.person_id}/")
    assert "taken back" in page(wanjiku, address(nafula))


def test_anothers_consent_is_not_taken_back_under_her_address(case, wanjiku, nafula):
    other = consented(wanjiku, somebody("Adhiambo").person)
    where = address(nafula, f"{other.pk}/withdraw/")
    assert at_desk(wanjiku).post(where).status_code == 404
    assert not Withdrawal.objects.exists()


# ---- without her consent ----------------------------------------------------------------------


def test_who_only_works_on_her_case_does_not_go_without_her(case, wanjiku, kamau, nafula):
    lets_in(case, wanjiku, kamau)
    assert "Without her consent" not in page(kamau, address(nafula))
    assert post(kamau, nafula, "override/", **WITHOUT).status_code == 404
    assert not Override.objects.exists()


def test_the_lead_goes_without_her_and_the_director_reads_it_on_today(
    case, wanjiku, kamau, amina, nafula
):
    answered = post(wanjiku, nafula, "override/", **WITHOUT)
    assert answered["Location"] == address(nafula)
    assert "She bleeds and cannot speak" in page(wanjiku, f"/people/{nafula.person_id}/")
    today = page(amina, "/")
    assert "She bleeds and cannot speak" in today
    assert "Nafula" not in today
    assert "She bleeds" not in page(kamau, "/")
    notice = OverrideNotice.objects.get(staff=amina)
    read = f"/overrides/notices/{notice.pk}/read/"
    assert at_desk(kamau).post(read).status_code == 404
    at_desk(amina).post(read)
    assert "She bleeds" not in page(amina, "/")


@pytest.mark.parametrize("wrong", [{"reason": "x"}, {"cause": ""}, {"name": ""}, {"parts": []}])
def test_without_a_cause_a_reason_and_a_name_nobody_goes_without_her(case, wanjiku, nafula, wrong):
    assert post(wanjiku, nafula, "override/", **(WITHOUT | wrong)).status_code == 200
    assert not Override.objects.exists()


def test_to_a_state_body_a_director_says_so_too_from_today(case, wanjiku, kamau, amina, nafula):
    post(wanjiku, nafula, "override/", **TO_EMBASSY)
    row = Override.objects.get()
    assert "waits for a second person" in page(wanjiku, address(nafula))
    assert "I say so too" not in page(wanjiku, address(nafula))
    second = f"/overrides/{row.pk}/second/"
    at_desk(wanjiku).post(second)
    assert at_desk(kamau).post(second).status_code == 404
    assert "waits for a second person" in page(wanjiku, address(nafula))
    assert "I say so too" in page(amina, "/")
    assert at_desk(amina).post(second)["Location"] == "/"
    assert "stands until" in page(wanjiku, address(nafula))


def test_a_page_of_an_override_sent_twice_does_it_once(case, wanjiku, amina, nafula):
    form = WITHOUT | {"once": ids.new()}
    for _ in range(2):
        at_desk(wanjiku).post(address(nafula, "override/"), form)
    assert (Override.objects.count(), OverrideNotice.objects.count()) == (1, 1)


# ---- running out ------------------------------------------------------------------------------


def test_a_consent_that_runs_out_stands_on_today_of_those_who_work_with_her(
    case, wanjiku, kamau, nafula
):
    consented(wanjiku, nafula.person, until=MONDAY + 20 * DAY)
    assert "Consent running out" not in page(wanjiku, "/")
    with clock.at(MONDAY + 10 * DAY):
        assert "Consent running out" in page(wanjiku, "/")
        assert "Consent running out" not in page(kamau, "/")
    with clock.at(MONDAY + 22 * DAY):
        assert "Consent running out" in page(wanjiku, "/")


def test_who_agreed_again_or_took_it_back_is_not_asked_again(case, wanjiku, nafula):
    consented(wanjiku, nafula.person, until=MONDAY + DAY)
    assert "Consent running out" in page(wanjiku, "/")
    again = consented(wanjiku, nafula.person, until=MONDAY + 60 * DAY)
    assert "Consent running out" not in page(wanjiku, "/")
    at_desk(wanjiku).post(address(nafula, f"{again.pk}/withdraw/"))
    assert "Consent running out" not in page(wanjiku, "/")
    assert "Tumaini Clinic" not in page(wanjiku, f"/people/{nafula.person_id}/")


def test_what_she_refused_later_does_not_count_though_she_had_agreed(case, wanjiku, nafula):
    consented(wanjiku, nafula.person)
    refused(wanjiku, nafula.person, CLINIC)
    assert "does not count: she refused it" in page(wanjiku, f"/people/{nafula.person_id}/")


def test_as_many_queries_for_thirty_consents_as_for_two(
    case, wanjiku, nafula, django_assert_max_num_queries
):
    for _ in range(2):
        consented(wanjiku, nafula.person)
        overridden(wanjiku, nafula.person, TO_CLINIC)
    desk = at_desk(wanjiku)
    desk.get(address(nafula))
    with django_assert_max_num_queries(45) as two:
        desk.get(address(nafula))
    for _ in range(28):
        consented(wanjiku, nafula.person)
    refused(wanjiku, nafula.person, EMBASSY)
    with django_assert_max_num_queries(len(two)):
        desk.get(address(nafula))
