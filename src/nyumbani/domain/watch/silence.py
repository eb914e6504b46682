"""Whether somebody has not been heard from for too long, and why not if not.

Source: practice of lost-contact procedures in protection work (an agreed interval per person, a
reason to suspend it, and a named next step), and this house's design: a clock that went wrong must
neither invent a silence nor swallow one.
"""

import datetime as dt
from dataclasses import dataclass

from nyumbani.domain.safe_contact import Rule

_AHEAD = 15  # days in which a next safe time is looked for: a weekly rule repeats within eight


@dataclass(frozen=True, slots=True)
class Quiet:
    """Whether she is silent too long; `why` not, as a short code, and when it would be so.

    no_limit: nobody watches over her. never_heard: she never wrote, so nothing broke off.
    heard_later: the clock stands before her last sign of life. not_yet: inside her limit.
    waits_for_safe_time: over it, but she could not have written safely yet. paused: until a day.
    """

    is_silent: bool
    why: str = ""
    due_at: dt.datetime | None = None


def silence(
    heard_at: dt.datetime | None,
    limit: dt.timedelta | None,
    now: dt.datetime,
    *,
    paused_until: dt.datetime | None = None,
    waits_for_safe_time: Rule | None = None,
) -> Quiet:
    """Whether somebody last heard at `heard_at` is silent for longer than her limit.

    With `waits_for_safe_time` the first of her safe times that is not over when the limit is
    reached must have passed as well: before, she could not have written without danger.
    """
    if limit is None:
        return Quiet(is_silent=False, why="no_limit")
    if heard_at is None:
        return Quiet(is_silent=False, why="never_heard")
    reached = heard_at + limit
    due = _after_safe_time(waits_for_safe_time, reached) if waits_for_safe_time else reached
    if paused_until is not None and now < paused_until:
        return Quiet(is_silent=False, why="paused", due_at=max(due, paused_until))
    if now < heard_at:
        return Quiet(is_silent=False, why="heard_later", due_at=due)
    if now < due:
        why = "waits_for_safe_time" if now >= reached else "not_yet"
        return Quiet(is_silent=False, why=why, due_at=due)
    return Quiet(is_silent=True, due_at=due)


def _after_safe_time(rule: Rule, moment: dt.datetime) -> dt.datetime:
    """When the first of her safe times ends that is not over at `moment`; at once if she has none.

    Times that touch or overlap are taken one by one: the earliest end counts, so that the alarm
    is never later than one whole safe time.
    """
    today = moment.astimezone(rule.zone).date()
    days = [today + dt.timedelta(days=ahead) for ahead in range(-1, _AHEAD)]
    spans = (span for day in days for time in rule.times for span in time.spans(day, rule.zone))
    return min((ends for _begins, ends in spans if ends > moment), default=moment)
