"""How names are written otherwise than they stand: the rules, one a function.

Each takes the words of a name and a source of chance and gives what somebody else would type. They
were written from how people write, and know nothing of the rules they test.
"""

import random
import re
from collections.abc import Callable

_KEYS = {
    "a": "sqz", "b": "vgn", "c": "xvd", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy",
    "i": "uok", "j": "hku", "k": "jli", "l": "ko", "m": "nj", "n": "bmh", "o": "ipl", "p": "ol",
    "q": "wa", "r": "etf", "s": "adw", "t": "ryg", "u": "yij", "v": "cbf", "w": "qes", "x": "zcs",
    "y": "tuh", "z": "xas",
}  # fmt: skip
_BY_EAR = (
    ("kh", "k"), ("gh", "g"), ("sh", "ch"), ("ch", "sh"), ("ph", "f"), ("th", "t"), ("dh", "d"),
    ("x", "h"), ("ou", "u"), ("u", "ou"), ("ee", "i"), ("i", "ee"), ("aa", "a"), ("uu", "u"),
    ("oo", "o"), ("ai", "ei"), ("ss", "s"), ("mm", "m"), ("q", "k"), ("w", "u"), ("y", "i"),
    ("e", "i"), ("o", "u"), ("u", "o"), ("j", "g"), ("v", "f"), ("ii", "i"), ("z", "s"), ("c", "k"),
)  # fmt: skip
_ARABIC = (
    ("ts", "تس"), ("tch", "تش"), ("ch", "تش"), ("sh", "ش"), ("kh", "خ"), ("gh", "غ"), ("th", "ث"),
    ("dh", "ذ"), ("ny", "ني"), ("aa", "ا"), ("ee", "ي"), ("ii", "ي"), ("oo", "و"), ("uu", "و"),
    ("ai", "اي"), ("ei", "ي"), ("ou", "و"), ("au", "او"), ("b", "ب"), ("t", "ت"), ("j", "ج"),
    ("x", "ح"), ("d", "د"), ("r", "ر"), ("z", "ز"), ("s", "س"), ("f", "ف"), ("q", "ق"), ("k", "ك"),
    ("c", "ك"), ("l", "ل"), ("m", "م"), ("n", "ن"), ("h", "ه"), ("w", "و"), ("y", "ي"), ("v", "ف"),
    ("p", "ب"), ("g", "غ"), ("i", "ي"), ("e", "ي"), ("o", "و"), ("u", "و"), ("a", "ا"), ("'", ""),
)  # fmt: skip
# As they are written, not as their letters are said.
_ARABIC_KNOWN = {
    "mohamed": "محمد", "maxamed": "محمد", "ahmed": "أحمد", "axmed": "أحمد", "fatima": "فاطمة",
    "fatuma": "فاطمة", "faadumo": "فاطمة", "ali": "علي", "cali": "علي", "omar": "عمر",
    "cumar": "عمر", "hassan": "حسن", "xasan": "حسن", "hussein": "حسين", "xuseen": "حسين",
    "aisha": "عائشة", "caasha": "عائشة", "osman": "عثمان", "cismaan": "عثمان", "khadija": "خديجة",
    "mariam": "مريم", "maryam": "مريم", "maryan": "مريم", "zainab": "زينب", "saynab": "زينب",
    "yousef": "يوسف", "yuusuf": "يوسف", "ibrahim": "إبراهيم", "ibraahim": "إبراهيم",
    "cabdi": "عبدي", "cabdullaahi": "عبد الله", "abdullah": "عبد الله",
    "cabdiraxmaan": "عبد الرحمن", "abdulrahman": "عبد الرحمن", "ismail": "إسماعيل",
    "ismaaciil": "إسماعيل", "halima": "حليمة", "xaliimo": "حليمة", "amina": "أمينة",
}  # fmt: skip
_ROWS = {
    "h": 0x1200, "l": 0x1208, "m": 0x1218, "r": 0x1228, "s": 0x1230, "sh": 0x1238, "q": 0x1240,
    "b": 0x1260, "v": 0x1268, "t": 0x1270, "ch": 0x1278, "n": 0x1290, "ny": 0x1298, "": 0x12A0,
    "k": 0x12A8, "w": 0x12C8, "z": 0x12D8, "y": 0x12E8, "d": 0x12F0, "j": 0x1300, "g": 0x1308,
    "ts": 0x1338, "f": 0x1348, "p": 0x1350, "x": 0x1200, "c": 0x12A8, "kh": 0x12B8, "gh": 0x1308,
    "th": 0x1270, "dh": 0x12F0,
}  # fmt: skip
_ORDERS = {"e": 0, "u": 1, "i": 2, "a": 3, "o": 6, "": 5}
_SYLLABLE = re.compile(r"(sh|ch|ts|ny|kh|gh|th|dh|[bcdfghjklmnpqrstvwxyz]?)([aeiou]?)[aeiou]?")
_NICK = {
    "mary": "Mariam", "mariam": "Mary", "catherine": "Kate", "elizabeth": "Betty",
    "margaret": "Maggie", "josephine": "Jose", "james": "Jimmy", "joseph": "Yusuf",
    "john": "Yohana", "peter": "Petero", "moses": "Musa", "jacob": "Yakobo", "fatuma": "Fatma",
    "fatima": "Fatou", "faadumo": "Fatuma", "khadija": "Hadija", "mohamed": "Muhammadu",
    "maxamed": "Mohamed", "wanjiku": "Ciku", "wanjiru": "Ciru", "wacera": "Shera",
    "stephen": "Stevo",
    "michael": "Mike", "samuel": "Sammy", "esther": "Aster", "aster": "Esther", "sarah": "Sara",
    "zainab": "Zena", "aisha": "Asha", "caasha": "Aisha", "halima": "Xaliimo", "xaliimo": "Halima",
    "ibrahim": "Abraham", "suleiman": "Solomon", "solomon": "Suleiman", "dawit": "David",
    "david": "Daudi", "yohannes": "John", "hassan": "Xasan", "omar": "Umar", "osman": "Uthman",
    "susan": "Suzan", "ruth": "Ruthie", "robert": "Bob", "patrick": "Pat", "daniel": "Danny",
}  # fmt: skip

