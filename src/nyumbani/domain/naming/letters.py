"""Letters of three scripts as small Latin ones, near enough to be compared.

Arabic writes few vowels and Ethiopic writes them all: what is compared between scripts are the
consonants (nyumbani.domain.naming.sounds), what breaks a tie are the vowels.
"""

import re
import unicodedata
from functools import lru_cache

_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ى": "a", "ؤ": "u", "ئ": "i", "ء": "",
    "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d",
    "ذ": "dh", "ر": "r", "ز": "z", "ژ": "j", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t",
    "ظ": "dh", "ع": "a", "غ": "gh", "ف": "f", "ڤ": "v", "ق": "q", "ك": "k", "ک": "k", "گ": "g",
    "ڨ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "w", "ي": "y", "ی": "y",
    "ـ": "",
}  # fmt: skip

# The first sign of each Ethiopic row and its consonant; its orders carry the vowels below.
_ROWS = {
    0x1200: "h", 0x1208: "l", 0x1210: "h", 0x1218: "m", 0x1220: "s", 0x1228: "r", 0x1230: "s",
    0x1238: "sh", 0x1240: "q", 0x1248: "qw", 0x1250: "q", 0x1258: "qw", 0x1260: "b", 0x1268: "v",
    0x1270: "t", 0x1278: "ch", 0x1280: "h", 0x1288: "hw", 0x1290: "n", 0x1298: "ny", 0x12A0: "",
    0x12A8: "k", 0x12B0: "kw", 0x12B8: "kh", 0x12C0: "kw", 0x12C8: "w", 0x12D0: "", 0x12D8: "z",
    0x12E0: "zh", 0x12E8: "y", 0x12F0: "d", 0x12F8: "d", 0x1300: "j", 0x1308: "g", 0x1310: "gw",
    0x1318: "g", 0x1320: "t", 0x1328: "ch", 0x1330: "p", 0x1338: "ts", 0x1340: "ts", 0x1348: "f",
    0x1350: "p",
}  # fmt: skip
_VOWELS = ("e", "u", "i", "a", "e", "", "o", "wa")
_MARKS = {"Mn", "Cf", "Sk", "Lm"}
_LONG_VOWEL = re.compile(r"(?<=.)[wy](?![aeiou])|(?<=[^aeiou])[wy](?=[aeiou]*$)")

APOSTROPHES = "'’‘ʼʻ`´′ʿʾ"
"""However somebody types the sign in Ng'ang'a."""


def script_of(word: str) -> str:
    """In which script a word is written: "arabic", "ethiopic", or "latin" for all others."""
    for sign in word:
        place = ord(sign)
        if 0x0600 <= place <= 0x06FF or 0x0750 <= place <= 0x077F or 0xFB50 <= place <= 0xFEFC:
            return "arabic"
        if 0x1200 <= place <= 0x137F:
            return "ethiopic"
    return "latin"


@lru_cache(maxsize=65_536)
def latin(word: str) -> str:
    """A word in small Latin letters a to z, and nothing else; empty if none is left of it."""
    written = "".join(map(_letter, unicodedata.normalize("NFKC", word)))
    if script_of(word) == "arabic":
        written = _as_vowels(written)
    return "".join(letter for letter in written if "a" <= letter <= "z")


def _as_vowels(written: str) -> str:
    """Waw and ya that stand for long vowels, which is most of them behind the first letter."""
    return _LONG_VOWEL.sub(lambda found: "u" if found[0] == "w" else "i", written)


@lru_cache(maxsize=4096)
def _letter(sign: str) -> str:
    if sign in _ARABIC:
        return _ARABIC[sign]
    place = ord(sign)
    if 0x1200 <= place <= 0x1357:
        consonant = _ROWS.get(place & ~7, "")
        vowel = _VOWELS[place & 7]
        return consonant + (vowel or "" if consonant else vowel or "i")
    apart = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(one for one in apart if unicodedata.category(one) not in _MARKS)
