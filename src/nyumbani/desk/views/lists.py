"""One page of the list of conversations, as its address asks for it."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import cached_property

from nyumbani.accounts.viewers import viewer_of
from nyumbani.inbox.queries import labels, listing
from nyumbani.inbox.queries.sieve import Sieve, View, asked_for, sieve_of, views, walk
from nyumbani.inbox.queries.tallies import Tally, tallies
from nyumbani.inbox.terms import Show
from nyumbani.kit.paging import SIZE, Page


class List:
    """The list: what is let through, its page, its mark, and what else could be shown."""

    def __init__(self, request: HttpRequest, size: int = SIZE, open_person: str = "") -> None:
        self.viewer, self.size, self.open_person = viewer_of(request), size, open_person
        self.given = request.GET
        self.cursor = request.GET.get("cursor") if not open_person else None

    @cached_property
    def views(self) -> list[View]:
        """The chips somebody keeps."""
        return views(self.viewer)

    @cached_property
    def view(self) -> View | None:
        """The saved view that is open; asked for nothing, the one that opens first."""
        asked = self.given.get("view", "")
        if not asked and (self.given or self.open_person):
            return None
        if not asked:
            mine = self.viewer.staff_id
            return next(
                (one for one in self.views if one.is_default and one.owner_id == mine), None
            )
        return next((one for one in self.views if one.pk == asked), None)

    @cached_property
    def wanted(self) -> Sieve:
        """What is asked for, with a label that may have vanished."""
        return (
            asked_for(self.viewer, self.given)
            if self.view is None
            else sieve_of(self.viewer, self.view)
        )

    @cached_property
    def label(self) -> labels.Word | None:
        """The label that is asked for, if the house still has it."""
        return labels.label(self.viewer, self.wanted.label) if self.wanted.label else None

    @property
    def has_lost_label(self) -> bool:
        """Whether a label is asked for that the house has no more."""
        return bool(self.wanted.label) and self.label is None

    @cached_property
    def sieve(self) -> Sieve:
        """What is let through. Without its label a view shows too much rather than nothing."""
        if not self.has_lost_label:
            return self.wanted
        return asked_for(self.viewer, {**self.wanted.asked, "label": ""})

    @property
    def show(self) -> Show:
        """The chip."""
        return self.sieve.show

    @cached_property
    def query(self) -> str:
        """The address of this part of the list, to be asked for again."""
        return urlencode({"view": self.view.pk}) if self.view else self.wanted.query

    @cached_property
    def found(self) -> Page[listing.Queried]:
        """The conversations of this page."""
        return walk(self.viewer, self.sieve, cursor=self.cursor, size=self.size)

    @cached_property
    def glance(self) -> listing.Glance:
        """What the page and its mark rest on."""
        return listing.glance(self.viewer, self.found.items)

    @cached_property
    def page(self) -> Page[listing.Row]:
        """The lines: alarm and danger first, then the newest."""
        rows = listing.rows_at(self.viewer, self.glance)
        return Page(listing.gravest_first(self.viewer, rows), self.found.older)

    @cached_property
    def tallies(self) -> dict[Show, Tally]:
        """How much stands behind each chip."""
        return tallies(self.viewer)

    @cached_property
    def stamp(self) -> str:
        """Changes when the list would look different; empty where older pages are read."""
        return "" if self.cursor else listing.stamp(self.viewer, self.glance, self.tallies)

    @property
    def chips(self) -> list[tuple[Show, Tally]]:
        """What else could be shown, and how much of it there is."""
        return list(self.tallies.items())