Slip = Callable[[list[str], random.Random], list[str]]


def typo(words: list[str], chance: random.Random) -> list[str]:
    """One letter of one word: left out, doubled, changed with its neighbour, or the key beside."""
    n = _long(words, chance)
    word, at = words[n], chance.randrange(1, max(2, len(words[n]) - 1))
    kind = chance.randrange(4)
    if kind == 0:
        word = word[:at] + word[at + 1 :]
    elif kind == 1:
        word = word[:at] + word[at] + word[at:]
    elif kind == 2 and at + 1 < len(word):
        word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    else:
        word = word[:at] + chance.choice(_KEYS.get(word[at].lower(), "e")) + word[at + 1 :]
    return [*words[:n], word, *words[n + 1 :]]


def by_ear(words: list[str], chance: random.Random) -> list[str]:
    """Every word with one or two sounds spelled otherwise."""
    return [_heard(word, chance) for word in words]


def in_script(words: list[str], chance: random.Random) -> list[str]:
    """All of it in Arabic or in Ethiopic letters, as they are said."""
    return list(map(chance.choice((arabic, ethiopic)), words))


def dropped(words: list[str], chance: random.Random) -> list[str]:
    """One word of three left out."""
    n = chance.randrange(len(words))
    return [*words[:n], *words[n + 1 :]]


def other_order(words: list[str], chance: random.Random) -> list[str]:
    """The words in another order."""
    return chance.choice([words[::-1], [*words[1:], words[0]], [words[-1], *words[:-1]]])


def nickname(words: list[str], chance: random.Random) -> list[str]:
    """What somebody is called for short or in another church or mosque; else an initial."""
    named = [_NICK.get(word.lower(), word) for word in words]
    return named if named != words else [*words[:-2], words[-2][:1] + ".", words[-1]]


def no_vowels(words: list[str], chance: random.Random) -> list[str]:
    """As in a text message: one word without its vowels but the first letter."""
    n = _long(words, chance)
    short = words[n][0] + re.sub("[aeiou]", "", words[n][1:])
    return [*words[:n], short, *words[n + 1 :]]


def unfinished(words: list[str], chance: random.Random) -> list[str]:
    """The last word broken off after four or five letters: somebody is still typing."""
    return [*words[:-1], words[-1][: chance.choice((4, 5))]]


SLIPS: dict[str, Slip] = {
    "typo": typo, "by_ear": by_ear, "in_script": in_script, "dropped": dropped,
    "other_order": other_order, "nickname": nickname, "no_vowels": no_vowels,
    "unfinished": unfinished,
}  # fmt: skip


def arabic(word: str) -> str:
    """A word in Arabic letters: as it is usually written, else vowel by vowel."""
    small = word.lower()
    if small in _ARABIC_KNOWN:
        return _ARABIC_KNOWN[small]
    made, at = "", 0
    if small[0] in "eiou":
        made, at = {"e": "إ", "i": "إ", "o": "أو", "u": "أو"}[small[0]], 1
    while at < len(small):
        pair = next((pair for pair in _ARABIC if small.startswith(pair[0], at)), (small[at], ""))
        made, at = made + pair[1], at + len(pair[0])
    return re.sub(r"(.)\1+", r"\1", made)


def ethiopic(word: str) -> str:
    """A word in Ethiopic letters, syllable by syllable."""
    small = re.sub(r"([^aeiou])\1", r"\1", word.lower().replace("'", ""))
    parts = [found.groups() for found in _SYLLABLE.finditer(small) if found[0]]
    return "".join(chr(_ROWS[consonant] + _ORDERS[vowel]) for consonant, vowel in parts)


def _heard(word: str, chance: random.Random) -> str:
    fitting = [pair for pair in _BY_EAR if pair[0] in word.lower()[1:]]
    for old, new in chance.sample(fitting, min(len(fitting), chance.choice((1, 2)))):
        word = word[0] + word[1:].replace(old, new, 1)
    return word


def _long(words: list[str], chance: random.Random) -> int:
    fit = [n for n, word in enumerate(words) if len(word) > 3]
    return chance.choice(fit or [0])
