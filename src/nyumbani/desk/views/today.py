"""Today: what must be done now, by me, and what others are awaited for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nyumbani.accounts import queries as accounts
from nyumbani.accounts.viewers import Viewer, viewer_of
from nyumbani.cases import queries as cases
from nyumbani.cases.forms import LeadForm
from nyumbani.cases.queries import consents as asked
from nyumbani.cases.terms import TICKED
from nyumbani.desk import queries
from nyumbani.desk.views.looks import looked
from nyumbani.jobs.permissions import may_oversee
from nyumbani.kit import clock
from nyumbani.people.queries import consents
from nyumbani.watch.queries import climbing


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The first page after signing in; everybody has one, with what is theirs."""
    viewer = viewer_of(request)
    today = queries.today(viewer)
    if viewer.may_read_cases:
        looked(request, "today", people=today.people, cases=len(today.danger))
    colleagues = (
        list(cases.colleagues(viewer).values_list("pk", "display_name")) if today.orphaned else []
    )
    shown = {
        "viewer": viewer,
        "ticked": _ticked(request, viewer),
        "today": today,
        "orphaned": [
            (case, LeadForm(colleagues=colleagues, auto_id=f"lead-{case.pk}-%s"))
            for case in today.orphaned
        ],
        "waiting": accounts.waiting_for_a_director(viewer),
        "first": accounts.first_directors(viewer),
        "house": queries.house(viewer),
        "oversees": may_oversee(viewer),
        "now": clock.now(),
        "running_out": asked.running_out(viewer, queries.FEW),
        "overridden": consents.override_notices(viewer),
        "watch": climbing.today(viewer, queries.FEW),
    }
    return render(request, "desk/today.html", shown)


def _ticked(request: HttpRequest, viewer: Viewer) -> cases.SetTask | None:
    """The task that was ticked here a moment ago, to be opened again if that was a slip."""
    case_id, task_id = request.session.pop(TICKED, None) or ("", "")
    case = cases.case(viewer, case_id) if case_id else None
    task = cases.task(viewer, case, task_id) if case else None
    return task if task is not None and task.done_at else None
