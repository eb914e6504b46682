"""One telephone, several people: who wrote, about whom, and taking it back."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.audit.models import Entry
from nyumbani.cases import actions as cases
from nyumbani.cases.models.members import Member
from nyumbani.cases.terms import Part
from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.inbox import queries
from nyumbani.inbox.actions import attributing
from nyumbani.inbox.actions.alarms import listen
from nyumbani.inbox.guard import going
from nyumbani.inbox.models.attribution import MessagePerson
from nyumbani.inbox.outlet import outlet_to
from nyumbani.inbox.queries import attribution
from nyumbani.inbox.terms import Share, Way
from nyumbani.inbox.together import behind, together
from nyumbani.kit import ids
from nyumbani.people.actions import agree_on_contact
from nyumbani.people.agreed import Agreed
from nyumbani.people.models.names import PersonName
from nyumbani.people.models.persons import Person
from tests.desk.world import INTAKE, MINUTE, MONDAY, at_desk, case_with, hear, lets_in, somebody
from tests.people_here import actor, new_staff, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def phone(db):
    """Rehema's telephone, with four messages and one of ours among them."""
    thread = somebody("Rehema")
    rows = [hear(thread, f"word {n}", at=MONDAY - (9 - n) * MINUTE) for n in range(4)]
    hear(thread, "from us", at=MONDAY - 7 * MINUTE, way=Way.ECHO)
    thread.rows = rows
    return thread


@pytest.fixture
def case(phone, wanjiku):
    friend = somebody("Achieng")
    found = case_with(wanjiku, phone, friend)
    found.friend = friend.person
    return found


def address(message, more="whose/"):
    return f"/inbox/{message.conversation.person_id}/{message.pk}/{more}"


def say(staff, first, last, who, **more):
    given = {"writer": who, "last": last.pk, "called": "", "once": ids.new()} | more
    return at_desk(staff).post(address(first), given)


def texts(rows):
    return sorted(row.text for row in rows)


def elsewhere(staff, person):
    return attribution.elsewhere(viewer(staff), person)


def test_from_this_message_to_that_one_her_friend_wrote(case, phone, wanjiku):
    answered = say(wanjiku, phone.rows[1], phone.rows[2], case.friend.pk)
    assert answered.status_code == 302
    assert texts(elsewhere(wanjiku, case.friend)) == ["word 1", "word 2"]
    assert MessagePerson.objects.values("act").distinct().count() == 1
    page = at_desk(wanjiku).get(f"/inbox/{phone.person_id}/").content.decode()
    assert page.count("written by") == 2


def test_what_we_wrote_ourselves_is_nobodys_on_her_telephone(case, phone, wanjiku):
    say(wanjiku, phone.rows[0], phone.rows[3], case.friend.pk)
    assert len(elsewhere(wanjiku, case.friend)) == 4


def test_the_same_page_sent_twice_says_it_once(case, phone, wanjiku):
    once = ids.new()
    for _ in range(2):
        say(wanjiku, phone.rows[0], phone.rows[1], case.friend.pk, once=once)
    assert MessagePerson.objects.count() == 2


def test_a_stretch_is_taken_back_at_once(case, phone, wanjiku):
    say(wanjiku, phone.rows[0], phone.rows[3], case.friend.pk)
    act = MessagePerson.objects.first().act
    assert at_desk(wanjiku).post(f"/inbox/said/{act}/undo/").status_code == 302
    assert not elsewhere(wanjiku, case.friend).exists()
    assert {row.undone_by for row in MessagePerson.objects.all()} == {wanjiku}


def test_what_was_said_before_holds_again_when_the_later_is_taken_back(case, phone, wanjiku):
    say(wanjiku, phone.rows[0], phone.rows[3], case.friend.pk)
    say(wanjiku, phone.rows[1], phone.rows[1], phone.person_id)
    assert len(elsewhere(wanjiku, case.friend)) == 3
    later = MessagePerson.objects.order_by("-id").first().act
    at_desk(wanjiku).post(f"/inbox/said/{later}/undo/")
    assert len(elsewhere(wanjiku, case.friend)) == 4


def test_the_owner_herself_is_not_elsewhere_on_her_own_telephone(case, phone, wanjiku):
    say(wanjiku, phone.rows[0], phone.rows[1], phone.person_id)
    assert not elsewhere(wanjiku, phone.person).exists()
    assert attribution.writers_on(viewer(wanjiku), [phone]) == []


