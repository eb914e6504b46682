"""The gallery's pages. What happens to locks, leaves and polls is counted, for the tests to see."""

import datetime as dt
from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines

from nyumbani.ui.plots import Point

HERE = Path(__file__).parent
NOW = dt.datetime(2014, 7, 14, 6, 0, tzinfo=dt.UTC)


def held() -> dt.datetime:
    """The gallery lives on 14 July 2014, 09:00 in Nairobi, and stays there."""
    return NOW


happened: list[str] = []
news: list[str] = []  # what the next poll finds


class ContactForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As she writes it herself.")
    place = forms.CharField(label="Place", required=False)
    number = forms.CharField(label="Telephone", widget=forms.TextInput(attrs={"type": "tel"}))
    language = forms.ChoiceField(
        label="Language", choices=[("sw", "Kiswahili"), ("ar", "العربية")], widget=forms.Select
    )
    safe = forms.ChoiceField(
        label="Is it safe to write now?",
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known yet")],
        widget=forms.RadioSelect,
    )
    channels = forms.MultipleChoiceField(
        label="Channels", choices=[("wa", "WhatsApp"), ("fb", "Messenger")],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    agrees = forms.BooleanField(label="She agreed to be written to")
    words = forms.CharField(label="What she said", widget=forms.Textarea(attrs={"rows": 3}))


class Older:
    older = "a-cursor"


GROWTH = [
    Point(dt.date(2014, 7, 14), 1, "the first message"),
    Point(dt.date(2014, 11, 20), 16, "her WhatsApp group"),
    Point(dt.date(2014, 11, 30), 31, "word had spread"),
]


def draw(request: HttpRequest, name: str, **more: object) -> HttpResponse:
    happened.append(f"{request.method} {request.path}")
    text = (HERE / f"{name}.html").read_text()
    context = {
        "now": NOW,
        "earlier": NOW - dt.timedelta(hours=3),
        "closes": NOW + dt.timedelta(hours=23, minutes=51),
        "growth": GROWTH,
        "long": Older(),
        **more,
    }
    return HttpResponse(engines["django"].from_string(text).render(context, request))


def gallery(request: HttpRequest) -> HttpResponse:
    bad = ContactForm({"language": "sw", "number": "12"})
    return draw(request, "gallery", form=ContactForm(auto_id="fresh_%s"), bad=bad)


def inbox(request: HttpRequest) -> HttpResponse:
    closes = NOW + dt.timedelta(minutes=2 if "soon" in request.GET else 23 * 60 + 51)
    return draw(request, "inbox", here=request.GET.get("here", "thread"), closes=closes)


def public(request: HttpRequest) -> HttpResponse:
    return draw(request, "public", form=ContactForm())


def poll(request: HttpRequest) -> HttpResponse:
    return HttpResponse(news.pop()) if news else HttpResponse(status=204)


def lock(request: HttpRequest) -> HttpResponse:
    happened.append(f"lock {request.method}")
    return HttpResponse("<!doctype html><html lang=en><title>Locked</title><p>Locked")


def stay(request: HttpRequest) -> HttpResponse:
    happened.append(f"stays {request.method}{' by itself' if 'X-Poll' in request.headers else ''}")
    return HttpResponse(status=204)


def leave(request: HttpRequest) -> HttpResponse:
    happened.append(f"leave {request.method}")
    return HttpResponse(status=204)


def jump(request: HttpRequest) -> HttpResponse:
    happened.append(f"jump {request.method} {request.POST.get('q')}")
    return HttpResponse("<!doctype html><html lang=en><title>Found</title><p>Found")
