"""`nyumbani inbox …`."""

from pathlib import Path
from typing import Annotated

import typer

from nyumbani.cli import house
from nyumbani.cli.wording import JSON, group
from nyumbani.kit.console import Misuse

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
def triage(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="Messages, one a line; - reads them as input.")
    ] = "",
    *,
    stored: Annotated[
        bool, typer.Option("--stored", help="Judge what is stored and has no suggestion yet.")
    ] = False,
    json: JSON = False,
) -> int:
    """Show how urgent the word lists think messages are; needs neither database nor keys."""
    if stored == bool(file):
        raise Misuse("name a file, or - for the input, or --stored: one of them")
    if not stored:
        from nyumbani.inbox.commands.triaging import show

        return show(file, json=json)
    house.enter()
    from nyumbani.inbox.commands.judging import judge_all

    return judge_all(json=json)


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
    case: Annotated[
        str, typer.Option(metavar="NYB-n", help="The case it belongs to; none: for coordinators.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Store nothing; needs neither database nor keys.")
    ] = False,
    json: JSON = False,
) -> int:
    """Read a chat that WhatsApp exported, and bring it in; with --dry-run only show it."""
    from nyumbani.chats.commands.exports import asked, show

    if dry_run:
        return show(file, zone=zone, dates=dates, json=json)
    where, order = asked(file, zone=zone, dates=dates)
    house.enter()
    from nyumbani.chats.commands.importing import take_in

    return take_in(file, zone=where, order=order, case=case, json=json)


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
