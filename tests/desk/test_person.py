"""One person: names, numbers, cases, what was said, and who has looked."""

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases import actions
from nyumbani.cases.terms import CaseRole, Matter, Standing
from nyumbani.inbox.actions import work
from nyumbani.people import actions as people
from nyumbani.people.models.names import PersonName
from nyumbani.people.queries import Reach
from nyumbani.people.terms import NameSource, PairReason
from tests.desk.world import INTAKE, MINUTE, MONDAY, at_desk, case_with, hear, lets_in, somebody
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NUMBER = "218910000001"


@pytest.fixture
def rehema(db):
    thread = somebody("Rehema", NUMBER)
    hear(thread, "He took her passport", at=MONDAY - MINUTE)
    return thread


def page_of(staff, thread):
    return at_desk(staff).get(f"/people/{thread.person_id}/").content.decode()


def test_nobody_sees_her_before_signing_in(client, rehema):
    assert client.get(f"/people/{rehema.person_id}/")["Location"].startswith("/sign-in/")


def test_only_her_team_knows_her_once_she_is_in_a_case(wanjiku, kamau, mutiso, rehema):
    assert "Rehema" in page_of(kamau, rehema)
    case_with(wanjiku, rehema)
    assert "Rehema" in page_of(wanjiku, rehema)
    for stranger in (kamau, mutiso):
        desk = at_desk(stranger)
        assert desk.get(f"/people/{rehema.person_id}/").status_code == 404
        assert desk.post(f"/people/{rehema.person_id}/reach/").status_code == 404
        assert desk.get(f"/people/{rehema.person_id}/names/add/").status_code == 404


def test_numbers_are_masked_until_asked_for_and_then_it_is_written_down(wanjiku, rehema):
    desk = at_desk(wanjiku)
    page = desk.get(f"/people/{rehema.person_id}/").content.decode()
    assert "+218 ••• 01" in page
    assert NUMBER not in page
    looked = Entry.objects.filter(verb="person.reach_seen", about=f"person:{rehema.person_id}")
    assert not looked.exists()
    assert NUMBER in desk.post(f"/people/{rehema.person_id}/reach/").content.decode()
    assert looked.count() == 1


def test_numbers_in_full_are_not_an_address_one_can_come_back_to(wanjiku, rehema):
    answered = at_desk(wanjiku).get(f"/people/{rehema.person_id}/reach/")
    assert answered["Location"] == f"/people/{rehema.person_id}/"


def test_former_numbers_stay_readable_with_their_dates(wanjiku, rehema):
    people.end_reach(
        person=rehema.person, reach=[Reach("whatsapp", "wa_id", NUMBER)], until=MONDAY, by=INTAKE
    )
    page = at_desk(wanjiku).post(f"/people/{rehema.person_id}/reach/").content.decode()
    assert NUMBER in page
    assert "– now" not in " ".join(page.split())


def test_every_name_tells_where_it_comes_from(wanjiku, rehema):
    people.note_name(
        person=rehema.person, given="Rehema Atieno", source=NameSource.SAID, at=MONDAY, by=INTAKE
    )
    page = page_of(wanjiku, rehema)
    assert "shown on the profile" in page
    assert "said by her or about her" in page
    # What was said is what she is called.
    assert page.partition("<h1>")[2].partition("</h1>")[0].find("Rehema Atieno") > 0


def test_a_name_is_written_down_once(wanjiku, rehema):
    desk = at_desk(wanjiku)
    for _ in range(2):
        answered = desk.post(f"/people/{rehema.person_id}/names/add/", {"given": " Rehema  A. "})
        assert answered["Location"] == f"/people/{rehema.person_id}/"
    said = PersonName.objects.filter(person=rehema.person, source=NameSource.SAID)
    assert [row.given for row in said] == ["Rehema A."]


def test_the_languages_she_speaks_are_written_down_and_can_be_taken_back(wanjiku, kamau, rehema):
    desk, address = at_desk(wanjiku), f"/people/{rehema.person_id}/languages/"
    assert "Not known yet." in page_of(wanjiku, rehema)
    for _ in range(2):
        answered = desk.post(address, {"languages": ["sw", "luo"]})
        assert answered["Location"] == f"/people/{rehema.person_id}/"
    page = page_of(wanjiku, rehema)
    assert "Dholuo</li>" in page
    assert Entry.objects.filter(verb="person.languages_noted").count() == 1
    assert 'class="errors"' in desk.post(address, {"languages": ["xx"]}).content.decode()
    case_with(wanjiku, rehema)
    assert at_desk(kamau).post(address, {"languages": []}).status_code == 404
    desk.post(address)
    rehema.person.refresh_from_db()
    assert rehema.person.languages == []


