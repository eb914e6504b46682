"""Exported chats: what was brought in, who wrote, every line, and the files beside them.

What a chat holds is sealed to its case, and without a case to the house: it is the words of many,
so no one person's key can be its own, and who may read it is who may read the case. When a case's
key is destroyed, its chats close with it. A chat without a case cannot be closed alone; so the page
asks for the case first.
"""

from django.db import models
from django.db.models import F, Q

from nyumbani.accounts.models import Staff
from nyumbani.cases.models.case import Case
from nyumbani.chats.terms import (
    NOBODYS,
    DateOrder,
    ExportState,
    FileKeeping,
    LineKind,
)
from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedJSONField, SealedModel, SealedTextField


class Chat(SealedModel):
    """One group, or one other person, as one telephone exported it, perhaps several times."""

    title = SealedTextField(default="")  # empty: nothing says it
    title_digest = models.CharField(max_length=64)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    # Nobody: by the command, whoever ran it. Then coordinators alone read a chat without a case.
    brought_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["-brought_at", "-id"]
        indexes = [models.Index(fields=["case", "title_digest"], name="chats_by_title")]

    def __str__(self) -> str:
        return f"chat {self.id}"


class ChatExport(SealedModel):
    """One file that was brought in: the original, sealed, and how far it has been read."""

    chat = models.ForeignKey(Chat, models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField(null=True)  # of its chat, counted from one
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    brought_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField()
    name = SealedTextField()
    path = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    zone = models.CharField(max_length=64)
    order = models.CharField(max_length=3, choices=DateOrder, blank=True)
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.WAITING)
    question = SealedJSONField(null=True)  # {"example": "03/04/2014", "orders": ["dmy", "mdy"]}
    why = SealedTextField(null=True)  # may name a file of the zip
    read_bytes = models.PositiveBigIntegerField(default=0)
    text_bytes = models.PositiveBigIntegerField(default=0)  # 0: not looked over yet
    lines_new = models.PositiveIntegerField(default=0)
    lines_known = models.PositiveIntegerField(default=0)  # already here from an earlier export
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-brought_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "sha256"], condition=Q(case__isnull=False),
                name="a_file_once_a_case",
            ),
            models.UniqueConstraint(
                fields=["brought_by", "sha256"],
                condition=Q(case=None, brought_by__isnull=False),
                name="a_file_once_a_colleague",
            ),
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(case=None, brought_by=None),
                name="a_file_once_by_command",
            ),
            models.UniqueConstraint(fields=["chat", "number"], name="exports_are_numbered"),
            models.CheckConstraint(
                condition=Q(state__in=ExportState.values), name="export_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.DONE)
                | Q(chat__isnull=False, done_at__isnull=False, read_bytes=F("text_bytes")),
                name="a_read_export_is_read_whole",
            ),
            models.CheckConstraint(
                condition=Q(chat=None, number=None) | Q(chat__isnull=False, number__isnull=False),
                name="an_export_has_its_place",
            ),
            models.CheckConstraint(
                condition=Q(state=ExportState.ASKING, question__isnull=False)
                | (~Q(state=ExportState.ASKING) & Q(question=None)),
                name="who_asks_has_a_question",
            ),
            models.CheckConstraint(
                condition=Q(state=ExportState.FAILED, why__isnull=False)
                | (~Q(state=ExportState.FAILED) & Q(why=None)),
                name="what_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(read_bytes__lte=F("text_bytes")), name="no_more_is_read_than_there_is"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"export {self.id}"


class ChatSender(SealedModel):
    """One name as it stands in a chat, until somebody says who it is."""

    chat = models.ForeignKey(Chat, models.PROTECT, related_name="+")
    name = SealedTextField()
    number = SealedTextField(default="")  # E.164, where the name is a number
    name_digest = models.CharField(max_length=64)
    lines = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    is_one_off = models.BooleanField(default=False)  # wrote once: perhaps a line typed by another
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-lines", "id"]
        constraints = [
            models.UniqueConstraint(fields=["chat", "name_digest"], name="a_name_once_a_chat"),
            models.CheckConstraint(
                condition=Q(person=None, decided_by=None, decided_at=None)
                | Q(person__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="who_it_is_was_said_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_one_off=True, lines=1) | (Q(is_one_off=False) & ~Q(lines=1)),
                name="one_off_is_one_line",
            ),
        ]

    def __str__(self) -> str:
        return f"sender {self.id}"


class ChatLine(SealedModel):
    """What stands between two bytes of an export; every byte belongs to one line."""

    chat = models.ForeignKey(Chat, models.PROTECT, related_name="+")
    export = models.ForeignKey(ChatExport, models.PROTECT, related_name="+")  # it first came in
    sender = models.ForeignKey(ChatSender, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=LineKind)
    text = SealedTextField()
    sent_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField()  # of the line before, where it has no time of its own
    place = models.PositiveBigIntegerField()  # by export and byte: among those of one moment
    byte_start = models.PositiveBigIntegerField()
    byte_end = models.PositiveBigIntegerField()
    flags = models.JSONField(default=list)  # words of Flag
    digest = models.CharField(max_length=64)  # by which a later export knows it again

    class Meta:
        ordering = ["shown_at", "place"]
        constraints = [
            models.UniqueConstraint(fields=["chat", "digest"], name="a_line_once_a_chat"),
            models.UniqueConstraint(fields=["export", "byte_start"], name="a_byte_once_an_export"),
            models.CheckConstraint(
                condition=Q(byte_start__lt=F("byte_end")), name="a_line_has_bytes"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NOBODYS, sender=None)
                | (Q(kind__in=LineKind.values) & ~Q(kind__in=NOBODYS) & Q(sender__isnull=False)),
                name="a_message_has_a_sender",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | Q(kind=LineKind.UNPARSED),
                name="only_the_unread_has_no_time",
            ),
        ]
        indexes = [
            models.Index(fields=["chat", "shown_at", "place"], name="chat_by_time"),
        ]

    def __str__(self) -> str:
        return f"line {self.byte_start} of {self.export_id}"


class ChatFile(SealedModel):
    """A file beside the chat, sealed by itself, or listed with the reason why it is not."""

    chat = models.ForeignKey(Chat, models.PROTECT, related_name="+")
    export = models.ForeignKey(ChatExport, models.PROTECT, related_name="+")  # it first came in
    line = models.ForeignKey(ChatLine, models.PROTECT, null=True, related_name="+")
    name = SealedTextField()
    name_digest = models.CharField(max_length=64)
    keeping = models.CharField(max_length=8, choices=FileKeeping)
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["export", "name_digest"], name="a_file_once_an_export"),
            models.CheckConstraint(
                condition=(Q(keeping=FileKeeping.KEPT, why="") & ~Q(path="") & ~Q(sha256=""))
                | (Q(keeping=FileKeeping.REFUSED, path="", sha256="") & ~Q(why="")),
                name="a_file_is_here_or_says_why",
            ),
        ]
        indexes = [models.Index(fields=["chat", "name_digest"], name="files_by_name")]

    def __str__(self) -> str:
        return f"file {self.id}"
