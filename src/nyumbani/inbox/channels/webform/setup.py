"""How our public site is connected: one key that it and we know."""

import re
from collections.abc import Mapping

from nyumbani.inbox.channels.connecting import Secret, Setup
from nyumbani.inbox.channels.outgoing import Outgoing, Platform
from nyumbani.inbox.channels.webform.door import HEADER
from nyumbani.kit.phrases import gettext_noop

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_-]{24,128}", re.ASCII)


def _unchanged(request: Outgoing, secrets: Mapping[str, str]) -> Outgoing:  # noqa: ARG001 - every channel is asked alike
    return request


def _tell(account: str, path: str, made: Mapping[str, str]) -> tuple[str, ...]:
    return (
        f"Let the public site {account} post its forms to https://YOUR-HOST{path}",
        f"and sign them in the header {HEADER} with {made.get('site_key', '(the key you gave)')}.",
    )


NOWHERE = Platform("webform", "https://form.invalid", _unchanged)  # nothing is ever sent
SETUP = Setup(
    account=gettext_noop("the public site's name, such as help.example.org"),
    is_account=lambda account: _NAME.fullmatch(account) is not None,
    secrets=(
        Secret(
            name="site_key", variable="NYUMBANI_SITE_KEY",
            question=gettext_noop("Key the public site signs with"),
            is_made=True, fits=lambda key: _KEY.fullmatch(key) is not None,
            otherwise=gettext_noop("24 to 128 letters, digits, - and _"),
        ),
    ),
    path=lambda door, _: door,
    tell=_tell,
)  # fmt: skip
