"""From the bytes of a form to names and values that can be walked and stored."""

from urllib.parse import parse_qsl

from nyumbani.inbox.channels.body import REPEATED
from nyumbani.kit.phrases import gettext_noop


def fields_of(body: bytes) -> tuple[dict[str, object], tuple[str, ...]]:
    """What a form says; empty values are values. Never raises.

    Where a name stands twice the last value counts, and the earlier ones stand in a list named
    "<name> (repeated)".
    """
    notes: set[str] = set()
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("utf-8-sig", "replace")
        notes.add(gettext_noop("bytes that are not UTF-8 were replaced"))
    found: dict[str, object] = {}
    for said in parse_qsl(text, keep_blank_values=True, errors="replace"):
        name, value = (_storable(words, notes) for words in said)
        if name in found:
            earlier = found.setdefault(name + REPEATED, [])
            # A form may itself have a name that ends so: then there is no list to add to.
            found[name + REPEATED] = [
                *(earlier if isinstance(earlier, list) else [earlier]),
                found[name],
            ]
        found[name] = value
    return found, tuple(sorted(notes))


def _storable(words: str, notes: set[str]) -> str:
    if "\x00" not in words:
        return words
    notes.add(gettext_noop("characters that cannot be stored were replaced"))
    return words.replace("\x00", "\ufffd")
