"""Words that could betray her are named before they leave; phrases fill the box without typing."""

import json
from zoneinfo import ZoneInfo

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases.actions import join
from nyumbani.cases.terms import Part
from nyumbani.domain.safe_contact import Rule
from nyumbani.inbox.actions import attributing
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.queries import wording
from nyumbani.inbox.terms import Way
from nyumbani.kit import ids
from nyumbani.people.actions import agree_on_contact, note_languages
from nyumbani.people.agreed import Agreed
from nyumbani.people.terms import Language
from tests.desk.world import at_desk, case_with, hear, somebody
from tests.people_here import actor, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
MARK = 'name="words_anyway" value="'


@pytest.fixture
def nafula(wanjiku):
    thread = somebody("Nafula", number="+218910000001")
    hear(thread, "Habari")
    case_with(wanjiku, thread)
    return thread


def reply(desk, thread, text, **more):
    return desk.post(f"/inbox/{thread.person_id}/reply/", {"text": text} | more)


def mark_in(answer) -> str:
    return answer.content.decode().partition(MARK)[2].partition('"')[0]


def sent() -> list[str]:
    return [message.text for message in Message.objects.filter(way=Way.OUT)]


def test_words_that_could_betray_her_wait_for_a_tick(nafula, wanjiku):
    desk = at_desk(wanjiku)
    answer = reply(desk, nafula, "The police come on Friday")
    page = answer.content.decode()
    assert "could betray her" in page
    assert "<bdi>police</bdi>" in page
    assert "The police come on Friday" in page, "what was typed is still in the box"
    assert sent() == []
    assert reply(desk, nafula, "The police come on Friday", words_anyway="on").status_code == 200
    done = reply(desk, nafula, "The police come on Friday", words_anyway=mark_in(answer))
    assert done.status_code == 302
    assert sent() == ["The police come on Friday"]


def test_the_ledger_holds_the_kinds_and_never_the_words(nafula, wanjiku):
    desk = at_desk(wanjiku)
    answer = reply(desk, nafula, "The police come on Friday")
    reply(desk, nafula, "The police come on Friday", words_anyway=mark_in(answer))
    (entry,) = Entry.objects.filter(verb="words.let_stand")
    assert json.loads(bytes(entry.body))["kinds"] == "subject.time"
    assert not any(b"Friday" in bytes(one.body) for one in Entry.objects.all())


def test_a_tick_for_some_words_lets_no_others_through(nafula, wanjiku):
    desk = at_desk(wanjiku)
    answer = reply(desk, nafula, "On Friday")
    again = reply(desk, nafula, "On Friday, with the police", words_anyway=mark_in(answer))
    assert again.status_code == 200
    assert sent() == []
    assert not Entry.objects.filter(verb="words.let_stand").exists()


def test_harmless_words_leave_at_once(nafula, wanjiku):
    assert reply(at_desk(wanjiku), nafula, "Is it safe to write now?").status_code == 302
    assert not Entry.objects.filter(verb="words.let_stand").exists()


def test_her_own_name_those_beside_her_and_the_staffs_are_found(nafula, wanjiku, settings):
    settings.NYUMBANI_NAMES = ["Bright Shore"]
    from nyumbani.cases.models.case import Case

    akinyi = somebody("Akinyi")
    join(case=Case.objects.get(), person=akinyi.person, part=Part.IN_DISTRESS, by=actor(wanjiku))
    page = reply(
        at_desk(wanjiku), nafula, "Nafula and Akinyi, from Wanjiku of Bright Shore"
    ).content.decode()
    for name in ("Nafula", "Akinyi", "Wanjiku", "Bright Shore"):
        assert f"<bdi>{name}</bdi>:" in page


def test_names_of_another_teams_case_are_not_told_by_the_lint(nafula, wanjiku, kamau):
    zuhura = somebody("Zuhura")
    case_with(kamau, zuhura)
    assert reply(at_desk(wanjiku), nafula, "Zuhura says hello").status_code == 302


def test_what_her_rule_allows_leaves_without_a_tick(nafula, wanjiku):
    agree_on_contact(
        person=nafula.person, by=actor(wanjiku),
        agreed=Agreed(Rule(ZoneInfo("Africa/Tripoli")), may_say=frozenset({"time"})),
    )  # fmt: skip
    desk = at_desk(wanjiku)
    assert reply(desk, nafula, "I write on Friday").status_code == 302
    assert reply(desk, nafula, "The police come on Friday").status_code == 200


def test_what_may_be_written_is_agreed_on_her_page(nafula, wanjiku):
    from nyumbani.people.agreed import agreed_with

    desk = at_desk(wanjiku)
    page = f"/inbox/{nafula.person_id}/safe-contact/"
    given = {"zone": "Africa/Tripoli", "may_say": ["name", "time"]}
    assert desk.post(page, given).status_code == 302
    assert agreed_with(nafula.person_id).may_say == {"name", "time"}
    assert desk.post(page, given | {"may_say": ["organisation"]}).status_code == 200


def test_a_phrase_fills_the_box_in_her_language(nafula, wanjiku):
    spoken = [Language.LUO, Language.ARABIC]
    note_languages(person=nafula.person, languages=spoken, by=actor(wanjiku))
    page = at_desk(wanjiku).get(f"/inbox/{nafula.person_id}/?phrase=food").content.decode()
    assert "هل لديك طعام وماء؟</textarea>" in page
    assert "No native speaker has read" in page


def test_an_unknown_phrase_leaves_the_box_empty(nafula, wanjiku):
    answer = at_desk(wanjiku).get(f"/inbox/{nafula.person_id}/?phrase=nothing")
    assert not answer.context["form"]["text"].value()


def test_who_may_not_read_her_finds_no_phrases(nafula, kamau):
    assert at_desk(kamau).get(f"/inbox/{nafula.person_id}/?phrase=food").status_code == 404
    assert reply(at_desk(kamau), nafula, "Is it safe?").status_code == 404


def test_what_who_shares_her_telephone_did_not_allow_waits_for_a_tick(nafula, wanjiku):
    """Both read it: only what both rules allow may stand."""
    rule = Rule(ZoneInfo("Africa/Tripoli"))
    friend = somebody("Akinyi")
    hear(friend, "Habari")
    case_with(wanjiku, friend)
    allows = Agreed(rule, may_say=frozenset({"place"}))
    agree_on_contact(person=nafula.person, agreed=allows, by=actor(wanjiku))
    desk, viewing = at_desk(wanjiku), viewer(wanjiku)
    assert not wording.warned(viewing, nafula, "Come to Tripoli")
    heard = hear(nafula, "This is her friend")
    attributing.say_writer(
        first=heard, last=heard, writer=friend.person, act=ids.new(), by=actor(wanjiku)
    )
    assert reply(desk, nafula, "Come to Tripoli").status_code == 200
    assert sent() == []
    assert "Akinyi" in {hit.words for hit in wording.warned(viewing, nafula, "Ask Akinyi").hits}
