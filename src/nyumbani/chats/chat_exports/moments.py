"""What a header's date and time mean, in which order day and month stand, and how sure that is."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from nyumbani.chats.chat_exports import words
from nyumbani.chats.chat_exports.marks import SPACES, bare

_FIRST_YEAR, _LAST_YEAR = 2009, 2099  # WhatsApp began in 2009
_NUMBER = re.compile(r"\d+")
_NO_SPACES = {ord(sign): None for sign in SPACES}


def _plain(word: str) -> str:
    return bare(word).translate(_NO_SPACES).casefold().strip(".")


_AFTER_NOON = frozenset(_plain(word) for word in words.AFTER_NOON)
_BEFORE_NOON = frozenset(_plain(word) for word in words.BEFORE_NOON)


class Order(StrEnum):
    """In which order a date's numbers stand."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True)
class Reading:
    """The order chosen, why, and whether somebody must be asked."""

    order: Order
    why: str
    is_sure: bool
    others: tuple[Order, ...] = ()  # that would fit as well


def date_of(text: str, order: Order) -> dt.date | None:
    """The day these numbers mean in that order; None if there is no such day."""
    numbers = [int(found) for found in _NUMBER.findall(text)]
    if len(numbers) != 3:
        return None
    day, month, year = (numbers[order.index(part)] for part in "dmy")
    if year < 100:
        year += 2000
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def time_of(text: str) -> tuple[int, int, int] | None:
    """Hour, minute, second of a header's time, 12 or 24 hours; None if there is no such time."""
    numbers = [int(found) for found in _NUMBER.findall(text)]
    hour, minute, second = (*numbers, 0)[:3]
    word = _plain(_NUMBER.sub("", text).replace(":", "").strip("." + SPACES))
    if word in _AFTER_NOON:
        hour = hour % 12 + 12 if hour <= 12 else hour
    elif word in _BEFORE_NOON:
        hour = hour % 12 if hour <= 12 else hour
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour, minute, second


def reading_of(days: Sequence[str], *, is_twelve_hours: bool) -> Reading:
    """Which order these dates, in the order of the file, stand in.

    A number above 12 decides, or that time would otherwise run backwards. If neither does, the
    custom of the form is taken and `is_sure` is False: whoever imports must be asked.
    """
    fits = _fitting(days)
    if len(fits) == 1:
        return Reading(fits[0], "only so is every date a day", is_sure=True)
    backwards = {order: _steps_back(date_of(day, order) for day in days) for order in fits}
    least = min(backwards.values())
    forward = [order for order in fits if backwards[order] == least]
    if len(forward) == 1:
        worse = min(steps for order, steps in backwards.items() if order != forward[0])
        why = f"read otherwise, time would run backwards {worse - least} times more"
        return Reading(forward[0], why, is_sure=True)
    custom = Order.MDY if is_twelve_hours and "/" in "".join(days[:1]) else Order.DMY
    order = custom if custom in forward else forward[0]
    others = tuple(one for one in forward if one is not order)
    same = all(date_of(day, order) == date_of(day, one) for one in others for day in days)
    return Reading(order, "day and month could stand either way", same, () if same else others)


def _fitting(days: Sequence[str]) -> list[Order]:
    """The orders in which most of these are days.

    Not simply all: a line typed inside a message may look like a header and mean no day. The year
    is taken to stand first only where it has four digits, or where nothing else fits.
    """
    good = {order: sum(date_of(day, order) is not None for day in days) for order in Order}
    if sum(len(_NUMBER.search(day)[0]) == 4 for day in days) * 2 > len(days):  # type: ignore[index]
        return [Order.YMD]
    most = max(good[Order.DMY], good[Order.MDY])
    if most * 2 < good[Order.YMD]:
        return [Order.YMD]
    return [order for order in (Order.DMY, Order.MDY) if good[order] == most]


def _steps_back(days: Iterable[dt.date | None]) -> int:
    known = [day for day in days if day is not None]
    return sum(later < earlier for earlier, later in pairwise(known))
