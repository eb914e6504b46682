"""Numbers and ids: whose, from when until when."""

import datetime as dt

import pytest
from django.db import IntegrityError

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.audit.models import Entry
from nyumbani.domain.identity import Key
from nyumbani.kit import clock
from nyumbani.kit.doer import System
from nyumbani.people import actions
from nyumbani.people.actions import Reach
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.models.pairs import Pair
from nyumbani.people.queries import all_names_of, names_of, owners_at, pairs_of, reach_of
from nyumbani.people.terms import NameSource, PairReason

pytestmark = pytest.mark.django_db
BY = System("tests")
JULY = dt.datetime(2014, 7, 14, 5, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
NUMBER = Reach("whatsapp", "wa_id", "21891000001")
KEY = Key("wa_id", "21891000001")
WANJIKU = Viewer("01J00000000000000000000000", "Wanjiku", frozenset({Role.CASEWORKER}))
ADMIN = Viewer("01J00000000000000000000001", "Admin", frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def rehema():
    person = actions.meet(at=JULY, by=BY)
    actions.add_reach(person=person, reach=[NUMBER], since=JULY, by=BY)
    return person


def test_people_are_numbered_one_after_the_other(rehema):
    assert actions.meet(at=JULY, by=BY).number == rehema.number + 1


def test_a_number_is_found_and_not_stored_in_plain(rehema):
    assert owners_at(None, [NUMBER], JULY) == {KEY: rehema.id}
    row = Identifier.objects.get()
    assert row.value == "21891000001"
    assert "21891000001" not in row.digest


def test_a_number_has_one_owner_at_a_time(rehema):
    other = actions.meet(at=JULY, by=BY)
    with pytest.raises(IntegrityError):
        actions.add_reach(person=other, reach=[NUMBER], since=JULY, by=BY)


def test_a_number_that_changed_hands_was_hers_when_she_wrote(rehema):
    actions.end_reach(person=rehema, reach=[NUMBER], until=JULY + 5 * DAY, by=BY)
    stranger = actions.meet(at=JULY, by=BY)
    actions.add_reach(person=stranger, reach=[NUMBER], since=JULY + 6 * DAY, by=BY)
    assert owners_at(None, [NUMBER], JULY + 4 * DAY) == {KEY: rehema.id}
    assert owners_at(None, [NUMBER], JULY + 7 * DAY) == {KEY: stranger.id}


def test_an_ended_number_belongs_to_nobody_until_somebody_has_it(rehema):
    actions.end_reach(person=rehema, reach=[NUMBER], until=JULY + 5 * DAY, by=BY)
    assert owners_at(None, [NUMBER], JULY + 6 * DAY) == {}


def test_what_is_said_beats_what_a_profile_shows(rehema):
    for given, source in (("Queen R", NameSource.PROFILE), ("Rehema", NameSource.SAID)):
        actions.note_name(person=rehema, given=given, source=source, at=JULY, by=BY)
    actions.note_name(person=rehema, given=" Rehema ", source=NameSource.SAID, at=JULY, by=BY)
    assert names_of(WANJIKU, [rehema])[rehema.id].shown == "Rehema"
    assert len(all_names_of(WANJIKU, rehema)) == 2


def test_somebody_without_a_name_is_called_by_number(rehema):
    assert names_of(WANJIKU, [rehema])[rehema.id].shown == f"P-{rehema.number}"


def test_who_runs_the_machine_reads_no_name_and_no_number(rehema):
    actions.note_name(person=rehema, given="Rehema", source=NameSource.SAID, at=JULY, by=BY)
    assert names_of(ADMIN, [rehema])[rehema.id].name == ""
    assert reach_of(ADMIN, rehema) == []
    assert all_names_of(ADMIN, rehema) == []


def test_a_pair_is_asked_once_whoever_comes_first(rehema):
    other = actions.meet(at=clock.now(), by=BY)
    for one, two in ((rehema, other), (other, rehema)):
        actions.put_side_by_side(
            one=one.id, other=two.id, reason=PairReason.SHARED_IDENTIFIER, by=BY
        )
    assert Pair.objects.count() == 1
    assert pairs_of(WANJIKU, [other.id])[0].reason == PairReason.SHARED_IDENTIFIER


def test_a_number_that_was_hers_before_we_saw_it_used_is_hers_no_longer(rehema):
    past = Reach("whatsapp", "wa_id", "21891000002")
    actions.add_reach(person=rehema, reach=[past], since=JULY, until=JULY, by=BY)
    assert [row.value for row in reach_of(WANJIKU, rehema)] == ["21891000001", "21891000002"]
    assert owners_at(None, [past], JULY + DAY) == {}
    assert Entry.objects.filter(verb="person.past_reach_added").count() == 1


def test_nobody_is_put_beside_herself(rehema):
    actions.put_side_by_side(
        one=rehema.id, other=rehema.id, reason=PairReason.SHARED_IDENTIFIER, by=BY
    )
    assert not Pair.objects.exists()
