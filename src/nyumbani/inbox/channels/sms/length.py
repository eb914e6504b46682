"""How many parts an SMS goes out in, and how much of what we allow it fills.

The alphabet of GSM 03.38 packs 160 signs into one message; a single sign outside it and the whole
text is written in UCS-2, of which 70 fit. Longer texts are cut, and each part gives some room to
the number that puts them together again: 153 or 67 fit (3GPP TS 23.038, 23.040).
"""

from nyumbani.inbox.channels.outgoing import Length
from nyumbani.kit.phrases import gettext_noop

PARTS = 6  # more is a letter; each is paid for, and one lost part may cost her the whole
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("\f^{}\\[~]|€")  # take the room of two
GSM = (160, 153)
UCS = (70, 67)
NOTE = gettext_noop(
    "Up to 6 SMS: 918 characters of the Latin alphabet; 402 with other scripts or emoji."
)
TEXT_LIMIT = PARTS * GSM[1]


def length(text: str) -> Length:
    """How much room a text takes; `limit` depends on the alphabet it needs."""
    if is_gsm(text):
        (alone, each), sizes = GSM, [2 if sign in _ESCAPED else 1 for sign in text]
    else:
        (alone, each), sizes = UCS, [2 if ord(sign) > 0xFFFF else 1 for sign in text]
    total = sum(sizes)
    if total <= alone:
        return Length(total, PARTS * each)
    parts, used = 1, 0
    for size in sizes:
        if used + size > each:  # an escaped sign, or half an emoji, is not cut in two
            parts, used = parts + 1, 0
        used += size
    return Length((parts - 1) * each + used, PARTS * each, parts)


def is_gsm(text: str) -> bool:
    """Whether the small alphabet is enough."""
    return all(sign in _BASIC or sign in _ESCAPED for sign in text)
