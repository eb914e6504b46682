"""What the pages of this room put together from several rooms."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.tasks import Task
from nyumbani.cases.models.team import Notice
from nyumbani.cases.queries import lists as caselists
from nyumbani.cases.queries import oversight
from nyumbani.cases.queries.lists import CaseRow
from nyumbani.cases.queries.oversight import Unseen
from nyumbani.cases.terms import Show as CaseShow
from nyumbani.domain.answers import Answer
from nyumbani.domain.window import MARGIN
from nyumbani.inbox import queries as inbox
from nyumbani.inbox.channels import registry
from nyumbani.inbox.guard import going
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.attention import Mention
from nyumbani.inbox.models.conversations import Conversation, ConversationNote
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.outlet import outlet_to
from nyumbani.inbox.queries import attention, joins, listing
from nyumbani.inbox.queries.library import Words, offered
from nyumbani.inbox.queries.listing import Row
from nyumbani.jobs import queries as jobs
from nyumbani.jobs.permissions import may_oversee
from nyumbani.kit import clock
from nyumbani.people import queries as people
from nyumbani.people.models.pairs import Pair
from nyumbani.people.queries import Called
from nyumbani.ui.plots import Point

FEW = 8
"""How many of a kind Today shows before it leads to the whole list."""

DAYS = 14
"""How many days the intake plot looks back."""

_ANY_WORDS = "x"  # what it would say of words that are neither empty nor too long


@dataclass(frozen=True, slots=True)
class Composer:
    """What the reply box says: through what, until when, or why not now."""

    channel: str
    account: str
    locks_at: dt.datetime | None  # a little before the platform's window closes
    limit: int  # characters
    may_write: Answer
    held_until: dt.datetime | None = None  # her next safe time: what is written waits for it
    may_override: bool = False  # the viewer may let it leave all the same, saying why
    templates: list[Words] = field(default_factory=list)  # what may be sent though it is closed
    limit_note: str = ""  # how the limit is counted, where that is not by characters
    to: str = ""  # P-12, where it goes to another telephone of hers than the one on top


@dataclass(frozen=True, slots=True)
class Alarmed:
    """A duress word that came, and from whom."""

    alarm: Alarm
    called: Called


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sending that failed, or of which nobody knows, and to whom it went."""

    attempt: Attempt
    called: Called


@dataclass(frozen=True, slots=True)
class Question:
    """Two people who may be one."""

    pair: Pair
    left: Called
    right: Called
    may_join: bool = False  # decided to be one person, and her conversations are shown apart


@dataclass(frozen=True, slots=True)
class Named:
    """A note that names the viewer, and in whose conversation it stands."""

    note: ConversationNote
    called: Called


