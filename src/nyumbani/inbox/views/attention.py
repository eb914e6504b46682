"""Labels of the house and on a conversation; laying a conversation aside until it comes back."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.cases import queries as cases
from nyumbani.domain.coming_back import next_opening, tomorrow_morning
from nyumbani.inbox import queries
from nyumbani.inbox.actions import labels as acts
from nyumbani.inbox.actions import wholes
from nyumbani.inbox.forms.attention import LabelForm, SnoozeForm
from nyumbani.inbox.queries import labels
from nyumbani.kit import clock
from nyumbani.kit.found import found
from nyumbani.people.agreed import Agreed
from nyumbani.people.queries import safe_contact_of


def snooze_form(agreed: Agreed, data: QueryDict | None = None) -> SnoozeForm:
    """When a conversation may come back, for what was agreed with her."""
    now = clock.now()
    times = {
        "hour": now + dt.timedelta(hours=1),
        "three": now + dt.timedelta(hours=3),
        "tomorrow": tomorrow_morning(now, get_current_timezone()),
    }
    opens = next_opening(agreed.rule, now)
    if opens is not None:
        times["safe"] = opens
    return SnoozeForm(data, times=times, now=now, auto_id="aside_%s")


@require_POST
def lay_aside(request: HttpRequest, person_id: str) -> HttpResponse:
    """Lay a conversation aside until a time."""
    thread = _to_work_on(request, person_id)
    agreed = safe_contact_of(viewer_of(request), thread.person)
    form = snooze_form(agreed, request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a time within the coming month."))
        return redirect("desk:thread", person_id)
    until = form.cleaned_data["until"]
    wholes.lay_all_aside(thread=thread, until=until, by=actor_of(request))
    messages.success(request, _("Laid aside. It comes back then, or at once when she writes."))
    return redirect("desk:thread", person_id)


@require_POST
def take_back(request: HttpRequest, person_id: str) -> HttpResponse:
    """A conversation is not laid aside any more."""
    thread = _to_work_on(request, person_id)
    wholes.take_all_back(thread=thread, by=actor_of(request))
    messages.success(request, _("It stands in the list as before."))
    return redirect("desk:thread", person_id)


@require_POST
def label(request: HttpRequest, person_id: str) -> HttpResponse:
    """Put a label on a conversation, or take it off."""
    thread = _to_work_on(request, person_id)
    word = labels.label(viewer_of(request), request.POST.get("label", ""))
    if word is None:
        messages.error(request, _("That label is gone. Choose another."))
    elif "off" in request.POST:
        wholes.take_off_all(label=word, thread=thread, by=actor_of(request))
    else:
        acts.put_on(label=word, thread=thread, by=actor_of(request))
    return redirect("desk:thread", person_id)


@require_http_methods(["GET", "POST"])
def house_labels(request: HttpRequest) -> HttpResponse:
    """The labels the house has, and a new one."""
    viewer = viewer_of(request)
    or_404(labels.may_make_labels(viewer))
    form = LabelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = acts.make_label(name=given["name"], kind=given["kind"], by=actor_of(request))
        if made is not None:
            messages.success(request, _("The house has this label now."))
            return redirect("inbox:labels")
        form.add_error("name", _("There is a label of this name already."))
    uses = labels.uses(viewer)
    shown = {
        "form": form,
        "labels": [(one, uses.get(one.pk, 0)) for one in labels.labels(viewer)],
    }
    return render(request, "inbox/labels.html", shown)


@require_POST
def end_label(request: HttpRequest, label_id: str) -> HttpResponse:
    """The house uses a label no more."""
    viewer = viewer_of(request)
    or_404(labels.may_make_labels(viewer))
    acts.end_label(label=found(labels.label(viewer, label_id)), by=actor_of(request))
    messages.success(request, _("The label is gone from every conversation."))
    return redirect("inbox:labels")


def _to_work_on(request: HttpRequest, person_id: str) -> queries.Thread:
    """The conversation, for who may write about her."""
    viewer = viewer_of(request)
    thread = found(queries.thread_with(viewer, person_id))
    found(cases.person_to_write_about(viewer, person_id))
    return thread