def test_an_empty_name_comes_back(wanjiku, rehema):
    answered = at_desk(wanjiku).post(f"/people/{rehema.person_id}/names/add/", {"given": " "})
    assert 'class="errors"' in answered.content.decode()


def test_what_was_said_is_alleged_until_judged_and_leads_to_its_message(wanjiku, rehema):
    message = hear(rehema, "He took her passport")
    fact = work.write_down_fact(
        message=message, case=case_with(wanjiku, rehema), matter=Matter.PASSPORT_WITHHELD,
        text="The employer has it", about=rehema.person, by=actor(wanjiku),
    )  # fmt: skip
    page = page_of(wanjiku, rehema)
    assert "◆" in page
    assert "alleged" in page
    assert f"?at={message.pk}#m-{message.pk}" in page
    actions.judge_fact(fact=fact, standing=Standing.ESTABLISHED, by=actor(wanjiku))
    page = page_of(wanjiku, rehema)
    assert "established" in page
    assert "judged by" in page


def test_facts_of_a_case_one_is_not_in_are_not_shown(wanjiku, kamau, rehema):
    mine, his = case_with(wanjiku, rehema), case_with(kamau, title="his")
    lets_in(mine, wanjiku, kamau)
    actions.join(case=his, person=rehema.person, part="witness", by=actor(kamau))
    actions.write_fact(
        case=his, matter=Matter.OTHER, text="told in confidence", said_at=MONDAY,
        about=rehema.person, by=actor(kamau),
    )  # fmt: skip
    assert "told in confidence" in page_of(kamau, rehema)
    page = page_of(wanjiku, rehema)
    assert "told in confidence" not in page
    assert "NYB-2" not in page


def test_who_has_seen_her_is_for_the_lead_of_her_case(wanjiku, kamau, rehema):
    case = case_with(wanjiku, rehema)
    lets_in(case, wanjiku, kamau)
    at_desk(kamau).get(f"/inbox/{rehema.person_id}/")
    looks = page_of(wanjiku, rehema).partition("Who has seen this")[2]
    assert "Kamau" in looks
    assert "read the conversation" in looks
    assert "Wanjiku" not in page_of(kamau, rehema).partition("Who has seen this")[2]
    lets_in(case, wanjiku, kamau, CaseRole.LEAD)
    assert "Wanjiku" in page_of(kamau, rehema).partition("Who has seen this")[2]


def test_each_view_is_written_down_once(wanjiku, rehema):
    page_of(wanjiku, rehema)
    seen = Entry.objects.filter(verb="person.seen", about=f"person:{rehema.person_id}")
    assert [line.by for line in seen] == [f"staff:{wanjiku.pk}"]


def test_without_name_or_number_the_page_says_that_none_is_needed(wanjiku):
    case = case_with(wanjiku)
    member = actions.introduce(case=case, part="in_distress", by=actor(wanjiku))
    page = at_desk(wanjiku).get(f"/people/{member.person_id}/").content.decode()
    assert "A person needs no name to be helped." in page
    assert "No number or account of hers is known." in page


def test_a_pair_is_decided_only_by_who_may_know_both(wanjiku, kamau, rehema):
    other = somebody("R. Mwangi")
    people.put_side_by_side(
        one=rehema.person_id, other=other.person_id, reason=PairReason.SHARED_IDENTIFIER, by=INTAKE
    )
    [question] = at_desk(wanjiku).get(f"/people/{other.person_id}/").context["questions"]
    address = f"/pairs/{question.pair.pk}/decide/"
    assert at_desk(wanjiku).post(address, {"standing": "married"}).status_code == 404
    case_with(kamau, other)
    assert at_desk(wanjiku).post(address, {"standing": "same"}).status_code == 404
    assert not at_desk(wanjiku).get(f"/people/{rehema.person_id}/").context["questions"]
    assert at_desk(kamau).post(address, {"standing": "same"}).status_code == 302


def test_the_title_names_her_by_number_alone(wanjiku, rehema):
    title = page_of(wanjiku, rehema).partition("<title>")[2].partition("</title>")[0]
    assert "P-1" in title
    assert "Rehema" not in title


def test_it_turns_to_the_right_in_arabic(wanjiku, rehema):
    answered = at_desk(wanjiku).get(
        f"/people/{rehema.person_id}/", headers={"Accept-Language": "ar"}
    )
    assert 'dir="rtl"' in answered.content.decode()
