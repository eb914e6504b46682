"""The one guard through which everything passes that leaves for somebody in distress.

It asks the platform's rule and hers: may it leave now, must it wait for her safe time, or may it
not leave at all. Where conversations of hers are joined, or others write on her telephone, it asks
the rules of all. The page that shows it, the verb that queues it and the worker that sends it ask
here, each at its own moment.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nyumbani.cases.course import is_out_of_her_hands
from nyumbani.domain.answers import YES, Answer
from nyumbani.domain.replying import may_write_back
from nyumbani.domain.safe_contact import Rule, Sending, Verdict
from nyumbani.domain.safe_together import may_reach_under_all
from nyumbani.domain.templates import blanks, filled
from nyumbani.domain.window import MARGIN, Window
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.channels.filing import Parcel
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Attachment, Message
from nyumbani.inbox.models.templates import TemplateWords
from nyumbani.inbox.outlet import Outlet
from nyumbani.inbox.terms import TemplateStatus
from nyumbani.inbox.together import behind, together
from nyumbani.people.agreed import agreed_with

ARRIVES = dt.timedelta(minutes=1)  # what leaves at the end of her time would arrive after it
OVERRIDABLE = frozenset(
    {
        "not_her_channel", "never_begun_by_us", "no_safe_time", "safe_time_too_late",
        "stays_in_gallery",
    }
)  # fmt: skip


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
    is_overridden: bool = False, is_template: bool = False, is_automatic: bool = False,
    parcel: Parcel | None = None,
) -> Going:  # fmt: skip
    """Whether these words may leave for her now; a closed window does not hinder a template.

    `is_automatic`: they are one of many, so they answer nothing that she wrote, and never leave for
    somebody whose telephone others may hold. `parcel`: a file
    goes along.
    """
    hers = together(thread)
    if _has_alarm(hers):
        return Going(Answer.no("alarmed"))
    platform = may_write_back(outlet.draft(text, is_template=is_template, parcel=parcel), now)
    if not platform or is_overridden or outlet.account is None:
        return Going(platform)
    if is_automatic and is_out_of_her_hands(behind(hers)):
        return Going(Answer.no("out_of_her_hands"))
    sending = Sending(
        outlet.account.channel, now, hers[0].heard_at, is_automatic=is_automatic,
        holds_file=parcel is not None,
    )  # fmt: skip
    return _by_her_rule(_arriving(_rules(hers), sending), None if is_template else outlet.window)


def template_of(message: Message) -> TemplateWords | None:
    """The template a message is made from; None if somebody wrote it freely."""
    kept = message.data.get("template") if isinstance(message.data, dict) else None
    if not kept:
        return None
    return TemplateWords.objects.select_related("template__account").get(pk=kept["words"])


def may_be_used(words: TemplateWords, account: ChannelAccount | None) -> Answer:
    """Whether this template may go out through this account today."""
    theirs = words.template.account
    if account is None or not _share_a_library(theirs, account):
        return Answer.no("template_elsewhere")
    if words.template.retired_at is not None or not words.is_plain:
        return Answer.no("template_retired")
    if words.status != TemplateStatus.APPROVED:
        return Answer.no("template_not_approved")
    return YES


def is_still(words: TemplateWords, message: Message) -> Answer:
    """Whether the platform would send what stands in the thread: it knows the newest words alone.

    Somebody may have worded the template otherwise while the message waited.
    """
    values = message.data["template"]["values"]
    same = len(values) == blanks(words.body) and filled(words.body, values) == message.text
    return YES if same else Answer.no("template_changed")


def was_agreed_since(thread: Conversation, at: dt.datetime) -> bool:
    """Whether something else was agreed with her, or who shares her telephone, after `at`."""
    known = (agreed_with(person).agreed_at for person in behind(together(thread)))
    return any(one is not None and one > at for one in known)


def _share_a_library(one: ChannelAccount, other: ChannelAccount) -> bool:
    """Templates belong to the business account: all its numbers may use them."""
    same = one.channel == other.channel and one.business == other.business
    return one.pk == other.pk or (same and bool(one.business))


def is_one_of_many(message: Message) -> bool:
    """Whether these words went to many: then they do not count as an answer to her."""
    return isinstance(message.data, dict) and bool(message.data.get("to_many"))


def parcel_of(message: Message) -> Parcel | None:
    """The file that goes with a message of ours; None where it is words alone."""
    if not (isinstance(message.data, dict) and message.data.get("holds_file")):
        return None
    file = Attachment.objects.get(message=message, position=0)
    return parcel_in(file)


def parcel_in(file: Attachment) -> Parcel:
    """What is to be known of a file that leaves, without its bytes."""
    return Parcel(
        Content(file.content), file.mime_type, file.size or 0, str(file.source.get("name", ""))
    )


def _rules(hers: Sequence[Conversation]) -> list[Rule]:
    """What was agreed with everybody who reads there.

    A telephone on which somebody else is known to write is shared, whatever was said of it.
    """
    people = behind(hers)
    is_shared = len(people) > len({one.person_id for one in hers})
    known = [agreed_with(person) for person in people]
    return [replace(one.rule, is_phone_shared=is_shared or one.is_phone_shared) for one in known]


def _by_her_rule(verdict: Verdict, window: Window | None) -> Going:
    if verdict.is_allowed:
        return Going(YES)
    if verdict.until is None:
        return Going(Answer.no(verdict.why))
    closes = window.closes_at if window else None
    if closes is not None and verdict.until >= closes - MARGIN:
        return Going(Answer.no("safe_time_too_late"))
    return Going(YES, verdict.until)


def _has_alarm(hers: Sequence[Conversation]) -> bool:
    """Whether her duress word came and nobody has settled it yet."""
    return Alarm.objects.filter(conversation__in=hers, settled_at=None).exists()


def _arriving(rules: Sequence[Rule], sending: Sending) -> Verdict:
    leaves = may_reach_under_all(rules, sending)
    if not leaves.is_allowed:
        return leaves
    arrives = may_reach_under_all(rules, replace(sending, at=sending.at + ARRIVES))
    return arrives if arrives.is_held else leaves
