"""What became of a message we sent: a lattice, because platforms report in any order.

queued < sending < sent < delivered < read < played. `failed` ends an attempt unless it was already
delivered (then the failure was somebody else's device). `unknown` is what we say when the platform
did not answer: any later report replaces it, and nothing is sent again before that is looked for.
"""

import enum


class State(enum.StrEnum):
    """The state of one attempt to send."""

    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"


_ORDER = {
    State.QUEUED: 0,
    State.SENDING: 1,
    State.UNKNOWN: 2,
    State.SENT: 3,
    State.FAILED: 4,
    State.DELIVERED: 5,
    State.READ: 6,
    State.PLAYED: 7,
}
ON_ITS_WAY = (State.QUEUED, State.SENDING)
IN_DOUBT = (State.FAILED, State.UNKNOWN)
REPORTED = (State.SENT, State.DELIVERED, State.READ, State.PLAYED, State.FAILED)


def higher(known: State, reported: State) -> State:
    """What is known after a further report; the same whatever order reports come in."""
    return known if _ORDER[known] >= _ORDER[reported] else reported


def may_send_again(state: State) -> bool:
    """Whether a person may ask for another attempt: only where this one cannot still arrive twice
    unseen. An unknown outcome may be sent again by a person who accepts that it may arrive twice.
    """
    return state in IN_DOUBT
