"""Who is on the other side: known by an account that outlives numbers and names."""

import re
from dataclasses import dataclass, replace

from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.telegram.payloads import Account, Chat
from nyumbani.kit.phrases import gettext_noop

OWN_NUMBER = gettext_noop("her own number, as Telegram knows it")


@dataclass(frozen=True, slots=True)
class Person:
    """Her identifiers, what she calls herself, and what a reader should know of it."""

    identifiers: tuple[Name, ...] = ()
    profile_name: str = ""
    notes: tuple[str, ...] = ()


def writer(account: Account | None, chat: Chat | None, sent_as: object = None) -> Person:
    """Who wrote; somebody who hides behind a group or channel is nobody we could name.

    In a private chat the chat has the id of the one person in it.
    """
    if sent_as:
        return Person(notes=(gettext_noop("written in the name of a group or channel"),))
    if account is None or not account.id:
        if chat is None or chat.type != "private" or not chat.id:
            return Person()
        account = Account(
            id=chat.id,
            first_name=chat.first_name,
            last_name=chat.last_name,
            username=chat.username,
        )
    found = {"tg_id": account.id, "username": account.username}
    notes = (gettext_noop("written by a bot"),) if account.is_bot else ()
    names = tuple(Name(kind, value) for kind, value in found.items() if value)
    return Person(names, account.name, notes)


def with_number(person: Person, contact: object) -> Person:
    """With her telephone number, if the card she sent is her own: her account stands on it."""
    card = contact if isinstance(contact, dict) else {}
    digits = re.sub(r"[^0-9]", "", str(card.get("phone_number") or ""))
    owner = Name("tg_id", str(card.get("user_id") or ""))
    if not 7 <= len(digits) <= 15 or owner not in person.identifiers:
        return person
    hers = (*person.identifiers, Name("msisdn", f"+{digits}"))
    return replace(person, identifiers=hers, notes=(*person.notes, OWN_NUMBER))
