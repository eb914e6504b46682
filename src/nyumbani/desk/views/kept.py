"""Choosing what the list shows, and keeping that choice as a view."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts import queries as accounts
from nyumbani.accounts.viewers import Viewer, actor_of, or_404, viewer_of
from nyumbani.desk.forms import ViewForm
from nyumbani.inbox.actions import views as acts
from nyumbani.inbox.channels import registry
from nyumbani.inbox.queries import labels, sieve
from nyumbani.kit.found import found
from nyumbani.people.terms import Language


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose what the list shows; with a name, keep it."""
    viewer = viewer_of(request)
    or_404(viewer.may_read_cases)
    now = sieve.asked_for(viewer, request.GET)
    form = ViewForm(request.POST or None, offered=_offered(viewer), initial=now.asked)
    if request.method == "POST" and form.is_valid():
        wanted = sieve.asked_for(viewer, form.cleaned_data)
        if not form.cleaned_data["name"]:
            return redirect(f"{reverse('desk:inbox')}?{wanted.query}")
        kept = _keep(request, form, wanted)
        if kept is not None:
            return redirect(f"{reverse('desk:inbox')}?view={kept.pk}")
    mine = [one for one in sieve.views(viewer) if one.owner_id == viewer.staff_id]
    shown = {"form": form, "views": mine, "makes_labels": labels.may_make_labels(viewer)}
    return render(request, "desk/views.html", shown)


@require_POST
def change(request: HttpRequest, view_id: str) -> HttpResponse:
    """Let the inbox open with a view of one's own, or keep it no longer."""
    view = found(sieve.own_view(viewer_of(request), view_id))
    if "drop" in request.POST:
        acts.drop_view(view=view, by=actor_of(request))
        messages.success(request, _("The view is gone."))
    else:
        acts.open_first(view=view, by=actor_of(request))
        messages.success(request, _("Your inbox opens with it from now on."))
    return redirect("desk:views")


def _keep(request: HttpRequest, form: ViewForm, wanted: sieve.Sieve) -> sieve.View | None:
    given = form.cleaned_data
    try:
        return acts.keep_view(
            name=given["name"], sieve=wanted, is_shared=given["is_shared"],
            is_default=given["is_default"], by=actor_of(request),
        )  # fmt: skip
    except acts.TooMany:
        form.add_error("name", _("You keep twelve views. Let go of one first."))
        return None


def _offered(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    return {
        "label": [(one.pk, str(one.name)) for one in labels.labels(viewer)],
        "channel": [(kind, _(registry.channel(kind).label)) for kind in registry.kinds()],
        "language": list(Language.choices),
        "answers": [(one.staff_id, one.display_name) for one in accounts.colleagues(viewer)],
    }
