"""Words that could betray somebody are written knowingly, or not at all."""

from collections.abc import Sequence

from django.db import transaction

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.inbox.actions.parcels import Packed
from nyumbani.inbox.actions.writing import write_back, write_template, write_with_file
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.templates import TemplateWords
from nyumbani.kit import ids


@transaction.atomic
def write_knowingly(
    *, thread: Conversation, text: str, kinds: Sequence[str], by: Actor,
    message_id: str | None = None, override: str = "", seen: str = "",
) -> Message:  # fmt: skip
    """Write words of which the lint warned: what kinds it found is written down, never the words.

    Raises what `write_back` raises; then nothing is written down.
    """
    message_id = message_id or ids.new()
    record(
        by=by, verb="words.let_stand", about=f"person:{thread.person_id}", message=message_id,
        kinds=".".join(kinds),
    )  # fmt: skip
    return write_back(
        thread=thread, text=text, by=by, message_id=message_id, override=override, seen=seen
    )


@transaction.atomic
def write_file_knowingly(
    *, thread: Conversation, packed: Packed, caption: str, kinds: Sequence[str], by: Actor,
    message_id: str | None = None, override: str = "",
) -> Message:  # fmt: skip
    """The same for the words beside a file."""
    message_id = message_id or ids.new()
    record(
        by=by, verb="words.let_stand", about=f"person:{thread.person_id}", message=message_id,
        kinds=".".join(kinds),
    )  # fmt: skip
    return write_with_file(
        thread=thread, packed=packed, caption=caption, by=by, message_id=message_id,
        override=override,
    )  # fmt: skip


@transaction.atomic
def write_template_knowingly(
    *, thread: Conversation, words: TemplateWords, values: Sequence[str], kinds: Sequence[str],
    by: Actor, message_id: str | None = None, override: str = "",
) -> Message:  # fmt: skip
    """The same for a template, because of what was filled into its blanks."""
    message_id = message_id or ids.new()
    record(
        by=by, verb="words.let_stand", about=f"person:{thread.person_id}", message=message_id,
        kinds=".".join(kinds),
    )  # fmt: skip
    return write_template(
        thread=thread, words=words, values=values, by=by, message_id=message_id, override=override
    )
