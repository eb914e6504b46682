"""Looking at a part of the list: chip, label, channel, language, who answers; in which order."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import TypeAlias
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.inbox.channels import registry
from nyumbani.inbox.models.attention import SavedView
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.labels import ConversationLabel
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.queries.attention import come_back
from nyumbani.inbox.queries.joins import holding
from nyumbani.inbox.queries.listing import behind, shown
from nyumbani.inbox.queries.recent import marked
from nyumbani.inbox.terms import Order, Show
from nyumbani.kit import ids
from nyumbani.kit.paging import SIZE, Page, page
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.terms import Language

# A row as pages hold it: pages never import tables.
View: TypeAlias = SavedView

_REST = "r."  # a cursor into what stands below the part shown first


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is let through: empty fields let through everything."""

    show: Show = Show.ALL
    order: Order = Order.NEWEST
    label: str = ""
    channel: str = ""
    language: str = ""
    answers: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """As it stands in an address: the chip, and whatever else is not the usual."""
        rest = {name: str(value) for name, value in asdict(self).items() if value}
        if self.order == Order.NEWEST:
            del rest["order"]
        return rest

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        return urlencode(self.asked)

    @property
    def is_wide(self) -> bool:
        """Whether it is one of the chips and nothing more."""
        return not (self.label or self.channel or self.language or self.answers)


def asked_for(viewer: Viewer, given: Mapping[str, str]) -> Sieve:  # noqa: ARG001 - opens nothing
    """The sieve an address asks for; what makes no sense is left out."""
    show, order = given.get("show", ""), given.get("order", "")
    label, answers = given.get("label", ""), given.get("answers", "")
    channel, language = given.get("channel", ""), given.get("language", "")
    return Sieve(
        Show(show) if show in Show.values else Show.ALL,
        Order(order) if order in Order.values else Order.NEWEST,
        label if ids.is_id(label) else "",
        channel if channel in registry.kinds() else "",
        language if language in Language.values else "",
        answers if ids.is_id(answers) else "",
    )


def sifted(viewer: Viewer, sieve: Sieve) -> QuerySet[Conversation]:
    """The threads a sieve lets through."""
    wanted = Q()
    if sieve.label:
        labelled = ConversationLabel.objects.filter(label=sieve.label, label__ended_at=None)
        inside = labelled.filter(
            threads_open_to(viewer, "conversation__person"), conversation__joined_to__gt=""
        )
        wanted &= Q(pk__in=labelled.values("conversation")) | Q(
            pk__in=inside.values("conversation__joined_to")
        )
    if sieve.answers:
        wanted &= holding(viewer, Q(owner=sieve.answers))
    if sieve.language:
        # Codes stand in quotes, so that one is not found inside another.
        wanted &= Q(person__languages__icontains=f'"{sieve.language}"')
    if sieve.channel:
        here = Q(space=sieve.channel) | Q(space__startswith=f"{sieve.channel}:")
        reach = Identifier.objects.filter(here, person=OuterRef("person"), until=None)
        wanted &= Q(Exists(reach.order_by()))
    return shown(viewer, sieve.show).filter(wanted)


def walk(
    viewer: Viewer, sieve: Sieve, *, cursor: str | None = None, size: int = SIZE
) -> Page[Conversation]:
    """One page of it. First what came back from being laid aside or, asked for, who is in danger.

    Both are walked by key like the rest, and nothing stands twice.
    """
    rows, first = sifted(viewer, sieve), _first(viewer, sieve)
    walked = partial(page, by="last_at", dress=partial(_with_what_happened, viewer))
    if first is None:
        return walked(rows, cursor=cursor, size=size)
    rest = rows.exclude(first)
    if cursor and cursor.startswith(_REST):
        return _below(walked(rest, cursor=cursor.removeprefix(_REST), size=size))
    top = walked(rows.filter(first), cursor=cursor, size=size)
    if top.older:
        return top
    found = _below(walked(rest, size=max(size - len(top.items), 1)))
    return Page([*top.items, *found.items], found.older)


def views(viewer: Viewer) -> list[SavedView]:
    """The views the viewer keeps, then those that colleagues share with the house."""
    if not viewer.may_read_cases:
        return []
    rows = SavedView.objects.filter(Q(owner=viewer.staff_id) | Q(is_shared=True))
    return sorted(rows.select_related("owner"), key=lambda row: row.owner_id != viewer.staff_id)


def own_view(viewer: Viewer, view_id: str) -> SavedView | None:
    """One of the views the viewer keeps."""
    return SavedView.objects.filter(owner=viewer.staff_id, pk=view_id).first()


def sieve_of(viewer: Viewer, view: SavedView) -> Sieve:  # noqa: ARG001 - found for them
    """What a saved view lets through."""
    return Sieve(
        Show(view.show), Order(view.order), view.label, view.channel, view.language, view.answers
    )


def _first(viewer: Viewer, sieve: Sieve) -> Q | None:
    if sieve.order == Order.URGENT:
        return behind(viewer, Show.DANGER)
    return come_back(viewer) if sieve.show in {Show.WAITING, Show.MINE} else None


def _with_what_happened(viewer: Viewer, rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
    return marked(viewer, rows).select_related("person", "owner")


def _below(found: Page[Conversation]) -> Page[Conversation]:
    return Page(found.items, f"{_REST}{found.older}" if found.older else None)
