"""Every name, number and text of the story, for the search that must find none of them.

The list comes from the same data the story is played from, so no act can forget its own.
"""

import base64
import dataclasses
import re
from collections.abc import Iterable, Iterator

from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.drill.script.acts import ACTS
from nyumbani.drill.script.cast import Character
from nyumbani.drill.script.groups import GROUPS
from nyumbani.drill.script.steps import AnyStep, Broadcasts, Together

# Fields that hold what people said or wrote, or a label inside a file.
SPOKEN = {"text", "label", "known_as", "alleged", "title", "subject", "how", "duress_word"}


def canaries() -> list[str]:
    """What must not stand in plaintext anywhere after the story: longest first, no doubles.

    Texts are there whole and in pieces of plain ASCII, since a raw webhook body writes everything
    else as escapes; numbers with and without +, with and without spaces.
    """
    found: set[str] = set()
    for act in ACTS:
        for character in act.cast:
            found.update(_of_character(character))
        for text in _spoken(act.steps):
            found.update({text, *_pieces(text)})
    for group in GROUPS.values():
        found.update({group.title, group.file_name, *group.whose})
        for event in group.events:
            found.update({event.text, *_pieces(event.text)} if event.kind is Kind.MESSAGE else ())
    return sorted(found - {""}, key=lambda canary: (-len(canary), canary))


def disguised() -> list[str]:
    """Numbers and ids as they stand, base64, inside WhatsApp's message ids.

    An id kept in the clear is a number kept in the clear: anybody can decode it.
    """
    addresses = {c.digits or c.bsuid for act in ACTS for c in act.cast if c.digits or c.bsuid}
    # The address begins at a multiple of three bytes, so its whole triples always look the same.
    whole = (address[: len(address) // 3 * 3] for address in addresses)
    return sorted(base64.b64encode(part.encode()).decode() for part in whole)


def _of_character(character: Character) -> Iterator[str]:
    yield character.first_name
    yield character.last_name
    yield f"{character.first_name} {character.last_name}" if character.last_name else ""
    yield from (
        character.profile,
        character.psid,
        character.telegram,
        character.bsuid,
        character.username,
    )
    if character.number:
        yield from (character.number, character.number.removeprefix("+"))
        yield from (f"+{character.digits}", character.digits)


def _spoken(steps: Iterable[AnyStep]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, Together):
            yield from _spoken(step.steps)
            continue
        if isinstance(step, Broadcasts):
            yield from (text for _language, text in step.words)
        for field in dataclasses.fields(step):
            if field.name in SPOKEN:
                yield str(getattr(step, field.name))


def _pieces(text: str) -> list[str]:
    """The stretches of a text that look the same in any encoding, long enough to be its own."""
    stretches = re.split(r"[^\x20-\x7e]+|[\"\\/<>&';]", text)
    return [piece.strip() for piece in stretches if len(piece.strip()) >= 12]
