"""When and how somebody may be written to without endangering her: her own rule, kept by a guard.

Source: practice of safe contact in protection work (agreed times, channel and cover, a word that
says all is well and one that says it is not), and this house's design: nothing leaves outside her
times, not even by automation, and not even in answer to her, because who holds the telephone at
another hour is not known.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from nyumbani.domain.triage.folding import fold

_AHEAD = 15  # days in which a next safe time is looked for: a weekly rule repeats within eight
ANSWERING = dt.timedelta(hours=24)  # within this of her last message we answer, we do not begin


@dataclass(frozen=True, slots=True)
class SafeTime:
    """Hours of some weekdays in her zone; one that ends at or before its start passes midnight."""

    days: frozenset[int]  # 0 is Monday, as in datetime.weekday
    start: dt.time
    end: dt.time

    def spans(self, day: dt.date, zone: ZoneInfo) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Begin and end on this day, as moments; an hour the clock skips makes it shorter."""
        if day.weekday() not in self.days:
            return
        last = day if self.end > self.start else day + dt.timedelta(days=1)
        begins, ends = _moment(day, self.start, zone), _moment(last, self.end, zone)
        if begins < ends:
            yield begins, ends


@dataclass(frozen=True, slots=True)
class Rule:
    """What was agreed with her. Nothing agreed leaves everything open but what is in doubt."""

    zone: ZoneInfo
    times: tuple[SafeTime, ...] = ()  # none: at any time
    channels: frozenset[str] = frozenset()  # none: through any
    is_never_begun_by_us: bool = False  # we answer, we never write first
    is_alarmed: bool = False  # her duress word came and nobody has settled it yet
    is_phone_shared: bool = False  # somebody else also looks at it


@dataclass(frozen=True, slots=True)
class Sending:
    """What is about to leave."""

    channel: str
    at: dt.datetime  # with its zone
    heard_at: dt.datetime | None  # her last message
    is_automatic: bool = False  # a broadcast, a reminder: nobody wrote it to her now
    holds_file: bool = False  # a picture or document: it stays in the telephone's gallery


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed; or held until a moment; or refused. `why` is a short code, empty when allowed."""

    why: str = ""
    until: dt.datetime | None = None  # held: she may be written to from then on

    @property
    def is_allowed(self) -> bool:
        """It may leave now."""
        return not self.why

    @property
    def is_held(self) -> bool:
        """It may leave later, by itself."""
        return self.until is not None


ALLOWED = Verdict()


def may_reach(rule: Rule, sending: Sending) -> Verdict:
    """Whether this may leave now; the gravest reason first."""
    why_never = _why_never(rule, sending)
    if why_never:
        return Verdict(why_never)
    if not rule.times:
        return ALLOWED
    opens = next_safe_moment(rule, sending.at)
    if opens is None:
        return Verdict("no_safe_time")
    return ALLOWED if opens <= sending.at else Verdict("not_now", opens)


def _why_never(rule: Rule, sending: Sending) -> str:
    """Why it may not leave at any hour, a short code; empty if only the hour matters."""
    if rule.is_alarmed:
        return "alarmed"
    if rule.channels and sending.channel not in rule.channels:
        return "not_her_channel"
    if rule.is_never_begun_by_us and not _answers(sending):
        return "never_begun_by_us"
    return "stays_in_gallery" if rule.is_phone_shared and sending.holds_file else ""


def next_safe_moment(rule: Rule, now: dt.datetime) -> dt.datetime | None:
    """The first moment from `now` on inside one of her times; `now` itself if it is inside."""
    today = now.astimezone(rule.zone).date()
    days = [today + dt.timedelta(days=ahead) for ahead in range(-1, _AHEAD)]
    spans = (span for day in days for time in rule.times for span in time.spans(day, rule.zone))
    return min((max(begins, now) for begins, ends in spans if now < ends), default=None)


def says(word: str, text: str) -> bool:
    """Whether a message holds this word, however it is written.

    Case, marks, unseen signs, Arabic letter forms, letters held down and spacing aside.
    """
    wanted, found = _folded(word), _folded(text)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(found)} "


def _answers(sending: Sending) -> bool:
    heard = sending.heard_at
    return heard is not None and not sending.is_automatic and sending.at - heard <= ANSWERING


def _moment(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, time, zone).astimezone(dt.UTC)


def _folded(text: str) -> Sequence[str]:
    return "".join(sign if sign.isalnum() else " " for sign in fold(text).text).split()
