"""What a person calls herself on Messenger; webhooks do not say it."""

from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.graph import path, understood
from nyumbani.inbox.channels.messenger.refusals import RULES
from nyumbani.inbox.channels.outgoing import Outgoing, Refused, Unclear
from nyumbani.inbox.channels.reading import Payload, Words, read

NAMED_BY = "psid"


class Profile(Payload):
    """First and last name, as far as she shows them."""

    first_name: Words = ""
    last_name: Words = ""


def lookup(*, person: Name) -> Outgoing:
    """Ask for a person's name."""
    return Outgoing("GET", path(person.value) + "?fields=first_name,last_name")


def name(status: int, body: bytes, *, attempt: int = 1) -> str | Refused | Unclear:
    """What the answer to `lookup` means: her name, or why it is not known."""
    return understood(status, body, rules=RULES, attempt=attempt, found=_found)


def _found(said: dict[str, object]) -> str | None:
    profile, _ = read(Profile, said)
    return f"{profile.first_name} {profile.last_name}".strip() or None
