"""One telephone, several people: who wrote a message, and of whom it speaks."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nyumbani.accounts.viewers import Viewer, actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.cases.queries import KnownPerson, lists
from nyumbani.inbox import queries
from nyumbani.inbox.actions import attributing
from nyumbani.inbox.actions.attributing import Newcomer
from nyumbani.inbox.forms.sharing import NEWCOMER, AboutForm, WriterForm
from nyumbani.inbox.queries import apart, attribution
from nyumbani.inbox.queries.lines import told, told_once
from nyumbani.inbox.terms import Way
from nyumbani.kit.found import found
from nyumbani.kit.paging import page
from nyumbani.people import queries as people
from nyumbani.ui import words

_SNIPPET = 60
_SIZE = 30


@require_http_methods(["GET", "POST"])
def say_writer(request: HttpRequest, person_id: str, message_id: str) -> HttpResponse:
    """From this message to that one somebody else wrote on her telephone."""
    viewer = viewer_of(request)
    message = _message(request, person_id, message_id)
    form = _writer_form(request, message)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        count = attributing.say_writer(
            first=message, last=found(queries.message(viewer, given["last"])),
            writer=_chosen(viewer, given["writer"], given["called"]), act=given["once"],
            by=actor_of(request),
        )  # fmt: skip
        if count:
            said = ngettext(
                "Written down for %(n)s message.", "Written down for %(n)s messages.", count
            )
            messages.success(request, said % {"n": count})
        return _back(message)
    return _page(request, message, form, _about_form(request, message))


@require_POST
def say_about(request: HttpRequest, person_id: str, message_id: str) -> HttpResponse:
    """This message speaks of several people."""
    message = _message(request, person_id, message_id)
    form = _about_form(request, message)
    if not form.is_valid():
        return _page(request, message, _writer_form(request, message), form)
    chosen = [cases.person(viewer_of(request), one) for one in form.cleaned_data["people"]]
    attributing.say_about(
        message=message, spoken_of=[one for one in chosen if one], act=form.cleaned_data["once"],
        by=actor_of(request),
    )  # fmt: skip
    return _back(message)


@require_POST
def take_back(request: HttpRequest, act: str) -> HttpResponse:
    """Take back what was said at once of some messages."""
    viewer = viewer_of(request)
    owner = found(attribution.telephone_of(viewer, act))
    found(cases.person_to_write_about(viewer, owner.pk))
    attributing.take_back(act=act, about=owner, by=actor_of(request))
    messages.success(request, _("Taken back. It stands again as it stood before."))
    return redirect("desk:thread", owner.pk)


@require_safe
def elsewhere(request: HttpRequest, person_id: str) -> HttpResponse:
    """What she wrote on other people's telephones, and what was written about her there."""
    viewer = viewer_of(request)
    person = found(cases.person(viewer, person_id))
    rows = attribution.elsewhere(viewer, person)
    here = page(rows, by="sent_at", then="place", cursor=request.GET.get("cursor"), size=_SIZE)
    record(by=actor_of(request), verb="messages.elsewhere_seen", about=f"person:{person_id}")
    owners = [one.conversation.person for one in here.items]
    called = people.names_of(viewer, [person, *owners])
    shown = {
        "person": person, "called": called[person.pk], "page": here,
        "lines": [
            (line, called[line.message.conversation.person_id])
            for line in told(viewer, here.items) if line.message
        ],
    }  # fmt: skip
    return render(request, "inbox/elsewhere.html", shown)


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Women who have no telephone, each with whose she writes on."""
    viewer = viewer_of(request)
    or_404(viewer.may_read_cases)
    rows = apart.apart(viewer)
    record(by=actor_of(request), verb="shared.seen", about="page:shared", people=len(rows))
    return render(request, "inbox/shared.html", {"apart": rows})


def _message(request: HttpRequest, person_id: str, message_id: str) -> queries.Sent:
    """One of her messages, for somebody who may write about her."""
    viewer = viewer_of(request)
    message = found(queries.message(viewer, message_id))
    or_404(message.conversation.person_id == person_id and message.way == Way.IN)
    found(cases.person_to_write_about(viewer, person_id))
    return message


def _back(message: queries.Sent) -> HttpResponse:
    address = reverse("desk:thread", args=[message.conversation.person_id])
    return redirect(f"{address}?at={message.pk}#m-{message.pk}")


def _page(
    request: HttpRequest, message: queries.Sent, form: WriterForm, about: AboutForm
) -> HttpResponse:
    viewer = viewer_of(request)
    record(by=actor_of(request), verb="message.seen", about=f"message:{message.pk}")
    shown = {
        "message": message, "line": found(told_once(viewer, message)), "form": form,
        "about_form": about, "acts": attribution.acts_on(viewer, message),
    }  # fmt: skip
    return render(request, "inbox/whose.html", shown)


def _writer_form(request: HttpRequest, message: queries.Sent) -> WriterForm:
    viewer = viewer_of(request)
    inside = list(cases.cases_of(viewer, message.conversation.person))
    new = [
        (f"{NEWCOMER}{case.pk}", _("somebody new, in %(case)s") % {"case": case})
        for case in inside if cases.belongs_to(viewer, case)
    ]  # fmt: skip
    ends = [(one.pk, _said(one, message)) for one in attribution.ends_after(viewer, message)]
    return WriterForm(
        request.POST or None, ends=ends,
        writers=[*_people(request, message), *(new or [(NEWCOMER, _("somebody new"))])],
    )  # fmt: skip


def _about_form(request: HttpRequest, message: queries.Sent) -> AboutForm:
    return AboutForm(request.POST or None, auto_id="about_%s", people=_people(request, message))


def _people(request: HttpRequest, message: queries.Sent) -> Iterable[tuple[str, str]]:
    """Whom to choose from: her, the people of her cases, and who wrote on her telephone before."""
    viewer, owner = viewer_of(request), message.conversation.person
    inside = list(cases.cases_of(viewer, owner))
    writers = {one.person_id for one in attribution.writers_on(viewer, [message.conversation])}
    others = cases.people(viewer).filter(pk__in=writers)
    called = people.names_of(viewer, [owner, *others])
    chosen = {key: f"{one.label} {one.name}".strip() for key, one in called.items()}
    for case in inside:
        chosen |= dict(lists.people_to_choose(viewer, case))
    return chosen.items()


def _chosen(viewer: Viewer, given: str, called: str) -> KnownPerson | Newcomer:
    """Who it is: somebody known, or somebody new in a case or in none."""
    if not given.startswith(NEWCOMER):
        return found(cases.person(viewer, given))
    case_id = given.removeprefix(NEWCOMER)
    return Newcomer(found(cases.case_to_work_on(viewer, case_id)) if case_id else None, called)


def _said(one: queries.Sent, first: queries.Sent) -> str:
    """A message in a line of a list of choices."""
    if one.pk == first.pk:
        return _("this message alone")
    text = " ".join(str(one.text).split())[:_SNIPPET] or one.content
    return f"{words.moment(one.sent_at).short} · {text}"
