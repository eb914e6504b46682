"""`nyumbani inbox connect | accounts`: our own numbers and pages."""

import os
import secrets

from nyumbani.accounts.commands import ONLOOKER
from nyumbani.inbox import queries
from nyumbani.inbox.actions.doors import connect as set_up
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.connecting import Secret
from nyumbani.inbox.channels.registry import Channel, UnknownChannel
from nyumbani.kit.console import GOOD, Misuse, ask_secret, is_terminal, say, say_json
from nyumbani.kit.doer import System

OPERATOR = System("operator")


def connect(*, channel: str, account: str, label: str, json: bool = False) -> int:
    """Set up one of our numbers or pages; its secrets come from the environment or are asked for.

    Never from the command line: other people on the machine can read that.
    """
    try:
        found = registry.channel(channel)
    except UnknownChannel as error:
        raise Misuse(str(error)) from None
    if not found.setup.is_account(account):
        raise Misuse(f"--account is {found.setup.account}")
    given, made = _secrets(found)
    row = set_up(
        channel=channel, account=account, label=label[:64] or account, secrets=given, by=OPERATOR
    )
    path = found.setup.path(f"/hooks/{channel}/", given)
    if json:
        say_json({"id": row.id, "channel": channel, "account": account, "webhook": path, **made})
        return GOOD
    say(
        f"{found.label} {account} is connected as “{row.label}”.",
        *found.setup.tell(account, path, made),
    )
    return GOOD


def accounts(*, json: bool = False) -> int:
    """List our numbers and pages with their health; never their secrets."""
    rows = list(queries.accounts(ONLOOKER))
    if json:
        say_json(
            [
                {
                    "channel": row.channel, "account": row.account, "label": row.label,
                    "heard_at": row.heard_at, "stopped_at": row.stopped_at,
                    "stopped_why": row.stopped_why,
                }
                for row in rows
            ]
        )  # fmt: skip
        return GOOD
    for row in rows:
        state = f"stopped: {row.stopped_why}" if row.stopped_at else "connected"
        heard = f"last heard {row.heard_at:%Y-%m-%d %H:%M} UTC" if row.heard_at else "nothing heard"
        say(f"{row.channel} {row.account} “{row.label}”: {state}, {heard}")
    if not rows:
        say("No number or page is connected: 'nyumbani inbox connect' does that.")
    return GOOD


def _secrets(channel: Channel) -> tuple[dict[str, str], dict[str, str]]:
    """All secrets of an account by name; and those that were made here just now."""
    given, made = {}, {}
    for wanted in channel.setup.secrets:
        value = os.environ.get(wanted.variable, "") or _asked(channel, wanted)
        if not value and wanted.is_made:
            value = made[wanted.name] = secrets.token_urlsafe(24)
        if value and not wanted.fits(value):
            raise Misuse(f"{wanted.variable}: {wanted.otherwise}")
        given[wanted.name] = value
    return given, made


def _asked(channel: Channel, wanted: Secret) -> str:
    """What somebody says who is asked; empty if it may be, or is to be made here."""
    question = f"{wanted.question} ({channel.label})"
    if not (wanted.is_made or wanted.is_optional):
        return ask_secret(question)
    if not is_terminal():
        return ""
    return input(f"{question}; empty: {'make one' if wanted.is_made else 'none'}: ").strip()
