"""A letter exactly as it came becomes one event. Never raises, whatever the bytes are."""

import datetime as dt
import hashlib
from collections.abc import Iterator

from nyumbani.inbox.channels.email import reports
from nyumbani.inbox.channels.email.door import CHANNEL, names_of
from nyumbani.inbox.channels.email.headers import (
    addresses,
    decoded,
    every,
    first,
    message_ids,
    moment,
)
from nyumbani.inbox.channels.email.letters import Letter, opened
from nyumbani.inbox.channels.email.parts import Held, held_by
from nyumbani.inbox.channels.email.vouching import NOT_VERIFIED, vouchers
from nyumbani.inbox.channels.events import Content, InboundEvent, Kind, Name
from nyumbani.inbox.channels.keys import key
from nyumbani.inbox.channels.walking import beginning_of
from nyumbani.kit.phrases import gettext_noop

NO_SENDER = gettext_noop("who wrote is not said")
SEVERAL = gettext_noop("the letter names several senders: the first counts")
ELSEWHERE = gettext_noop("asks to be answered at another address")
AUTOMATIC = gettext_noop("an automatic answer: nobody wrote this just now")
TO_A_LIST = gettext_noop("sent to many")
NO_ID = gettext_noop("no message id")
EMPTY = gettext_noop("an empty message")
CLOCK = gettext_noop("the sender's clock is wrong: the time is when our mail server got it")
NO_DATE = gettext_noop("the sender says no time: it is when our mail server got it")
_MACHINE = frozenset({"auto_reply", "bulk", "junk", "list"})
_AHEAD = dt.timedelta(minutes=10)
_BEHIND = dt.timedelta(days=14)  # longer no server keeps a letter for another


def parse(body: bytes) -> list[InboundEvent]:
    """The one event of a letter: a message, a report on one of ours, or not understood."""
    digest = hashlib.sha256(body).hexdigest()
    try:
        letter = opened(body)
        if reports.is_report(letter):
            return [reports.report(letter, digest)]
        return [_message(letter, digest)]
    except Exception as error:  # noqa: BLE001 - a mistake of ours must not lose what she wrote
        return [_unread(body, digest, f"our reader failed: {type(error).__name__}")]


def _message(letter: Letter, digest: str) -> InboundEvent:
    held = held_by(letter)
    subject = decoded(first(letter, "Subject"))
    senders = addresses(first(letter, "From"))
    person, shown = _sender(senders)
    own_id = next(iter(message_ids(first(letter, "Message-ID"))), "")
    at, time_notes = _time(letter)
    text = "\n\n".join(part for part in (subject, held.text) if part)
    return InboundEvent(
        channel=CHANNEL,
        account="",  # a letter may not say through which of our boxes it came
        kind=Kind.MESSAGE if person else Kind.NOT_UNDERSTOOD,
        # Another letter under the same id is another item; the same one by another way is not.
        key=key("message", own_id, _digest(shown, text, held)) if own_id else key("letter", digest),
        content=Content.TEXT if text or not held.files else held.files[0].content,
        message_id=own_id,
        identifiers=person,
        profile_name=shown[:200],
        sent_at=at,
        text=text,
        media=held.files,
        refers_to=_answered(letter),
        data=_data(letter, subject, senders, person),
        notes=(
            *(() if person else (NO_SENDER,)), *_remarks(letter, senders, own_id),
            *(() if text or held.files else (EMPTY,)), *time_notes, *held.notes,
            *((NOT_VERIFIED,) if person else ()),
        ),
    )  # fmt: skip


def _sender(senders: list[tuple[str, str]]) -> tuple[tuple[Name, ...], str]:
    for name, address in senders:
        found = names_of(address)
        if found:
            return found, "" if name.casefold() == found[0].value else name
    return (), ""


def _time(letter: Letter) -> tuple[dt.datetime | None, tuple[str, ...]]:
    """When she wrote by her own clock, unless that cannot be; then when our server got it."""
    said, notes = moment(first(letter, "Date"))
    got, _notes = moment(first(letter, "Received").rpartition(";")[2].strip())
    if said is None:
        return got, (*notes, *((NO_DATE,) if got else ()))
    if got is not None and not got - _BEHIND <= said <= got + _AHEAD:
        return got, (CLOCK,)
    return said, notes


def _answered(letter: Letter) -> str:
    found = message_ids(first(letter, "In-Reply-To"))
    return found[0] if found else (message_ids(first(letter, "References")) or [""])[-1]


def _remarks(letter: Letter, senders: list[tuple[str, str]], own_id: str) -> Iterator[str]:
    if len({address.lower() for _name, address in senders}) > 1:
        yield SEVERAL
    replies = {address.lower() for _name, address in addresses(first(letter, "Reply-To"))}
    if replies - {address.lower() for _name, address in senders}:
        yield ELSEWHERE
    if is_automatic(letter):
        yield AUTOMATIC
    elif every(letter, "List-Id") or every(letter, "List-Unsubscribe"):
        yield TO_A_LIST
    if not own_id:
        yield NO_ID


def is_automatic(letter: Letter) -> bool:
    """Whether a machine answered or wrote, as it says itself."""
    said = first(letter, "Auto-Submitted").partition(";")[0].strip().lower()
    marks = any(every(letter, name) for name in ("X-Autoreply", "X-Autorespond"))
    return said not in {"", "no"} or marks or first(letter, "Precedence").lower() in _MACHINE


def _data(
    letter: Letter, subject: str, senders: list[tuple[str, str]], person: tuple[Name, ...]
) -> dict[str, object]:
    found: dict[str, object] = {
        "subject": subject,
        "senders": [address for _name, address in senders] if len(senders) > 1 else [],
        "reply_to": [address for _name, address in addresses(first(letter, "Reply-To"))],
        "automatic": is_automatic(letter),
        "vouchers": vouchers(letter, person[0].value) if person else {},
    }
    return {name: value for name, value in found.items() if value}


def _digest(shown: str, text: str, held: Held) -> str:
    said = "\0".join([shown, text, *(file.sha256 for file in held.files)])
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def _unread(body: bytes, digest: str, why: str) -> InboundEvent:
    """A letter nobody could take apart; who wrote it is still looked for."""
    person: tuple[Name, ...] = ()
    for line in body[:50_000].split(b"\n\n")[0].splitlines():
        if line.lower().startswith(b"from:"):
            person, _name = _sender(addresses(line[5:2000].decode("ascii", "replace")))
            break
    return InboundEvent(
        CHANNEL, "", Kind.NOT_UNDERSTOOD, key("letter", digest), identifiers=person,
        data={"beginning": beginning_of(body)}, notes=(why,),
    )  # fmt: skip