def test_somebody_new_becomes_part_of_the_case_without_a_name(case, phone, wanjiku):
    say(wanjiku, phone.rows[0], phone.rows[0], f"new:{case.pk}")
    row = MessagePerson.objects.get()
    assert Member.objects.filter(case=case, person=row.person, until=None).exists()
    assert not PersonName.objects.filter(person=row.person).exists()


def test_somebody_new_of_a_telephone_in_no_case_is_in_no_case(phone, wanjiku):
    say(wanjiku, phone.rows[0], phone.rows[0], "new:", called="Zawadi")
    row = MessagePerson.objects.get()
    assert PersonName.objects.get(person=row.person).given == "Zawadi"
    assert not Member.objects.filter(person=row.person).exists()


def test_the_same_newcomer_comes_once_however_often_the_page_is_sent(phone, wanjiku):
    count, once = Person.objects.count(), ids.new()
    for _ in range(2):
        say(wanjiku, phone.rows[0], phone.rows[0], "new:", once=once)
    assert Person.objects.count() == count + 1


def test_a_message_speaks_of_several(case, phone, wanjiku):
    about = [case.friend.pk, phone.person_id]
    given = {"people": about, "once": ids.new()}
    at_desk(wanjiku).post(address(phone.rows[0], "about/"), given)
    at_desk(wanjiku).post(address(phone.rows[0], "about/"), given | {"once": ids.new()})
    assert MessagePerson.objects.filter(share=Share.ABOUT).count() == 2
    assert texts(elsewhere(wanjiku, case.friend)) == ["word 0"]


def test_written_by_her_and_about_her_it_is_still_one_message(case, phone, wanjiku):
    say(wanjiku, phone.rows[0], phone.rows[0], case.friend.pk)
    at_desk(wanjiku).post(
        address(phone.rows[0], "about/"), {"people": [case.friend.pk], "once": ids.new()}
    )
    assert elsewhere(wanjiku, case.friend).count() == 1
    page = at_desk(wanjiku).get(f"/people/{case.friend.pk}/").content.decode()
    assert "1 message by her or about her" in page


def test_her_page_shows_on_whose_telephone(case, phone, wanjiku):
    say(wanjiku, phone.rows[0], phone.rows[0], case.friend.pk)
    page = at_desk(wanjiku).get(f"/inbox/{case.friend.pk}/elsewhere/").content.decode()
    assert "on the telephone of" in page
    assert "Rehema" in page
    assert "word 0" in page


def test_the_list_names_who_else_writes_on_a_telephone(case, phone, wanjiku):
    say(wanjiku, phone.rows[0], phone.rows[1], case.friend.pk)
    page = at_desk(wanjiku).get("/inbox/").content.decode()
    assert "also" in page
    assert "2 on other telephones" in page


def test_the_composer_warns_that_the_telephone_is_shared(case, phone, wanjiku):
    desk = at_desk(wanjiku)
    warning = "This telephone is shared"
    assert warning not in desk.get(f"/inbox/{phone.person_id}/").content.decode()
    say(wanjiku, phone.rows[0], phone.rows[0], case.friend.pk)
    assert warning in desk.get(f"/inbox/{phone.person_id}/").content.decode()


def test_the_case_shows_each_message_once_though_it_belongs_to_two(case, phone, wanjiku):
    say(wanjiku, phone.rows[0], phone.rows[1], case.friend.pk)
    assert queries.messages_in(viewer(wanjiku), case).count() == 5


def test_a_stretch_never_reaches_into_another_conversation(case, phone, wanjiku):
    stray = hear(somebody("Zawadi"), "not hers")
    assert say(wanjiku, phone.rows[0], stray, case.friend.pk).status_code == 200
    count = attributing.say_writer(
        first=phone.rows[0], last=stray, writer=case.friend, act=ids.new(), by=actor(wanjiku)
    )
    assert count == 1


def test_who_does_not_work_on_her_case_may_say_nothing(case, phone, wanjiku, kamau):
    say(wanjiku, phone.rows[0], phone.rows[0], case.friend.pk)
    act, desk = MessagePerson.objects.get().act, at_desk(kamau)
    assert desk.get(address(phone.rows[0])).status_code == 404
    assert say(kamau, phone.rows[0], phone.rows[0], case.friend.pk).status_code == 404
    assert desk.post(address(phone.rows[0], "about/")).status_code == 404
    assert desk.post(f"/inbox/said/{act}/undo/").status_code == 404
    assert desk.get(f"/inbox/{case.friend.pk}/elsewhere/").status_code == 404
    assert MessagePerson.objects.get().undone_at is None


