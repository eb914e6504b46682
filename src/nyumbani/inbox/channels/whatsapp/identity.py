"""A person's number or platform id changed: who she is now, and what she was known by before."""

import re
from collections.abc import Iterator

from nyumbani.inbox.channels.events import InboundEvent, Kind, Name
from nyumbani.inbox.channels.keys import key
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.times import Unit, moment
from nyumbani.inbox.channels.whatsapp.door import CHANNEL, Door
from nyumbani.inbox.channels.whatsapp.payloads import Change, Message, System, UserIdUpdate
from nyumbani.inbox.channels.whatsapp.people import is_scoped_id, names
from nyumbani.kit.phrases import gettext_noop

CHANGES = ("user_changed_number", "user_changed_user_id", "customer_changed_number")

NOT_SAID = gettext_noop("into which id it changed is not said")

_FROM_TO = re.compile(r"\bfrom (?P<old>\S+) to (?P<new>\S+)")


def id_updated(door: Door, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One of `user_id_update`; it may come after the first message under the new id."""
    update, notes = read(UserIdUpdate, raw)
    scoped, parent = update.user_id or Change(), update.parent_user_id or Change()
    person = door.person(
        names(wa_id=update.wa_id, user_id=scoped.current, parent_user_id=parent.current)
    )
    sent_at, time_notes = moment(update.timestamp, usual=Unit.SECONDS)
    understood = bool(scoped.current or parent.current)
    previous = scoped.previous or parent.previous
    current = scoped.current or parent.current
    yield InboundEvent(
        channel=CHANNEL,
        account=door.account,
        kind=Kind.IDENTITY if understood else Kind.NOT_UNDERSTOOD,
        key=key("identity", door.account, previous, current, str(update.timestamp))
        if understood
        else door.item_key(raw),
        identifiers=person.identifiers,
        former=names(user_id=scoped.previous, parent_user_id=parent.previous),
        profile_name=person.profile_name,
        sent_at=sent_at,
        text=update.detail,
        data={} if understood and not notes else {"raw": raw},
        notes=(*([] if understood else [NOT_SAID]), *notes, *person.notes, *time_notes),
    )


def now_and_before(message: Message) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """Her identifiers after and before the change that a system message tells of.

    The message comes from the old number or id, or from nobody; the old scoped id stands in a
    field of its own only since 2026, and otherwise in the sentence "changed from ... to ...".
    """
    system = message.system or System()
    told = _FROM_TO.search(system.body)
    old_said, new_said = (told["old"], told["new"]) if told else ("", "")
    now = names(
        wa_id=system.wa_id or system.new_wa_id,
        user_id=system.user_id or (new_said if is_scoped_id(new_said) else ""),
        parent_user_id=system.parent_user_id,
    )
    before = names(
        wa_id=message.from_ or system.customer,
        user_id=system.previous_user_id
        or message.from_user_id
        or (old_said if is_scoped_id(old_said) else ""),
        parent_user_id=system.previous_parent_user_id or message.from_parent_user_id,
    )
    return now, tuple(name for name in before if name not in now)
