"""How somebody may be written to without endangering her, and what to do when her word comes."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.domain.safe_contact import Rule
from nyumbani.inbox import queries
from nyumbani.inbox.actions import alarms
from nyumbani.inbox.channels import registry
from nyumbani.inbox.forms.safe import SafeContactForm, SettleForm, filled_with
from nyumbani.kit.found import found
from nyumbani.people import actions as people
from nyumbani.people.agreed import Agreed
from nyumbani.people.queries import names_of, safe_contact_of


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, person_id: str) -> HttpResponse:
    """Write down what was agreed with her about writing to her."""
    viewer = viewer_of(request)
    person = found(cases.person_to_write_about(viewer, person_id))
    channels = [
        (kind, _(registry.channel(kind).label))
        for kind in registry.kinds()
        if registry.channel(kind).reachable_by
    ]
    agreed = safe_contact_of(viewer, person)
    form = SafeContactForm(request.POST or None, channels=channels, initial=filled_with(agreed))
    if request.method == "POST" and form.is_valid():
        people.agree_on_contact(person=person, agreed=_agreed(form), by=actor_of(request))
        messages.success(request, _("Written down. From now on nothing leaves against it."))
        return redirect("desk:person", person_id)
    record(by=actor_of(request), verb="person.safe_contact_seen", about=f"person:{person_id}")
    shown = {"form": form, "person": person, "called": names_of(viewer, [person])[person.pk]}
    return render(request, "inbox/safe_contact.html", shown)


@require_POST
def settle(request: HttpRequest, alarm_id: str) -> HttpResponse:
    """Say what is known of her and what was done, so that she may be written to again."""
    alarm = found(queries.alarm(viewer_of(request), alarm_id))
    person_id = alarm.conversation.person_id
    cases.person_to_write_about(viewer_of(request), person_id)
    form = SettleForm(request.POST)
    if form.is_valid():
        alarms.settle(alarm=alarm, how=form.cleaned_data["how"], by=actor_of(request))
    else:
        messages.error(request, _("Say what you know of her now, and what was done."))
    return redirect("desk:thread", person_id)


def _agreed(form: SafeContactForm) -> Agreed:
    given = form.cleaned_data
    rule = Rule(
        ZoneInfo(given["zone"]), form.times(), frozenset(given["channels"]), given["never_begun"]
    )
    return Agreed(
        rule, given["cover"], given["code_word"], given["duress_word"], given["phone_shared"],
        given["remarks"], may_say=frozenset(given["may_say"]),
    )  # fmt: skip
