"""What nobody wrote but somebody should see: blocked, pressed, reacted, moved, or not known."""

from collections.abc import Iterator

from nyumbani.inbox.channels.events import Content, InboundEvent, Kind
from nyumbani.inbox.channels.keys import digest_of, key
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.telegram.door import CHANNEL
from nyumbani.inbox.channels.telegram.payloads import (
    Anything,
    Chat,
    Membership,
    Message,
    Press,
    Quoted,
    Reaction,
)
from nyumbani.inbox.channels.telegram.people import writer
from nyumbani.inbox.channels.times import Unit, moment
from nyumbani.inbox.channels.wording import plain
from nyumbani.kit.phrases import gettext_noop

BLOCKED = gettext_noop("blocked our bot: nothing reaches her here until she starts it again")
STARTED = gettext_noop("started our bot, or let it in again")
_STANDINGS = {
    "kicked": ("blocked", BLOCKED),
    "left": ("blocked", BLOCKED),
    "member": ("unblocked", STARTED),
}


def membership(stamp: str, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One `my_chat_member`: in a private chat it says that she blocked or unblocked us."""
    change, notes = read(Membership, raw)
    chat = change.chat or Chat()
    status = change.new_chat_member.status if change.new_chat_member else ""
    person = writer(change.from_, change.chat)
    at, time_notes = moment(change.date, usual=Unit.SECONDS)
    odd = not status or not person.identifiers
    is_hers = chat.type == "private" and status in _STANDINGS and not odd
    system, said = _STANDINGS[status] if is_hers else ("membership", _in_a_group(status))
    known = {"system": system, "group_id": "" if is_hers else chat.id, "status": status}
    yield InboundEvent(
        channel=CHANNEL,
        account="",
        kind=Kind.NOT_UNDERSTOOD if odd else Kind.SYSTEM,
        key=key("membership", chat.id, stamp or digest_of(raw)),
        content=Content.NONE,
        identifiers=person.identifiers,
        profile_name=person.profile_name,
        sent_at=at,
        is_report=odd,  # of our bot, not of something she wrote
        data={"raw": raw} if odd else {name: value for name, value in known.items() if value},
        notes=(said, *notes, *person.notes, *time_notes),
    )


def pressed(stamp: str, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One `callback_query`: she chose something, so it stands in the thread like a message."""
    press, notes = read(Press, raw)
    person = writer(press.from_, None)
    under, _ = read(Quoted, press.message or {})
    title = _title(press.message, press.data)
    choice = {"kind": "callback_query", "payload": press.data, "title": title}
    lacks = {
        gettext_noop("contents not understood"): not press.data,
        gettext_noop("no message id"): not press.id,
        gettext_noop("who wrote, or to whom, is not said"): not person.identifiers,
    }
    missing = tuple(why for why, is_so in lacks.items() if is_so)
    chat = under.chat or Chat()
    name = f"callback:{press.id}" if press.id else ""
    yield InboundEvent(
        channel=CHANNEL,
        account="",
        kind=Kind.NOT_UNDERSTOOD if missing else Kind.MESSAGE,
        key=key("callback", press.id or stamp or digest_of(raw)),
        content=Content.CHOICE,
        message_id=name,
        identifiers=person.identifiers,
        profile_name=person.profile_name,
        text=title or press.data,
        refers_to=f"{chat.id}:{under.message_id}" if chat.id and under.message_id else "",
        data={"choice": choice, **({"raw": raw} if missing or notes else {})},
        notes=(*missing, *notes, *person.notes),
    )


def reacted(stamp: str, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One `message_reaction`: the reactions there are now; none: taken away."""
    reaction, notes = read(Reaction, raw)
    chat = reaction.chat or Chat()
    name = f"{chat.id}:{reaction.message_id}" if chat.id and reaction.message_id else ""
    person = writer(reaction.user, reaction.chat, raw.get("actor_chat"))
    emoji = [str(one.get("emoji") or "✱") for one in reaction.new_reaction]
    at, time_notes = moment(reaction.date, usual=Unit.SECONDS)
    odd = not name or not person.identifiers or "new_reaction" not in raw
    taken = () if emoji or odd else (gettext_noop("reaction taken away"),)
    yield InboundEvent(
        channel=CHANNEL,
        account="",
        kind=Kind.NOT_UNDERSTOOD if odd else Kind.REACTION,
        key=key("reaction", name, stamp or digest_of(raw)),
        message_id=name if not odd else "",
        identifiers=person.identifiers,
        profile_name=person.profile_name,
        sent_at=at,
        text=" ".join(emoji),
        refers_to=name,
        data={"raw": raw} if odd or notes else {},
        notes=(*taken, *notes, *person.notes, *time_notes),
    )


def moved(message: Message, raw: dict[str, object]) -> InboundEvent | None:
    """A group that became a large one has another id from now on; None if this is no such notice.

    Her own account keeps its id: nobody is known by another name.
    """
    to, since = raw.get("migrate_to_chat_id"), raw.get("migrate_from_chat_id")
    if not _is_id(to) and not _is_id(since):
        return None
    chat = message.chat or Chat()
    person = writer(message.from_, None, None)
    at, time_notes = moment(message.date, usual=Unit.SECONDS)
    old, new = (chat.id, str(to)) if _is_id(to) else (str(since), chat.id)
    return InboundEvent(
        channel=CHANNEL,
        account="",
        kind=Kind.SYSTEM,
        key=key("moved", chat.id, message.message_id, old, new),
        content=Content.NONE,
        identifiers=person.identifiers,
        profile_name=person.profile_name,
        sent_at=at,
        data={"system": "group_moved", "group_id": old, "new_group_id": new},
        notes=(gettext_noop("the group has another id from now on"), *time_notes),
    )


def unknown(kind: str, stamp: str, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """An update of a kind we do not know: kept whole, with who and when as far as it says."""
    known, _ = read(Anything, raw)
    person = writer(known.from_ or known.user, known.chat, raw.get("sender_chat"))
    at, _ = moment(known.date, usual=Unit.SECONDS)
    yield InboundEvent(
        channel=CHANNEL,
        account="",
        kind=Kind.NOT_UNDERSTOOD,
        key=key("unknown", kind, stamp or digest_of(raw)),
        content=Content.UNKNOWN,
        identifiers=person.identifiers,
        profile_name=person.profile_name,
        sent_at=at,
        data={"raw": raw, "update": kind},
        notes=(f"update {plain(kind)} is not known", *person.notes),
    )


def _in_a_group(status: str) -> str:
    return f"our bot is now {plain(status)} in a group"


def _title(under: object, payload: str) -> str:
    """The words on the pressed button, which stand only in the message it hung under."""
    markup = under.get("reply_markup") if isinstance(under, dict) else None
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    buttons = [
        button
        for row in (rows if isinstance(rows, list) else [])
        for button in (row if isinstance(row, list) else [])
        if isinstance(button, dict)
    ]
    found = (one.get("text") for one in buttons if one.get("callback_data") == payload)
    return next((title for title in found if isinstance(title, str)), "")


def _is_id(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool) and bool(value)
