"""The ways through the house: each room that has pages adds its door when it starts.

`ui` lies below every room and knows none of them, so rooms call `register` from their
`AppConfig.ready()` and pages receive the doors through `nyumbani.ui.context`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from nyumbani.ui.icons import ICONS

Words = str | Promise
MaySee = Callable[[HttpRequest], bool]


def _everybody(request: HttpRequest) -> bool:  # noqa: ARG001 - the shape of MaySee
    return True


@dataclass(frozen=True, slots=True)
class Door:
    """An entry of the main navigation, as a room declares it."""

    order: int
    label: Words
    url_name: str
    icon: str
    phone: bool
    menu: bool
    may_see: MaySee = field(compare=False)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one page shows it."""

    label: Words
    url: str
    icon: str
    phone: bool
    menu: bool
    current: bool


_doors: dict[str, Door] = {}
_banners: list[str] = []


def register(
    order: int,
    label: Words,
    url_name: str,
    icon: str,
    *,
    phone: bool = False,
    menu: bool = False,
    may_see: MaySee = _everybody,
) -> None:
    """Add a door to the navigation, the smallest `order` first.

    `label` comes from gettext_lazy. With `phone` it stands in the bar at the foot of a phone's
    page (four fit), otherwise a phone finds it under More; with `menu` it is found only there, on
    every screen. `may_see` decides for a request; hiding a door closes nothing: the view does.
    Registering a `url_name` again replaces it. ValueError for an icon there is not.
    """
    if icon not in ICONS:
        raise ValueError(f"no icon named {icon!r}")
    _doors[url_name] = Door(order, label, url_name, icon, phone, menu, may_see)


def add_banner(template: str) -> None:
    """Lay a template over the top of every page (the demo's clock, say), once."""
    if template not in _banners:
        _banners.append(template)


def banners() -> list[str]:
    """The templates that lie over every page."""
    return list(_banners)


def links(request: HttpRequest) -> list[Link]:
    """The doors this request may see, in order; the one it stands in is `current`."""
    doors = [
        door for door in sorted(_doors.values(), key=lambda d: d.order) if door.may_see(request)
    ]
    urls = [reverse(door.url_name) for door in doors]
    here = max((url for url in urls if _leads_to(url, request.path)), key=len, default=None)
    return [
        Link(door.label, url, door.icon, door.phone, door.menu, url == here)
        for door, url in zip(doors, urls, strict=True)
    ]


def _leads_to(url: str, path: str) -> bool:
    """Whether `path` is the page behind `url` or one deeper; the front page has no deeper ones."""
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
