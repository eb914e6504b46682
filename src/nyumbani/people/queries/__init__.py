"""Reading about people. Which people somebody may read is decided where membership is known
(nyumbani.cases.permissions); these reads take people that were found through it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.identity import Key
from nyumbani.kit.digits import plain
from nyumbani.people.agreed import Agreed, agreed_with
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.models.names import PersonName
from nyumbani.people.models.pairs import Pair
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import Language, NameSource
from nyumbani.vault import datakeys, index

_MOST_NAMES = 5000


@dataclass(frozen=True, slots=True)
class Reach:
    """An identifier as it came: where it is unique, what kind, and its value."""

    space: str
    kind: str
    value: str

    @property
    def digest(self) -> str:
        """The blind index of this identifier."""
        return index.digest(f"identifier|{self.space}|{self.kind}", self.value)


@dataclass(frozen=True, slots=True)
class Called:
    """What to call somebody on a page, and how sure that is."""

    person_id: str
    label: str  # P-12
    name: str  # empty: no name yet
    source: str

    @property
    def shown(self) -> str:
        """The name, or the number where there is no name."""
        return self.name or self.label


def names_of(viewer: Viewer, people: Iterable[Person]) -> dict[str, Called]:
    """What each of these people is called; what was said beats what a profile shows."""
    found = {person.id: person for person in people}
    datakeys.warm(person.seal_scope for person in found.values())
    best: dict[str, PersonName] = {}
    rank = {NameSource.DOCUMENT: 0, NameSource.SAID: 1, NameSource.PROFILE: 2}
    if viewer.may_read_cases:
        for row in PersonName.objects.filter(person__in=found, until=None).order_by("heard_at"):
            kept = best.get(row.person_id)
            if kept is None or rank[NameSource(row.source)] <= rank[NameSource(kept.source)]:
                best[row.person_id] = row
    return {
        key: Called(
            key, str(person), best[key].given if key in best else "",
            best[key].source if key in best else "",
        )
        for key, person in found.items()
    }  # fmt: skip


def all_names_of(viewer: Viewer, person: Person) -> list[PersonName]:
    """Every way somebody was ever called, newest first."""
    return list(PersonName.objects.filter(person=person)) if viewer.may_read_cases else []


def languages_of(viewer: Viewer, person: Person) -> list[str]:
    """What somebody speaks, each language under its own name."""
    known = [Language(code).label for code in person.languages if code in Language.values]
    return known if viewer.may_read_cases else []


def safe_contact_of(viewer: Viewer, person: Person) -> Agreed:
    """What was agreed with somebody about writing to her."""
    return agreed_with(person.pk) if viewer.may_read_cases else Agreed()


def reach_of(viewer: Viewer, person: Person) -> list[Identifier]:
    """Every number and id that ever reached somebody, current ones first."""
    if not viewer.may_read_cases:
        return []
    return sorted(Identifier.objects.filter(person=person), key=lambda row: row.until is not None)


def reaches_of(viewer: Viewer, people: Iterable[str]) -> dict[str, list[Identifier]]:
    """What reaches each of these people now, the newest first; one query."""
    found: dict[str, list[Identifier]] = {}
    if viewer.may_read_cases:
        for row in Identifier.objects.filter(person__in=list(people), until=None):
            found.setdefault(row.person_id, []).append(row)
    return found


def who_has(viewer: Viewer, reach: Iterable[Reach]) -> list[str]:
    """Whose any of these numbers or ids is now."""
    digests = [one.digest for one in reach]
    rows = Identifier.objects.filter(digest__in=digests, until=None)
    return list(rows.values_list("person_id", flat=True)) if viewer.may_read_cases else []


def called_like(viewer: Viewer, people: QuerySet[Person], words: str) -> list[str]:
    """Which of these people were ever called something that holds these words.

    Names are sealed, so they are opened in memory, one after the other: give only people the
    viewer may know of, and not more than some thousands.
    """
    wanted = plain(" ".join(words.split()).casefold())
    if not viewer.may_read_cases or not wanted:
        return []
    rows = PersonName.objects.filter(person__in=people.order_by().values("pk"))
    rows = rows.order_by("-heard_at", "-pk")[:_MOST_NAMES]
    datakeys.warm(row.seal_scope for row in rows)
    return list(
        dict.fromkeys(row.person_id for row in rows if wanted in plain(row.given.casefold()))
    )


def owners_of(viewer: Viewer, people: QuerySet[Person], digests: Iterable[str]) -> dict[str, str]:
    """Which of these people have these identifiers now, by the blind index."""
    rows = Identifier.objects.filter(
        digest__in=list(digests), until=None, person__in=people.order_by().values("pk")
    )
    return dict(rows.values_list("digest", "person_id")) if viewer.may_read_cases else {}


def called_exactly(
    viewer: Viewer, people: QuerySet[Person], names: Iterable[str]
) -> dict[str, list[str]]:
    """Which of these people were ever called just so, by each of these names that anybody bears.

    Give only people the viewer may know of: their names are opened one by one.
    """
    wanted: dict[str, set[str]] = {}
    for name in filter(str.strip, names):
        wanted.setdefault(plain(" ".join(name.split()).casefold()), set()).add(name)
    if not viewer.may_read_cases or not wanted:
        return {}
    rows = PersonName.objects.filter(person__in=people.order_by().values("pk"))
    rows = rows.order_by("-heard_at", "-pk")[:_MOST_NAMES]
    datakeys.warm(row.seal_scope for row in rows)
    found: dict[str, list[str]] = {}
    for row in rows:
        for name in wanted.get(plain(row.given.casefold()), ()):
            if row.person_id not in found.setdefault(name, []):
                found[name].append(row.person_id)
    return found


def pairs_of(viewer: Viewer, people: Iterable[str]) -> QuerySet[Pair]:
    """Pairs that touch these people, decided or not, those to be decided first."""
    touched = list(people)
    rows = Pair.objects.filter(Q(left__in=touched) | Q(right__in=touched))
    rows = rows.select_related("left", "right", "decided_by").order_by("decided_at", "raised_at")
    return rows if viewer.may_read_cases else rows.none()


def owners_at(
    viewer: Viewer | None,  # noqa: ARG001 - asked by the intake, which nobody looks through
    reach: Sequence[Reach],
    moment: dt.datetime,
) -> dict[Key, str]:
    """Who owned these identifiers at `moment`, by kind and value.

    A message may come days late: a number that has changed hands since was hers when she wrote.
    """
    by_digest = {one.digest: one for one in reach}
    rows = Identifier.objects.filter(digest__in=by_digest).filter(
        Q(until=None) | Q(until__gt=moment)
    )
    owners: dict[Key, str] = {}
    # Whoever's time ended soonest after the moment had it then; the present owner comes last.
    for row in sorted(rows, key=lambda row: (row.until is None, row.until or moment)):
        one = by_digest[row.digest]
        owners.setdefault(Key(one.kind, one.value), row.person_id)
    return owners
