"""The phones of the story's people: what lies on them, and a visitor's fingers on the keys."""

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nyumbani.drill import flow
from nyumbani.drill.forms import DEEDS, ChangeForm, DeedForm, WriteForm
from nyumbani.drill.script.acts import CAST
from nyumbani.drill.stage.cues import (
    Cue,
    Deed,
    Do,
    Edit,
    Look,
    PhoneShown,
    Scene,
    TakeBack,
    Write,
)
from nyumbani.drill.stage.intercom import NotOnStage, StageGone
from nyumbani.drill.views.doors import only_in_demo
from nyumbani.drill.views.stage import gone
from nyumbani.kit.found import found


@only_in_demo
@require_GET
def phones(request: HttpRequest) -> HttpResponse:
    """Everybody who has a phone in the story."""
    try:
        scene = flow.ask(Look())
    except StageGone:
        return gone(request)
    return render(request, "drill/phones.html", {"phones": _with_people(scene)})


@only_in_demo
@require_GET
def phone(request: HttpRequest, key: str) -> HttpResponse:
    """One phone, drawn as one: what she sees, and a box to type in her name."""
    return _phone(request, key, WriteForm())


@only_in_demo
@require_GET
def chat(request: HttpRequest, key: str) -> HttpResponse:
    """What lies on the phone if that has changed, else nothing at all."""
    try:
        shown = found(flow.ask(Look()).phone(key))
    except StageGone:
        return HttpResponse(status=204)
    if _stamp(shown) == request.GET.get("since"):
        return HttpResponse(status=204)
    return render(request, "drill/parts/chat.html", _on_screen(shown))


@only_in_demo
@require_POST
def write(request: HttpRequest, key: str) -> HttpResponse:
    """She writes: a signed webhook knocks at the real door."""
    form = WriteForm(request.POST)
    if not form.is_valid():
        return _phone(request, key, form)
    return _cue(request, key, Write(phone=key, text=form.cleaned_data["text"]))


@only_in_demo
@require_POST
def do(request: HttpRequest, key: str) -> HttpResponse:
    """She does something else with her phone."""
    form = DeedForm(request.POST)
    if not form.is_valid():
        return redirect("drill:phone", key)
    return _cue(request, key, Do(phone=key, deed=form.chosen()))


@only_in_demo
@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """She edits a message of hers or takes it back."""
    form = ChangeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("An edited message needs words."))
        return redirect("drill:phone", key)
    message, text = form.cleaned_data["message"], form.cleaned_data["text"]
    if form.cleaned_data["what"] == "edit":
        return _cue(request, key, Edit(phone=key, message=message, text=text))
    return _cue(request, key, TakeBack(phone=key, message=message))


def _cue(request: HttpRequest, key: str, cue: Cue) -> HttpResponse:
    try:
        flow.ask(cue)
    except StageGone:
        return gone(request)
    except NotOnStage:
        messages.error(request, _("That cannot be done on this phone."))
    return redirect("drill:phone", key)


def _phone(request: HttpRequest, key: str, form: WriteForm) -> HttpResponse:
    try:
        scene = flow.ask(Look())
    except StageGone:
        return gone(request)
    shown = found(scene.phone(key))
    page = {
        **_on_screen(shown),
        "form": form,
        "deeds": [(deed.value, *DEEDS[deed]) for deed in _possible(shown)],
        "phones": _with_people(scene),
        "here": key,
    }
    return render(request, "drill/phone.html", page)


def _on_screen(shown: PhoneShown) -> dict[str, object]:
    return {"phone": shown, "person": CAST[shown.key], "stamp": _stamp(shown)}


def _with_people(scene: Scene) -> list[tuple[PhoneShown, object]]:
    return [(one, CAST[one.key]) for one in scene.phones]


def _possible(shown: PhoneShown) -> list[Deed]:
    """What this phone can do now, in the order of the buttons."""
    if not shown.is_on:
        return [Deed.ON]
    if shown.channel == "sms":
        return [Deed.OPEN, Deed.OFF]
    on_others = [Deed.VOICE, Deed.PHOTO, Deed.PLACE]
    on_whatsapp = [Deed.ONCE, Deed.NUMBER] if shown.channel == "whatsapp" else []
    return [Deed.OPEN, *on_others, *on_whatsapp, Deed.OFF]


def _stamp(shown: PhoneShown) -> str:
    return hashlib.sha256(shown.model_dump_json().encode()).hexdigest()[:16]
