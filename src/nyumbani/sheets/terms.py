"""The words of this room."""

from collections import Counter
from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.terms import Matter
from nyumbani.domain.htcds.doubts import Doubt
from nyumbani.domain.htcds.fields import extensions, fields
from nyumbani.sheets.workbooks.sheet import Remark


class SheetState(models.TextChoices):
    """Where a list that was brought in stands."""

    OPEN = "open", _("Waits for you")
    ADDING = "adding", _("People are being added")
    DONE = "done", _("Added")


NEW, LEFT_OUT = "new", "left_out"
"""What may be decided for a line beside somebody who is known: somebody new, or not taken up."""

MATTERS = {
    "vic_MethodsOfControl": Matter.MISTREATMENT,
    "vic_TypeOfExploitation": Matter.MISTREATMENT,
    "vic_TypeOfSexExploitation": Matter.MISTREATMENT,
    **dict.fromkeys(
        (
            "prs_MailingCity", "prs_MailingCountry", "prs_MailingState", "prs_MailingStreet",
            "prs_MailingPostalCode", "prs_MailingLongitude", "prs_MailingLatitude",
        ),
        Matter.PLACE,
    ),
}  # fmt: skip
"""What a saying is about; everything else is something else."""

DOUBTS = {
    Doubt.NAME_DISAGREES: _("Label and hidden name disagree. The label is believed."),
    Doubt.NO_NAME: _("The form gives this column no name. It is known by its label."),
    Doubt.MISSPELT: _("The form misspells this name."),
    Doubt.OTHER_NAME: _("Another form of the standard calls it so."),
    Doubt.BLANK_AT_END: _("A blank stands at the end. The value is understood without it."),
    Doubt.SEVERAL_CITIZENSHIPS: _("Several citizenships. Some forms take only one."),
    Doubt.NOT_LISTED: _("The standard defines this value but does not list it."),
    Doubt.NOT_DEFINED: _("The standard lists this value but does not define it."),
    Doubt.DEPRECATED: _("The standard gives this field up."),
    Doubt.AMBIGUOUS: _("Several fields are called so. Say which one it is."),
    Doubt.TWICE: _("A second column for the same field. It is kept beside it."),
    Doubt.UNKNOWN_COLUMN: _("The standard has no such field. It is kept under its heading."),
    Doubt.UNKNOWN_VALUE: _("The standard has no such value. It is kept as it stands."),
    Doubt.NO_HEADING: _("Something stands under no heading. It is kept."),
    Doubt.ROWS_ABOVE: _("Lines above the headings are no people."),
}
REMARKS = {
    Remark.FORMULA: _("A formula. What it last showed is taken."),
    Remark.FORMULA_UNSHOWN: _("A formula that never showed anything. Its words are taken."),
    Remark.LONG_NUMBER: _("A number too long for a spreadsheet. Its last figures may be wrong."),
    Remark.BROKEN_CELL: _("The cell shows an error."),
    Remark.OTHER_ENCODING: _("An old kind of letters. Look whether names are right."),
}


@cache
def titles() -> dict[str, str]:
    """What each field is called on a page, by name: with its section where others are called so."""
    labels = Counter(field.label for field in fields().values())
    ours = {one.name: f"{one.label} (+)" for one in extensions().values()}
    return ours | {
        one.name: one.label if labels[one.label] == 1 else f"{one.label} ({one.section})"
        for one in fields().values()
    }
