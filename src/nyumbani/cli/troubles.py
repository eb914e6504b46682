"""What went wrong, in one clear line: never a trace, and never what an exception quotes."""

import re
from collections.abc import Callable
from typing import Any

from nyumbani.kit.console import FAILED, MISUSE, CannotDo
from nyumbani.kit.traces import place_of

_TRACE = "NYUMBANI_TRACE=1 shows the whole trace"


def told(error: Exception) -> tuple[str, int]:
    """The line for whoever asked, and the exit code.

    Classes are recognised by name: this must not import what the command did not need.
    """
    if isinstance(error, CannotDo):
        return str(error), error.code
    for kind in type(error).__mro__:
        say = _KNOWN.get(f"{kind.__module__}.{kind.__qualname__}")
        if say is not None:
            return say(error)
    return f"something unexpected happened: {place_of(error)}; {_TRACE}", FAILED


def _words(error: Exception) -> tuple[str, int]:
    return str(error), FAILED


def _os_error(error: Exception) -> tuple[str, int]:
    filename, why = getattr(error, "filename", None), getattr(error, "strerror", None)
    if not why:
        return f"something unexpected happened: {place_of(error)}; {_TRACE}", FAILED
    return (f"{filename}: {why}" if filename else str(why)), FAILED


def _settings(error: Exception) -> tuple[str, int]:
    """What pydantic found wrong in the environment, without the value given."""
    problems: list[dict[str, Any]] = getattr(error, "errors", list)()
    said = [
        f"NYUMBANI_{'_'.join(str(part) for part in each['loc'][:1]).upper()}: {each['msg']}"
        for each in problems
        if each.get("loc")
    ]
    return "the environment is not right: " + "; ".join(said), MISUSE


def _settings_source(error: Exception) -> tuple[str, int]:
    """A list that is not one; only hosts are a list."""
    named = re.search(r'field "(\w+)"', str(error))
    name = f"NYUMBANI_{named[1].upper()}" if named else "a setting"
    example = '["help.example.org"]'
    return f"the environment is not right: {name} is a list, written as JSON: {example}", MISUSE


def _database(error: Exception) -> tuple[str, int]:
    text = str(error)
    if any(word in text for word in ("no such table", "does not exist", "no such column")):
        return "the database is not up to date: run 'nyumbani migrate'", FAILED
    if "locked" in text:
        return "the database is busy: somebody else is writing; try again", FAILED
    return f"the database cannot be used ({place_of(error)}); 'nyumbani check' says more", FAILED


_KNOWN: dict[str, Callable[[Exception], tuple[str, int]]] = {
    "nyumbani.vault.keyring.Locked": _words,
    "nyumbani.vault.keyring.BadKey": _words,
    "nyumbani.vault.envelope.CannotOpen": _words,
    "django.core.exceptions.ImproperlyConfigured": _words,
    "django.db.utils.OperationalError": _database,
    "django.db.utils.ProgrammingError": _database,
    "django.db.utils.DatabaseError": _database,
    "pydantic_core._pydantic_core.ValidationError": _settings,
    "pydantic_settings.exceptions.SettingsError": _settings_source,
    "builtins.OSError": _os_error,
}
