"""The question a platform asks once before it sends webhooks: do you know the agreed word?"""

import hmac
from collections.abc import Mapping


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
