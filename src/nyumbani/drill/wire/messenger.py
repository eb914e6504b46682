"""Messenger webhooks as the platform writes them (reference: messaging.md, part 2)."""

import base64
import datetime as dt
from collections.abc import Sequence
from random import Random

from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.parts import Item, Letter, Shape


def milliseconds(moment: dt.datetime) -> int:
    """A moment as webhooks write it: a number of milliseconds UTC."""
    return int(moment.timestamp() * 1000)


def message_id(dice: Random) -> str:
    """An id shaped like the platform's own."""
    return "m_" + base64.urlsafe_b64encode(dice.randbytes(48)).decode()


def item(door: Door, psid: str, at: dt.datetime, content: Shape) -> Item:
    """One messaging item of hers: a message, a reaction, an edit, a receipt."""
    shape: Shape = {
        "sender": {"id": psid},
        "recipient": {"id": door.account},
        "timestamp": milliseconds(at),
        **content,
    }
    return Item(door, shape, field="messaging", under="messaging")


def receipt(door: Door, psid: str, letter: Letter, state: str, at: dt.datetime) -> Item:
    """Delivered or read: everything of ours before the watermark, by time and not by message."""
    if state == "delivered":
        content: Shape = {"mids": [letter.id], "watermark": milliseconds(letter.at) + 1}
        return item(door, psid, at, {"delivery": content})
    # Nobody reads in the instant of arrival: a second later, so that the message lies before it.
    return item(door, psid, at, {"read": {"watermark": milliseconds(at) + 1000}})


def echo(door: Door, psid: str, letter: Letter, app: str = "") -> Item:
    """A message of our page, told back to us; `app` is missing when staff typed it themselves."""
    message: Shape = {
        "mid": letter.id,
        "is_echo": True,
        **_contents(letter),
        **({"app_id": int(app)} if app else {}),
        **({"metadata": letter.callback} if letter.callback else {}),
    }
    shape: Shape = {
        "sender": {"id": door.account},
        "recipient": {"id": psid},
        "timestamp": milliseconds(letter.at),
        "message": message,
    }
    return Item(door, shape, field="messaging", under="messaging")


def _contents(letter: Letter) -> Shape:
    """Words, or the file that stands in their place."""
    if not letter.file_url:
        return {"text": letter.text}
    kind = {"photo": "image", "audio": "audio"}.get(letter.kind, "file")
    return {"attachments": [{"type": kind, "payload": {"url": letter.file_url}}]}


def envelope(items: Sequence[Item], at: dt.datetime, dice: Random | None = None) -> Shape:
    """One webhook body of these items, in this order; `dice` cuts them into two entries."""
    cut = dice.randrange(len(items)) if dice else 0
    parts = [part for part in (items[:cut], items[cut:]) if part]
    page, time = items[0].door.account, milliseconds(at)
    entries = [{"id": page, "time": time, "messaging": [i.shape for i in part]} for part in parts]
    return {"object": "page", "entry": entries}
