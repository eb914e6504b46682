"""Webhook bodies of invented people, through the journal as if they had come through the door."""

import datetime as dt

from nyumbani.drill.wire import envelopes, messenger, whatsapp
from nyumbani.drill.wire.doors import Channel, Door
from nyumbani.drill.wire.parts import Item
from nyumbani.drill.wire.whatsapp import Sender
from nyumbani.inbox import doorkeeper
from nyumbani.inbox.actions.doors import Secrets, connect
from nyumbani.inbox.actions.journal import write_down
from nyumbani.jobs.worker import run_due
from nyumbani.kit.doer import System

BY = System("tests")
JULY = dt.datetime(2014, 7, 14, 5, 3, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)

PHONE = Door(
    Channel.WHATSAPP, "1001", "http://127.0.0.1/hooks/whatsapp/", "app-secret", "token", "77",
    number="254700000001",
)  # fmt: skip
PAGE = Door(Channel.MESSENGER, "2002", "http://127.0.0.1/hooks/messenger/", "app-secret", "token")

NAFULA = Sender("Nafula", "218910000001", "KE.1001")
ZAWADI = Sender("zawadi", "", "KE.1002", "zawadi.k")


def open_doors():
    for door in (PHONE, PAGE):
        secrets = Secrets(door.secret, "verify-token", door.token)
        connect(
            channel=door.channel.value, account=door.account, label="Help", secrets=secrets, by=BY
        )
    doorkeeper.forget()


def text(sender, words, at=JULY, key="", door=PHONE):
    known = {"id": key or f"wamid.{sender.address}.{at.timestamp()}", "timestamp": stamp(at)}
    return whatsapp.message(door, sender, known, "text", {"body": words})


def say(psid, words, at=JULY, key=""):
    content = {"mid": key or f"m_{psid}.{at.timestamp()}", "text": words}
    return messenger.item(PAGE, psid, at, {"message": content})


def stamp(at):
    return whatsapp.seconds(at)


def post(*items: Item, at=JULY):
    """These items come in one body, and the worker reads it."""
    body = envelopes.body(items, at)
    entry = write_down(channel=items[0].door.channel.value, body=body, by=BY)
    run_due()
    return entry
