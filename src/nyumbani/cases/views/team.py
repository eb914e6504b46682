"""Who works on a case, and who breaks into one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.cases import actions, queries
from nyumbani.cases.forms import ColleagueForm, GlassForm, LeadForm
from nyumbani.cases.queries import oversight
from nyumbani.cases.terms import CaseRole, NotOrphaned
from nyumbani.cases.views.pages import case_to_work_on, form_page, to_tab
from nyumbani.kit.found import found


@require_POST
def assign(request: HttpRequest, case_id: str) -> HttpResponse:
    """Let a colleague work on a case, or lead it."""
    case, viewer = case_to_work_on(request, case_id), viewer_of(request)
    or_404(queries.may_assign(viewer, case))
    colleagues = queries.colleagues(viewer)
    form = ColleagueForm(request.POST, colleagues=colleagues.values_list("pk", "display_name"))
    or_404(form.is_valid())
    actions.assign(
        case=case, to=found(colleagues.filter(pk=form.cleaned_data["staff"]).first()),
        role=CaseRole(form.cleaned_data["role"]), by=actor_of(request),
    )  # fmt: skip
    return to_tab(case)


@require_POST
def take_off(request: HttpRequest, case_id: str) -> HttpResponse:
    """A colleague no longer works on a case."""
    case, viewer = case_to_work_on(request, case_id), viewer_of(request)
    or_404(queries.may_assign(viewer, case))
    row = found(queries.team(viewer, case).filter(staff=request.POST.get("staff", "")).first())
    if row.role == CaseRole.LEAD:
        messages.error(
            request, _("A lead cannot be taken off. Give the lead to a colleague first.")
        )
    else:
        actions.take_off(case=case, staff=row.staff, by=actor_of(request))
    return to_tab(case)


@require_http_methods(["GET", "POST"])
def break_glass(request: HttpRequest) -> HttpResponse:
    """Open a case one does not belong to. The answer does not tell whether there is such a case."""
    viewer = viewer_of(request)
    or_404(viewer.may_break_glass)
    form = GlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number, reason = form.cleaned_data["number"], form.cleaned_data["reason"]
        case = queries.case_behind_glass(viewer, number)
        if case is None:
            actions.miss_glass(number=number, by=actor_of(request))
        elif queries.case(viewer, case.pk) is None:
            actions.break_glass(case=case, reason=reason, by=actor_of(request))
        messages.info(
            request,
            _("If there is a case of this number, it stands in your list for four hours."),
        )
        return redirect("desk:cases")
    return form_page(request, form, _("Break the glass"))


@require_POST
def name_lead(request: HttpRequest, case_id: str) -> HttpResponse:
    """Somebody leads a case again on which nobody was left; it need not be opened for that."""
    viewer = viewer_of(request)
    case = found(oversight.orphaned_case(viewer, case_id))
    colleagues = queries.colleagues(viewer)
    form = LeadForm(request.POST, colleagues=colleagues.values_list("pk", "display_name"))
    or_404(form.is_valid())
    to = found(colleagues.filter(pk=form.cleaned_data["staff"]).first())
    try:
        actions.name_lead(case=case, to=to, by=actor_of(request))
    except NotOrphaned:
        messages.info(request, _("Somebody leads this case already."))
    else:
        messages.success(request, _("The case has a lead again."))
    return redirect("desk:today")


@require_POST
def acknowledge(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Say that one has read of a broken glass."""
    notice = found(queries.notice(viewer_of(request), notice_id))
    actions.acknowledge(notice=notice, by=actor_of(request))
    return redirect("desk:today")
