"""Who may be meant, by digests alone: nothing is opened here, and nobody else is even counted.

The index holds everybody; whoever looks is told of those within `scope` only. So each step asks for
more rows than it needs and lets the scope decide before it goes on.
"""

import itertools
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Max, Q

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.naming import keys
from nyumbani.domain.naming.keys import Key
from nyumbani.domain.naming.words import Asked, Word
from nyumbani.people.models.findable import Findable
from nyumbani.people.models.persons import Person
from nyumbani.people.queries import postings
from nyumbani.people.queries.postings import Posting
from nyumbani.vault import index

OPENED = 40
"""People whose names are opened, at most."""
_CHECKED = 200  # ... whose digests are looked at one by one
_MOST = 500  # rows of one step
_ONE_BY_ONE = 12  # tokens that are asked for each by itself
_ENOUGH = 30  # people after whom common words are not tried alone
_COUNTED = 10_000  # bearers of a word; more are as good as everybody
_INDIRECT = 0.7  # by two words together, or by one a slip away: looked at more closely later
_FEW = 16  # fewer bearers are not told apart: nobody's single presence moves an order
_KEPT = 300.0  # seconds a count is believed
Words = Sequence[tuple[int, Word]]
"""Words that were typed, and which parts they are."""
_counts: dict[int, tuple[float, int]] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """A word or a number that was typed, under what it stands, and how many bits it tells.

    A word may be a name, a beginning, a town: it tells what the commonest of these would.
    """

    word: Word | None
    figures: str
    tokens: dict[int, float]  # how far standing under it is standing for the part, 0 to 1
    tells: float


@dataclass(slots=True)
class Gathered:
    """Those who may be meant, within the scope, and which parts each of them has."""

    viewer: Viewer
    scope: Q
    parts: list[Part]
    has: dict[int, set[tuple[int, int]]] = field(default_factory=dict)  # number: (part, token)
    outside: set[int] = field(default_factory=set)

    def bits_of(self, number: int) -> float:
        """How much of what was typed stands for this person."""
        best: dict[int, float] = {}
        for place, token in self.has[number]:
            part = self.parts[place]
            told = part.tells * part.tokens.get(token, _INDIRECT)
            best[place] = max(best.get(place, 0.0), told)
        return sum(best.values())

    @property
    def is_somebody_whole(self) -> bool:
        """Whether somebody has every part."""
        return any(len({place for place, _ in has}) == len(self.parts) for has in self.has.values())


def gather(viewer: Viewer, asked: Asked, scope: Q) -> Gathered:
    """Who may be meant: by numbers, by two words, by a slip in one, by words that cross, by one."""
    gathered = Gathered(viewer, scope, _parts(viewer, asked))
    if not viewer.may_read_cases or not gathered.parts:
        return gathered
    words = [(n, part.word) for n, part in enumerate(gathered.parts) if part.word is not None]
    first = {
        token: (place,)
        for place, part in enumerate(gathered.parts)
        for token in part.tokens
        if part.figures
    }
    _take(gathered, first | _two(words, keys.exactly))
    for step in (_slipped, _cross, _alone):
        if not gathered.is_somebody_whole:
            step(gathered, words)
    if len(gathered.parts) == 1:
        _alone(gathered, words)
    return _looked_at(gathered)


def _parts(viewer: Viewer, asked: Asked) -> list[Part]:
    words = [word for word in asked.words if word.is_name]
    wanted: list[tuple[Word | None, str, set[Key]]] = [
        *((word, "", _of_word(word)) for word in words),
        *((None, figures, {keys.ending(figures)}) for figures in asked.figures),
    ]
    tokens = index.tokens({key for _word, _figures, some in wanted for key in some})
    counts = _counted(viewer, sorted(set(tokens.values())))
    people = max(_everybody(), 2)

    def tells(some: set[Key]) -> float:
        bearers = max(counts[tokens[key]] for key in some)
        return math.log2(max(2.0, people / _in_steps(bearers)))

    def there(some: set[Key]) -> dict[int, float]:
        return {tokens[key]: _trust(key) for key in some if counts[tokens[key]]}

    return [Part(word, figures, there(some), tells(some)) for word, figures, some in wanted if some]


def _of_word(word: Word) -> set[Key]:
    return keys.of_name(word) | keys.begun(word) | keys.as_clue(word)


def _trust(key: Key) -> float:
    return 0.8 if key[0] == keys.BEGINNING else 1.0


