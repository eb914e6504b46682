"""Sealed columns: what is stored, what opens, what does not."""

import pytest
from django.db import connection

from nyumbani.kit import clock
from nyumbani.kit.doer import System
from nyumbani.people.actions import meet, note_name
from nyumbani.people.models.names import PersonName
from nyumbani.people.terms import NameSource
from nyumbani.vault import datakeys, envelope
from nyumbani.vault.actions import renew_key, shred
from nyumbani.vault.models import DataKey
from nyumbani.vault.terms import ShredReason

pytestmark = pytest.mark.django_db
BY = System("tests")


@pytest.fixture
def achieng():
    person = meet(at=clock.now(), by=BY)
    note_name(person=person, given="Achieng", source=NameSource.SAID, at=clock.now(), by=BY)
    return person


def stored(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT given FROM people_personname WHERE id = %s", [row.id])
        return bytes(cursor.fetchone()[0])


def put(row, blob):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_personname SET given = %s WHERE id = %s", [blob, row.id])


def test_a_name_is_sealed_in_the_database_and_opens_in_the_house(achieng):
    row = PersonName.objects.get(person=achieng)
    assert b"Achieng" not in stored(row)
    assert row.given == "Achieng"


def test_saving_again_changes_the_sealed_bytes_not_the_words(achieng):
    row = PersonName.objects.get(person=achieng)
    before = stored(row)
    row.save()
    assert stored(row) != before
    assert PersonName.objects.get(pk=row.pk).given == "Achieng"


def test_a_value_moved_to_another_row_does_not_open(achieng):
    note_name(person=achieng, given="Atieno", source=NameSource.SAID, at=clock.now(), by=BY)
    one, other = PersonName.objects.filter(person=achieng).order_by("id")
    put(other, stored(one))
    with pytest.raises(envelope.CannotOpen):
        _ = PersonName.objects.get(pk=other.pk).given


@pytest.mark.parametrize("position", [0, 1, 16, 17, 28, 29, -1])
def test_a_changed_bit_does_not_open(achieng, position):
    row = PersonName.objects.get(person=achieng)
    blob = bytearray(stored(row))
    blob[position] ^= 1
    put(row, bytes(blob))
    with pytest.raises(envelope.CannotOpen):
        _ = PersonName.objects.get(pk=row.pk).given


def test_a_sealed_column_refuses_what_is_plain(achieng):
    with pytest.raises(TypeError, match="sealed"):
        PersonName.objects.filter(person=achieng).update(given="Achieng")


def test_a_renewed_key_seals_everything_anew_and_the_old_version_opens_no_row(achieng):
    row = PersonName.objects.get(person=achieng)
    before = stored(row)
    assert renew_key(scope=achieng.seal_scope, by=BY) >= 2
    after = stored(row)
    assert envelope.key_id_of(before) != envelope.key_id_of(after)
    assert PersonName.objects.get(pk=row.pk).given == "Achieng"
    assert list(DataKey.objects.filter(scope=achieng.seal_scope).values_list("version", flat=True))


def test_a_shredded_person_opens_no_more(achieng, django_capture_on_commit_callbacks):
    row = PersonName.objects.get(person=achieng)
    with django_capture_on_commit_callbacks(execute=True):
        assert shred(scope=achieng.seal_scope, reason=ShredReason.ASKED, by=BY) == 1
    with pytest.raises(envelope.CannotOpen):
        _ = PersonName.objects.get(pk=row.pk).given


def test_keys_of_many_people_are_read_in_one_query(django_assert_num_queries):
    people = [meet(at=clock.now(), by=BY) for _ in range(5)]
    for person in people:
        note_name(person=person, given="Zawadi", source=NameSource.SAID, at=clock.now(), by=BY)
    datakeys.forget()
    with django_assert_num_queries(2):
        datakeys.warm(person.seal_scope for person in people)
        assert {row.given for row in PersonName.objects.all()} == {"Zawadi"}
