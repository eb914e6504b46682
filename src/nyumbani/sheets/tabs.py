"""What this room shows on a case page: the lists that were brought in."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.queries import OpenedCase
from nyumbani.kit import tabs
from nyumbani.kit.tabs import Tab
from nyumbani.sheets import queries

_MOST = 50


def sheets(request: HttpRequest, viewer: Viewer, case: OpenedCase) -> str:
    """The lists of a case, and the way in for another."""
    found = queries.sheets_in(viewer, case)
    shown = {
        "case": case,
        "rows": found[:_MOST],
        "count": found.count(),
        "may_bring_in": queries.may_bring_into(viewer, case),
    }
    return render_to_string("sheets/tab.html", shown, request)


def register() -> None:
    """Give the case page this room's tab."""
    tabs.register(
        Tab(
            "sheets", gettext_lazy("Lists"), 67, sheets,
            lambda viewer, case: queries.sheets_in(viewer, case).count(),
        )
    )  # fmt: skip
