"""The list of cases, and the page of one: a shell whose tabs are other rooms' work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries
from nyumbani.cases.forms import GlassForm, StageForm
from nyumbani.cases.queries import lists
from nyumbani.cases.terms import Show, Stage
from nyumbani.desk.views.looks import looked
from nyumbani.kit import tabs
from nyumbani.kit.found import found
from nyumbani.kit.paging import Page, page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The cases one works on, and the way to open another."""
    viewer = viewer_of(request)
    or_404(viewer.may_read_cases)
    asked = request.GET.get("show", "")
    show = Show(asked) if asked in Show.values else Show.OPEN
    cursor = request.GET.get("cursor")
    rows = page(lists.shown(viewer, show), by="number", cursor=cursor)
    looked(request, "cases", words=f"{show}|{cursor or ''}", cases=len(rows.items))
    shown = {
        "viewer": viewer,
        "show": show,
        "chips": list(lists.tallies(viewer).items()),
        "page": Page(lists.rows(viewer, rows.items), rows.older),
        "glass_form": GlassForm() if viewer.may_break_glass else None,
    }
    return render(request, "desk/cases.html", shown)


@require_safe
def case(request: HttpRequest, case_id: str, tab: str = "") -> HttpResponse:
    """One case: where it stands, how urgent, and what each room knows of it."""
    viewer = viewer_of(request)
    opened = found(queries.case(viewer, case_id))
    chosen = found(tabs.tab(tab))
    record(by=actor_of(request), verb="case.seen", about=f"case:{case_id}", tab=chosen.name)
    stages = list(Stage)
    shown = {
        "case": opened,
        "may_write": queries.belongs_to(viewer, opened),
        "stages": [
            (stage, stages.index(Stage(opened.stage)) - n) for n, stage in enumerate(stages)
        ],
        "stage_form": StageForm(initial={"stage": opened.stage}),
        "tab": chosen,
        "tabs": [(one, one.count(viewer, opened) if one.count else None) for one in tabs.tabs()],
        "contents": chosen.render(request, viewer, opened),
    }
    return render(request, "desk/case.html", shown)
