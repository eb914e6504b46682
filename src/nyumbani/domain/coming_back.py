"""When a conversation that was laid aside comes back: a choice of times people think in."""

import datetime as dt

from nyumbani.domain.safe_contact import Rule

_MORNING = dt.time(8)
_AHEAD = 9  # days: a weekly rule has opened again by then


def next_opening(rule: Rule, now: dt.datetime) -> dt.datetime | None:
    """When the next of her safe times begins; the one that is open already does not count."""
    today = now.astimezone(rule.zone).date()
    days = [today + dt.timedelta(days=ahead) for ahead in range(-1, _AHEAD)]
    spans = (span for day in days for time in rule.times for span in time.spans(day, rule.zone))
    return min((begins for begins, _ in spans if begins > now), default=None)


def tomorrow_morning(now: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Eight o'clock on the day after this one, where the reader is."""
    day = now.astimezone(zone).date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, _MORNING, zone).astimezone(dt.UTC)
