"""What she allows: shown, asked for, taken back; and what is done without her consent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries
from nyumbani.cases.forms.consents import (
    GiveForm,
    NeverForm,
    OverrideForm,
    ReadForm,
    WishForm,
    WithdrawForm,
)
from nyumbani.cases.queries import KnownPerson
from nyumbani.cases.queries import consents as asked
from nyumbani.domain.consent.read_aloud import LANGUAGES, NEWEST, Reading, reading
from nyumbani.domain.consent.terms import Purpose
from nyumbani.kit.found import found
from nyumbani.people.actions import consents as people
from nyumbani.people.queries import consents, names_of


@require_safe
def consent(request: HttpRequest, person_id: str) -> HttpResponse:
    """Everything she ever agreed to, refused or took back, and what was done without her."""
    viewer = viewer_of(request)
    person = found(queries.person(viewer, person_id))
    record(by=actor_of(request), verb="person.consent_seen", about=f"person:{person_id}")
    wish = consents.wish_of(viewer, person)
    shown = {
        "card": asked.card(viewer, person),
        "overrides": consents.overrides_of(viewer, person),
        "may_write": queries.may_write_about(viewer, person),
        "may_override": asked.may_override_consent(viewer, person),
        "viewer": viewer,
        "wish_form": WishForm(initial={"level": wish.level if wish else None}),
    }
    return _page(request, person, "cases/consent.html", shown)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, person_id: str) -> HttpResponse:
    """Ask her: first for what and in which language, then what is read aloud and her answer."""
    person = _to_write_about(request, person_id)
    given = request.POST if request.method == "POST" else request.GET
    read = _reading(given.get("purpose", ""), given.get("language", ""), given.get("version", ""))
    if read is None:
        first = ReadForm(initial={"language": _language_of(person)})
        return _page(request, person, "cases/consent_ask.html", {"form": first})
    form = GiveForm(request.POST or None, purpose=read.purpose)
    if request.method == "POST" and form.is_valid():
        people.give_consent(
            person=person, use=form.use(), said=form.saying(read.language, read.version),
            until=form.cleaned_data["until"], by=actor_of(request),
            consent_id=form.cleaned_data["once"],
        )  # fmt: skip
        messages.success(request, _("Written down. She can take it back at any time."))
        return redirect("cases:consent", person_id)
    return _page(request, person, "cases/consent_give.html", {"form": form, "reading": read})


@require_http_methods(["GET", "POST"])
def never(request: HttpRequest, person_id: str) -> HttpResponse:
    """Write down to whom nothing of hers may ever go."""
    person = _to_write_about(request, person_id)
    form = NeverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people.say_never(
            person=person, recipient=form.recipient(), purpose=form.cleaned_data["purpose"],
            said=form.saying(), by=actor_of(request), consent_id=form.cleaned_data["once"],
        )  # fmt: skip
        messages.success(request, _("Written down. Nothing of hers goes there."))
        return redirect("cases:consent", person_id)
    shown = {"form": form, "title": _("Never to somebody"), "send": _("Write it down")}
    return _page(request, person, "cases/consent_form.html", shown)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, person_id: str, consent_id: str) -> HttpResponse:
    """She takes something back: asked once more, then it holds from this moment on."""
    person = _to_write_about(request, person_id)
    one = found(consents.consent_of(viewer_of(request), person, consent_id))
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        people.withdraw_consent(
            consent=one.row, reason=form.cleaned_data["reason"], by=actor_of(request)
        )
        messages.success(request, _("Taken back. From now on it is not used so any more."))
        return redirect("cases:consent", person_id)
    return _page(request, person, "cases/consent_withdraw.html", {"form": form, "one": one})


@require_POST
def wish(request: HttpRequest, person_id: str) -> HttpResponse:
    """Write down what she wants done with what she tells us."""
    person = _to_write_about(request, person_id)
    form = WishForm(request.POST)
    if form.is_valid():
        people.say_wish(person=person, level=form.cleaned_data["level"], by=actor_of(request))
        messages.success(request, _("Written down."))
    else:
        messages.error(request, _("Choose what she wants."))
    return redirect("cases:consent", person_id)


@require_http_methods(["GET", "POST"])
def override(request: HttpRequest, person_id: str) -> HttpResponse:
    """Say that it must be done without her consent, and why; others are told."""
    viewer, person = viewer_of(request), _to_write_about(request, person_id)
    or_404(asked.may_override_consent(viewer, person))
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        people.override_without_consent(
            person=person, use=form.use(), cause=given["cause"], reason=given["reason"],
            told=asked.told_of_override(viewer, person), by=actor_of(request),
            override_id=given["once"],
        )  # fmt: skip
        messages.success(request, _("Written down. The lead and the directors are told."))
        return redirect("cases:consent", person_id)
    shown = {
        "form": form, "title": _("Without her consent"), "send": _("Do it without her consent"),
        "warns": True,
    }  # fmt: skip
    return _page(request, person, "cases/consent_form.html", shown)


@require_POST
def second(request: HttpRequest, override_id: str) -> HttpResponse:
    """Say so too, as the second person; by who was told of it, or could have said it first."""
    viewer = viewer_of(request)
    row = found(consents.override(viewer, override_id))
    knows = queries.person(viewer, row.person_id) is not None
    may = knows and asked.may_override_consent(viewer, row.person)
    or_404(may or consents.was_told(viewer, row))
    if people.second_override(override=row, by=actor_of(request)):
        messages.success(request, _("You have said so too."))
    else:
        messages.error(request, _("Too late, or you said it first: somebody else must say so."))
    return redirect("cases:consent", row.person_id) if knows else redirect("desk:today")


@require_POST
def acknowledge(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Say that one has read of something done without consent."""
    notice = found(consents.override_notice(viewer_of(request), notice_id))
    people.acknowledge_override(notice=notice, by=actor_of(request))
    return redirect("desk:today")


def _to_write_about(request: HttpRequest, person_id: str) -> KnownPerson:
    """Her, to write something down; 404 for whoever may not know her, 403 behind broken glass."""
    return found(queries.person_to_write_about(viewer_of(request), person_id))


def _page(
    request: HttpRequest, person: KnownPerson, template: str, shown: dict[str, object]
) -> HttpResponse:
    called = names_of(viewer_of(request), [person])[person.pk]
    return render(request, template, shown | {"person": person, "called": called})


def _reading(purpose: str, language: str, version: str) -> Reading | None:
    """What is read to her; None: it is not chosen yet. What was being read stays what it was."""
    if purpose not in list(Purpose):
        return None
    known = int(version) if version.isascii() and version.isdigit() and len(version) < 6 else NEWEST
    return reading(Purpose(purpose), language, known)


def _language_of(person: KnownPerson) -> str:
    return next((code for code in person.languages if code in LANGUAGES), LANGUAGES[0])
