"""`nyumbani serve | worker | migrate`: from an empty machine to a house that answers."""

import os
import signal
import socket
import threading
import time

from nyumbani.cli import house
from nyumbani.kit.addresses import is_this_machine
from nyumbani.kit.console import GOOD, CannotDo, say, warn

LOOK_EVERY = 2.0  # seconds between two looks at whether the house was locked

USUAL = ("127.0.0.1", "::1", "[::1]")  # where `localhost` leads


def serve(
    *, host: str, port: int, workers: int, threads: int, with_worker: bool, passphrase: bool
) -> int:
    """Make what is missing, say what somebody must know, and answer until told to stop."""
    house.enter()
    from django.conf import settings
    from django.db import connections

    if settings.NYUMBANI_DEMO_REFUSED:
        raise CannotDo(
            "NYUMBANI_DEMO is set, but this house was not built by 'nyumbani demo': unset it, or"
            " everybody could take any role here"
        )
    server = house.server()
    listener = _listen(server, host, port)
    is_open = _prepare(passphrase=passphrase)
    base = _base(host, port, https=settings.SECURE_SSL_REDIRECT, hosts=settings.ALLOWED_HOSTS)
    _tell_of_the_outside(host, https=settings.SECURE_SSL_REDIRECT)
    _offer_first_link(base)
    if not is_open:
        warn("The house is locked: pages say so and webhooks answer 503 until 'nyumbani unlock'.")
    connections.close_all()  # none may be shared by the processes to come
    house.quiet_threads()
    return int(
        server.run(
            listener=listener,
            workers=workers,
            threads=threads,
            with_worker=with_worker,
            ready=lambda: say(f"Nyumbani answers at {base} (stop it with Ctrl-C)."),
        )
    )


def worker(*, senders: int) -> int:
    """Do the queue's jobs while the house is open; wait while it is locked."""
    house.enter()
    house.quiet_threads()
    from nyumbani.jobs.worker import main
    from nyumbani.vault import keyring

    parent = os.getppid()
    if keyring.is_locked():
        warn("The house is locked: this worker waits for 'nyumbani unlock'.")
    while keyring.is_locked():
        if os.getppid() != parent:
            return GOOD
        time.sleep(LOOK_EVERY / 2)
    threading.Thread(target=_stop_when_locked, name="lock-watch", daemon=True).start()
    main(senders=senders)
    return GOOD


def migrate() -> int:
    """Bring the database up to date, and give the house its keys."""
    house.enter()
    _prepare(passphrase=False)
    say("The database is up to date.")
    return GOOD


def _prepare(*, passphrase: bool) -> bool:
    """Folders, installation key, database, house keys; returns whether the house is open."""
    from django.core.management import call_command

    from nyumbani.vault import commands

    commands.make_folders()
    commands.make_installation_key(passphrase=passphrase)
    is_open = commands.offer_to_unlock()
    call_command("migrate", interactive=False, verbosity=0)
    commands.make_house_keys()
    return is_open


def _listen(server: object, host: str, port: int) -> socket.socket:
    try:
        listener: socket.socket = server.listen(host, port)  # type: ignore[attr-defined]
    except OSError as error:
        raise CannotDo(f"cannot listen on {host} port {port}: {error.strerror}") from None
    return listener


def _offer_first_link(base: str) -> None:
    from nyumbani.accounts import commands

    if commands.nobody_is_here():
        commands.link(base)


def _base(host: str, port: int, *, https: bool, hosts: list[str]) -> str:
    public = [
        name for name in hosts if not is_this_machine(name) and not name.startswith(("*", "."))
    ]
    if https and public:
        return f"https://{public[0]}"
    if host in USUAL:
        host = "localhost"  # the one name of this machine for which browsers make passkeys
    elif not is_this_machine(host):
        host = public[0] if public else host
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _tell_of_the_outside(host: str, *, https: bool) -> None:
    if is_this_machine(host):
        return
    if not https:
        warn(
            f"WARNING: anybody who reaches {host} reaches this house, and without HTTPS everybody"
            " on the way can read it.",
            "WARNING: put a TLS proxy in front, listen on 127.0.0.1 and set NYUMBANI_HTTPS=true"
            " (docs/operate/production.md).",
        )


def _stop_when_locked() -> None:
    """End this worker in good order once the key is taken away; `serve` starts one that waits."""
    from nyumbani.vault import keyring

    while True:
        time.sleep(LOOK_EVERY)
        try:
            if not keyring.is_locked():
                continue
        except keyring.BadKey:
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        return
