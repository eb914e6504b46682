"""How one of our short codes or numbers is connected, and how our requests show whose they are."""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from nyumbani.inbox.channels.connecting import Secret, Setup
from nyumbani.inbox.channels.knocking import networks
from nyumbani.inbox.channels.outgoing import Outgoing, Platform
from nyumbani.kit.phrases import gettext_noop

_ACCOUNT = re.compile(
    r"\+[1-9][0-9]{6,14}|[0-9]{3,9}|(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 _-]{0,10}", re.ASCII
)
_WORD = re.compile(r"[A-Za-z0-9_-]{24,128}", re.ASCII)


def authorised(request: Outgoing, secrets: Mapping[str, str]) -> Outgoing:
    """The request with our user name in it and our key beside it."""
    headers = {**request.headers, "apiKey": secrets["api_key"], "Accept": "application/json"}
    name = {"username": secrets["username"]}
    if request.form is not None:
        return replace(request, form={**name, **request.form}, headers=headers)
    joint = "&" if "?" in request.path else "?"
    return replace(request, path=f"{request.path}{joint}{urlencode(name)}", headers=headers)


def _are_networks(allowed: str) -> bool:
    try:
        return bool(networks(allowed))
    except ValueError:
        return False


def _tell(account: str, path: str, made: Mapping[str, str]) -> tuple[str, ...]:
    warning = "The last part of it is a secret" + (" made just now." if "word" in made else ".")
    return (
        f"Give the gateway this callback for incoming messages of {account}, and the same for",
        f"delivery reports: https://YOUR-HOST{path}",
        f"{warning} Whoever knows it can write in anybody's name.",
    )


GATEWAY = Platform(
    "africastalking",
    "https://api.africastalking.com",
    authorised,
    hosts=("api.sandbox.africastalking.com",),
)
SETUP = Setup(
    account=gettext_noop("the short code, the number with its +, or the sender's name"),
    is_account=lambda account: _ACCOUNT.fullmatch(account) is not None,
    secrets=(
        Secret(
            name="username",
            variable="NYUMBANI_SMS_USERNAME",
            question=gettext_noop("User name there"),
        ),
        Secret(name="api_key", variable="NYUMBANI_SMS_API_KEY", question=gettext_noop("API key")),
        Secret(
            name="word",
            variable="NYUMBANI_SMS_WORD",
            question=gettext_noop("Secret at the end of the callback"),
            is_made=True,
            fits=lambda word: _WORD.fullmatch(word) is not None,
            otherwise=gettext_noop("24 to 128 letters, digits, - and _"),
        ),
        Secret(
            name="addresses",
            variable="NYUMBANI_SMS_ADDRESSES",
            question=gettext_noop("Addresses the gateway comes from, set apart by commas"),
            is_optional=True,
            fits=_are_networks,
            otherwise=gettext_noop("addresses or networks, set apart by commas"),
        ),
    ),
    path=lambda door, secrets: f"{door}{secrets['word']}/",
    tell=_tell,
)
