"""Women who have no telephone: on whose they write, so that they are found all the same."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.inbox.models.attribution import MessagePerson
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.queries.attribution import standing_writers
from nyumbani.people import queries as people
from nyumbani.people.models.persons import Person
from nyumbani.people.queries import Called

MOST = 200
"""Rows of such a list: so many women without a telephone are a page of their own."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody without a conversation of her own, on one telephone of somebody else's."""

    called: Called
    owner: Called  # whose telephone it is
    message: str  # the id of the newest she wrote there
    at: dt.datetime
    count: int
    waits_since: dt.datetime | None  # nobody has answered on that telephone since she wrote


def apart(viewer: Viewer) -> list[Apart]:
    """Whom the viewer may know of, on telephones they may read; who wrote last comes first."""
    return _rows(viewer, _said(viewer)) if viewer.may_read_cases else []


def apart_called(viewer: Viewer, words: str) -> list[Apart]:
    """Those of them who are called so."""
    said = _said(viewer)
    known = cases.people(viewer).filter(pk__in=said.order_by().values("person"))
    if not viewer.may_read_cases or not words.strip():
        return []
    return _rows(viewer, said.filter(person__in=people.called_like(viewer, known, words)))


def _said(viewer: Viewer) -> QuerySet[MessagePerson]:
    own = Conversation.objects.filter(person=OuterRef("person")).order_by()
    return standing_writers(viewer).filter(
        ~Exists(own), threads_open_to(viewer, "message__conversation__person"),
        threads_open_to(viewer, "person"),
    )  # fmt: skip


def _rows(viewer: Viewer, said: QuerySet[MessagePerson]) -> list[Apart]:
    pairs = list(
        said.order_by().values("person", "message__conversation")
        .annotate(count=Count("message", distinct=True), newest=Max("message__sent_at"))
        .order_by("-newest", "person")[:MOST]
    )  # fmt: skip
    threads = Conversation.objects.filter(pk__in=[one["message__conversation"] for one in pairs])
    phones = {row.pk: row for row in threads.select_related("person")}
    hers = Person.objects.filter(pk__in=[one["person"] for one in pairs])
    called = people.names_of(viewer, [*hers, *(row.person for row in phones.values())])
    newest = _newest(said.filter(message__conversation__in=list(phones)))
    return [
        Apart(
            called[one["person"]], called[phones[one["message__conversation"]].person_id],
            newest[one["person"], one["message__conversation"]], one["newest"], one["count"],
            _waits(phones[one["message__conversation"]], one["newest"]),
        )
        for one in pairs
    ]  # fmt: skip


def _newest(said: QuerySet[MessagePerson]) -> Mapping[tuple[str, str], str]:
    rows = said.order_by("message__sent_at", "message__place", "message")
    return {
        (person, thread): message
        for person, thread, message in rows.values_list(
            "person", "message__conversation", "message"
        )
    }


def _waits(phone: Conversation, newest: dt.datetime) -> dt.datetime | None:
    since = phone.waiting_since
    return since if since is not None and newest >= since else None
