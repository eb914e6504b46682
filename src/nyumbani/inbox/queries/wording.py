"""Which words of a text could betray somebody, by the house's names and by her own rule."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.cases.permissions import people_open_to
from nyumbani.cases.queries import KnownPerson
from nyumbani.domain.phrasebook import Phrase, language_for, phrases
from nyumbani.domain.safe_words import Allowance, Hit, Kind, Words, kinds_of, weigh
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.together import behind, together
from nyumbani.people import queries as persons
from nyumbani.people.agreed import agreed_with
from nyumbani.people.models.persons import Person


@dataclass(frozen=True, slots=True)
class Warned:
    """Words that could betray somebody."""

    hits: tuple[Hit, ...]

    def __bool__(self) -> bool:
        return bool(self.hits)

    @property
    def mark(self) -> str:
        """The same for the same words: who lets these stand does not let others stand."""
        words = "\n".join(f"{hit.kind} {hit.words}" for hit in self.hits)
        return hashlib.sha256(words.encode()).hexdigest()[:32]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which kinds they are."""
        return kinds_of(self.hits)


def warned(viewer: Viewer, thread: Conversation, text: str) -> Warned:
    """The words of a reply that could betray her, unless her rule allows their kind.

    Whoever else reads it, on another telephone of hers or sharing this one, must allow it too.
    """
    readers = Person.objects.filter(pk__in=behind(together(thread)))
    known = readers.filter(people_open_to(viewer))  # others' names would tell of other cases
    return Warned(weigh(text, words_about(viewer, known), allowance_of(viewer, readers)))


def phrase_for(viewer: Viewer, thread: Conversation, key: str) -> str:
    """One phrase in her language; empty if there is none of this key."""
    cover = agreed_with(thread.person_id).cover if key else ""
    return next((one.text for one in phrases_for(viewer, thread, cover) if one.key == key), "")


def words_about(viewer: Viewer, people: Iterable[KnownPerson]) -> Words:
    """What must not be named to these people: them, who is in a case with them, who works there.

    Only of cases the viewer may open: names beyond them would tell of other cases.
    """
    known = {person.pk: person for person in people}
    names = {viewer.display_name}
    inside = {case.pk: case for one in known.values() for case in cases.cases_of(viewer, one)}
    for case in inside.values():
        names |= {row.staff.display_name for row in cases.team(viewer, case)}
        known |= {row.person_id: row.person for row in cases.members(viewer, case)}
    called = persons.names_of(viewer, known.values())
    names |= {one.name for one in called.values() if one.name}
    return Words(tuple(settings.NYUMBANI_NAMES), tuple(sorted(names)))


def allowance_of(viewer: Viewer, people: Iterable[KnownPerson]) -> Allowance:
    """What the rules of all these people allow to be written."""
    allowed = [agreed_with(person.pk).may_say for person in people]
    if not (allowed and viewer.may_read_cases):
        return Allowance()
    common = frozenset.intersection(*allowed)
    return Allowance(frozenset(kind for kind in Kind if kind.value in common))


def phrases_for(viewer: Viewer, thread: Conversation, cover: str) -> tuple[Phrase, ...]:
    """Phrases that may lie open on her telephone, in her language; `cover` is who we say we are."""
    if not viewer.may_send:
        return ()
    return phrases(language_for(thread.person.languages), cover)
