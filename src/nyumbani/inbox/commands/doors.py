"""`nyumbani inbox connect | accounts`: our own numbers and pages."""

import os
import secrets

from nyumbani.accounts.commands import ONLOOKER
from nyumbani.inbox import queries
from nyumbani.inbox.actions.doors import Secrets
from nyumbani.inbox.actions.doors import connect as set_up
from nyumbani.inbox.channels.registry import UnknownChannel, get
from nyumbani.kit.console import GOOD, Misuse, ask_secret, is_terminal, say, say_json
from nyumbani.kit.doer import System

OPERATOR = System("operator")


def connect(*, channel: str, account: str, label: str, json: bool = False) -> int:
    """Set up one of our numbers or pages; its secrets come from the environment or are asked for.

    Never from the command line: other people on the machine can read that.
    """
    try:
        found = get(channel)
    except UnknownChannel as error:
        raise Misuse(str(error)) from None
    if not account.isdecimal() or len(account) > 64:
        raise Misuse("--account is the number's or page's id on the platform: digits only")
    token, is_new = _verify_token()
    given = Secrets(
        app_secret=_secret("NYUMBANI_APP_SECRET", f"App secret of the {found.label} app"),
        verify_token=token,
        access_token=_secret("NYUMBANI_ACCESS_TOKEN", "Access token"),
    )
    row = set_up(
        channel=channel, account=account, label=label[:64] or account, secrets=given, by=OPERATOR
    )
    path = f"/hooks/{channel}/"
    if json:
        shown = {"verify_token": token} if is_new else {}
        say_json({"id": row.id, "channel": channel, "account": account, "webhook": path, **shown})
        return GOOD
    say(
        f"{found.label} {account} is connected as “{row.label}”.",
        f"Give the platform this callback address: https://YOUR-HOST{path}",
        f"and this verify token: {token if is_new else '(the one you gave)'}",
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


def _secret(variable: str, question: str) -> str:
    return os.environ.get(variable) or ask_secret(question)


def _verify_token() -> tuple[str, bool]:
    """The agreed word, and whether it was made here just now."""
    given = os.environ.get("NYUMBANI_VERIFY_TOKEN", "")
    if not given and is_terminal():
        given = _asked_token()
    return (given, False) if given else (secrets.token_urlsafe(24), True)


def _asked_token() -> str:
    """The verify token somebody has agreed on already; empty: make one."""
    return input("Verify token (empty: make one): ").strip()
