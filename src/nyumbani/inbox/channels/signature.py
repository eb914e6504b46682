"""Whether a webhook comes from whom it claims: X-Hub-Signature-256 over the raw body."""

import hashlib
import hmac
import re

HEADER = "X-Hub-Signature-256"

_SHAPE = re.compile(r"sha256=([0-9a-fA-F]{64})", re.ASCII)


def is_genuine(body: bytes, header: str, secret: str) -> bool:
    """Whether `header` is the HMAC-SHA256 of exactly these bytes under the app secret.

    The bytes must be the ones that came: the same JSON written again has another signature. An
    empty secret signs nothing, so it accepts nothing. The older sha1 header is not accepted.
    """
    claimed = _SHAPE.fullmatch(header.strip())
    if not secret or claimed is None:
        return False
    return hmac.compare_digest(sign(body, secret), f"sha256={claimed[1].lower()}")


def sign(body: bytes, secret: str) -> str:
    """The header value a platform sends with `body`; simulated phones use it to knock."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
