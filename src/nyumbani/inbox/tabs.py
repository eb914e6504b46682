"""What this room shows on a case page: what was said, and the messages themselves."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.cases.forms import FactForm
from nyumbani.cases.queries import OpenedCase, lists
from nyumbani.cases.terms import Standing
from nyumbani.inbox import queries
from nyumbani.inbox.queries.lines import told
from nyumbani.kit import tabs
from nyumbani.kit.paging import page
from nyumbani.kit.tabs import Tab
from nyumbani.people import queries as people

_SIZE = 30


def facts(request: HttpRequest, viewer: Viewer, case: OpenedCase) -> str:
    """What was said, by whom, about whom, in which message; and how sure it is."""
    rows = list(cases.facts(viewer, case))
    met = [one for fact in rows for one in (fact.about, fact.said_by) if one]
    called = people.names_of(viewer, met)
    sources = queries.sources_of(viewer, [fact.pk for fact in rows])
    shown = {
        "case": case,
        "facts": [
            (
                fact, called.get(fact.about_id or ""), called.get(fact.said_by_id or ""),
                sources.get(fact.pk),
            )
            for fact in rows
        ],
        "may_write": cases.belongs_to(viewer, case),
        "standings": Standing.choices,
        "form": FactForm(people=lists.people_to_choose(viewer, case)),
    }  # fmt: skip
    return render_to_string("inbox/tabs/facts.html", shown, request)


def messages(request: HttpRequest, viewer: Viewer, case: OpenedCase) -> str:
    """What the people of the case wrote and were written, as in one long conversation."""
    found = page(
        queries.messages_in(viewer, case), by="sent_at", then="place",
        cursor=request.GET.get("cursor"), size=_SIZE,
    )  # fmt: skip
    called = people.names_of(viewer, [one.conversation.person for one in found.items])
    lines = told(viewer, found.items)
    shown = {
        "case": case,
        "page": found,
        "lines": [
            (line, called[line.message.conversation.person_id]) for line in lines if line.message
        ],
    }
    return render_to_string("inbox/tabs/messages.html", shown, request)


def register() -> None:
    """Give the case page this room's tabs."""
    tabs.register(
        Tab(
            "facts", gettext_lazy("Facts"), 40, facts,
            lambda viewer, case: cases.facts(viewer, case).count(),
        )
    )  # fmt: skip
    tabs.register(
        Tab(
            "messages", gettext_lazy("Messages"), 60, messages,
            lambda viewer, case: queries.messages_in(viewer, case).count(),
        )
    )  # fmt: skip
