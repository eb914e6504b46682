"""What the pages of this room share: finding the case, and one page for every form.

A form stands in a tab of the case page. What was filled in wrongly comes back on a page of its own,
with every word still in it.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from nyumbani.accounts.viewers import viewer_of
from nyumbani.cases import queries
from nyumbani.cases.queries import OpenedCase
from nyumbani.kit.found import found


def case_of(request: HttpRequest, case_id: str) -> OpenedCase:
    """The case, if whoever asks may open it; 404 otherwise."""
    return found(queries.case(viewer_of(request), case_id))


def form_page(
    request: HttpRequest, form: forms.Form, title: str | Promise, case: OpenedCase | None = None
) -> HttpResponse:
    """One form, its errors on top, everything typed still there."""
    return render(request, "cases/form.html", {"form": form, "title": title, "case": case})


def to_tab(case: OpenedCase, tab: str = "") -> HttpResponse:
    """Back to a tab of the case page."""
    return redirect("desk:case", case.pk, tab) if tab else redirect("desk:case", case.pk)
