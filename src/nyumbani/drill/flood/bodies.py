"""A deterministic flood of signed webhooks, as badly ordered as a bad week brings them."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from random import Random

from nyumbani.drill.flood.people import Happened, Life
from nyumbani.drill.flood.truth import Truth
from nyumbani.drill.wire import envelopes
from nyumbani.drill.wire.dice import dice
from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.parts import Item

STARTS = dt.datetime(2014, 7, 14, 5, 0, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Weather:
    """How bad the week is."""

    days: float = 4.0  # in which everything happens
    jitter: float = 6.0  # hours by which items overtake each other
    batch: tuple[int, int] = (1, 50)  # items in one body
    single: float = 0.0  # share of bodies that hold one item, as most do on a quiet day
    duplicates: float = 0.20  # share of items that come twice, in other bodies
    late: float = 0.03  # share of items that come three days late; so do some duplicates
    moves: float = 0.05  # share of people who change their number


@dataclass(frozen=True, slots=True)
class Body:
    """One webhook, ready to post."""

    content: bytes
    signature: str  # X-Hub-Signature-256
    items: int


@dataclass(frozen=True, slots=True)
class Flood:
    """The bodies in the order they arrive, and what really happened."""

    bodies: tuple[Body, ...]
    truth: Truth
    items: int  # different ones
    doubled: int  # that come a second time


def flood(
    door: Door, *, items: int, people: int = 200, seed: int = 1, weather: Weather | None = None
) -> Flood:
    """At least `items` different webhook items of WhatsApp from that many people.

    The same arguments give the same bytes.
    """
    sky, chance, truth = weather or Weather(), dice(seed), Truth()
    happened = _happened(door, items, people, chance, truth, sky)
    arriving: list[tuple[float, int, Item]] = []
    doubled = 0
    for happening in happened:
        arriving.append((_arrives(happening.at, chance, sky), len(arriving), happening.item))
        if chance.random() < sky.duplicates:
            doubled += 1
            arriving.append((_arrives(happening.at, chance, sky), len(arriving), happening.item))
    arriving.sort(key=lambda arrival: arrival[:2])
    packed = _pack(door, [item for _, _, item in arriving], chance, sky)
    return Flood(tuple(packed), truth, len(happened), doubled)


def _happened(
    door: Door, items: int, people: int, chance: Random, truth: Truth, sky: Weather
) -> list[Happened]:
    lives = [Life(person, door, truth, chance) for person in range(people)]
    # A happening leaves 1.4 items on average: an answer brings an echo and up to three statuses.
    moments = sorted(chance.random() * sky.days for _ in range(max(1, round(items / 1.45))))
    moving = defaultdict(list)
    for life in chance.sample(lives, round(people * sky.moves)):
        moving[chance.randrange(len(moments))].append(life)
    for number, day in enumerate(moments):
        at = STARTS + dt.timedelta(days=day)
        for life in moving[number]:
            life.move(at)
        chance.choice(lives).live(at)
    short = items - sum(len(life.trail) for life in lives)
    for number in range(short):
        lives[number % people].write(STARTS + dt.timedelta(days=sky.days, seconds=number))
    return [happening for life in lives for happening in life.trail]


def _arrives(at: dt.datetime, chance: Random, sky: Weather) -> float:
    late = 72.0 if chance.random() < sky.late else 0.0
    return at.timestamp() + 3600 * (late + chance.random() * sky.jitter)


def _pack(door: Door, items: list[Item], chance: Random, sky: Weather) -> list[Body]:
    bodies: list[Body] = []
    start = 0
    while start < len(items):
        size = 1 if chance.random() < sky.single else chance.randint(*sky.batch)
        some = items[start : start + size]
        start += len(some)
        chance.shuffle(some)
        content = envelopes.body(some, STARTS, chance)
        bodies.append(Body(content, door.signature(content), len(some)))
    return bodies
