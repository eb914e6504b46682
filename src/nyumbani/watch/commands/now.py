"""`nyumbani watch now | look`: for whoever looks after the machine, who reads no case.

People stand here by their numbers (P-12, NYB-3), as the ledger has them; only staff by name.
"""

import datetime as dt
from typing import Any

from nyumbani.kit import clock
from nyumbani.kit.console import GOOD, say, say_json
from nyumbani.watch.actions import sweeping
from nyumbani.watch.actions.sweeping import WATCH
from nyumbani.watch.queries import house


def tell(at: dt.datetime | None, *, json: bool = False) -> int:
    """Print who is silent, what climbs and who is on duty at that moment."""

    with clock.at(at or clock.now()):
        found = _found()
    if json:
        say_json(found)
    else:
        say(*_lines(found))
    return GOOD


def look(*, json: bool = False) -> int:
    """Go round once."""

    looked = sweeping.look(by=WATCH)
    if json:
        say_json(
            {"raised": looked.raised, "settled": looked.settled,
             "catching_up": looked.is_catching_up}
        )  # fmt: skip
        return GOOD
    rest = "; what came while the watch slept is read first" if looked.is_catching_up else ""
    say(f"{looked.raised} raised, {looked.settled} settled{rest}.")
    return GOOD


def _found() -> dict[str, Any]:

    now, viewer = clock.now(), house.MACHINE
    asleep = house.sleep(viewer)
    return {
        "at": now.isoformat(),
        "looked_at": asleep.looked_at and asleep.looked_at.isoformat(),
        "asleep": asleep.is_asleep,
        "on_duty": list(house.on_duty(viewer)),
        "silent": [
            {
                "person": str(row.person), "since": row.since.isoformat(),
                "limit_minutes": row.minutes, "raised_at": row.raised_at.isoformat(),
            }
            for row in house.silent(viewer)
        ],
        "climbing": [
            {
                "what": one.what.value, "person": str(one.person), "since": one.since.isoformat(),
                "with": one.climb.rank.name.lower(),
                "next": one.climb.next_rank.name.lower() if one.climb.next_rank else None,
                "next_at": one.climb.next_at.isoformat() if one.climb.next_at else None,
            }
            for one in house.climbing(viewer)
        ],
    }  # fmt: skip


def _lines(found: dict[str, Any]) -> list[str]:
    on_duty = ", ".join(found["on_duty"]) or "nobody"
    lines = [f"On duty: {on_duty}."]
    if found["asleep"]:
        lines.append(f"The watch does not look; it looked last {found['looked_at'] or 'never'}.")
    lines += [
        f"silent   {one['person']} since {one['since']} (limit {one['limit_minutes']} min)"
        for one in found["silent"]
    ]
    lines += [
        f"climbing {one['person']} {one['what']} since {one['since']}, with {one['with']}"
        for one in found["climbing"]
    ]
    return lines if len(lines) > 1 else [*lines, "Nobody is silent, nothing climbs."]
