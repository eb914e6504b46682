"""Every command and its options. Nothing is imported here but typer: `--help` answers at once."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from nyumbani.cli import house, inbox, keys, people, staff, watch
from nyumbani.cli.troubles import told
from nyumbani.cli.wording import JSON, group
from nyumbani.kit.console import warn
from nyumbani.kit.traces import is_tracing

app = group("Nyumbani, “homeward”: from the first message to home.")
app.add_typer(inbox.app, name="inbox")
app.add_typer(keys.app, name="keys")
app.add_typer(people.app, name="people")
app.add_typer(staff.app, name="staff")
app.add_typer(watch.app, name="watch")

INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code, having said in one line what went wrong."""
    house.say_nothing_personal()
    try:
        code = typer.main.get_command(app)(
            args=list(arguments), prog_name="nyumbani", standalone_mode=False
        )
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            warn(error.format_message())
            return error.exit_code
        warn(f"nyumbani: {' '.join(error.format_message().split())}")
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our answer has seen enough; nothing more is flushed at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if is_tracing():
            raise
        line, code = told(error)
        warn(f"nyumbani: {line}")
    return code if isinstance(code, int) else 0


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer's way
    if wanted:
        from importlib.metadata import version

        typer.echo(f"nyumbani {version('nyumbani')}")
        raise typer.Exit


@app.callback()
def nyumbani(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Nyumbani, “homeward”: from the first message to home."""


# ---- running it ----------------------------------------------------------------------------------
@app.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8765,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes for pages.")] = 2,
    threads: Annotated[int, typer.Option(min=1, max=64, help="Threads in each.")] = 8,
    worker: Annotated[bool, typer.Option(help="Do the queue's jobs as well.")] = True,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Close a new installation key with a passphrase.")
    ] = False,
) -> int:
    """Start pages and worker; make folders, keys and database where there are none."""
    from nyumbani.cli.serving import serve as start

    return start(
        host=host, port=port, workers=workers, threads=threads, with_worker=worker,
        passphrase=passphrase,
    )  # fmt: skip


@app.command()
def worker(
    *,
    senders: Annotated[int, typer.Option(min=1, max=64, help="Threads that work outside.")] = 4,
) -> int:
    """Do the queue's jobs, and nothing else; any number of workers may run."""
    from nyumbani.cli.serving import worker as work

    return work(senders=senders)


@app.command()
def migrate() -> int:
    """Bring the database up to date, and give the house its keys."""
    from nyumbani.cli.serving import migrate as bring_up_to_date

    return bring_up_to_date()


@app.command()
def demo(
    *,
    host: Annotated[str, typer.Option(help="This machine, by another of its names.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8765,
    keep: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Play in this folder, and leave it there.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw away an earlier demonstration in that folder.")
    ] = False,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open the browser at the first page.")
    ] = False,
) -> int:
    """Play the Libya 2014 story on this machine, with invented people."""
    from nyumbani.drill.commands import demo as play

    return play(host=host, port=port, keep=keep, fresh=fresh, open_browser=open_browser)


# ---- is all well? --------------------------------------------------------------------------------
@app.command()
def check(*, json: JSON = False) -> int:
    """Say what is missing or worrying; exit code 1 if something is red."""
    from nyumbani.cli.checks import check as look

    return look(json=json)


@app.command()
def verify(
    *,
    json: JSON = False,
    head: Annotated[
        str, typer.Option(metavar="N:HASH", help="A head noted earlier, to hold the ledger against")
    ] = "",
) -> int:
    """Verify the whole ledger; exit code 1 if an entry is not as it was written."""
    house.enter()
    from nyumbani.audit.commands import verify as hold_against_itself

    return hold_against_itself(json=json, head=head or None)


# ---- keys and backups ----------------------------------------------------------------------------
@app.command()
def unlock() -> int:
    """Open the installation key with its passphrase."""
    house.enter()
    from nyumbani.vault.commands import unlock as open_key

    return open_key()


@app.command()
def lock() -> int:
    """Forget the opened installation key."""
    house.enter()
    from nyumbani.vault.commands import lock as forget_key

    return forget_key()


@app.command()
def backup(
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The file to write; must not exist.")],
    json: JSON = False,
) -> int:
    """Write everything but the installation key into one file sealed to the recovery key."""
    house.enter()
    from nyumbani.vault.backups.commands import backup as back_up

    return back_up(to=to, json=json)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    *,
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="The new data folder.")],
    identity: Annotated[
        Path, typer.Option(metavar="FILE", help="The private half of the recovery key.")
    ],
    take_over: Annotated[
        bool,
        typer.Option(
            "--take-over", help="This becomes the house: set the ledger's head witness aside."
        ),
    ] = False,
    json: JSON = False,
) -> int:
    """Open a backup, check every part of it, and put it into a new folder."""
    house.enter()
    from nyumbani.vault.backups.commands import restore as take_apart

    return take_apart(file=file, into=into, identity=identity, take_over=take_over, json=json)


@app.command(
    hidden=True,
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
def manage(context: typer.Context) -> int:
    """Pass everything on to Django's management commands."""
    house.enter()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["nyumbani manage", *context.args])
    return 0
