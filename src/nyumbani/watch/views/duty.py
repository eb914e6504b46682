"""The roster: who is on duty, who takes whose turn, what is missing; and the house's figures."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nyumbani.accounts.viewers import Viewer, actor_of, or_404, viewer_of
from nyumbani.kit.found import found
from nyumbani.ui import words
from nyumbani.watch.actions import duty as verbs
from nyumbani.watch.forms import FiguresForm, HandOverForm, ShiftForm
from nyumbani.watch.permissions import may_plan_duty
from nyumbani.watch.queries import duty, figures
from nyumbani.watch.queries.duty import Named


@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """Who is on duty; all staff may know."""
    return _roster(request)


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """A colleague is on duty at these hours."""
    viewer = viewer_of(request)
    or_404(may_plan_duty(viewer))
    form = _shift_form(viewer, request)
    if not form.is_valid():
        return _roster(request, shift=form)
    given = form.cleaned_data
    verbs.plan_shift(
        staff_id=given["staff"], tier=given["tier"], hours=form.hours, by=actor_of(request)
    )
    messages.success(request, _("It stands in the roster."))
    return redirect("watch:roster")


@require_POST
def end(request: HttpRequest, shift_id: str) -> HttpResponse:
    """A shift begins no more."""
    shift = found(duty.shift(viewer_of(request), shift_id))
    verbs.end_shift(shift=shift, by=actor_of(request))
    messages.success(request, _("It begins no more from today on."))
    return redirect("watch:roster")


@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """A colleague takes a turn: one's own, or, for those who plan, anybody's."""
    viewer = viewer_of(request)
    or_404(may_plan_duty(viewer) or bool(duty.turns_to_hand_over(viewer)))
    form = _hand_over_form(viewer, request)
    if not form.is_valid():
        return _roster(request, over=form)
    given, by = form.cleaned_data, actor_of(request)
    turn = found(duty.turn(viewer, given["turn"]))
    try:
        if given["other"]:
            other = found(duty.any_turn(viewer, given["other"]))
            verbs.swap(turn=turn, other=other, why=given["why"], by=by)
        else:
            verbs.hand_over(turn=turn, taker=given["to"], why=given["why"], by=by)
    except verbs.NotTheirs:
        form.add_error("turn", _("There are not two people for this: choose another turn."))
        return _roster(request, over=form)
    messages.success(request, _("Handed over."))
    return redirect("watch:roster")


@require_http_methods(["GET", "POST"])
def set_figures(request: HttpRequest) -> HttpResponse:
    """After how long somebody counts as silent or unanswered, and when it climbs to whom."""
    viewer = viewer_of(request)
    or_404(may_plan_duty(viewer))
    form = FiguresForm(
        request.POST or None, known=figures.figures(viewer), labels=figures.labels(viewer)
    )
    if request.method == "POST" and form.is_valid():
        for name, minutes in form.changed().items():
            verbs.set_figure(name=name, minutes=minutes, by=actor_of(request))
        messages.success(request, _("Written down."))
        return redirect("watch:figures")
    return render(request, "watch/figures.html", {"form": form})


def _roster(
    request: HttpRequest, shift: ShiftForm | None = None, over: HandOverForm | None = None
) -> HttpResponse:
    viewer = viewer_of(request)
    plans = may_plan_duty(viewer)
    shown = {
        "viewer": viewer,
        "roster": duty.roster(viewer),
        "plans": plans,
        "may_hand_over": bool(duty.turns_to_hand_over(viewer)),
        "shift_form": shift or (_shift_form(viewer) if plans else None),
        "over_form": over or _hand_over_form(viewer),
        "filled": shift or over,
    }
    return render(request, "watch/roster.html", shown)


def _shift_form(viewer: Viewer, request: HttpRequest | None = None) -> ShiftForm:
    colleagues = [(one.staff_id, one.display_name) for one in duty.able(viewer)]
    return ShiftForm(request.POST if request else None, colleagues=colleagues)


def _hand_over_form(viewer: Viewer, request: HttpRequest | None = None) -> HandOverForm:
    return HandOverForm(
        request.POST if request else None,
        turns=[(one.key, _said(one)) for one in duty.turns_to_hand_over(viewer)],
        others=[(one.key, _said(one)) for one in duty.all_turns(viewer)],
        colleagues=[(one.staff_id, one.display_name) for one in duty.able(viewer)],
    )


def _said(one: Named) -> str:
    """A turn in a word: who has it, from when."""
    return f"{one.who or one.was} · {words.moment(one.turn.begins).full}"
