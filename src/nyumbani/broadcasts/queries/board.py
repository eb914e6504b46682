"""What has become of words to many, person by person."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nyumbani.accounts.viewers import Viewer
from nyumbani.broadcasts import queries
from nyumbani.broadcasts.guard import fate_of_attempt, letters_to, next_way
from nyumbani.broadcasts.models import Broadcast, Recipient
from nyumbani.domain.answers import YES, Answer
from nyumbani.domain.to_many import Fate, fate_of, is_unread, totals
from nyumbani.inbox.models.sending import Attempt
from nyumbani.kit import clock
from nyumbani.people import queries as people
from nyumbani.people.queries import Called


@dataclass(frozen=True, slots=True)
class Row:
    """One person on the board."""

    recipient: Recipient
    called: Called
    fate: Fate
    answer: Answer  # why nothing was written to her
    attempt: Attempt | None = None  # the newest
    letters: int = 0
    is_unread: bool = False  # for longer than the writer is patient
    next_channel: str = ""  # the kind of channel she could be written to instead

    @property
    def left_at(self) -> dt.datetime | None:
        """When the newest letter left."""
        return self.attempt.sent_at if self.attempt else None


@dataclass(frozen=True, slots=True)
class Board:
    """All of them, and figures that add up to their number."""

    rows: Sequence[Row]

    @property
    def totals(self) -> Mapping[Fate, int]:
        """How many of each fate."""
        return totals(row.fate for row in self.rows)

    @property
    def unread(self) -> list[Row]:
        """Who has not read it for too long."""
        return [row for row in self.rows if row.is_unread]

    @property
    def may_be_stopped(self) -> bool:
        """Whether anything has not left yet."""
        waits = {Fate.PENDING, Fate.QUEUED, Fate.HELD}
        return any(row.fate in waits for row in self.rows)


def board(viewer: Viewer, row: Broadcast) -> Board:
    """What has become of it, as far as the viewer may know of the people."""
    found = queries.recipients(viewer, row)
    called = people.names_of(viewer, [one.person for one in found])
    letters = letters_to(found)
    now = clock.now()
    return Board([
        _row(one, called[one.person_id], letters.get(one.pk, []), row.patience, now)
        for one in found
    ])  # fmt: skip


def _row(
    one: Recipient, called: Called, attempts: list[Attempt], patience: int, now: dt.datetime
) -> Row:
    fates = [fate_of_attempt(attempt, now) for attempt in attempts]
    last = attempts[-1] if attempts else None
    outcome = one.outcome
    answer = Answer.no(outcome["why"], *outcome.get("told", ())) if outcome.get("why") else YES
    fate = fate_of(one.step, fates)
    unread = last is not None and is_unread(fate, last.sent_at, now, patience)
    other = None
    if last is not None and one.conversation and (unread or fate is Fate.FAILED):
        other = next_way(one.conversation, [attempt.message.account_id for attempt in attempts])
    return Row(
        one, called, fate, answer, last, len(attempts), unread, other.channel if other else ""
    )
