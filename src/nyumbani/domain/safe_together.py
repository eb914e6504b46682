"""Writing where several people's rules hold at once: the strictest decides.

Somebody with two telephones may have agreed on something for each; joining her conversations must
not make either less safe.
"""

from collections.abc import Sequence
from dataclasses import replace

from nyumbani.domain.safe_contact import ALLOWED, Rule, Sending, Verdict, may_reach

_ROUNDS = 100  # each moves on to a later begin of somebody's time; a week has fewer


def may_reach_under_all(rules: Sequence[Rule], sending: Sending) -> Verdict:
    """Whether this may leave now by every one of these rules; held until all are open at once."""
    at = sending.at
    for _ in range(_ROUNDS):
        verdicts = [may_reach(rule, replace(sending, at=at)) for rule in rules]
        refused = next((one for one in verdicts if not one.is_allowed and not one.is_held), None)
        if refused is not None:
            return refused
        later = max((one.until for one in verdicts if one.until is not None), default=None)
        if later is None:
            return ALLOWED if at == sending.at else Verdict("not_now", at)
        at = max(at, later)
    return Verdict("no_safe_time")
