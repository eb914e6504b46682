"""What platforms reported of messages that staff typed on the organisation's own phone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.delivery import State, higher
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Report
from nyumbani.inbox.terms import AttemptState, Way


@dataclass(frozen=True, slots=True)
class Fate:
    """How far such a message came, since when, and, if it failed, why (our words)."""

    state: State
    at: dt.datetime
    why: str = ""

    def get_state_display(self) -> str:
        """The state in the reader's language, as an attempt says it."""
        return str(AttemptState(self.state).label)


def fates(viewer: Viewer, found: Iterable[Message]) -> dict[str, Fate]:
    """The fates of those of these messages that left from our own phone, by message id.

    What left the house has attempts, which are told all that is reported of them.
    """
    echoes = {one.provider_digest: one.pk for one in found if one.way == Way.ECHO}
    echoes.pop(None, None)
    if not echoes or not viewer.may_read_cases:
        return {}
    known: dict[str, Fate] = {}
    for report in Report.objects.filter(provider_digest__in=echoes).order_by("at", "id"):
        key = echoes[report.provider_digest]
        known[key] = _further(known.get(key), report)
    return known


def _further(known: Fate | None, report: Report) -> Fate:
    """What is known after a further report; the earliest time of the highest state stands."""
    state = State(report.state)
    if known is None or higher(known.state, state) != known.state:
        return Fate(state, report.at, report.why)
    return known
