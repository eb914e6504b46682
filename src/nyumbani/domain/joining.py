"""May two conversations be shown as one, and which of them stays on top?

Joined conversations stand in one row: a main one, and others inside it. Nothing is ever joined to
something that is itself inside another, so there are no chains and no circles, and undoing one
join changes no other.
"""

from dataclasses import dataclass

from nyumbani.domain.answers import YES, Answer


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation stands: its id, the one it is inside of, and whether it has others."""

    key: str
    inside: str = ""  # empty: it stands for itself
    has_others: bool = False

    @property
    def top(self) -> str:
        """The conversation it is shown in."""
        return self.inside or self.key


@dataclass(frozen=True, slots=True)
class Joining:
    """What joining comes to: `joined` goes into `main`, or the answer says why not."""

    answer: Answer
    main: str = ""
    joined: str = ""


def joining(main: Place, other: Place) -> Joining:
    """How to show `other` inside `main`; where `other` has some inside already, the other way."""
    if main.top == other.top:
        return Joining(Answer.no("one_already"))
    if other.inside:
        return Joining(Answer.no("inside_another"))
    if not other.has_others:
        return Joining(YES, main.top, other.key)
    if main.has_others or main.inside:
        return Joining(Answer.no("both_have_others"))
    return Joining(YES, other.key, main.key)
