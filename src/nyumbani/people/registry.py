"""Where other rooms say what else somebody is found by, so that the index is built from below."""

from collections.abc import Callable, Iterable, Mapping

from nyumbani.domain.naming.keys import Clue

Source = Callable[[Iterable[str]], Mapping[str, Iterable[Clue]]]
"""The towns and employers of these people (ids), as the room that asks keeps them."""

_sources: dict[str, Source] = {}


def clues_from(name: str, source: Source) -> None:
    """Have these found by, too; from `AppConfig.ready()`. A name counts once."""
    _sources[name] = source


def clues_of(people: Iterable[str]) -> dict[str, list[Clue]]:
    """What every room knows of these people."""
    wanted = list(people)
    found: dict[str, list[Clue]] = {}
    for _name, source in sorted(_sources.items()):
        for person, clues in source(wanted).items():
            found.setdefault(person, []).extend(clues)
    return found