@dataclass(frozen=True, slots=True)
class House:
    """What is wrong with the house itself."""

    stopped: list[ChannelAccount] = field(default_factory=list)
    unread: int = 0  # journalled bodies not read yet
    odd: int = 0  # items not understood and not looked at
    dead: int = 0  # jobs that stopped and wait for somebody to decide

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to do about it."""
        return not (self.stopped or self.unread or self.odd or self.dead)


@dataclass(frozen=True, slots=True)
class Today:
    """What must be done now, today, and what others are awaited for."""

    danger: list[CaseRow] = field(default_factory=list)
    danger_count: int = 0
    waiting: list[Row] = field(default_factory=list)
    waiting_count: int = 0
    doubts: list[Doubt] = field(default_factory=list)
    doubts_count: int = 0
    notices: list[Notice] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    others: list[Task] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    intake: list[Point] = field(default_factory=list)
    alarms: list[Alarmed] = field(default_factory=list)
    orphaned: list[Case] = field(default_factory=list)  # cases that have nobody
    unseen: list[Unseen] = field(default_factory=list)  # pairs nobody may decide
    mentions: list[Named] = field(default_factory=list)  # notes that name the viewer

    @property
    def people(self) -> int:
        """How many people the page shows something of."""
        shown = {row.thread.person_id for row in self.waiting}
        shown |= {doubt.called.person_id for doubt in self.doubts}
        shown |= {one.called.person_id for one in self.mentions}
        for one in self.questions:
            shown |= {one.left.person_id, one.right.person_id}
        return len(shown)


def composer(viewer: Viewer, thread: Conversation) -> Composer:
    """What the reply box of a thread says now, before anything is written in it."""
    mine = joins.theirs(viewer, thread)
    outlet = outlet_to(thread, among=mine or [thread])
    goes = going(thread, outlet, _ANY_WORDS, clock.now())
    answer = goes.answer
    if not viewer.may_send:
        answer = Answer.no("not_yours")
    elif not mine:
        answer = Answer.no("only_looks")
    account, closes_at = outlet.account, outlet.window.closes_at
    return Composer(
        gettext(registry.channel(account.channel).label) if account else "",
        account.label if account else "",
        closes_at - MARGIN if closes_at else None,
        outlet.limit,
        answer,
        goes.until,
        goes.may_be_overridden and joins.may_override_for(viewer, thread),
        offered(viewer, thread, account) if answer.why == "window_closed" else [],
        registry.channel(account.channel).limit_note if account else "",
        to=str(outlet.thread.person) if outlet.thread and outlet.thread != thread else "",
    )


def house(viewer: Viewer) -> House:
    """How the channels and the journal are, for those who may know."""
    return House(
        list(inbox.stopped_accounts(viewer)),
        inbox.journal_waiting(viewer),
        inbox.odd_items(viewer).count(),
        jobs.dead_count(viewer) if may_oversee(viewer) else 0,
    )


def today(viewer: Viewer) -> Today:
    """What a member of staff sees first; empty for who has no part in cases, but for notices."""
    notices = list(cases.notices(viewer))
    if not viewer.may_read_cases:
        return Today(notices=notices)
    urgent = caselists.shown(viewer, CaseShow.DANGER)
    waiting = inbox.waiting_threads(viewer)
    in_doubt = inbox.attempts_in_doubt(viewer)
    return Today(
        danger=caselists.rows(viewer, list(urgent[:FEW])),
        danger_count=urgent.count(),
        waiting=listing.rows(viewer, list(waiting[:FEW])),
        waiting_count=waiting.count(),
        doubts=doubts(viewer, in_doubt[:FEW]),
        doubts_count=in_doubt.count(),
        notices=notices,
        tasks=list(cases.my_tasks(viewer)),
        others=list(cases.tasks_of_others(viewer)[:FEW]),
        questions=questions(viewer, list(caselists.pairs_to_decide(viewer)[:FEW])),
        intake=[Point(day, count) for day, count in inbox.messages_per_day(viewer, DAYS).items()],
        alarms=alarmed(viewer, inbox.alarms(viewer)),
        orphaned=list(oversight.orphaned_cases(viewer)),
        unseen=oversight.unseen_pairs(viewer),
        mentions=named(viewer, attention.mentions(viewer)[:FEW]),
    )


def named(viewer: Viewer, mentions: Iterable[Mention]) -> list[Named]:
    """These mentions with whose conversation each is in."""
    notes = [one.note for one in mentions]
    called = people.names_of(viewer, [one.conversation.person for one in notes])
    return [Named(one, called[one.conversation.person_id]) for one in notes]


def questions(viewer: Viewer, pairs: list[Pair]) -> list[Question]:
    """These pairs with what both sides are called."""
    called = people.names_of(viewer, caselists.people_of(viewer, pairs))
    apart = joins.joinable(viewer, pairs)
    return [
        Question(pair, called[pair.left_id], called[pair.right_id], pair.pk in apart)
        for pair in pairs
    ]


def alarmed(viewer: Viewer, alarms: Iterable[Alarm]) -> list[Alarmed]:
    """These alarms with the name of whose word it was."""
    found = list(alarms)
    called = people.names_of(viewer, [one.conversation.person for one in found])
    return [Alarmed(one, called[one.conversation.person_id]) for one in found]


def doubts(viewer: Viewer, attempts: Iterable[Attempt]) -> list[Doubt]:
    """These sendings with the name of whom they went to."""
    found = list(attempts)
    called = people.names_of(viewer, [one.message.conversation.person for one in found])
    return [Doubt(one, called[one.message.conversation.person_id]) for one in found]
