"""What this room shows on a case page: the group chats that were brought in."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.cases.queries import OpenedCase
from nyumbani.chats import queries
from nyumbani.chats.permissions import may_bring_in
from nyumbani.kit import tabs
from nyumbani.kit.tabs import Tab

_MOST = 100


def chats(request: HttpRequest, viewer: Viewer, case: OpenedCase) -> str:
    """The chats of a case: who wrote how much, and the way in for another."""
    shown = {
        "case": case,
        "rows": queries.rows(viewer, list(queries.chats_in(viewer, case)[:_MOST])),
        "may_bring_in": may_bring_in(viewer) and cases.belongs_to(viewer, case),
    }
    return render_to_string("chats/tab.html", shown, request)


def register() -> None:
    """Give the case page this room's tab."""
    tabs.register(
        Tab(
            "chats", gettext_lazy("Group chats"), 65, chats,
            lambda viewer, case: queries.chats_in(viewer, case).count(),
        )
    )  # fmt: skip
