"""The chats: which there are, what stands in one, who is who in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.chats import queries
from nyumbani.chats.actions import senders
from nyumbani.chats.forms import WhoForm
from nyumbani.chats.permissions import may_bring_in
from nyumbani.chats.queries import Sender, reading
from nyumbani.chats.queries.roster import roster
from nyumbani.kit.found import found
from nyumbani.kit.paging import page

_LINES = 60
"""Lines a page: it must come over a weak network."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The chats one may read, and the files that are not read yet."""
    viewer = viewer_of(request)
    or_404(viewer.may_read_cases)
    listed = page(queries.chats(viewer), by="brought_at", cursor=request.GET.get("cursor"))
    shown = {
        "rows": queries.rows(viewer, listed.items),
        "page": listed,
        "unread": queries.unread_exports(viewer),
        "may_bring_in": may_bring_in(viewer),
    }
    return render(request, "chats/index.html", shown)


@require_safe
def show(request: HttpRequest, chat_id: str) -> HttpResponse:
    """What stands in a chat, from its beginning."""
    viewer = viewer_of(request)
    chat = found(queries.chat(viewer, chat_id))
    record(by=actor_of(request), verb="chat.seen", about=f"chat:{chat_id}")
    listed = page(
        queries.lines(viewer, chat), by="shown_at", then="place", size=_LINES, newest_first=False,
        cursor=request.GET.get("cursor"),
    )  # fmt: skip
    [row] = queries.rows(viewer, [chat])
    shown = {
        "row": row,
        "chat": chat,
        "exports": queries.exports_of(viewer, chat),
        "page": listed,
        "lines": reading.told(viewer, listed.items),
        "is_first": not request.GET.get("cursor"),
    }
    return render(request, "chats/chat.html", shown)


@require_safe
def people(request: HttpRequest, chat_id: str) -> HttpResponse:
    """Who wrote in a chat, and who that is."""
    viewer = viewer_of(request)
    chat = found(queries.chat(viewer, chat_id))
    record(by=actor_of(request), verb="chat.roster_seen", about=f"chat:{chat_id}")
    entries = roster(viewer, chat)
    shown = {
        "chat": chat,
        "entries": entries,
        "said": sum(one.sender.lines for one in entries),
        "told": sum(one.is_told for one in entries),
        "may_work": queries.may_work_on(viewer, chat),
    }
    return render(request, "chats/people.html", shown)


@require_http_methods(["GET", "POST"])
def say_who(request: HttpRequest, chat_id: str, sender_id: str) -> HttpResponse:
    """Say who a sender is: a person known by number, or somebody new."""
    viewer = viewer_of(request)
    sender = found(queries.sender_to_work_on(viewer, chat_id, sender_id))
    form = WhoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _said(request, sender, form):
        messages.success(request, _("Written down. You can take it back at any time."))
        return redirect("chats:people", chat_id)
    record(by=actor_of(request), verb="chat.roster_seen", about=f"chat:{chat_id}")
    return render(request, "chats/who.html", {"form": form, "sender": sender, "chat": sender.chat})


@require_POST
def take_back(request: HttpRequest, chat_id: str, sender_id: str) -> HttpResponse:
    """Leave it open again who a sender is."""
    sender = found(queries.sender_to_work_on(viewer_of(request), chat_id, sender_id))
    senders.take_back(sender=sender, by=actor_of(request))
    messages.success(request, _("It is open again who this is."))
    return redirect("chats:people", chat_id)


def _said(request: HttpRequest, sender: Sender, form: WhoForm) -> bool:
    """Whether it was written down; a number unknown to this viewer is said at its field."""
    viewer, number = viewer_of(request), form.cleaned_data["number"]
    if number is None:
        senders.say_new(sender=sender, part=form.cleaned_data["part"], by=actor_of(request))
        return True
    person = cases.person_to_join(viewer, number)
    if person is None:
        form.add_error("number", _("There is no person of this number that you may know of."))
        return False
    senders.say_who(sender=sender, person=person, by=actor_of(request))
    return True
