"""Lists of people that were brought in, and which of their lines became whom.

The original lies sealed to its case. It is read anew whenever somebody looks: nothing that was
read from it is kept beside it, but for the lines that were taken up.
"""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.cases.models.case import Case
from nyumbani.cases.terms import Part
from nyumbani.people.models.persons import Person
from nyumbani.sheets.terms import SheetState
from nyumbani.vault.fields import SealedJSONField, SealedModel, SealedTextField


class BroughtSheet(SealedModel):
    """One file: the original, how it is to be read, and how far its people were added."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    # Nobody: by the command, whoever ran it.
    brought_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField()
    name = SealedTextField()
    path = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    encoding = models.CharField(max_length=12, blank=True)  # empty: as the file itself says
    separator = models.CharField(max_length=1, blank=True)
    page = models.PositiveSmallIntegerField(default=0)  # which of its sheets
    columns = SealedJSONField(default=dict)  # number of a column → name, where somebody chose
    decided = SealedJSONField(default=dict)  # digest of a line → NEW, LEFT_OUT or a person's id
    part = models.CharField(max_length=12, choices=Part, default=Part.IN_DISTRESS)
    state = models.CharField(max_length=8, choices=SheetState, default=SheetState.OPEN)
    added_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-brought_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "sha256"], name="a_list_once_a_case"),
            models.CheckConstraint(
                condition=Q(state__in=SheetState.values), name="sheet_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.OPEN) | Q(added_by__isnull=False),
                name="who_adds_people_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"sheet {self.id}"


class TakenLine(SealedModel):
    """One line that was taken up: all it said, and who that is."""

    sheet = models.ForeignKey(BroughtSheet, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # in its file, from one
    digest = models.CharField(max_length=64)  # by which a later file's line is known again
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said = SealedJSONField()  # name of a column → value, as it was given
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["taken_at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "digest"], name="a_list_s_line_once_a_case"),
        ]
        indexes = [models.Index(fields=["person"], name="lines_of_person")]

    def __str__(self) -> str:
        return f"line {self.number} of {self.sheet_id}"
