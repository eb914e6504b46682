"""WhatsApp Cloud API webhooks as the platform writes them (reference: messaging.md, part 1)."""

import base64
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.parts import Item, Shape, Upload


@dataclass(frozen=True, slots=True)
class Sender:
    """What a webhook tells of the person who wrote; empty parts are left out, as in life."""

    name: str = ""  # her profile name
    wa_id: str = ""  # digits; missing when she hides her number behind a username
    bsuid: str = ""  # business-scoped id, "KE.…"
    username: str = ""

    @property
    def address(self) -> str:
        """What the platform files her under: her number, else her business-scoped id."""
        return self.wa_id or self.bsuid


def seconds(moment: dt.datetime) -> str:
    """A moment as webhooks write it: a string of seconds UTC."""
    return str(int(moment.timestamp()))


def message_id(address: str, dice: Random) -> str:
    """An id shaped like the platform's own, which carries the number inside it, base64.

    So an id kept in the clear gives the number away to anybody who can decode it.
    """
    number = address.encode()
    tail = f"{dice.getrandbits(80):020X}".encode()
    core = b"\x1c\x18" + bytes([len(number)]) + number + b"\x15\x02\x00\x12\x18\x14" + tail + b"\0"
    return "wamid." + base64.b64encode(core).decode()


def contact(sender: Sender) -> Shape:
    """Who wrote, as it stands in a value's `contacts`."""
    profile = {"name": sender.name, "username": sender.username}
    return {
        "profile": {k: v for k, v in profile.items() if v},
        **({"wa_id": sender.wa_id} if sender.wa_id else {}),
        **({"user_id": sender.bsuid} if sender.bsuid else {}),
    }


def message(door: Door, sender: Sender, known: Shape, kind: str, content: Shape) -> Item:
    """One message of hers; `known`: id, timestamp and whatever else stands beside the content."""
    shape: Shape = {
        **({"from": sender.wa_id} if sender.wa_id else {}),
        **({"from_user_id": sender.bsuid} if sender.bsuid else {}),
        **known,
        "type": kind,
        kind: content,
    }
    return Item(door, shape, contact=contact(sender))


def media(upload: Upload, **more: object) -> Shape:
    """The content of a media message: an id to fetch it by and the hash to hold it against."""
    sha256 = base64.b64encode(upload.sha256).decode()
    return {"id": upload.id, "mime_type": upload.mime_type, "sha256": sha256, **more}


def status(door: Door, sender: Sender, message_id: str, state: str, at: dt.datetime) -> Item:
    """What became of a message of ours: sent, delivered, read, played or failed."""
    shape: Shape = {
        "id": message_id,
        "status": state,
        "timestamp": seconds(at),
        **({"recipient_id": sender.wa_id} if sender.wa_id else {}),
        **({"recipient_user_id": sender.bsuid} if sender.bsuid else {}),
    }
    if state in {"sent", "delivered"}:
        shape["conversation"] = {"id": f"c-{sender.address}", "origin": {"type": "service"}}
        shape["pricing"] = {"billable": False, "pricing_model": "PMP", "category": "service"}
    return Item(door, shape, under="statuses")


def echo(door: Door, sender: Sender, message_id: str, text: str, at: dt.datetime) -> Item:
    """What staff typed on the organisation's own phone (coexistence)."""
    shape: Shape = {
        "from": door.number,
        **({"to": sender.wa_id} if sender.wa_id else {"to_user_id": sender.bsuid}),
        "id": message_id,
        "timestamp": seconds(at),
        "type": "text",
        "text": {"body": text},
    }
    field = "smb_message_echoes"
    return Item(door, shape, field=field, under="message_echoes", contact=contact(sender))


def changed_number(
    door: Door, before: Sender, after: Sender, known: Shape, at: dt.datetime
) -> tuple[Item, Item]:
    """The two notices of a changed number: the system message, and the link old id → new id.

    A person who hides her number changes only her business-scoped id, as far as we are told.
    """
    number = {"wa_id": after.wa_id} if after.wa_id else {}
    notice: Shape = {
        **({"from": before.wa_id} if before.wa_id else {}),
        **known,
        "type": "system",
        "system": {
            "type": "user_changed_number" if after.wa_id else "user_changed_user_id",
            "body": f"User {before.name} changed from {before.address} to {after.address}",
            **number,
            "user_id": after.bsuid,
            "previous_user_id": before.bsuid,
        },
    }
    link: Shape = {
        **number,
        "detail": f"User id for {before.name} has been updated.",
        "user_id": {"previous": before.bsuid, "current": after.bsuid},
        "timestamp": seconds(at),
    }
    field = "user_id_update"
    return Item(door, notice), Item(door, link, field=field, under=field, contact=contact(after))


def template_news(door: Door, field: str, value: Shape, at: dt.datetime) -> Item:
    """What became of a template: a change of its own, without number or list."""
    return Item(door, value, field=field, under="", told_at=int(at.timestamp()))


def envelope(items: Sequence[Item], dice: Random | None = None) -> Shape:
    """One webhook body of these items, in this order; `dice` scatters them over more entries."""
    changes = [_change(run) for run in _runs([one for one in items if one.under], dice)]
    cut = dice.randrange(len(changes)) if dice and changes else 0
    parts = [part for part in (changes[:cut], changes[cut:]) if part]
    # The same account id in every entry, as in life: it tells nothing apart.
    business = items[0].door.business
    return {
        "object": "whatsapp_business_account",
        "entry": [
            *({"id": business, "changes": part} for part in parts),
            *({"id": business, **_news(one)} for one in items if not one.under),
        ],
    }


def _news(item: Item) -> Shape:
    return {"time": item.told_at, "changes": [{"value": item.shape, "field": item.field}]}


def _runs(items: Sequence[Item], dice: Random | None) -> list[list[Item]]:
    runs: list[list[Item]] = []
    for item in items:
        last = runs[-1][-1] if runs else None
        alike = last and (last.door, last.field, last.under) == (item.door, item.field, item.under)
        if alike and not (dice and dice.random() < 0.3):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _change(run: list[Item]) -> Shape:
    door = run[0].door
    contacts: list[Shape] = []
    for item in run:
        if item.contact and item.contact not in contacts:
            contacts.append(item.contact)
    value: Shape = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": door.number, "phone_number_id": door.account},
        **({"contacts": contacts} if contacts else {}),
        run[0].under: [item.shape for item in run],
    }
    return {"value": value, "field": run[0].field}
