"""Writing back: words are kept, queued and only then sent; a state is never claimed early."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_noop

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor, Viewer, viewer_for
from nyumbani.audit.actions import record
from nyumbani.domain.answers import Answer
from nyumbani.domain.delivery import State, may_send_again
from nyumbani.domain.templates import filled, may_be_filled
from nyumbani.inbox.actions.messages import move_on, show_last
from nyumbani.inbox.actions.page import MOVED
from nyumbani.inbox.actions.parcels import Packed, enclose
from nyumbani.inbox.actions.waiting import wait_where_unread
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.channels.filing import Parcel
from nyumbani.inbox.guard import (
    Going,
    going,
    is_one_of_many,
    is_still,
    may_be_used,
    parcel_of,
    template_of,
)
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.models.templates import TemplateWords
from nyumbani.inbox.outlet import Outlet, outlet_to, way_to
from nyumbani.inbox.queries.attention import newest_answer
from nyumbani.inbox.queries.joins import may_override_for, theirs
from nyumbani.inbox.terms import SENDING_TRIES, Way
from nyumbani.inbox.together import together
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock, ids

A_TEMPLATE = gettext_noop("approved template")


NONE_SEEN = "-"
"""A page that showed no answer of a colleague."""


class NotWritten(Exception):
    """A message was not accepted for sending; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.why)
        self.answer = answer


class WrittenAlready(Exception):
    """The page these words came from has been sent before: they are in the thread."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What is written: free words, or a template with its blanks filled."""

    text: str
    template: TemplateWords | None = None
    values: tuple[str, ...] = ()
    to_many: bool = False  # one of many: it answers nothing that she wrote
    through: ChannelAccount | None = None  # nothing: the way she last wrote
    packed: Packed | None = None  # a file that goes along
    parcel: Parcel | None = None  # ... as far as it matters for whether it may

    @property
    def data(self) -> dict[str, object]:
        """What is kept with the message, so that it can be sent, and sent again."""
        kept: dict[str, object] = {"to_many": True} if self.to_many else {}
        if self.packed is not None:
            kept["holds_file"] = True
        if self.template is None:
            return kept
        return kept | {"template": {"words": self.template.pk, "values": list(self.values)}}

    @property
    def content(self) -> Content:
        """What the message is: its file, or words."""
        return Content.TEXT if self.parcel is None else self.parcel.content

    @property
    def notes(self) -> list[str]:
        """What people see beside it."""
        return [] if self.template is None else [A_TEMPLATE]


@transaction.atomic
def write_back(
    *, thread: Conversation, text: str, by: Actor, message_id: str | None = None,
    override: str = "", seen: str = "",
) -> Message:  # fmt: skip
    """Write to somebody in distress: the words are kept and queued to be sent.

    Raises NotWritten, with the reason, when they may not leave now. A page that gives its own
    `message_id` may be sent twice: the second time raises WrittenAlready and sends nothing.
    Outside her safe times the words wait for the next one. `override` is why they must not, given
    by somebody who has the right. `seen` is the newest answer of a colleague that the page showed,
    or NONE_SEEN: where another has answered since, the words do not leave unread.
    """
    message_id = message_id or ids.new()
    # The ledger's turn first: the intake may be moving this very thread on.
    record(by=by, verb="message.written", about=f"person:{thread.person_id}", message=message_id)
    if seen:
        _nobody_answered(thread, seen, by)
    return _written(thread, _Said(text.strip()), message_id, override, by)


@transaction.atomic
def write_with_file(
    *, thread: Conversation, packed: Packed, caption: str, by: Actor,
    message_id: str | None = None, override: str = "",
) -> Message:  # fmt: skip
    """Write to somebody with a file, which stays on her telephone; words may be missing.

    Everything else holds as in `write_back`. On a shared telephone a file leaves only against her
    rule, as `override` says why.
    """
    message_id = message_id or ids.new()
    record(
        by=by, verb="message.file_written", about=f"person:{thread.person_id}",
        message=message_id,
    )  # fmt: skip
    said = _Said(caption.strip(), packed=packed, parcel=packed.parcel)
    return _written(thread, said, message_id, override, by)


@transaction.atomic
def write_template(
    *, thread: Conversation, words: TemplateWords, values: Sequence[str], by: Actor,
    message_id: str | None = None, override: str = "",
) -> Message:  # fmt: skip
    """Write to somebody in words the platform has approved, also long after her last message.

    Everything else holds as in `write_back`: her safe contact, an alarm, a stopped channel.
    """
    message_id = message_id or ids.new()
    record(
        by=by, verb="message.template_written", about=f"person:{thread.person_id}",
        message=message_id, template=words.pk,
    )  # fmt: skip
    words = TemplateWords.objects.select_related("template__account").get(pk=words.pk)
    filling = tuple(one.strip() for one in values)
    fits = may_be_filled(words.body, filling)
    if not fits:
        raise NotWritten(fits)
    said = _Said(filled(words.body, filling), words, filling)
    return _written(thread, said, message_id, override, by)


@transaction.atomic
def write_as_one_of_many(
    *, thread: Conversation, text: str, by: Actor, message_id: str,
    through: ChannelAccount | None = None, template: TemplateWords | None = None,
) -> Message:  # fmt: skip
    """Write to somebody words that go to many, once under this id.

    Everything holds as in `write_back`, but nothing overrides her rule, somebody who wants only to
    be answered is not written to, and she goes on waiting for an answer to what she asked.
    `through`: one of our accounts to which she has written, instead of the last. `template`: these
    approved words, which have no blanks, in the place of `text`.
    """
    record(
        by=by, verb="message.written_to_many", about=f"person:{thread.person_id}",
        message=message_id,
    )  # fmt: skip
    words = text.strip() if template is None else template.body
    said = _Said(words, template, to_many=True, through=through)
    return _written(thread, said, message_id, "", by)


