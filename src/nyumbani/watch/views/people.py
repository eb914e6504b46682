"""Who is silent, what climbs, and how long one person may be silent."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.cases.queries import KnownPerson
from nyumbani.kit.found import found
from nyumbani.people.queries import names_of, safe_contact_of
from nyumbani.watch.actions import people as verbs
from nyumbani.watch.forms import FoundOutForm, LimitForm, PauseForm, SignForm
from nyumbani.watch.queries import climbing, duty, silences

_SIGNS = 10


@require_safe
def watch(request: HttpRequest) -> HttpResponse:
    """Who is silent, who is expected to be, what climbs to the viewer, and who is on duty."""
    viewer = viewer_of(request)
    here = duty.on_duty(viewer)
    silent = silences.alarmed(viewer, silences.silences(viewer))
    shown = {
        "viewer": viewer,
        "sleep": silences.sleep(viewer),
        "on_duty": duty.names_on_duty(viewer, here),
        "is_mine": duty.is_on_duty(viewer, here),
        "gaps": duty.gaps(viewer),
        "silent": silent,
        "paused": silences.paused(viewer),
        "settled": silences.settled(viewer),
        "climbing": climbing.climbing(viewer, here),
    }
    if viewer.may_read_cases:
        record(by=actor_of(request), verb="list.seen", about="page:watch", people=len(silent))
    return render(request, "watch/watch.html", shown)


@require_safe
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """One person: her limit, her safe hours, the signs of her, and what may be done."""
    return _person(request, found(cases.person(viewer_of(request), person_id)))


@require_POST
def limit(request: HttpRequest, person_id: str) -> HttpResponse:
    """Agree on how long she may be silent; with `end`, what holds for her case holds again."""
    hers = found(cases.person_to_write_about(viewer_of(request), person_id))
    if "end" in request.POST:
        verbs.end_limit(person=hers, by=actor_of(request))
        return redirect("watch:person", person_id)
    return _done(request, hers, "limit", LimitForm(request.POST), verbs.agree_on_limit)


@require_POST
def pause(request: HttpRequest, person_id: str) -> HttpResponse:
    """Say until when her silence is expected; with `end`, it is expected no more."""
    hers = found(cases.person_to_write_about(viewer_of(request), person_id))
    if "end" in request.POST:
        verbs.end_pause(person=hers, by=actor_of(request))
        return redirect("watch:person", person_id)
    return _done(request, hers, "pause", PauseForm(request.POST), verbs.pause)


@require_POST
def sign(request: HttpRequest, person_id: str) -> HttpResponse:
    """Write down a sign of life that was no message; whoever is on duty may do so, too."""
    viewer = viewer_of(request)
    hers = found(cases.person(viewer, person_id))
    or_404(silences.may_note_sign(viewer, hers))
    return _done(request, hers, "sign", SignForm(request.POST), verbs.note_sign)


@require_POST
def settle(request: HttpRequest, person_id: str) -> HttpResponse:
    """Say what was found out about somebody who was silent."""
    viewer = viewer_of(request)
    hers = found(cases.person_to_write_about(viewer, person_id))
    form = FoundOutForm(request.POST)
    open_alarm = silences.silence(viewer, hers)
    if open_alarm is None:  # a second click, or she was heard meanwhile
        return redirect("watch:person", person_id)
    if not form.is_valid():
        return _person(request, hers, found_out=form)
    verbs.settle(silence=open_alarm, how=form.cleaned_data["how"], by=actor_of(request))
    messages.success(request, _("Settled. From now on her time counts anew."))
    return redirect("watch:person", person_id)


def _done(
    request: HttpRequest, hers: KnownPerson, name: str, form: forms.Form,
    verb: Callable[..., object],
) -> HttpResponse:  # fmt: skip
    if not form.is_valid():
        return _person(request, hers, **{name: form})
    verb(person=hers, by=actor_of(request), **form.cleaned_data)
    messages.success(request, _("Written down."))
    return redirect("watch:person", hers.pk)


def _person(request: HttpRequest, hers: KnownPerson, **filled: forms.Form) -> HttpResponse:
    viewer = viewer_of(request)
    record(by=actor_of(request), verb="watch.seen", about=f"person:{hers.pk}")
    watched = silences.watched(viewer, hers, signs=_SIGNS)
    known = watched.limit
    first = {"hours": known.hours, "waits": known.waits, "why": known.why} if known else {}
    shown = {
        "viewer": viewer,
        "person": hers,
        "called": names_of(viewer, [hers])[hers.pk],
        "agreed": safe_contact_of(viewer, hers),
        "watched": watched,
        "may_write": cases.may_write_about(viewer, hers),
        "may_note_sign": silences.may_note_sign(viewer, hers),
        "limit_form": filled.get("limit") or LimitForm(initial=first, auto_id="limit_%s"),
        "pause_form": filled.get("pause") or PauseForm(auto_id="pause_%s"),
        "sign_form": filled.get("sign") or SignForm(auto_id="sign_%s"),
        "found_out_form": filled.get("found_out") or FoundOutForm(auto_id="found_%s"),
        "filled": next(iter(filled.values()), None),
    }
    return render(request, "watch/person.html", shown)
