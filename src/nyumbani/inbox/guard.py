"""The one guard through which everything passes that leaves for somebody in distress.

It asks the platform's rule and hers: may it leave now, must it wait for her safe time, or may it
not leave at all. The page that shows it, the verb that queues it and the worker that sends it ask
here, each at its own moment.
"""

import datetime as dt
from dataclasses import dataclass, replace

from nyumbani.domain.answers import YES, Answer
from nyumbani.domain.replying import may_write_back
from nyumbani.domain.safe_contact import Rule, Sending, Verdict, may_reach
from nyumbani.domain.window import MARGIN
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.outlet import Outlet
from nyumbani.people.agreed import agreed_with

ARRIVES = dt.timedelta(minutes=1)  # what leaves at the end of her time would arrive after it
OVERRIDABLE = frozenset(
    {"not_her_channel", "never_begun_by_us", "no_safe_time", "safe_time_too_late"}
)


@dataclass(frozen=True, slots=True)
class Going:
    """Whether something may leave; `until` says that it waits, `answer` why it may not."""

    answer: Answer
    until: dt.datetime | None = None

    @property
    def may_be_overridden(self) -> bool:
        """Whether somebody with the right may let it leave all the same, saying why."""
        return self.until is not None or self.answer.why in OVERRIDABLE


def going(
    thread: Conversation, outlet: Outlet, text: str, now: dt.datetime, *,
    is_overridden: bool = False,
) -> Going:  # fmt: skip
    """Whether these words may leave for her now."""
    if has_alarm(thread):
        return Going(Answer.no("alarmed"))
    platform = may_write_back(outlet.draft(text), now)
    if not platform or is_overridden or outlet.account is None:
        return Going(platform)
    sending = Sending(outlet.account.channel, now, thread.heard_at)
    verdict = _arriving(agreed_with(thread.person_id).rule, sending)
    if verdict.is_allowed:
        return Going(YES)
    if verdict.until is None:
        return Going(Answer.no(verdict.why))
    closes = outlet.window.closes_at
    if closes is not None and verdict.until >= closes - MARGIN:
        return Going(Answer.no("safe_time_too_late"))
    return Going(YES, verdict.until)


def has_alarm(thread: Conversation) -> bool:
    """Whether her duress word came and nobody has settled it yet."""
    return Alarm.objects.filter(conversation=thread, settled_at=None).exists()


def _arriving(rule: Rule, sending: Sending) -> Verdict:
    leaves = may_reach(rule, sending)
    if not leaves.is_allowed:
        return leaves
    arrives = may_reach(rule, replace(sending, at=sending.at + ARRIVES))
    return arrives if arrives.is_held else leaves
