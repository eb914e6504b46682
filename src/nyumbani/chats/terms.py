"""The words of this room, and how much it takes in."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from nyumbani.chats.chat_exports import said
from nyumbani.chats.chat_exports.kinds import Kind

LARGEST = 256 << 20
"""Bytes of a file brought in. It is opened in memory-backed storage, so that it never lies on a
disk in plain; a chat with more media is exported without them."""

MOST_LINES = 500_000
"""A telephone writes some 40,000 messages and then stops: what holds more is no chat."""

MOST_SENDERS = 5_000
"""A group holds some thousand people at the most, a community a few thousand."""

LARGEST_FILE = 64 << 20
MOST_OF_FILES = 1 << 30
"""Bytes of one file beside the chat, and of all of them, that are sealed one by one. What is larger
stays in the sealed original and is listed as such."""

BATCH = 500
"""Lines a transaction: on SQLite nobody else writes meanwhile."""

PATIENCE = dt.timedelta(minutes=10)
"""Whoever brings a file in by the command reads it there; a worker begins if that broke off."""


class ExportState(models.TextChoices):
    """Where a file that was brought in stands."""

    WAITING = "waiting", _("Waiting to be read")
    ASKING = "asking", _("Waits for an answer")
    READING = "reading", _("Being read")
    DONE = "done", _("Read")
    FAILED = "failed", _("Not read")


class LineKind(models.TextChoices):
    """What a line is."""

    MESSAGE = Kind.MESSAGE, _("message")
    SYSTEM = Kind.SYSTEM, _("WhatsApp about the group")
    MEDIA = Kind.MEDIA, _("file")
    DELETED = Kind.DELETED, _("taken back")
    EDITED = Kind.EDITED, _("edited")
    CALL = Kind.CALL, _("call")
    UNPARSED = Kind.UNPARSED, _("not understood")


NOBODYS = (LineKind.SYSTEM, LineKind.UNPARSED)
"""Lines that no person wrote."""


class Flag(models.TextChoices):
    """What one should know of a line before one believes it."""

    BACKWARD = said.BACKWARD, _("time runs backwards here")
    HEADER_INSIDE = said.HEADER_INSIDE, _("a line inside looks like another message")
    TWICE = said.TWICE, _("the clock was set back: this hour came twice")
    NEVER = said.NEVER, _("the clock was set forward over this hour")
    NOT_UTF8 = said.NOT_UTF8, _("some bytes were no text")
    NO_HEADER = said.NO_HEADER, _("nobody knows who wrote this, or when")
    UNKNOWN_WORDS = said.UNKNOWN_WORDS, _("perhaps words of WhatsApp in a language we lack")
    CHANGED = "changed_later", _("an earlier export has other words here")
    CAME_LATER = "came_later", _("an earlier export lacks this line")


class FileKeeping(models.TextChoices):
    """Whether a file of an export is here by itself."""

    KEPT = "kept", _("here")
    REFUSED = "refused", _("only in the sealed original")


class DateOrder(models.TextChoices):
    """In which order day and month stand; asked for only where the file leaves it open."""

    DMY = "dmy", _("the day first")
    MDY = "mdy", _("the month first")
    YMD = "ymd", _("the year first")
