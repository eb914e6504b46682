"""The question a platform asks once before it sends webhooks: do you know the agreed word?"""

import hmac
from collections.abc import Mapping
from dataclasses import replace

from nyumbani.inbox.channels.connecting import Setup

WHATSAPP_FIELDS = (
    "messages",
    "message_template_status_update",
    "message_template_quality_update",
    "template_category_update",
    "user_id_update",
    "user_preferences",
    "smb_message_echoes",
    "smb_app_state_sync",
    "history",
)
"""Which webhook fields are to be asked for; whatever else comes is kept as not understood."""


def challenge_answer(query: Mapping[str, str], verify_token: str) -> str | None:
    """The bare challenge to answer with (status 200, text/plain), or None: answer 403.

    `query` holds the single values of the request's query (hub.mode, hub.verify_token,
    hub.challenge). An empty agreed word opens the door to nobody.
    """
    offered = query.get("hub.verify_token", "")
    known = hmac.compare_digest(
        offered.encode("utf-8", "replace"), verify_token.encode("utf-8", "replace")
    )
    challenge = query.get("hub.challenge", "")
    if not verify_token or not known or query.get("hub.mode") != "subscribe" or not challenge:
        return None
    return challenge


def with_fields(setup: Setup, fields: tuple[str, ...]) -> Setup:
    """The same setup; it also tells the operator which webhook fields to ask for."""

    def tell(account: str, path: str, made: Mapping[str, str]) -> tuple[str, ...]:
        listed = ", ".join(fields)
        return (*setup.tell(account, path, made), f"Subscribe to these webhook fields: {listed}.")

    return replace(setup, tell=tell)
