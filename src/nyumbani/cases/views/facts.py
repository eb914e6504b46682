"""What is known in a case, and how sure."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.cases import actions, queries
from nyumbani.cases.forms import FactForm, StandingForm
from nyumbani.cases.queries import lists
from nyumbani.cases.views.pages import case_to_work_on, form_page, to_tab
from nyumbani.kit import clock
from nyumbani.kit.found import found


@require_http_methods(["GET", "POST"])
def write_fact(request: HttpRequest, case_id: str) -> HttpResponse:
    """Write down what somebody said, by telephone or in a room."""
    case, viewer = case_to_work_on(request, case_id), viewer_of(request)
    form = FactForm(request.POST or None, people=lists.people_to_choose(viewer, case))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.write_fact(
            case=case, matter=given["matter"], text=given["text"], said_at=form.said(clock.now()),
            about=queries.person(viewer, given["about"]) if given["about"] else None,
            said_by=queries.person(viewer, given["said_by"]) if given["said_by"] else None,
            fact_id=given["once"], by=actor_of(request),
        )  # fmt: skip
        return to_tab(case, "facts")
    return form_page(request, form, _("Write down what was said"), case)


@require_POST
def judge_fact(request: HttpRequest, case_id: str, fact_id: str) -> HttpResponse:
    """Say by name that a fact is established, contradicted, or alleged once more."""
    case = case_to_work_on(request, case_id)
    fact = found(queries.fact(viewer_of(request), case, fact_id))
    form = StandingForm(request.POST)
    or_404(form.is_valid())
    actions.judge_fact(fact=fact, standing=form.cleaned_data["standing"], by=actor_of(request))
    return to_tab(case, "facts")
