"""Tasks and notes of a case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, viewer_of
from nyumbani.cases import actions, queries
from nyumbani.cases.forms import NoteForm, TaskForm
from nyumbani.cases.queries import lists
from nyumbani.cases.terms import TICKED
from nyumbani.cases.views.pages import case_to_work_on, form_page, to_tab
from nyumbani.kit.found import found


@require_http_methods(["GET", "POST"])
def set_task(request: HttpRequest, case_id: str) -> HttpResponse:
    """Something is to be done for a case."""
    case, viewer = case_to_work_on(request, case_id), viewer_of(request)
    team = lists.team_to_choose(viewer, case)
    form = TaskForm(request.POST or None, team=team, mine=viewer.staff_id)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.set_task(
            case=case, title=given["title"], due_at=given["due_at"],
            assignee=queries.colleagues(viewer).filter(pk=given["assignee"]).first(),
            task_id=given["once"], by=actor_of(request),
        )  # fmt: skip
        messages.success(request, _("The task is added."))
        return to_tab(case, "tasks")
    return form_page(request, form, _("Add a task"), case)


@require_POST
def tick(request: HttpRequest, case_id: str, task_id: str) -> HttpResponse:
    """A task is done, or open again after all; back to where it was ticked."""
    case = case_to_work_on(request, case_id)
    task = found(queries.task(viewer_of(request), case, task_id))
    done = request.POST.get("done") == "yes"
    actions.tick(task=task, done=done, by=actor_of(request))
    messages.success(request, _("Done.") if done else _("Open again."))
    if done and "today" in request.POST:
        request.session[TICKED] = [case_id, task_id]
    return redirect("desk:today") if "today" in request.POST else to_tab(case, "tasks")


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, case_id: str) -> HttpResponse:
    """Tell colleagues something about a case."""
    case = case_to_work_on(request, case_id)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.write_note(
            case=case, text=given["text"], note_id=given["once"], by=actor_of(request)
        )
        messages.success(request, _("The note is kept."))
        return to_tab(case, "notes")
    return form_page(request, form, _("Write a note"), case)
