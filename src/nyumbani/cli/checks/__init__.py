"""`nyumbani check`: what is missing or worrying, one clear sentence each."""

from collections.abc import Callable, Iterable

from nyumbani.cli import house
from nyumbani.cli.checks.finding import Finding, Level, red
from nyumbani.cli.troubles import told
from nyumbani.kit.console import FAILED, GOOD, say, say_json

Look = Callable[[], Iterable[Finding]]

_SIGNS = {Level.GOOD: "ok    ", Level.WORRY: "worry ", Level.RED: "RED   "}


def check(*, json: bool = False) -> int:
    """Look everywhere and say what was found; returns 1 if something is red."""
    house.enter()
    found = list(findings())
    is_red = any(one.level is Level.RED for one in found)
    if json:
        say_json(
            {
                "good": not is_red,
                "findings": [
                    {"about": one.about, "level": one.level.value, "says": one.says}
                    for one in found
                ],
            }
        )
    else:
        say(*(f"{_SIGNS[one.level]}{one.about}: {one.says}" for one in found))
    return FAILED if is_red else GOOD


def findings() -> Iterable[Finding]:
    """Everything there is to say; a look that fails is red itself and stops no other."""
    from nyumbani.cli.checks import ground, rooms

    for about, look in ground.LOOKS.items():
        yield from _safely(about, look)
    database = _safely("database", rooms.database)
    yield from database
    answers = database[0].level is Level.GOOD
    inside = rooms.INSIDE if answers else {}
    for about, look in (*inside.items(), *rooms.LOOKS.items()):
        yield from _safely(about, look)


def _safely(about: str, look: Look) -> list[Finding]:
    try:
        return list(look())
    except Exception as error:  # noqa: BLE001 - told as a finding
        return [red(about, f"{told(error)[0]}.")]
