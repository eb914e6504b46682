"""What the pages of this room have in common: finding the case, and one page for every form.

A form stands in a tab of the case page. What was filled in wrongly comes back on a page of its own,
with every word still in it.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from nyumbani.accounts.viewers import actor_of, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries
from nyumbani.cases.queries import OpenedCase
from nyumbani.kit.found import found


def case_to_work_on(request: HttpRequest, case_id: str) -> OpenedCase:
    """The case, to write in it; 404 for whoever may not open it, 403 behind broken glass."""
    return found(queries.case_to_work_on(viewer_of(request), case_id))


def form_page(
    request: HttpRequest, form: forms.Form, title: str | Promise, case: OpenedCase | None = None
) -> HttpResponse:
    """One form, its errors on top, everything typed still there.

    A form of a case shows something of it, such as who is in it: that is a look like any other.
    """
    if case is not None:
        record(by=actor_of(request), verb="case.seen", about=f"case:{case.pk}", tab="form")
    return render(request, "cases/form.html", {"form": form, "title": title, "case": case})


def to_tab(case: OpenedCase, tab: str = "") -> HttpResponse:
    """Back to a tab of the case page."""
    return redirect("desk:case", case.pk, tab) if tab else redirect("desk:case", case.pk)
