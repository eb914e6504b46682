"""The process of a demonstration's house: `python -m nyumbani.drill.commands`, orders on stdin."""

import os
import signal
import sys
import threading
from importlib import import_module

import django


def main() -> int:
    """Build the house and let it answer until it is told to stop, or the stage is gone."""
    # A line, read without a buffer: what comes after it is waited for below.
    orders = bytearray()
    while (letter := os.read(0, 1)) not in {b"", b"\n"}:
        orders += letter
    if not orders:
        return 0
    os.umask(0o077)
    django.setup()
    # Imported now that there is a Django they can use; `config` lies above and is only named.
    building = import_module("nyumbani.drill.commands.building")
    building.build(orders.decode())
    threading.Thread(target=_stop_with_stage, name="stage-watch", daemon=True).start()
    return int(building.open_doors(orders.decode()))


def _stop_with_stage() -> None:
    # Not sys.stdin: its lock would be held by this thread when the interpreter ends.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


sys.exit(main())
