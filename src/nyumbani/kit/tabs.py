"""The tabs of a case page: each room that knows something about cases adds its own when it starts.

The page itself stands in `desk`, which lies above every room. So rooms register here, from their
`AppConfig.ready()`, and the page asks here: neither needs to know the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

# Viewer and case belong to rooms above this floor; the tab's own room knows their types.
Render = Callable[[HttpRequest, Any, Any], str]
Count = Callable[[Any, Any], int]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: `render(request, viewer, case)` gives its HTML, `count(viewer, case)` its figure."""

    name: str  # as it stands in the address
    label: str | Promise
    order: int
    render: Render = field(compare=False)
    count: Count | None = field(default=None, compare=False)


_tabs: dict[str, Tab] = {}


def register(tab: Tab) -> None:
    """Add a tab to every case page; registering a name again replaces it."""
    _tabs[tab.name] = tab


def tabs() -> list[Tab]:
    """All tabs, in order; the first is what a case page opens with."""
    return sorted(_tabs.values(), key=lambda tab: tab.order)


def tab(name: str) -> Tab | None:
    """The tab of this name; the first one where no name is given."""
    return _tabs.get(name) if name else next(iter(tabs()), None)
