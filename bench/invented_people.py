"""A house full of invented people, stored straight into its tables as the verbs would have.

Names, numbers and keys are sealed as always, each under a key of the person's own; the index by
which they are found is made of the same digests. The ledger has no line of it.
"""

import random
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
_BATCH = 1_000  # people stored at a time
_SORTED = 100_000  # people whose tokens are sorted before they are stored: pages fill in order
_SHARES = (("kenya", 5), ("uganda", 2), ("ethiopia", 3), ("somalia", 2), ("arab", 3))


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person."""

    number: int
    words: tuple[str, ...]
    phone: str
    town: str
    employer: str


def lists() -> dict[str, list[str]]:
    """The names, by country and place in a name."""
    lines = (HERE / "data/names.txt").read_text().splitlines()
    rows = [line.partition(": ") for line in lines if line and not line.startswith("#")]
    return {name: list(dict.fromkeys(words.split())) for name, _colon, words in rows}


def invented(people: int, seed: int) -> Iterator[Somebody]:
    """So many people; few names are very common and many are rare, as everywhere."""
    chance, names = random.Random(seed + 1), lists()
    weights = {
        name: [1 / (place + 8) for place in range(len(words))] for name, words in names.items()
    }
    for words in names.values():
        chance.shuffle(words)
    countries = [country for country, share in _SHARES for _ in range(share)]

    def one(name: str) -> str:
        return chance.choices(names[name], weights[name])[0]

    for number in range(1, people + 1):
        words = tuple(map(one, _lists_of(chance.choice(countries), chance)))
        # 61,803,399 shares no factor with a hundred million: every number once.
        phone = f"2547{number * 61_803_399 % 100_000_000:08d}"
        yield Somebody(number, words, phone, one("towns"), one("employers"))


def _lists_of(country: str, chance: random.Random) -> tuple[str, ...]:
    if country in {"kenya", "uganda"}:
        return f"{country}.first", f"{country}.second", f"{country}.last"
    if country == "ethiopia":
        return ("ethiopia.given",) * 3
    first = chance.choice(("female", "female", "male"))
    return f"{country}.{first}", f"{country}.male", f"{country}.male"


def fill(
    people: int, seed: int, wanted: set[int], *, keep_all: bool
) -> tuple[list[Somebody], list[Somebody]]:
    """Store them; gives those who will be looked for, and all of them where a peer needs them."""
    from nyumbani.kit.doer import System
    from nyumbani.vault.actions import make_house_keys

    make_house_keys(by=System("bench"))
    kept, peers, batch = [], [], []
    tokens, numbers = array("q"), array("q")
    for one in invented(people, seed):
        batch.append(one)
        if one.number in wanted:
            kept.append(one)
        if keep_all:
            peers.append(one)
        if len(batch) == _BATCH or one.number == people:
            _store(batch, tokens, numbers)
            batch = []
        if one.number % _SORTED == 0 or one.number == people:
            _index(tokens, numbers)
            tokens, numbers = array("q"), array("q")
            print(f"{one.number:,} people", file=sys.stderr, flush=True)
    _analyze()
    return kept, peers


def _store(batch: list[Somebody], tokens: array, numbers: array) -> None:
    from django.db import transaction

    from nyumbani.kit import clock, ids
    from nyumbani.people.models.identifiers import Identifier
    from nyumbani.people.models.names import PersonName
    from nyumbani.people.models.persons import Person
    from nyumbani.people.queries import Reach
    from nyumbani.vault import actions, datakeys, terms
    from nyumbani.vault.models import DataKey

    now, rows = clock.real_now(), {Person: [], PersonName: [], Identifier: []}
    with transaction.atomic():
        for one in batch:
            own = ids.new()
            person = Person(
                id=own, seal_scope=terms.person(own), number=one.number, first_heard_at=now
            )
            rows[Person].append(person)
            rows[PersonName].append(PersonName(
                seal_scope=person.seal_scope, person=person, given=" ".join(one.words),
                source="said", heard_at=now,
            ))  # fmt: skip
            reach = Reach("whatsapp", "wa_id", one.phone)
            rows[Identifier].append(Identifier(
                seal_scope=person.seal_scope, person=person, space=reach.space, kind=reach.kind,
                value=reach.value, digest=reach.digest, since=now,
            ))  # fmt: skip
            actions._store(ids.new(), person.seal_scope, 1)  # without a million ledger lines
        scopes = [person.seal_scope for person in rows[Person]]
        opened = {
            row.scope: datakeys.opened(row) for row in DataKey.objects.filter(scope__in=scopes)
        }
        for table, some in rows.items():
            for row in some:
                row.__dict__["_seal_key"] = opened[row.seal_scope]
            table.objects.bulk_create(some, batch_size=500)
    _tokens(batch, tokens, numbers)


def _tokens(batch: list[Somebody], tokens: array, numbers: array) -> None:
    from nyumbani.domain.naming.keys import EMPLOYER, TOWN, Clue, all_keys
    from nyumbani.vault import index

    for one in batch:
        clues = [Clue(TOWN, one.town), Clue(EMPLOYER, one.employer)]
        mine = set(index.tokens(all_keys([" ".join(one.words)], [one.phone], clues)).values())
        tokens.extend(mine)
        numbers.extend([one.number] * len(mine))


def _index(tokens: array, numbers: array) -> None:
    from django.db import connection

    rows = sorted(zip(tokens, numbers, strict=True))
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with (
            connection.connection.cursor() as cursor,
            cursor.copy("COPY people_findable (token, number) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.executemany("INSERT INTO people_findable (token, number) VALUES (%s, %s)", rows)
        cursor.execute("COMMIT")


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        words = "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"
        cursor.execute(words)
