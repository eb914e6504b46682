"""Building the house of a demonstration, in its own process: keys, database, people, doors."""

import datetime as dt
import os
import socket
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from nyumbani.accounts.actions import issue_demo_link, make_demo_staff
from nyumbani.drill.commands.house import Orders
from nyumbani.drill.terms import CLOCK_FILE
from nyumbani.drill.wire.doors import secrets_of
from nyumbani.inbox.actions.doors import connect
from nyumbani.kit.clock import ClockFile
from nyumbani.kit.doer import System
from nyumbani.vault import commands, keyring

DEMO = System("demo")
LABEL = "Habari za Nyumbani"
"""What her phone calls our page and number: news from home, nothing that would betray her."""


def build(line: str) -> None:
    """Make everything there must be before the first page."""
    orders = Orders.read(line)
    commands.make_folders()
    keyring.make()
    ClockFile(Path(settings.NYUMBANI_DATA) / CLOCK_FILE).set(
        dt.datetime.fromisoformat(orders.starts)
    )
    call_command("migrate", interactive=False, verbosity=0)
    commands.make_house_keys()
    make_demo_staff(by=DEMO)
    for door in orders.doors:
        connect(
            channel=door["channel"], account=door["account"], label=LABEL,
            secrets=secrets_of(door["channel"], door["secret"], door["token"]), by=DEMO,
        )  # fmt: skip


def open_doors(line: str) -> int:
    """Answer until told to stop; as soon as somebody could come in, tell the stage how."""
    orders = Orders.read(line)
    word = issue_demo_link(by=DEMO)

    def ready() -> None:
        os.write(orders.ready, word.encode())
        os.close(orders.ready)

    connections.close_all()  # none may be shared by the processes to come
    import_module("nyumbani.config.logging").quiet_threads()
    server = import_module("nyumbani.config.server")
    return int(
        server.run(
            listener=socket.socket(fileno=orders.listener),
            workers=2,
            threads=8,
            with_worker=True,
            ready=ready,
        )
    )
