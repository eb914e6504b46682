"""Finding the same person while typing."""

import datetime as dt

import pytest
from django.db.models import Q

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.naming.keys import EMPLOYER, TOWN, Clue
from nyumbani.jobs.models import Job
from nyumbani.kit.doer import System
from nyumbani.people import actions, registry
from nyumbani.people.actions import indexing
from nyumbani.people.models.findable import Findable
from nyumbani.people.queries import Reach
from nyumbani.people.queries.finding import found
from nyumbani.people.queries.gathering import forget_counts
from nyumbani.people.terms import NameSource
from nyumbani.vault import terms
from nyumbani.vault.actions import shred

pytestmark = pytest.mark.django_db
BY = System("tests")
JULY = dt.datetime(2014, 7, 14, 5, tzinfo=dt.UTC)
WANJIKU = Viewer("01J00000000000000000000000", "Wanjiku", frozenset({Role.CASEWORKER}))
ADMIN = Viewer("01J00000000000000000000001", "Admin", frozenset({Role.ADMINISTRATOR}))
ALL = Q()


@pytest.fixture(autouse=True)
def counted_anew():
    forget_counts(None)


def somebody(name, number=""):
    person = actions.meet(at=JULY, by=BY)
    actions.note_name(person=person, given=name, source=NameSource.SAID, at=JULY, by=BY)
    if number:
        reach = Reach("whatsapp", "wa_id", number)
        actions.add_reach(person=person, reach=[reach], since=JULY, by=BY)
    return person


@pytest.fixture
def house():
    return {
        "wanjiru": somebody("Wanjiru Kamau", "218910000142"),
        "fatuma": somebody("Fatuma Abdi Hassan", "254700000777"),
        "tigist": somebody("ትዕግስት በቀለ"),
        "mary": somebody("Mary Atieno Ouma"),
    }


def names(text, scope=ALL, viewer=WANJIKU):
    return [one.name for one in found(viewer, text, scope=scope)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("wanj 0142", "Wanjiru Kamau"),
        ("ونجيرو كاماو", "Wanjiru Kamau"),
        ("Kamau Wanjirũ", "Wanjiru Kamau"),
        ("Wanijru Kamua", "Wanjiru Kamau"),
        ("faadumo xasan", "Fatuma Abdi Hassan"),
        ("فاطمة حسن", "Fatuma Abdi Hassan"),
        ("0777", "Fatuma Abdi Hassan"),
        ("Tigist Bekele", "ትዕግስት በቀለ"),
        ("Mariam Ouma", "Mary Atieno Ouma"),
        ("Atieno O.", "Mary Atieno Ouma"),
    ],
)
def test_somebody_is_found_however_it_is_typed(house, typed, name):
    assert names(typed)[0] == name


def test_the_reasons_come_as_data(house):
    (one,) = found(WANJIKU, "ونجيرو 0142", scope=ALL)
    assert {(why.code, why.mine, why.theirs) for why in one.reasons} == {
        ("same_sound", "ونجيرو", "Wanjiru"), ("number_ends", "0142", ""),
    }  # fmt: skip
    assert one.is_likely


def test_one_name_alone_is_never_likely(house):
    (one,) = found(WANJIKU, "Wanjiru", scope=ALL)
    assert not one.is_likely


def test_a_number_alone_is_never_likely(house):
    (one,) = found(WANJIKU, "218910000142", scope=ALL)
    assert not one.is_likely
    assert one.reasons[0].code == "same_number"


def test_whoever_the_viewer_may_not_know_of_is_not_hinted_at(house):
    hidden = ~Q(pk=house["wanjiru"].pk)
    assert found(WANJIKU, "wanjiru kamau 0142", scope=hidden) == []
    before = found(WANJIKU, "kamau", scope=hidden)
    mine = somebody("Kamau Njoroge")
    with_mine = found(WANJIKU, "kamau", scope=hidden)
    assert before == []
    assert [one.person_id for one in with_mine] == [mine.pk]


def test_others_being_there_does_not_move_what_a_viewer_is_told(house):
    only = Q(pk=house["mary"].pk)
    told = found(WANJIKU, "mary ouma", scope=only)
    somebody("Mary Ouma")
    forget_counts(None)
    assert found(WANJIKU, "mary ouma", scope=only) == told


def test_who_runs_the_machine_finds_nobody(house):
    assert names("wanjiru kamau", viewer=ADMIN) == []


def test_neither_name_nor_number_nor_kind_stands_in_the_index(house):
    columns = {field.name for field in Findable._meta.concrete_fields}
    assert columns == {"token", "number"}
    assert all(token > 2**20 for token in Findable.objects.values_list("token", flat=True))


def test_a_town_and_an_employer_of_another_room_are_found_by(house, monkeypatch):
    def told(people):
        return {house["mary"].pk: [Clue(TOWN, "Tripoli"), Clue(EMPLOYER, "al-Mansouri")]}

    monkeypatch.setattr(registry, "_sources", {"tests": told})
    indexing.index_person(person=house["mary"], by=BY)
    (one,) = found(WANJIKU, "mary tripoli", scope=ALL)
    assert ("town", "tripoli") in {(why.code, why.mine) for why in one.reasons}
    (one,) = found(WANJIKU, "atieno المنصوري", scope=ALL)
    assert "employer" in {why.code for why in one.reasons}


def test_a_destroyed_key_takes_her_out_of_the_index(house):
    gone = house["wanjiru"]
    shred(scope=terms.person(gone.pk), reason=terms.ShredReason.ASKED, by=BY)
    assert not Findable.objects.filter(number=gone.number).exists()
    assert names("wanjiru kamau 0142") == []
    indexing.index_batch(after=0, by=BY)
    assert not Findable.objects.filter(number=gone.number).exists()


def test_the_index_written_anew_is_the_same(house):
    before = set(Findable.objects.values_list("number", "token"))
    Findable.objects.filter(number=house["mary"].number).delete()
    Findable.objects.create(number=house["mary"].number, token=7)
    after, rounds = 0, 0
    while (after := indexing.index_batch(after=after, by=BY)) is not None:
        rounds += 1
    assert rounds == 1
    assert set(Findable.objects.values_list("number", "token")) == before


def test_what_is_too_short_asks_for_nothing(house):
    assert names("w") == names("014") == names("") == names("؟؟ —") == []


def test_the_whole_index_is_written_anew_by_jobs(house):
    before = set(Findable.objects.values_list("number", "token"))
    Findable.objects.all().delete()
    indexing.index_everybody(by=BY)
    assert indexing.index_everybody(by=BY) is None  # asked twice, done once
    (job,) = Job.objects.filter(kind="people.index")
    last = indexing.index_batch(after=job.data["after"], by=BY)
    assert last == max(one.number for one in house.values())
    assert set(Findable.objects.values_list("number", "token")) == before
