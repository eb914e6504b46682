"""`nyumbani staff link | agree | list`: what only who has the machine can do; who works here."""

from nyumbani.accounts import queries
from nyumbani.accounts.actions import (
    FIRST_LINK_LASTS,
    INVITATION_LASTS,
    agreement,
    issue_first_link,
    issue_link_by_name,
)
from nyumbani.accounts.terms import NotPossible, Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.kit.console import GOOD, CannotDo, say, say_json
from nyumbani.kit.doer import System

OPERATOR = System("operator")

ONLOOKER = Viewer(staff_id="", display_name="operator", roles=frozenset({Role.ADMINISTRATOR}))
"""Whoever types commands on this machine sees what an administrator sees: no case, no message."""


def nobody_is_here() -> bool:
    """Whether the first person has yet to come in."""
    return not queries.accounts(ONLOOKER)


def link(base: str, whom: str = "") -> int:
    """`nyumbani staff link`: make and print a set-up link; `base` is where the house is.

    For the first administrator, or for the colleague with the sign-in name `whom`.
    """
    if whom:
        return _link_for(base, whom)
    try:
        token = issue_first_link(by=OPERATOR)
    except NotPossible:
        raise CannotDo(
            "there are staff here already: an administrator invites colleagues on the Staff page;"
            " --for NAME helps somebody who cannot come in"
        ) from None
    hours = FIRST_LINK_LASTS.total_seconds() / 3600
    say(
        f"Nobody is set up yet. This link makes the first administrator; it works once, for"
        f" {hours:.0f} hours:",
        f"  {base}/set-up/{token}/",
    )
    return GOOD


def agree(whom: str) -> int:
    """`nyumbani staff agree`: agree in a director's place, where none works here."""
    try:
        count = agreement.agree_on_the_machine(username=whom, by=OPERATOR)
    except NotPossible as why:
        raise CannotDo(_plain(why)) from None
    say(f"Agreed to {count} of what waited for a director about {whom}. The ledger has it.")
    return GOOD


def _link_for(base: str, whom: str) -> int:
    try:
        token = issue_link_by_name(username=whom, by=OPERATOR)
    except NotPossible as why:
        raise CannotDo(_plain(why)) from None
    hours = INVITATION_LASTS.total_seconds() / 3600
    say(
        f"Sessions, password and second factor of {whom} are gone. This link works once, for"
        f" {hours:.0f} hours; whoever opens it first is {whom}:",
        f"  {base}/set-up/{token}/",
    )
    return GOOD


def _plain(why: NotPossible) -> str:
    text = str(why)
    return text[:1].lower() + text[1:].removesuffix(".")


def people(*, json: bool = False) -> int:
    """`nyumbani staff list`: who has an account, what they do, and whether it is safe."""
    rows = queries.accounts(ONLOOKER)
    if json:
        say_json(
            [
                {
                    "id": row.staff_id, "username": row.username, "roles": list(row.roles),
                    "active": row.is_active, "second_factor": row.has_second_factor,
                }
                for row in rows
            ]
        )  # fmt: skip
        return GOOD
    for row in rows:
        state = "" if row.is_active else ", left"
        factor = "second factor" if row.has_second_factor else "no second factor yet"
        say(f"{row.username}: {', '.join(row.roles) or 'no role'}, {factor}{state}")
    if not rows:
        say("Nobody yet: 'nyumbani staff link' makes the first way in.")
    return GOOD
