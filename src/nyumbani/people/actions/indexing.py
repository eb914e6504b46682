"""Keeping the index by which people are found in step with what is known of them."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from nyumbani.audit.actions import record
from nyumbani.domain.naming.keys import Key, all_keys
from nyumbani.jobs.actions import enqueue
from nyumbani.kit.doer import Doer
from nyumbani.people.models.findable import Findable
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.models.names import PersonName
from nyumbani.people.models.persons import Person
from nyumbani.people.registry import clues_of
from nyumbani.people.terms import TELEPHONES
from nyumbani.vault import datakeys, index

BATCH = 200
"""People indexed in one transaction."""
KIND = "people.index"


@transaction.atomic
def index_person(*, person: Person, by: Doer) -> None:
    """Write down anew by what somebody is found: every name, number, town and employer of hers."""
    record(by=by, verb="person.indexed", about=f"person:{person.id}")
    _index([person])


@transaction.atomic
def index_batch(*, after: int, by: Doer) -> int | None:
    """Index the next people anew, by number; returns the last one's, None when all are done."""
    people = list(Person.objects.filter(number__gt=after).order_by("number")[:BATCH])
    if not people:
        return None
    record(by=by, verb="people.indexed", about="people:index", count=len(people))
    _index(people)
    return people[-1].number


@transaction.atomic
def index_everybody(*, by: Doer) -> None:
    """Have the whole index written anew; while that goes on, finding goes on too."""
    record(by=by, verb="people.index_asked", about="people:index")
    enqueue(kind=KIND, data={"after": 0}, by=by, key="people.index")


def add_keys(*, person: Person, keys: Iterable[Key], by: Doer) -> None:  # noqa: ARG001
    """Let somebody be found by these too: inside a verb that has written its line already."""
    rows = _rows({person.number: set(keys)})
    Findable.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def forget(*, scope: str, by: Doer) -> None:
    """Take somebody out of the index whose key is destroyed; a case's key changes nothing here."""
    kind, _colon, person_id = scope.partition(":")
    if kind != "person":
        return
    record(by=by, verb="person.unindexed", about=f"person:{person_id}")
    Findable.objects.filter(
        number__in=Person.objects.filter(pk=person_id).values("number")
    ).delete()


def _index(people: Sequence[Person]) -> None:
    """What is there and should not be goes, what is missing comes, the rest is left alone."""
    wanted = {(row.number, row.token): row for row in _rows(_known(people))}
    there = set(
        Findable.objects.filter(number__in=[one.number for one in people]).values_list(
            "number", "token"
        )
    )
    for number, token in there - wanted.keys():
        Findable.objects.filter(number=number, token=token).delete()
    missing = [row for place, row in wanted.items() if place not in there]
    Findable.objects.bulk_create(missing, ignore_conflicts=True, batch_size=400)


def _known(people: Sequence[Person]) -> dict[int, set[Key]]:
    gone = datakeys.destroyed(one.seal_scope for one in people)
    there = [one for one in people if one.seal_scope not in gone]
    datakeys.warm(one.seal_scope for one in there)
    ids = [one.pk for one in there]
    names: dict[str, list[str]] = {}
    numbers: dict[str, list[str]] = {}
    for name in PersonName.objects.filter(person__in=ids):
        names.setdefault(name.person_id, []).append(name.given)
    for number in Identifier.objects.filter(person__in=ids, kind__in=TELEPHONES):
        numbers.setdefault(number.person_id, []).append(number.value)
    clues = clues_of(ids)
    return {
        one.number: all_keys(names.get(one.pk, ()), numbers.get(one.pk, ()), clues.get(one.pk, ()))
        for one in there
    }


def _rows(keys: dict[int, set[Key]]) -> list[Findable]:
    tokens = index.tokens({key for some in keys.values() for key in some})
    return [
        Findable(number=number, token=tokens[key]) for number, some in keys.items() for key in some
    ]
