"""The stage: the act as a timeline, a slider to play it, what is asserted, whose part one has."""

import hashlib
from collections.abc import Collection

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nyumbani.accounts.terms import INVENTED
from nyumbani.accounts.viewers import Viewer, actor_of, viewer_of
from nyumbani.drill import flow, queries
from nyumbani.drill.actions import NotReady
from nyumbani.drill.forms import HOURS, PlayForm, TimeForm
from nyumbani.drill.queries import checks, timeline
from nyumbani.drill.script.acts import STEPS
from nyumbani.drill.stage.cues import Again, Look, Scene
from nyumbani.drill.stage.intercom import NotOnStage, StageGone
from nyumbani.drill.views.doors import only_in_demo
from nyumbani.inbox.actions.writing import NotWritten
from nyumbani.inbox.templatetags.inbox import why_not


@only_in_demo
@require_GET
def stage(request: HttpRequest) -> HttpResponse:
    """Where the story stands, and every way to go on."""
    viewer = viewer_of(request)
    try:
        scene = flow.ask(Look())
    except StageGone:
        return gone(request)
    done = queries.steps_done(viewer, scene)
    shown = {
        "day": timeline.today(),
        "hours": timeline.hours(),
        "acts": timeline.acts(viewer, done),
        "position": timeline.position(done),
        "steps": len(STEPS),
        **_asserted(viewer, scene, done),
        "stretches": HOURS,
        "parts": [(role, name) for role, (_username, name) in INVENTED.items()],
        "viewer": viewer,
    }
    return render(request, "drill/stage.html", shown)


@only_in_demo
@require_GET
def checks_now(request: HttpRequest) -> HttpResponse:
    """What is asserted if it stands otherwise than on the page that asks, else nothing at all."""
    viewer = viewer_of(request)
    try:
        scene = flow.ask(Look())
        shown = _asserted(viewer, scene, queries.steps_done(viewer, scene))
    except StageGone:
        return HttpResponse(status=204)
    if shown["stamp"] == request.GET.get("since"):
        return HttpResponse(status=204)
    return render(request, "drill/parts/checks.html", shown)


def _asserted(viewer: Viewer, scene: Scene, done: Collection[int]) -> dict[str, object]:
    act = timeline.act_at(timeline.position(done))
    found = checks.checks(viewer, scene, act.numbers)
    return {
        "act": act,
        "checks": found,
        "stamp": hashlib.sha256(repr(found).encode()).hexdigest()[:16],
    }


@only_in_demo
@require_POST
def play(request: HttpRequest) -> HttpResponse:
    """Play the story up to a step; what has happened already is left as it is."""
    form = PlayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such step."))
        return redirect("drill:stage")
    try:
        count = flow.play_to(form.cleaned_data["to"] - 1, by=actor_of(request))
    except StageGone:
        return gone(request)
    except NotWritten as refusal:
        messages.error(request, _("The answer may not leave: %s") % why_not(refusal.answer))
    except (NotReady, NotOnStage):
        messages.error(request, _("This step rests on something that has not happened here."))
    except flow.StillBusy:
        messages.error(request, _("The house is still busy with what came before. Try again."))
    else:
        _say_what_was_played(request, count)
    return redirect("drill:stage")


def _say_what_was_played(request: HttpRequest, count: int) -> None:
    if count:
        said = ngettext("%(n)d step was played.", "%(n)d steps were played.", count)
        messages.success(request, said % {"n": count})
    else:
        messages.info(
            request,
            _(
                "That has happened, and what has happened cannot be undone. Start again to see it"
                " from the beginning."
            ),
        )


@only_in_demo
@require_POST
def pass_time(request: HttpRequest) -> HttpResponse:
    """Let some of the story's time pass, so that windows close and tasks fall due."""
    form = TimeForm(request.POST)
    if form.is_valid():
        flow.let_time_pass(form.time())
    return redirect("drill:stage")


@only_in_demo
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Begin anew: another house, the same people, the first message.

    The browser's next request waits at the door until the new house opens it.
    """
    try:
        flow.ask(Again())
    except StageGone:
        return gone(request)
    return redirect("accounts:demo")


@only_in_demo
@login_not_required
@require_GET
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """204 once the first message can be read, 202 before: the command waits for it."""
    return HttpResponse(status=204 if queries.is_open(queries.PRODUCER) else 202)


def gone(request: HttpRequest) -> HttpResponse:
    """Say that nobody is on the stage."""
    return render(request, "drill/gone.html", status=503)
