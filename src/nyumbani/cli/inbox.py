"""`nyumbani inbox …`."""

from pathlib import Path
from typing import Annotated

import typer

from nyumbani.cli import house
from nyumbani.cli.wording import JSON, group

app = group("Stored webhook bodies, the journal, our numbers and pages.")

Channel = Annotated[
    str, typer.Option(metavar="CHANNEL", help="whatsapp, messenger, telegram or sms.")
]


@app.command()
def receive(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
    *,
    channel: Channel,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Store nothing; needs neither database nor keys.")
    ] = False,
    json: JSON = False,
) -> int:
    """Pass stored webhook bodies through the parser; without --dry-run, through the journal."""
    if dry_run:
        from nyumbani.inbox.commands.receiving import show

        return show(files, channel, json=json)
    house.enter()
    from nyumbani.inbox.commands.journal import take_in

    return take_in(files, channel, json=json)


@app.command()
def replay(
    entries: Annotated[list[str] | None, typer.Argument(metavar="ENTRY…")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="The whole journal.")] = False,
    odd: Annotated[bool, typer.Option("--odd", help="What was not understood before.")] = False,
    json: JSON = False,
) -> int:
    """Read journal entries again (if none are named, those not read yet); rows stay the same."""
    house.enter()
    from nyumbani.inbox.commands.journal import replay as read_again

    return read_again(entries or [], everything=everything, odd=odd, json=json)


@app.command()
def import_export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The .txt or .zip of Export chat.")],
    *,
    zone: Annotated[
        str, typer.Option(metavar="ZONE", help="Where the telephone was, as Africa/Tripoli.")
    ] = "",
    dates: Annotated[
        str, typer.Option(metavar="ORDER", help="dmy, mdy or ymd, if the file leaves it open.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Store nothing; needs neither database nor keys.")
    ] = False,
    json: JSON = False,
) -> int:
    """Read a chat that WhatsApp exported, message by message."""
    from nyumbani.chats.commands.exports import show, take_in

    if dry_run:
        return show(file, zone=zone, dates=dates, json=json)
    return take_in(file, zone=zone, dates=dates)


@app.command()
def connect(
    channel: Annotated[
        str, typer.Argument(metavar="CHANNEL", help="whatsapp, messenger, telegram or sms.")
    ],
    *,
    account: Annotated[
        str,
        typer.Option(metavar="ID", help="phone_number_id, the page's or bot's id, the short code."),
    ],
    label: Annotated[str, typer.Option(metavar="TEXT", help="What staff call it.")] = "",
    json: JSON = False,
) -> int:
    """Set up one of our numbers or pages.

    Its secrets are asked for, or taken from the environment: docs/howto and docs/operate name the
    variables of each channel. What nobody needs to know beforehand is made at random and printed.
    """
    house.enter()
    from nyumbani.inbox.commands.doors import connect as set_up

    return set_up(channel=channel, account=account, label=label, json=json)


@app.command()
def accounts(*, json: JSON = False) -> int:
    """List our numbers and pages with their health."""
    house.enter()
    from nyumbani.inbox.commands.doors import accounts as tell

    return tell(json=json)
