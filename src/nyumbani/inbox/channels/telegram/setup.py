"""How one of our bots is connected, and how our requests show whose they are."""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from nyumbani.inbox.channels.connecting import Secret, Setup, is_id
from nyumbani.inbox.channels.outgoing import Outgoing, Platform
from nyumbani.inbox.channels.telegram.files import FILES
from nyumbani.kit.phrases import gettext_noop

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,100}", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9_-]{24,256}", re.ASCII)
UPDATES = '["message","edited_message","callback_query","my_chat_member","message_reaction"]'


def authorised(request: Outgoing, secrets: Mapping[str, str]) -> Outgoing:
    """The request with the bot's token, which stands in the address itself."""
    bot = f"/bot{quote(secrets['access_token'], safe=':')}"
    if request.path.startswith(f"{FILES}/"):
        return replace(request, path=f"{FILES}{bot}{request.path.removeprefix(FILES)}")
    return replace(request, path=f"{bot}{request.path}")


def _tell(account: str, path: str, made: Mapping[str, str]) -> tuple[str, ...]:
    return (
        f"Tell Telegram where bot {account} is answered, with the method setWebhook:",
        f"url=https://YOUR-HOST{path}",
        f"secret_token={made.get('secret_token', '(the one you gave)')}",
        f"allowed_updates={UPDATES}",
    )


BOT_API = Platform("telegram", "https://api.telegram.org", authorised)
SETUP = Setup(
    account=gettext_noop("the bot's id: the digits before the colon of its token"),
    is_account=is_id,
    secrets=(
        Secret(
            name="access_token",
            variable="NYUMBANI_TELEGRAM_TOKEN",
            question=gettext_noop("Token of the bot"),
            fits=lambda token: _TOKEN.fullmatch(token) is not None,
            otherwise=gettext_noop("a bot's token has digits, a colon and a long word"),
        ),
        Secret(
            name="secret_token",
            variable="NYUMBANI_TELEGRAM_SECRET",
            question=gettext_noop("Secret word for the webhook"),
            is_made=True,
            fits=lambda word: _WORD.fullmatch(word) is not None,
            otherwise=gettext_noop("24 to 256 letters, digits, - and _"),
        ),
    ),
    path=lambda door, _: door,
    tell=_tell,
)
