"""Reading lists that were brought in: every read begins with who looks."""

from typing import TypeAlias

from django.db.models import QuerySet

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.cases.models.case import Case
from nyumbani.sheets.models import BroughtSheet, TakenLine
from nyumbani.sheets.permissions import sheets_open_to

OpenedSheet: TypeAlias = BroughtSheet  # pages never import tables


def may_bring_into(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer may bring people into a case from a list: its lead, or a coordinator."""
    leads = cases.is_lead(viewer, case) or Role.COORDINATOR in viewer.roles
    return leads and cases.belongs_to(viewer, case)


def case_to_bring_into(viewer: Viewer, case_id: str) -> Case | None:
    """A case, to bring a list into."""
    case = cases.case(viewer, case_id)
    return case if case is not None and may_bring_into(viewer, case) else None


def sheets(viewer: Viewer) -> QuerySet[BroughtSheet]:
    """The lists the viewer may read, the last brought in first."""
    rows = BroughtSheet.objects.filter(sheets_open_to(viewer))
    return rows.select_related("case", "brought_by")


def sheets_in(viewer: Viewer, case: Case) -> QuerySet[BroughtSheet]:
    """... of a case."""
    return sheets(viewer).filter(case=case)


def sheet(viewer: Viewer, sheet_id: str) -> BroughtSheet | None:
    """One of them."""
    return sheets(viewer).filter(pk=sheet_id).first()


def taken(viewer: Viewer, sheet: BroughtSheet, digests: list[str]) -> set[str]:
    """Which of these lines are in the case already, from this list or an earlier one."""
    seen = sheets(viewer).filter(pk=sheet.pk).order_by().values("case")
    rows = TakenLine.objects.filter(case__in=seen).order_by()
    found: set[str] = set()
    for at in range(0, len(digests), 500):
        some = rows.filter(digest__in=digests[at : at + 500])
        found |= set(some.values_list("digest", flat=True))
    return found