def _two(words: Words, how: Callable[[Word, Word], Iterable[Key]]) -> dict[int, tuple[int, ...]]:
    """Tokens of every two words together, and which parts each stands for."""
    made = {
        key: (n, m)
        for (n, one), (m, other) in itertools.combinations(words, 2)
        for key in how(one, other)
    }
    tokens = index.tokens(made)
    return {tokens[key]: places for key, places in made.items()}


def _take(gathered: Gathered, wanted: dict[int, tuple[int, ...]]) -> None:
    """Take in whoever stands under one of these tokens, as far as the scope goes."""
    if len(wanted) <= _ONE_BY_ONE:  # so that a common one does not crowd out a rare one
        _add(gathered, postings.newest(gathered.viewer, list(wanted), _MOST), wanted)
    else:
        rows = Findable.objects.filter(token__in=list(wanted))
        _add(gathered, rows.values_list("number", "token")[: 2 * _MOST], wanted)


def _add(
    gathered: Gathered, rows: Iterable[Posting], wanted: dict[int, tuple[int, ...]]
) -> None:  # fmt: skip
    rows = list(rows)
    new = {number for number, _token in rows} - gathered.has.keys() - gathered.outside
    if new:
        people = Person.objects.filter(gathered.scope, number__in=new).order_by()
        gathered.outside |= new - set(people.values_list("number", flat=True))
    for number, token in rows:
        if number not in gathered.outside:
            has = gathered.has.setdefault(number, set())
            has.update((place, token) for place in wanted[token])


def _slipped(gathered: Gathered, words: Words) -> None:
    """Whoever has two of the words, one of them with a slip in it."""
    _take(gathered, _two(words, keys.nearly))


def _cross(gathered: Gathered, _words: Words) -> None:
    """Whoever has two parts, the rarest first."""
    order = sorted(range(len(gathered.parts)), key=lambda n: -gathered.parts[n].tells)
    for one, other in itertools.islice(itertools.combinations(order, 2), 3):
        mine, theirs = list(gathered.parts[one].tokens), list(gathered.parts[other].tokens)
        rows = postings.crossing(gathered.viewer, mine, theirs, _MOST)
        _add(gathered, rows, dict.fromkeys(mine, (one, other)))


def _alone(gathered: Gathered, words: Words) -> None:
    """Whoever has one word, the rarest first; and where a word is nobody's, one a slip away."""
    for place, word in sorted(words, key=lambda one: -gathered.parts[one[0]].tells):
        _take(gathered, dict.fromkeys(gathered.parts[place].tokens, (place,)))
        if len(gathered.has) >= _ENOUGH:
            return
        _take(gathered, dict.fromkeys(index.tokens(keys.near_word(word)).values(), (place,)))


def _looked_at(gathered: Gathered) -> Gathered:
    """The likeliest, by everything that stands under them, and no more than are opened."""
    likely = sorted(gathered.has, key=lambda n: (-gathered.bits_of(n), -n))[:_CHECKED]
    places: dict[int, list[int]] = {}
    for place, part in enumerate(gathered.parts):
        for token in part.tokens:
            places.setdefault(token, []).append(place)
    rows = Findable.objects.filter(token__in=list(places), number__in=likely)
    for number, token in rows.values_list("number", "token"):
        gathered.has[number].update((place, token) for place in places[token])
    best = sorted(likely, key=lambda n: (-gathered.bits_of(n), -n))[:OPENED]
    gathered.has = {number: gathered.has[number] for number in best}
    return gathered


def _counted(viewer: Viewer, tokens: Sequence[int]) -> dict[int, int]:
    """How many bear each of these, up to a bound; counts are kept for some minutes."""
    now = time.monotonic()
    if len(_counts) > 50_000:
        _counts.clear()
    unknown = [one for one in tokens if one not in _counts or _counts[one][0] < now]
    for token, count in postings.counts(viewer, unknown, _COUNTED).items():
        _counts[token] = (now + _KEPT, count)
    return {token: _counts[token][1] if token in _counts else 0 for token in tokens}


def _in_steps(count: int) -> int:
    """A count in steps of four, so that one more or less is not seen."""
    step = _FEW
    while step < count:
        step *= 4
    return step


def _everybody() -> int:
    now, kept = time.monotonic(), _counts.get(-1)
    if kept is None or kept[0] < now:
        most = Person.objects.order_by().aggregate(most=Max("number"))["most"] or 0
        kept = _counts[-1] = (now + _KEPT, most)
    return kept[1]


def forget_counts(viewer: Viewer | None) -> None:  # noqa: ARG001
    """Count anew: after a great import, and in tests."""
    _counts.clear()
