"""Finding the same person while somebody types: a few people, each with its reasons as data.

Candidates come by digests (nyumbani.people.queries.gathering); only theirs are opened, in memory.
Whoever the viewer may not know of is neither counted nor hinted at: they are out before ranking.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.naming import verdict
from nyumbani.domain.naming.keys import EMPLOYER, TOWN, as_clue
from nyumbani.domain.naming.verdict import Known, Reason, Verdict, judged
from nyumbani.domain.naming.words import Asked, Word, asked
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.models.names import PersonName
from nyumbani.people.models.persons import Person
from nyumbani.people.queries.gathering import Gathered, gather
from nyumbani.people.terms import TELEPHONES
from nyumbani.vault import datakeys, index
from nyumbani.vault.envelope import CannotOpen

MOST = 8
"""People a page shows while somebody types."""
_USUAL = 8.0  # bits of a word that nobody typed


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant."""

    person_id: str
    label: str  # P-12
    name: str  # the one of her names that fits best
    is_likely: bool
    reasons: tuple[Reason, ...]


def found(viewer: Viewer, text: str, *, scope: Q, most: int = MOST) -> list[Candidate]:
    """Who may be meant by what was typed, the likeliest first.

    `scope` is a condition on Person: whom the viewer may know of
    (nyumbani.cases.permissions.people_open_to). Four figures or three consonants are needed.
    """
    words = asked(text)
    gathered = gather(viewer, words, scope)
    if not gathered.has:
        return []
    people = {one.pk: one for one in Person.objects.filter(scope, number__in=list(gathered.has))}
    known = _known(viewer, people, gathered, words)
    rarity, weight = _rarity(gathered)
    answers = [(judged(words, known[pk], rarity, weight), one) for pk, one in people.items()]
    ranked = sorted(
        ((answer, one) for answer, one in answers if answer is not None),
        key=lambda pair: (-pair[0].score, -pair[1].number),
    )
    return [_candidate(answer, one) for answer, one in ranked[:most]]


def _candidate(answer: Verdict, person: Person) -> Candidate:
    return Candidate(person.pk, str(person), answer.name, answer.is_likely, answer.reasons)


def _known(
    viewer: Viewer, people: dict[str, Person], gathered: Gathered, words: Asked
) -> dict[str, Known]:
    """What is known of each: names opened, numbers too if any were typed, clues by their digest."""
    if not viewer.may_read_cases:
        return {}
    datakeys.warm(one.seal_scope for one in people.values())
    names = _opened(PersonName.objects.filter(person__in=list(people)), "given")
    numbers: dict[str, list[str]] = {}
    if words.figures:
        rows = Identifier.objects.filter(person__in=list(people), kind__in=TELEPHONES)
        numbers = _opened(rows, "value")
    clues = _clues(gathered)
    return {
        pk: Known(
            tuple(dict.fromkeys(names.get(pk, ()))), tuple(numbers.get(pk, ())),
            tuple(sorted({
                clues[token] for _place, token in gathered.has[one.number] if token in clues
            })),
        )
        for pk, one in people.items()
    }  # fmt: skip


def _opened(rows: Iterable[PersonName | Identifier], what: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        try:
            found.setdefault(row.person_id, []).append(getattr(row, what))
        except CannotOpen:
            continue  # her key is gone since: nothing is shown of her
    return found


def _clues(gathered: Gathered) -> dict[int, tuple[str, str]]:
    """By token: that a typed word is somebody's town or employer."""
    codes = {TOWN: verdict.TOWN, EMPLOYER: verdict.EMPLOYER}
    words = [part.word for part in gathered.parts if part.word is not None]
    wanted = {key: (codes[key[0]], word.text) for word in words for key in as_clue(word)}
    tokens = index.tokens(wanted)
    return {tokens[key]: clue for key, clue in wanted.items()}


def _rarity(gathered: Gathered) -> tuple[Callable[[Word], float], Callable[[str], float]]:
    """How much each word tells: as many bits as the index says, the same for what sounds so."""
    bits: dict[str, float] = {}
    for part in gathered.parts:
        if part.word is not None:
            for name in (part.word.family, *part.word.sounds):
                bits[name] = max(bits.get(name, 0.0), part.tells)
    figures = {part.figures: part.tells for part in gathered.parts if part.figures}
    bits.pop("", None)

    def rarity(word: Word) -> float:
        told = max((bits.get(name, 0.0) for name in (word.family, *word.sounds)), default=0.0)
        return word.weight * (told or _USUAL)

    return rarity, lambda one: figures.get(one, _USUAL)