@transaction.atomic
def send_again(*, attempt: Attempt, by: Actor) -> Attempt:
    """Try once more what failed, or what nobody knows arrived: a new attempt, the old one kept."""
    message = attempt.message
    record(
        by=by, verb="message.sent_again", about=f"person:{message.conversation.person_id}",
        message=message.id,
    )  # fmt: skip
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    newest = Attempt.objects.filter(message=message).order_by("-queued_at", "-id").first()
    if newest != attempt or not may_send_again(State(attempt.state)):
        raise NotWritten(Answer.no("on_its_way"))
    if message.conversation not in _theirs(message.conversation, by):
        raise NotWritten(Answer.no("taken_up"))
    outlet = outlet_to(message.conversation, message.account)
    said = _Said(
        message.text, template_of(message), to_many=is_one_of_many(message),
        parcel=parcel_of(message),
    )  # fmt: skip
    goes, why = _allowed(message.conversation, outlet, said, "", by)
    if said.template is not None and not is_still(said.template, message):
        raise NotWritten(Answer.no("template_changed"))
    return _queue(message, outlet, goes, why, by)


def _written(
    thread: Conversation, said: _Said, message_id: str, override: str, by: Actor
) -> Message:
    """Keep these words and queue them; raises NotWritten or WrittenAlready."""
    hers = _locked(thread)  # where conversations are joined, whoever writes to one writes to her
    if Message.objects.filter(pk=message_id).exists():
        raise WrittenAlready
    mine = _theirs(thread, by, hers)
    thread = hers[0]
    outlet, now = way_to(mine, said.through), clock.now()
    goes, why = _allowed(thread, outlet, said, override, by)
    if outlet.account is None:
        raise NotWritten(Answer.no("unreachable"))
    into = next(one for one in hers if one == (outlet.thread or thread))
    message = Message(
        id=message_id,
        seal_scope=into.seal_scope, conversation=into, account=outlet.account, way=Way.OUT,
        content=said.content, text=said.text, data=said.data, notes=said.notes,
        written_by_id=by.staff_id, sent_at=now, received_at=now,
    )  # fmt: skip
    message.save(force_insert=True)
    if said.packed is not None:
        enclose(message=message, packed=said.packed, by=by)
    _queue(message, outlet, goes, why, by)
    for one in {thread.pk: thread, into.pk: into}.values():
        before = (one.waiting_since, one.mark)
        move_on(one, Way.OUT, now)
        if said.to_many:
            one.waiting_since = before[0]
        elif one == thread:
            wait_where_unread(thread, [each for each in hers if each not in mine], before)
        show_last(one, message)
        one.save(update_fields=MOVED)
    return message


def _nobody_answered(thread: Conversation, seen: str, by: Actor) -> None:
    """A colleague may have answered since the page was opened: one woman, two answers."""
    newest = newest_answer(_viewer(by), thread)
    if newest is not None and newest.pk != seen:
        raise NotWritten(Answer.no("answered_meanwhile"))


def _theirs(
    thread: Conversation, by: Actor, hers: Sequence[Conversation] | None = None
) -> list[Conversation]:
    """In which of her conversations they may write, of all that are shown as one with this one.

    The page may be older than a colleague's: she may be in another team's case by now.
    """
    found = theirs(_viewer(by), thread, hers)
    if not found:
        raise NotWritten(Answer.no("taken_up"))
    return found


def _locked(thread: Conversation) -> list[Conversation]:
    """Her conversations anew and locked, the main one first."""
    keys = [one.pk for one in together(Conversation.objects.get(pk=thread.pk))]
    rows = {row.pk: row for row in Conversation.objects.select_for_update().filter(pk__in=keys)}
    return [rows[key] for key in keys]


def _viewer(by: Actor) -> Viewer:
    return viewer_for(Staff.objects.get(pk=by.staff_id))


def _allowed(
    thread: Conversation, outlet: Outlet, said: _Said, override: str, by: Actor
) -> tuple[Going, str]:
    """What the guard says, and why her rule was passed over, if it was; raises NotWritten."""
    now, is_template = clock.now(), said.template is not None
    goes = going(
        thread, outlet, said.text, now, is_template=is_template, is_automatic=said.to_many,
        parcel=said.parcel,
    )  # fmt: skip
    if goes.answer and said.template is not None:
        usable = may_be_used(said.template, outlet.account)
        if not usable:
            raise NotWritten(usable)
    if not (override and goes.may_be_overridden):
        if not goes.answer:
            raise NotWritten(goes.answer)
        return goes, ""
    if not may_override_for(_viewer(by), thread):
        raise NotWritten(Answer.no("not_yours_to_override"))
    record(by=by, verb="safe_contact.overridden", about=f"person:{thread.person_id}")
    goes = going(
        thread, outlet, said.text, now, is_overridden=True, is_template=is_template,
        parcel=said.parcel,
    )  # fmt: skip
    return goes, override


def _queue(message: Message, outlet: Outlet, goes: Going, why: str, by: Actor) -> Attempt:
    if outlet.reach is None:
        raise NotWritten(Answer.no("unreachable"))
    attempt = Attempt(
        id=ids.new(), seal_scope=message.seal_scope, message=message, queued_at=clock.now(),
        to_kind=outlet.reach.kind, to=outlet.reach.value, held_until=goes.until,
        override_why=why,
    )  # fmt: skip
    attempt.save(force_insert=True)
    enqueue(
        kind="inbox.send", data={"attempt": attempt.id}, by=by, not_before=goes.until,
        max_attempts=SENDING_TRIES,
    )  # fmt: skip
    return attempt
