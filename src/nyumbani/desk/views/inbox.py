"""The inbox: the list, a conversation, and the small polls that keep both fresh."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_safe

from nyumbani.accounts.viewers import Viewer, actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.cases.queries import lists as caselists
from nyumbani.desk import queries
from nyumbani.desk.views.attention import Company, attention, seen_now, show_answer
from nyumbani.desk.views.lists import List
from nyumbani.desk.views.looks import looked
from nyumbani.desk.views.quiet import Quiet
from nyumbani.inbox import queries as inbox
from nyumbani.inbox.actions.wording import write_knowingly
from nyumbani.inbox.actions.writing import NotWritten, WrittenAlready, write_back
from nyumbani.inbox.forms.beside import AssignForm, NoteForm, ReplyForm
from nyumbani.inbox.forms.safe import SettleForm
from nyumbani.inbox.queries import Thread, attribution, joins, wording
from nyumbani.inbox.queries.lines import Line, lines, stamp
from nyumbani.inbox.queries.listing import owners_of
from nyumbani.inbox.templatetags.inbox import why_not
from nyumbani.inbox.views.attention import snooze_form
from nyumbani.kit import ids
from nyumbani.kit.found import found
from nyumbani.kit.paging import Page, page
from nyumbani.people import queries as people
from nyumbani.people.agreed import Agreed
from nyumbani.watch.queries import silences

_BESIDE = 25
"""How many conversations stand beside an open one."""

_STRETCH = 30
"""How many messages of a conversation are shown at a time: more than a telephone's two screens."""


class Stretch:
    """A stretch of one conversation, as its address asks for it."""

    def __init__(self, request: HttpRequest, thread: Thread) -> None:
        self.viewer, self.thread = viewer_of(request), thread
        self.cursor = request.GET.get("cursor") or None
        at = request.GET.get("at", "")
        self.at = inbox.message(self.viewer, at) if ids.is_id(at) else None

    @cached_property
    def page(self) -> Page[inbox.Sent]:
        """The messages, the newest first."""
        rows = inbox.messages(self.viewer, self.thread)
        if self.at is not None and joins.stands_in(self.viewer, self.at, self.thread):
            rows = inbox.messages_around(self.viewer, self.thread, self.at)
        return page(rows, by="sent_at", then="place", cursor=self.cursor, size=_STRETCH)

    @cached_property
    def lines(self) -> list[Line]:
        """What is shown of them, the oldest first, with notes among them."""
        oldest = self.page.older is None
        return lines(self.viewer, self.thread, self.page.items, is_oldest=oldest)

    @property
    def is_newest(self) -> bool:
        """Whether it ends with the newest message, and so is kept fresh."""
        return self.cursor is None and self.at is None

    @cached_property
    def stamp(self) -> str:
        """Changes when the stretch would look different."""
        return stamp(self.viewer, self.lines, self.thread)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Who wrote, how long they wait, who answers."""
    or_404(viewer_of(request).may_read_cases)
    shown = List(request)
    _looked(request, shown)
    return render(request, "desk/inbox.html", {"list": shown})


@require_safe
def list_news(request: HttpRequest) -> HttpResponse:
    """The list anew if it would look different, else nothing at all."""
    or_404(viewer_of(request).may_read_cases)
    beside = request.GET.get("beside", "")
    since, quiet = request.GET.get("since", ""), Quiet(request)
    if since and since == quiet.stamp:
        return HttpResponse(status=204)
    shown = List(request, _BESIDE, beside) if ids.is_id(beside) else List(request)
    quiet.keep(shown.stamp)
    if shown.stamp == since:
        return HttpResponse(status=204)
    _looked(request, shown)
    return render(request, "desk/parts/threads.html", {"list": shown})


@require_safe
def thread(request: HttpRequest, person_id: str) -> HttpResponse:
    """One conversation, with what belongs to it at its side."""
    viewer = viewer_of(request)
    open_thread = found(inbox.thread_with(viewer, person_id))
    main = joins.shown_in(viewer, open_thread)
    if main != open_thread:  # joined to another conversation of hers: there it stands
        asked = request.GET.urlencode()
        return redirect(reverse("desk:thread", args=[main.person_id]) + (asked and f"?{asked}"))
    phrase = wording.phrase_for(viewer, open_thread, request.GET.get("phrase", ""))
    return _thread(request, open_thread, ReplyForm(initial={"text": phrase}))


@require_safe
def thread_news(request: HttpRequest, person_id: str) -> HttpResponse:
    """The conversation's newest stretch if it would look different, else nothing at all."""
    viewer = viewer_of(request)
    open_thread = joins.shown_in(viewer, found(inbox.thread_with(viewer, person_id)))
    words, _dot, others = request.GET.get("since", "").partition(".")
    quiet, company = Quiet(request), Company(request, open_thread)
    if words and (words, others) == (quiet.stamp, company.stamp):
        return HttpResponse(status=204)
    stretch = Stretch(request, open_thread)
    quiet.keep(stretch.stamp)
    if (words, others) == (stretch.stamp, company.stamp):
        return HttpResponse(status=204)
    if words != stretch.stamp:  # that a colleague came is nothing new of hers
        record(by=actor_of(request), verb="thread.seen", about=f"person:{person_id}")
    shown = {
        "thread": open_thread, "stretch": stretch, "company": company, "viewer": viewer,
    } | _case(viewer, open_thread)  # fmt: skip
    return render(request, "desk/parts/flow.html", shown)


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, person_id: str) -> HttpResponse:
    """Write back; what cannot be sent stays in the box, with the reason above it."""
    viewer = viewer_of(request)
    open_thread = joins.shown_in(viewer, found(inbox.thread_with(viewer, person_id)))
    if request.method == "GET":  # somebody came back to a page that was an answer
        return redirect("desk:thread", person_id)
    or_404(viewer.may_send)
    if not joins.theirs(viewer, open_thread):
        cases.person_to_write_about(viewer, person_id)  # says why: only broken glass
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            if _write(request, open_thread, form):
                return redirect(reverse("desk:thread", args=[person_id]) + "#newest")
        except NotWritten as refusal:
            form.add_error("text", why_not(refusal.answer))
            show_answer(viewer, open_thread, form, refusal.answer)
    return _thread(request, open_thread, form)


