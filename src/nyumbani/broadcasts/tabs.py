"""What this room shows on a case page: the words that went to many of its people."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from nyumbani.accounts.viewers import Viewer
from nyumbani.broadcasts import queries
from nyumbani.cases import queries as cases
from nyumbani.cases.queries import OpenedCase
from nyumbani.kit import tabs
from nyumbani.kit.paging import page
from nyumbani.kit.tabs import Tab


def to_many(request: HttpRequest, viewer: Viewer, case: OpenedCase) -> str:
    """Words to the people of this case, the newest first."""
    rows = page(queries.broadcasts_of(viewer, case), by="made_at", cursor=request.GET.get("cursor"))
    may_write = viewer.may_send and cases.belongs_to(viewer, case)
    shown = {"case": case, "page": rows, "may_write": may_write}
    return render_to_string("broadcasts/tabs/to_many.html", shown, request)


def register() -> None:
    """Give the case page this room's tab."""
    tabs.register(
        Tab(
            "to-many", gettext_lazy("Messages to many"), 65, to_many,
            lambda viewer, case: queries.broadcasts_of(viewer, case).count(),
        )
    )  # fmt: skip
