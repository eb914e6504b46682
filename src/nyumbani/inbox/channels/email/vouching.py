"""Whether the address a letter claims to come from is hers: only a server of ours can say.

Anybody can write any address into From. A receiving server looks at signatures and writes what it
found above the letter (RFC 8601). Only what the server says that an administrator named is
believed: it takes away such lines that came from outside in its name.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from nyumbani.inbox.channels.email.headers import bare, every
from nyumbani.inbox.channels.email.letters import Letter
from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.kit.phrases import gettext_noop

NOT_VERIFIED = gettext_noop("address not verified: anybody can write in its name")
OUR_OWN = gettext_noop("it claims to come from our own address")
_SERVER = re.compile(r"\s*([A-Za-z0-9._-]{1,253})\s*(?:\s[0-9]+\s*)?;", re.ASCII)
_DKIM = re.compile(r"\bheader\.[di]\s*=\s*(?:[^\s;@]*@)?([a-z0-9.-]+)", re.ASCII)
_DMARC = re.compile(r"\s*dmarc\s*=\s*pass\b", re.ASCII)


def vouchers(letter: Letter, sender: str) -> dict[str, bool]:
    """What each server says of this sender's address: the topmost line of each counts."""
    domain = sender.rpartition("@")[2]
    found: dict[str, bool] = {}
    for header in every(letter, "Authentication-Results"):
        named = _SERVER.match(header)
        server = named[1].lower() if named and len(found) < 10 else ""
        if named and server and server not in found:
            found[server] = _is_good(header[named.end() :], domain)
    return found


def judged(event: InboundEvent, *, account: str, secrets: Mapping[str, str]) -> InboundEvent:
    """The event without the warning, where the server this account trusts vouches for her.

    What claims to be from ourselves is not put into anybody's thread.
    """
    if any(one.value == account for one in event.identifiers) and not event.is_report:
        return replace(
            event, kind=Kind.NOT_UNDERSTOOD, identifiers=(), notes=(OUR_OWN, *event.notes)
        )
    server = secrets.get("checked_by", "").strip().lower()
    said = event.data.get("vouchers")
    if server and isinstance(said, dict) and said.get(server) is True:
        return replace(event, notes=tuple(one for one in event.notes if one != NOT_VERIFIED))
    return event


def _is_good(results: str, domain: str) -> bool:
    for one in bare(results).lower().split(";"):
        if _DMARC.match(one):
            return True
        signed = _DKIM.search(one) if re.match(r"\s*dkim\s*=\s*pass\b", one) else None
        if signed and domain and _is_same_house(signed[1], domain):
            return True
    return False


def _is_same_house(signer: str, domain: str) -> bool:
    return signer == domain or (domain.endswith(f".{signer}") and "." in signer)
