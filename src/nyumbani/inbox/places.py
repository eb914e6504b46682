"""A place as it came in a message: checked, and drawn."""

from collections.abc import Mapping

from nyumbani.domain.maps.drawing import is_mapped, svg_of
from nyumbani.domain.maps.places import Found, place_at


def found_in(place: Mapping[str, object]) -> Found:
    """The point a location message names, or why it names none."""
    return place_at(place.get("latitude"), place.get("longitude"))


def picture_of(place: Mapping[str, object]) -> str | None:
    """The map of its surroundings; None where there is no point, or our map does not reach."""
    point = found_in(place).point
    return svg_of(point) if point is not None and is_mapped(point) else None