def test_who_may_read_her_but_not_the_telephone_reads_nothing_of_it(case, phone, wanjiku, kamau):
    say(wanjiku, phone.rows[0], phone.rows[0], case.friend.pk)
    cases_of_his = case_with(kamau)
    lets_in(case, wanjiku, kamau)
    cases.join(case=cases_of_his, person=case.friend, part=Part.WITNESS, by=actor(kamau))
    cases.take_off(case=case, staff=kamau, by=actor(wanjiku))
    page = at_desk(kamau).get(f"/inbox/{case.friend.pk}/elsewhere/").content.decode()
    assert "word 0" not in page
    assert "Rehema" not in page
    assert not elsewhere(kamau, case.friend).exists()


def test_somebody_of_another_case_cannot_be_chosen(case, phone, wanjiku, kamau):
    stranger = somebody("Zawadi")
    case_with(kamau, stranger)
    assert say(wanjiku, phone.rows[0], phone.rows[0], stranger.person_id).status_code == 200
    assert not MessagePerson.objects.exists()


def test_the_ledger_says_who_said_it_and_no_word_of_hers(case, phone, wanjiku):
    say(wanjiku, phone.rows[0], phone.rows[1], f"new:{case.pk}", called="Zawadi")
    line = Entry.objects.get(verb="messages.writer_said")
    assert line.by == f"staff:{wanjiku.pk}"
    assert b"Zawadi" not in bytes(line.body)


def test_as_many_queries_for_fifty_marked_messages_as_for_two(
    case, phone, wanjiku, django_assert_max_num_queries
):
    desk = at_desk(wanjiku)
    say(wanjiku, phone.rows[0], phone.rows[1], case.friend.pk)
    desk.get(f"/inbox/{phone.person_id}/")
    with django_assert_max_num_queries(90) as two:
        desk.get(f"/inbox/{phone.person_id}/")
    most = len(two)
    last = [hear(phone, f"more {n}", at=MONDAY + n * MINUTE) for n in range(40)][-1]
    say(wanjiku, phone.rows[0], last, case.friend.pk)
    with django_assert_max_num_queries(most):
        desk.get(f"/inbox/{phone.person_id}/")


def test_an_escort_of_the_case_may_say_it_too(case, phone, wanjiku):
    escort = new_staff("hawa", "Hawa", Role.ESCORT)
    lets_in(case, wanjiku, escort)
    assert say(escort, phone.rows[0], phone.rows[0], case.friend.pk).status_code == 302
    assert MessagePerson.objects.get().by == escort


def test_what_was_agreed_with_who_shares_the_telephone_holds_for_it_too(case, phone, wanjiku):
    evening = (SafeTime(frozenset(range(7)), dt.time(20), dt.time(22)),)
    agreed = Agreed(Rule(ZoneInfo("Africa/Tripoli"), evening), duress_word="tangawizi")
    agree_on_contact(person=case.friend, agreed=agreed, by=actor(wanjiku))
    now = MONDAY + MINUTE
    assert going(phone, outlet_to(phone), "Habari", now).until is None
    say(wanjiku, phone.rows[1], phone.rows[1], case.friend.pk)
    held = going(phone, outlet_to(phone), "Habari", now).until
    assert held == dt.datetime(2014, 7, 14, 20, tzinfo=ZoneInfo("Africa/Tripoli"))
    message = hear(phone, "chai ya tangawizi", at=now)
    listen(thread=phone, message=message, by=INTAKE)
    assert going(phone, outlet_to(phone), "Habari", now).answer.why == "alarmed"


def test_taken_back_it_holds_no_more(case, phone, wanjiku):
    agreed = Agreed(Rule(ZoneInfo("Africa/Tripoli"), is_never_begun_by_us=True), duress_word="x")
    agree_on_contact(person=case.friend, agreed=agreed, by=actor(wanjiku))
    say(wanjiku, phone.rows[1], phone.rows[1], case.friend.pk)
    assert set(behind(together(phone))) == {phone.person_id, case.friend.pk}
    row = MessagePerson.objects.get()
    attributing.take_back(act=row.act, about=phone.person, by=actor(wanjiku))
    assert behind(together(phone)) == [phone.person_id]
