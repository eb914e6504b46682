"""Whether and when trying again makes sense, written as data: one rule for each error code."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from nyumbani.inbox.channels.outgoing import Refused
from nyumbani.kit.phrases import gettext_noop

SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What an error means. Attempt 1 waits `first`, each later one `factor` times as long."""

    meaning: str
    first: dt.timedelta | None = None  # None: never again
    factor: int = 2
    longest: dt.timedelta = HOUR
    stops_channel: bool = False
    window_closed: bool = False

    def wait(self, attempt: int) -> dt.timedelta | None:
        """How long to wait after attempt number `attempt` (from 1) was refused."""
        if self.first is None:
            return None
        # Twelve steps pass every longest wait; further ones would only overflow.
        times: int = self.factor ** min(max(attempt, 1) - 1, 12)
        return min(self.longest, self.first * times)


Rules = Mapping[tuple[int, int | None], Rule]  # by code and subcode; subcode None: any

TRANSIENT = Rule(meaning=gettext_noop("the platform is having trouble"), first=30 * SECOND)
THROTTLED = Rule(meaning=gettext_noop("too many requests"), first=MINUTE)
FINAL = Rule(meaning=gettext_noop("refused"))
SIGNED_OUT = Rule(meaning=gettext_noop("the access token is not valid"), stops_channel=True)


def refusal(
    rules: Rules,
    code: int,
    *,
    attempt: int,
    otherwise: Rule = FINAL,
    subcode: int | None = None,
    title: str = "",
    details: str = "",
    trace: str = "",
) -> Refused:
    """The refusal for a code, by the rule for code and subcode, for the code, or `otherwise`."""
    rule = rules.get((code, subcode)) or rules.get((code, None)) or otherwise
    return Refused(
        code=code,
        title=title or rule.meaning,
        meaning=rule.meaning,
        retry_after=rule.wait(attempt),
        stops_channel=rule.stops_channel,
        window_closed=rule.window_closed,
        subcode=subcode,
        details=details,
        trace=trace,
    )
