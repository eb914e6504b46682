"""Around an open conversation: its labels, when it comes back, who else is here, who answered."""

import hashlib
from collections.abc import Iterable, Sequence

from django.http import HttpRequest
from django.utils.functional import cached_property

from nyumbani.accounts.viewers import Viewer, actor_of, viewer_of
from nyumbani.domain.answers import Answer
from nyumbani.inbox.actions.attention import be_here, see
from nyumbani.inbox.actions.writing import NONE_SEEN
from nyumbani.inbox.forms.beside import ReplyForm
from nyumbani.inbox.queries import Sent, Thread, labels
from nyumbani.inbox.queries.attention import Here, mentions, newest_answer, others_here, snooze_of
from nyumbani.inbox.queries.lines import Line
from nyumbani.kit import clock

_WRITES = "2"
"""What a page says with its poll when there are words in its box; never which."""


class Company:
    """Who has a conversation open at this moment, whoever looks being one of them."""

    def __init__(self, request: HttpRequest, thread: Thread) -> None:
        self.viewer, self.thread = viewer_of(request), thread
        is_writing = request.headers.get("X-Poll") == _WRITES
        be_here(thread=thread, by=actor_of(request), is_writing=is_writing)

    @cached_property
    def others(self) -> list[Here]:
        """The colleagues."""
        return others_here(self.viewer, self.thread)

    @cached_property
    def stamp(self) -> str:
        """Changes when somebody comes, begins to write, stops or goes; empty if nobody is here."""
        told = [(one.staff_id, one.is_writing) for one in self.others]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:8] if told else ""


def attention(
    request: HttpRequest, thread: Thread, lines: Iterable[Line], hers: Sequence[Thread] = ()
) -> dict[str, object]:
    """What a conversation's page shows of all this; notes that name the viewer count as seen.

    `hers` are those that are shown as one with it: their labels stand here, and the first that
    comes back tells until when it is laid aside.
    """
    viewer = viewer_of(request)
    shown = {line.note.pk for line in lines if line.note}
    if shown:
        named = [one for one in mentions(viewer) if one.note_id in shown]
        see(mentions=named, by=actor_of(request))
    known = labels.labels(viewer)
    under = {one.pk: thread.pk for one in (thread, *hers)}
    put = labels.labels_of(viewer, [thread], under).get(thread.pk, []) if known else []
    aside = snooze_of(viewer, thread, hers)
    return {
        "company": Company(request, thread),
        "labels": put,
        "more_labels": [one for one in known if one not in put],
        "aside": aside,
        "is_back": aside is not None and aside.until <= clock.now(),
    }


def seen_now(viewer: Viewer, thread: Thread) -> str:
    """The newest answer of a colleague that this page shows, for its form to tell."""
    newest = newest_answer(viewer, thread)
    return newest.pk if newest else NONE_SEEN


def show_answer(viewer: Viewer, thread: Thread, form: ReplyForm, answer: Answer) -> None:
    """Put a colleague's answer that came meanwhile above the box; the next click knows of it."""
    if answer.why != "answered_meanwhile":
        return
    newest: Sent | None = newest_answer(viewer, thread)
    form.meanwhile = newest
    typed = {name: form.data[name] for name in form.data}
    form.data = typed | {"seen": newest.pk if newest else NONE_SEEN}
