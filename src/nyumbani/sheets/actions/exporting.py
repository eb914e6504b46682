"""People leave the house in a file."""

from django.db import transaction

from nyumbani.audit.actions import record
from nyumbani.cases.models.case import Case
from nyumbani.kit.doer import Doer


@transaction.atomic
def note_export(*, case: Case, count: int, by: Doer) -> None:
    """Write down that the people of a case are taken out as a file."""
    record(by=by, verb="case.exported", about=f"case:{case.pk}", count=count, form="htcds")
