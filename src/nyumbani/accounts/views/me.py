"""One's own account: name, language, sessions."""

from typing import Any

from allauth.usersessions import views as sessions
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts import queries
from nyumbani.accounts.actions import own
from nyumbani.accounts.forms import DetailsForm
from nyumbani.accounts.terms import NotPossible
from nyumbani.accounts.viewers import actor_of, in_language, or_404, viewer_of


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """What is written about oneself, and the ways to change it."""
    mine = queries.own_account(viewer_of(request))
    start = {"display_name": mine.display_name, "language": mine.language}
    form = DetailsForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            own.change_details(**form.cleaned_data, by=actor_of(request))
        except NotPossible as why:
            form.add_error("display_name", str(why))
        else:
            messages.success(request, _("Saved."))
            return in_language(redirect("accounts:me"), form.cleaned_data["language"])
    return render(request, "accounts/me.html", {"mine": mine, "form": form})


class Sessions(sessions.ListUserSessionsView):  # type: ignore[misc]
    """Where one is signed in; the button ends all the others."""

    template_name = "accounts/sessions.html"

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401, ARG002
        """End all sessions but this one."""
        keep = str(self.request.session.session_key)
        own.end_other_sessions(keep=keep, by=actor_of(self.request))
        return redirect("usersessions_list")


@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's sessions."""
    or_404(own.end_session(session_id=session_id, by=actor_of(request)))
    return redirect("usersessions_list")