def _looked(request: HttpRequest, shown: List) -> None:
    words = f"{shown.query}|{shown.cursor or ''}"
    looked(request, "inbox", words=words, people=len(shown.page.items))


def _write(request: HttpRequest, open_thread: Thread, form: ReplyForm) -> bool:
    """Write once, however often the page is sent; other words than before are another message.

    False: words that could betray her were found, and nobody has said yet that they may stand.
    """
    text, once = form.cleaned_data["text"], form.cleaned_data["once"]
    before = inbox.message(viewer_of(request), once)
    if before is not None:
        is_here = joins.stands_in(viewer_of(request), before, open_thread)
        if is_here and before.text == text.strip():
            return True
        once = ids.new()
    form.warned = wording.warned(viewer_of(request), open_thread, text)
    if form.warned and form.cleaned_data["words_anyway"] != form.warned.mark:
        return False
    write = partial(write_knowingly, kinds=form.warned.kinds) if form.warned else write_back
    with suppress(WrittenAlready):
        write(
            thread=open_thread, text=text, message_id=once, by=actor_of(request),
            override=form.cleaned_data["override"], seen=form.cleaned_data["seen"],
        )  # fmt: skip
    return True


def _thread(request: HttpRequest, open_thread: Thread, form: ReplyForm) -> HttpResponse:
    viewer = viewer_of(request)
    record(by=actor_of(request), verb="thread.seen", about=f"person:{open_thread.person_id}")
    form.fields["once"].initial = ids.new()
    form.fields["seen"].initial = seen_now(viewer, open_thread)
    stretch = Stretch(request, open_thread)
    shown = {
        "viewer": viewer,
        # Only its address: the list is asked for once the conversation can be read.
        "list": List(request, _BESIDE, open_thread.person_id),
        "thread": open_thread,
        "stretch": stretch,
        "composer": queries.composer(viewer, open_thread),
        "form": form,
        "settle_form": SettleForm(auto_id="settle_%s"),
    }
    hers = [line for line in stretch.lines if line.is_inbound and line.message]
    first = hers[0].message.pk if hers and hers[0].message else ""
    together = joins.conversations_in(viewer, open_thread)
    shown |= _side(viewer, open_thread, together) | {"first_message": first}
    shown |= attention(request, open_thread, stretch.lines, together)
    return render(request, "desk/thread.html", shown)


def _side(viewer: Viewer, open_thread: Thread, hers: Sequence[Thread]) -> dict[str, object]:
    """What stands beside a conversation: who she is, whose she may be, her cases, who answers."""
    person = open_thread.person
    pairs = caselists.pairs_of(viewer, [person.pk])
    owners = inbox.possible_owners(viewer, open_thread)
    agreed = people.safe_contact_of(viewer, person)
    reach = people.reaches_of(viewer, [one.person_id for one in hers])
    return {
        "agreed": agreed,
        "phrases": wording.phrases_for(viewer, open_thread, agreed.cover),
        "snooze_form": snooze_form(agreed),
        "watched": silences.watched(viewer, person),
        "alarms": inbox.alarms(viewer).filter(conversation__in=hers),
        "called": people.names_of(viewer, [person])[person.pk],
        "reach": [row for key in hers for row in reach.get(key.person_id, [])],
        "joins": joins.joins_in(viewer, open_thread) if len(hers) > 1 else [],
        "unread_joins": joins.unread_in(viewer, open_thread),
        "owners": owners_of(viewer, hers),
        "writers": attribution.writers_on(viewer, hers),
        "elsewhere": attribution.counts_elsewhere(viewer, [person.pk]).get(person.pk, 0),
        "questions": queries.questions(viewer, pairs),
        "assign_form": AssignForm(
            colleagues=[(one.staff_id, one.display_name) for one in owners],
        ),
        "note_form": NoteForm(
            auto_id="note_%s",
            colleagues=[
                (one.staff_id, one.display_name)
                for one in owners
                if one.staff_id != viewer.staff_id
            ],
        ),
        "may_be_mine": any(one.owner_id != viewer.staff_id for one in hers)
        and viewer.staff_id in {one.staff_id for one in owners},
    } | _case(viewer, open_thread, hers, agreed)


def _case(
    viewer: Viewer,
    open_thread: Thread,
    hers: Sequence[Thread] | None = None,
    agreed: Agreed | None = None,
) -> dict[str, object]:
    hers = joins.conversations_in(viewer, open_thread) if hers is None else hers
    inside = list(cases.cases_of(viewer, open_thread.person))
    facts = cases.facts_about(viewer, open_thread.person)[:5] if inside else []
    return {
        "cases": inside,
        "facts": facts,
        "has_nobody": not inside and cases.is_with_nobody(viewer, open_thread.person),
        "may_take_up": viewer.may_open_cases,
        "clocks": joins.clocks_of(viewer, hers, agreed),
        "may_write": cases.may_write_about(viewer, open_thread.person),
    }
