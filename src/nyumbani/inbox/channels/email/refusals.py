"""What a mail server's codes mean: its three figures, and the finer ones of RFC 3463 as a number.

5.1.1 is kept as 50101, so that both fit one column.
"""

import re

from nyumbani.inbox.channels.outgoing import Refused
from nyumbani.inbox.channels.refusals import HOUR, MINUTE, SIGNED_OUT, Rule, Rules, refusal
from nyumbani.kit.phrases import gettext_noop

_FINE = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b", re.ASCII)
BUSY = Rule(
    meaning=gettext_noop("the mail server asks to wait"), first=2 * MINUTE, longest=2 * HOUR
)
NOT_TAKEN = Rule(meaning=gettext_noop("the mail server did not take it"))
_NOBODY = Rule(meaning=gettext_noop("nobody has this address"))
_FULL = Rule(meaning=gettext_noop("her box is full"))
_CLOSED = Rule(meaning=gettext_noop("her box takes no letters"))
_LONG = Rule(meaning=gettext_noop("her mail server takes no letter of this size"))
_POLICY = Rule(meaning=gettext_noop("her mail server does not let us in"))
_LATE = Rule(meaning=gettext_noop("her mail server could not be reached for too long"))

RULES: Rules = {
    **{(code, None): BUSY for code in (421, 450, 451, 452, 454)},
    **{(code, None): SIGNED_OUT for code in (530, 534, 535, 538)},
    (550, None): NOT_TAKEN,
    (552, None): _LONG,
    **{(code, None): _NOBODY for code in (50101, 50102, 50103, 50106, 50110)},
    **{(code, None): _FULL for code in (50202, 40202)},
    (50201, None): _CLOSED,
    (50203, None): _LONG,
    (50304, None): _LONG,
    **{(code, None): _LATE for code in (40401, 40407, 50401, 50404, 50407)},
    **{(code, None): _POLICY for code in (50700, 50701, 50702, 50725, 50726)},
}


def fine(code: int, said: str) -> int:
    """The finer figure a server gave beside its code, if that says more."""
    found = _FINE.search(said)
    if found is None or not found[1].startswith(str(code)[0]):
        return code
    number = int(found[1]) * 10_000 + int(found[2]) * 100 + int(found[3]) % 100
    return number if (number, None) in RULES else code


def refused(code: int, *, title: str = "", attempt: int = 1) -> Refused:
    """What a code means, in an answer or in a report that comes later."""
    is_later = 400 <= code < 500
    return refusal(
        RULES, code, attempt=attempt, otherwise=BUSY if is_later else NOT_TAKEN, title=title
    )
