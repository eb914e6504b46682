"""WhatsApp's own words in exports, in the languages of words.json."""

import json
import re
from importlib.resources import files

_ALL = json.loads(files(__package__).joinpath("words.json").read_text(encoding="utf-8"))
BY_LANGUAGE: dict[str, dict[str, list[str]]] = {
    what: _ALL[what]
    for what in ("omitted", "attached", "deleted", "edited", "call", "special", "ended")
}


def _of(what: str) -> list[str]:
    return [phrase for phrases in BY_LANGUAGE[what].values() for phrase in phrases]


def _with_and_without_stop(phrases: list[str]) -> frozenset[str]:
    """Versions differ in the full stop at the end, not in the words."""
    return frozenset(text for one in phrases for text in (one, one.rstrip("."), one + "."))


def _named(phrases: list[str], name: str) -> re.Pattern[str]:
    shapes = (re.escape(one).replace(r"\{\}", name) for one in phrases)
    return re.compile("(?:" + "|".join(shapes) + ")")


OMITTED = _with_and_without_stop(_of("omitted"))
DELETED = _with_and_without_stop([one for one in _of("deleted") if "{}" not in one])
DELETED_BY = tuple(one.split("{}")[0] for one in _of("deleted") if "{}" in one)
EDITED = tuple(_of("edited"))
CALLS = _with_and_without_stop(_of("call"))
# A mark of WhatsApp's stands before: a word of ours need only end there.
CALL_WITH_MORE = re.compile(_named(_of("call"), ".").pattern + r"(?:[,،.]| at |\n| \d)")
# None does: only when, how long or how it ended may follow. "Voice call at noon?" is hers.
CALL_UNMARKED = re.compile(
    _named(_of("call"), ".").pattern
    + r"(?: at \d{1,2}[:.]\d{2}\W{0,2}(?:[ap]\.?\s?m\.?)?"
    + r"|[,،.] ?\d{1,3}\s?[^\W\d]{1,12}\.?(?: \d{1,3}\s?[^\W\d]{1,12}\.?)?"
    + rf"|[,،.] ?{_named(_of('ended'), '.').pattern})$",
    re.IGNORECASE,
)
# With a mark before them: what a person sent that is neither words nor a file.
SPECIAL = tuple(_of("special"))
ATTACHED = tuple(f" {one}" for one in _of("attached") if "{}" not in one)
ATTACHED_NAMED = _named([one for one in _of("attached") if "{}" in one], r"([^<>\n]{1,255}?)")
BEFORE_NOON: list[str] = _ALL["meridiem"]["am"]
AFTER_NOON: list[str] = _ALL["meridiem"]["pm"]
JOINERS: list[str] = _ALL["joiners"]
