"""What nobody wrote but somebody should see: how she came to us, what she agreed to."""

from dataclasses import replace

from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.inbox.channels.keys import digest_of, key
from nyumbani.inbox.channels.messenger.happening import Happening
from nyumbani.inbox.channels.messenger.payloads import Optin


def referred(there: Happening, referral: dict[str, object]) -> list[InboundEvent]:
    """She followed a link or an advertisement to us."""
    return [_notice(there, "referral", referral)]


def agreed(there: Happening, _: Optin) -> list[InboundEvent]:
    """She agreed to be written to; what else the plug-in says is kept as it came."""
    return [_notice(there, "optin", there.raw["optin"])]


def _notice(there: Happening, what: str, about: object) -> InboundEvent:
    event = there.event(
        Kind.SYSTEM, key(what, there.page, there.who, there.stamp, digest_of(about))
    )
    return replace(event, data={"system": what, what: about}, notes=(what, *there.notes))
