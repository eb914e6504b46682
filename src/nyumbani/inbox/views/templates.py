"""The template library, and sending one of its templates to somebody."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.domain.templates import filled
from nyumbani.inbox import queries
from nyumbani.inbox.actions import doors
from nyumbani.inbox.actions import templates as library
from nyumbani.inbox.actions.templates import NotKept
from nyumbani.inbox.actions.wording import write_template_knowingly
from nyumbani.inbox.actions.writing import NotWritten, WrittenAlready, write_template
from nyumbani.inbox.forms.templates import AccountForm, FilledForm, TemplateForm, WordsForm
from nyumbani.inbox.permissions import may_keep_templates
from nyumbani.inbox.queries import Thread, wording
from nyumbani.inbox.queries import library as shelf
from nyumbani.inbox.queries.joins import may_override_for
from nyumbani.inbox.queries.library import Words
from nyumbani.inbox.templatetags.inbox import why_not
from nyumbani.inbox.templatetags.library import why_not_kept
from nyumbani.kit.found import found
from nyumbani.people.queries import names_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every template: where it stands in each language, and what can be done about it."""
    viewer = viewer_of(request)
    or_404(may_keep_templates(viewer))
    accounts = [(one, AccountForm(initial=vars(one))) for one in shelf.accounts(viewer)]
    shown = {"templates": shelf.library(viewer), "accounts": accounts}
    return render(request, "inbox/templates.html", shown)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new template with its first words."""
    viewer = viewer_of(request)
    or_404(may_keep_templates(viewer))
    accounts = [(one.pk, one.label) for one in shelf.accounts(viewer)]
    form = TemplateForm(request.POST or None, accounts=accounts)

    def keep() -> None:
        given = form.cleaned_data
        account = found(shelf.account(viewer, given["account"]))
        library.begin_with(
            account=account, name=given["name"], category=given["category"],
            language=given["language"], body=given["body"], examples=form.given_examples,
            override=given["override"], by=actor_of(request),
        )  # fmt: skip

    return _kept(request, form, keep, {"title": _("New template")})


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, template_id: str) -> HttpResponse:
    """A template in a further language."""
    template = found(shelf.template(viewer_of(request), template_id))
    form = WordsForm(request.POST or None)

    def keep() -> None:
        given = form.cleaned_data
        library.write(
            template=template, language=given["language"], body=given["body"],
            examples=form.given_examples, override=given["override"], by=actor_of(request),
        )  # fmt: skip

    return _kept(request, form, keep, {"title": _("Another language"), "template": template})


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, words_id: str) -> HttpResponse:
    """Other words for a template, and what the platform said of it."""
    viewer = viewer_of(request)
    words = found(shelf.words(viewer, words_id))
    form = WordsForm(request.POST or None, words=words)

    def keep() -> None:
        given = form.cleaned_data
        library.change(
            words=words, body=given["body"], examples=form.given_examples,
            override=given["override"], by=actor_of(request),
        )  # fmt: skip

    shown = {"title": _("Other words"), "template": words.template, "words": words}
    return _kept(request, form, keep, shown | {"news": shelf.news(viewer, words)[:20]})


@require_POST
def submit(request: HttpRequest, words_id: str) -> HttpResponse:
    """Have the platform look at a template."""
    words = found(shelf.words(viewer_of(request), words_id))
    return _done(
        request, lambda: library.submit(words=words, by=actor_of(request)),
        _("On its way to the platform. What it says appears here."),
    )  # fmt: skip


@require_POST
def retire(request: HttpRequest, template_id: str) -> HttpResponse:
    """Offer a template to nobody any more; or, with `back`, again."""
    template, by = found(shelf.template(viewer_of(request), template_id)), actor_of(request)
    if request.POST.get("back"):
        library.bring_back(template=template, by=by)
    else:
        library.retire(template=template, by=by)
    return redirect("inbox:templates")


@require_POST
def refresh(request: HttpRequest, account_id: str) -> HttpResponse:
    """Have the platform asked for its list."""
    account = found(shelf.account(viewer_of(request), account_id))
    return _done(
        request, lambda: library.ask_for_list(account=account, by=actor_of(request)),
        _("The platform is being asked. Look again in a moment."),
    )  # fmt: skip


@require_POST
def describe(request: HttpRequest, account_id: str) -> HttpResponse:
    """Write down what the platform says of one of our numbers."""
    account = found(shelf.account(viewer_of(request), account_id))
    form = AccountForm(request.POST)
    if form.is_valid():
        doors.describe(account=account, by=actor_of(request), **form.cleaned_data)
        messages.success(request, _("Written down."))
    else:
        messages.error(request, _("Give digits only."))
    return redirect("inbox:templates")


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, person_id: str, words_id: str) -> HttpResponse:
    """Send an approved template to somebody, with its blanks filled."""
    viewer = viewer_of(request)
    thread = found(queries.thread_with(viewer, person_id))
    or_404(viewer.may_send)
    found(cases.person_to_write_about(viewer, person_id))
    words = found(shelf.offer(viewer, thread, words_id))
    may_override = may_override_for(viewer, thread)
    form = FilledForm(request.POST or None, words=words, may_override=may_override)
    if request.method == "POST" and form.is_valid():
        try:
            if _sent(request, thread, words, form):
                return redirect(reverse("desk:thread", args=[person_id]) + "#newest")
        except NotWritten as refusal:
            form.add_error(None, why_not(refusal.answer))
    record(by=actor_of(request), verb="person.template_seen", about=f"person:{person_id}")
    called = names_of(viewer, [thread.person])[thread.person_id]
    shown = {"form": form, "thread": thread, "words": words, "called": called}
    return render(request, "inbox/template_to.html", shown)


def _sent(request: HttpRequest, thread: Thread, words: Words, form: FilledForm) -> bool:
    """Send it once, however often the page is; False: what was filled in could betray her."""
    form.warned = wording.warned(viewer_of(request), thread, filled(words.body, form.values))
    if form.warned and form.cleaned_data["words_anyway"] != form.warned.mark:
        return False
    known = partial(write_template_knowingly, kinds=form.warned.kinds)
    write = known if form.warned else write_template
    with suppress(WrittenAlready):
        write(
            thread=thread, words=words, values=form.values, by=actor_of(request),
            message_id=form.cleaned_data["once"], override=form.cleaned_data.get("override", ""),
        )  # fmt: skip
    return True


def _kept(
    request: HttpRequest, form: forms.Form, keep: Callable[[], None], shown: dict[str, object]
) -> HttpResponse:
    """Keep what was filled in and go to the library; or show it again with the reason why not."""
    if request.method == "POST" and form.is_valid():
        try:
            keep()
        except NotKept as refusal:
            form.add_error(None, why_not_kept(refusal.answer, refusal.hits))
        else:
            messages.success(request, _("Kept. Nobody outside has seen it yet."))
            return redirect("inbox:templates")
    return render(request, "inbox/template_words.html", shown | {"form": form})


def _done(request: HttpRequest, act: Callable[[], None], told: str) -> HttpResponse:
    try:
        act()
    except NotKept as refusal:
        messages.error(request, why_not_kept(refusal.answer, refusal.hits))
    else:
        messages.success(request, told)
    return redirect("inbox:templates")
