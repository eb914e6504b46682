"""Places, clocks and lengths in words: `{% load places %}`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext, gettext_lazy

from nyumbani.domain.answers import Answer
from nyumbani.domain.maps.drawing import is_mapped
from nyumbani.domain.maps.places import Point, Wind, nearest
from nyumbani.inbox.places import found_in

register = template.Library()

_IN_TOWN = 2  # km
_LIES = {
    Wind.NORTH: gettext_lazy("%(km)s km north of %(town)s"),
    Wind.NORTH_EAST: gettext_lazy("%(km)s km north-east of %(town)s"),
    Wind.EAST: gettext_lazy("%(km)s km east of %(town)s"),
    Wind.SOUTH_EAST: gettext_lazy("%(km)s km south-east of %(town)s"),
    Wind.SOUTH: gettext_lazy("%(km)s km south of %(town)s"),
    Wind.SOUTH_WEST: gettext_lazy("%(km)s km south-west of %(town)s"),
    Wind.WEST: gettext_lazy("%(km)s km west of %(town)s"),
    Wind.NORTH_WEST: gettext_lazy("%(km)s km north-west of %(town)s"),
}
_NO_PLACE = {
    "no_coordinates": gettext_lazy("A place was sent, but without coordinates we can read."),
    "not_on_earth": gettext_lazy("A place was sent, but these coordinates do not exist."),
    "not_known_to_phone": gettext_lazy(
        "A place was sent, but the telephone did not know where it was."
    ),
}


@dataclass(frozen=True, slots=True)
class Pointed:
    """A place as the page shows it."""

    answer: Answer
    point: Point | None = None

    @property
    def has_map(self) -> bool:
        """Whether our map reaches it."""
        return self.point is not None and is_mapped(self.point)

    @property
    def written(self) -> str:
        """The coordinates as every map understands them."""
        if self.point is None:
            return ""
        return f"{_degrees(self.point.latitude)}, {_degrees(self.point.longitude)}"


@register.simple_tag
def pointed(place: Mapping[str, object]) -> Pointed:
    """`{% pointed line.place as point %}`: the place, or why it is none."""
    found = found_in(place)
    return Pointed(found.answer, found.point)


@register.simple_tag
def whereabouts(point: Pointed) -> SafeString:
    """`{% whereabouts point %}`: "12 km south-west of Tripoli", and the next town."""
    if point.point is None:
        return SafeString("")
    said = [_lies(one.km, one.wind, one.town.name) for one in nearest(point.point, 2)]
    coordinates = format_html('<bdi class="num" dir="ltr">{}</bdi>', point.written)
    return format_html("{} · {} · {}", *said, coordinates)


@register.filter
def why_no_place(answer: Answer) -> str:
    """`{{ point.answer|why_no_place }}`: why it cannot be shown."""
    return str(_NO_PLACE.get(answer.why, answer.why))


@register.simple_tag
def her_clock(moment: dt.datetime, zone: dt.tzinfo | None) -> SafeString:
    """`{% her_clock message.sent_at zone %}`: "hers 13:05", where her clock shows another time."""
    if zone is None:
        return SafeString("")
    there, here = moment.astimezone(zone), moment.astimezone(get_current_timezone())
    if there.utcoffset() == here.utcoffset():
        return SafeString("")
    said = format_html('<bdi class="num">{}</bdi>', f"{there:%H:%M}")
    return format_html("· {}", format_html(gettext("hers {time}"), time=said))


@register.filter
def of(mapping: Mapping[str, object] | None, key: str) -> object:
    """`{{ zones|of:person_id }}`: what a mapping has under a key; None where it has nothing."""
    return mapping.get(key) if mapping else None


@register.simple_tag
def length(seconds: int) -> str:
    """`{% length file.seconds %}`: "1:05"."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def is_ogg(mime_type: str) -> bool:
    """`{{ file.mime_type|is_ogg }}`: the kind WhatsApp and Telegram send voice notes in."""
    return mime_type.partition(";")[0].strip().lower() in {"audio/ogg", "application/ogg"}


def _degrees(value: float) -> str:
    """To a tenth of a metre at most, which is finer than any telephone knows."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _lies(km: float, wind: Wind, town: str) -> SafeString:
    named = format_html("<bdi>{}</bdi>", town)
    if km < _IN_TOWN:
        return format_html(gettext("in %(town)s").replace("%(town)s", "{}"), named)
    text = str(_LIES[wind]).replace("%(km)s", "{km}").replace("%(town)s", "{town}")
    return format_html(text, km=_round(km), town=named)


def _round(km: float) -> int:
    return round(km) if km < 100 else round(km / 10) * 10
