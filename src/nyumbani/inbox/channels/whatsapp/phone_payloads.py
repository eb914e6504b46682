"""What comes from the organisation's own phone: its past and its address book.

Only for a number that stays in use in the phone app beside the interface ("coexistence").
"""

from typing import Any

from nyumbani.inbox.channels.reading import Payload, Words


class HistoryMetadata(Payload):
    """Which part of the past this is, and how much has come in all (percent)."""

    phase: int | None = None
    chunk_order: int | None = None
    progress: int | None = None


class History(Payload):
    """A chunk of the phone's past."""

    metadata: HistoryMetadata | None = None


class ThreadContext(Payload):
    """Who the other person of a thread is."""

    wa_id: Words = ""
    user_id: Words = ""
    parent_user_id: Words = ""
    username: Words = ""


class Thread(Payload):
    """One conversation of the phone's past; `id` is the other person's number, if known."""

    id: Words = ""
    context: ThreadContext | None = None


class AddressBookContact(Payload):
    """Somebody in the address book of our own phone."""

    full_name: Words = ""
    first_name: Words = ""
    phone_number: Words = ""


class SyncMetadata(Payload):
    """When the address book was changed."""

    timestamp: Any = None


class StateSync(Payload):
    """An entry of the phone's address book was written or removed."""

    type: Words = ""
    action: Words = ""
    contact: AddressBookContact | None = None
    metadata: SyncMetadata | None = None
