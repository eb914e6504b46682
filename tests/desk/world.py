"""People who write and staff who read, for the tests of pages: all of them invented.

Rows are made with the rooms' own verbs; only what the platforms bring is written here as the
intake writes it.
"""

import datetime as dt

from django.test import Client

from nyumbani.audit.actions import record
from nyumbani.cases import actions as cases
from nyumbani.cases.terms import CaseRole, Part, Urgency
from nyumbani.domain.delivery import State
from nyumbani.inbox.actions import doors, labels, views
from nyumbani.inbox.actions.messages import move_on, show_last
from nyumbani.inbox.actions.page import digest_of
from nyumbani.inbox.actions.writing import write_back
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry, OddItem
from nyumbani.inbox.models.messages import Attachment, Message, MessageChange
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.queries.sieve import Sieve
from nyumbani.inbox.terms import ChangeKind, Keeping, LabelKind, Way
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import System
from nyumbani.people import actions as people
from nyumbani.people.queries import Reach
from nyumbani.people.terms import NameSource
from nyumbani.vault import index, terms
from tests.accounts.staff import sign_in
from tests.hands import seal_bytes
from tests.people_here import actor

MONDAY = dt.datetime(2014, 7, 14, 5, 3, tzinfo=dt.UTC)  # 08:03 in Nairobi
MINUTE = dt.timedelta(minutes=1)
INTAKE = System("intake")


def at_desk(staff) -> Client:
    """A signed-in browser of this colleague."""
    return sign_in(Client(), staff)


def whatsapp() -> ChannelAccount:
    found = ChannelAccount.objects.filter(channel="whatsapp").first()
    return found or doors.connect(
        channel="whatsapp", account="100000000000001", label="Help line",
        secrets=doors.Secrets("secret", "word", "token"), by=INTAKE,
    )  # fmt: skip


def messenger() -> ChannelAccount:
    found = ChannelAccount.objects.filter(channel="messenger").first()
    return found or doors.connect(
        channel="messenger", account="200000000000002", label="Our page",
        secrets=doors.Secrets("secret", "word", "token"), by=INTAKE,
    )  # fmt: skip


def somebody(name="", number="", account=None) -> Conversation:
    """Somebody we hear of on a channel of ours: a thread without messages yet."""
    account, now = account or whatsapp(), clock.now()
    person = people.meet(at=now, by=INTAKE)
    kind, space = "wa_id", "whatsapp"
    if account.channel == "messenger":
        kind, space = "psid", f"messenger:{account.account}"
    value = number or str(7_000_000_000_000 + person.number)
    people.add_reach(person=person, reach=[Reach(space, kind, value)], since=now, by=INTAKE)
    if name:
        people.note_name(person=person, given=name, source=NameSource.PROFILE, at=now, by=INTAKE)
    thread = Conversation(seal_scope=person.seal_scope, person=person, last_at=now)
    thread.save(force_insert=True)
    thread.through = account
    return thread


def hear(thread, text="", *, at=None, received=None, account=None, **more) -> Message:
    """She writes."""
    at, account = at or clock.now(), account or _account_of(thread)
    provider_id = f"wamid.{ids.new()}"
    values = {"way": Way.IN, "content": Content.TEXT, "data": {}, "notes": []} | more
    message = Message(
        seal_scope=thread.seal_scope, conversation=thread, account=account, text=text,
        provider_id=provider_id, sent_at=at, received_at=received or at,
        provider_digest=digest_of(account.channel, account.account, provider_id), **values,
    )  # fmt: skip
    message.save(force_insert=True)
    move_on(thread, values["way"], at, received or at)
    show_last(thread, message)
    thread.save()
    record(by=INTAKE, verb="entry.read", about=f"message:{message.pk}")  # as the intake would
    return message


def answer(thread, text, by, *, state=State.QUEUED, **more) -> Attempt:
    """We write back, and it comes to this."""
    message = write_back(thread=thread, text=text, by=actor(by))
    thread.refresh_from_db()
    attempt = Attempt.objects.get(message=message)
    attempt.state = state
    if state in {State.SENT, State.DELIVERED, State.READ}:
        attempt.provider_id = f"wamid.{ids.new()}"
        attempt.provider_digest = digest_of("whatsapp", "100000000000001", attempt.provider_id)
        attempt.sent_at = clock.now()
    for name, value in more.items():
        setattr(attempt, name, value)
    attempt.save()
    return attempt


def change(message, kind: ChangeKind, text="", at=None) -> MessageChange:
    """She edits a message, takes it back, or reacts to it."""
    row = MessageChange(
        seal_scope=message.seal_scope, account=message.account, kind=kind, text=text,
        target_digest=message.provider_digest, at=at or clock.now(),
        key_digest=index.digest("test change", ids.new()),
    )  # fmt: skip
    row.save(force_insert=True)
    record(by=INTAKE, verb="entry.read", about=f"message:{message.pk}")
    return row


def attach(message, content: bytes, mime_type: str, *, kind=Content.VOICE, name="") -> Attachment:
    """A file came with a message and has been fetched."""
    sealed = seal_bytes(content, message.seal_scope)
    row = Attachment(
        seal_scope=message.seal_scope, message=message, content=kind, mime_type=mime_type,
        source={"id": "1", "url": "", "name": name}, keeping=Keeping.KEPT, path=sealed.path,
        sha256=sealed.sha256, size=sealed.size,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def odd_item(text="an item", person=None) -> OddItem:
    """Something came in that nobody could read; from somebody, or nobody knows from whom."""
    entry = JournalEntry.objects.create(
        channel="whatsapp", received_at=clock.now(), sha256=index.digest("test body", ids.new()),
        size=10, key=ids.new(), body=b"sealed", reading="odd",
    )  # fmt: skip
    row = OddItem(
        seal_scope=person.seal_scope if person else terms.HOUSE, person=person, journal=entry,
        channel="whatsapp", why="a type we do not know",
        key_digest=index.digest("test odd", ids.new()), item={"text": text},
        received_at=entry.received_at,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def alarm(message) -> Alarm:
    """Her duress word came in this message."""
    row = Alarm(
        seal_scope=message.seal_scope, conversation=message.conversation, message=message,
        raised_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def case_with(staff, *threads, urgency=Urgency.UNKNOWN, title="A house in Tripoli"):
    """A case of this colleague with these people in distress in it."""
    case = cases.open_case(
        title=title, urgency=urgency, urgency_why="She says so herself", by=actor(staff)
    )
    for thread in threads:
        cases.join(case=case, person=thread.person, part=Part.IN_DISTRESS, by=actor(staff))
    return case


def label(name, by, kind=LabelKind.PLAIN):
    """A label of the house."""
    return labels.make_label(name=name, kind=kind, by=actor(by))


def view(name, by, sieve=None, *, is_shared=False, is_default=False):
    """A way of looking at the list that somebody keeps."""
    return views.keep_view(
        name=name, sieve=sieve or Sieve(), is_shared=is_shared, is_default=is_default,
        by=actor(by),
    )  # fmt: skip


def lets_in(case, lead, colleague, role=CaseRole.TEAM):
    cases.assign(case=case, to=colleague, role=role, by=actor(lead))


def _account_of(thread) -> ChannelAccount:
    if hasattr(thread, "through"):
        return thread.through
    last = Message.objects.filter(conversation=thread).select_related("account").first()
    return last.account if last else whatsapp()
