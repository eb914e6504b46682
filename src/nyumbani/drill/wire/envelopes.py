"""From items to the raw bytes of a webhook."""

import datetime as dt
import json
from collections.abc import Sequence
from random import Random

from nyumbani.drill.wire import messenger, whatsapp
from nyumbani.drill.wire.doors import Channel
from nyumbani.drill.wire.parts import Item, Shape


def written(payload: Shape) -> bytes:
    r"""JSON as the platform writes it: everything but ASCII as lower-case \uXXXX, slashes as \/.

    Whoever checks the signature over anything but these very bytes fails on the first emoji.
    """
    # A slash can only stand inside a string, where the backslash is legal.
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def body(items: Sequence[Item], at: dt.datetime, dice: Random | None = None) -> bytes:
    """The body of one webhook that carries these items of one door."""
    if items[0].door.channel is Channel.WHATSAPP:
        return written(whatsapp.envelope(items, dice))
    return written(messenger.envelope(items, at, dice))
