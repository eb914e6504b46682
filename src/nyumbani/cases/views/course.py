"""Opening a case, its urgency, its stages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.cases import actions
from nyumbani.cases.forms import OpenForm, StageForm, UrgencyForm
from nyumbani.cases.views.pages import case_to_work_on, form_page, to_tab


@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest) -> HttpResponse:
    """A matter is taken up that did not begin with a message."""
    or_404(viewer_of(request).may_open_cases)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        case = actions.open_case(
            title=given["title"], urgency=given["urgency"], urgency_why=given["urgency_why"],
            case_id=given["once"], by=actor_of(request),
        )  # fmt: skip
        return to_tab(case)
    return form_page(request, form, _("Open a case"))


@require_POST
def move_stage(request: HttpRequest, case_id: str) -> HttpResponse:
    """The way home has come a step further, or a step back."""
    case = case_to_work_on(request, case_id)
    form = StageForm(request.POST)
    or_404(form.is_valid())
    actions.move_stage(case=case, stage=form.cleaned_data["stage"], by=actor_of(request))
    messages.success(request, _("The case stands at its new stage."))
    return to_tab(case)


@require_http_methods(["GET", "POST"])
def judge_urgency(request: HttpRequest, case_id: str) -> HttpResponse:
    """Say by name, with a reason, how soon somebody must act."""
    case = case_to_work_on(request, case_id)
    start = {"urgency": case.urgency, "urgency_why": case.urgency_why}
    form = UrgencyForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.judge_urgency(
            case=case, urgency=form.cleaned_data["urgency"], why=form.cleaned_data["urgency_why"],
            by=actor_of(request),
        )  # fmt: skip
        return to_tab(case)
    return form_page(request, form, _("Judge the urgency"), case)
