"""The consonants a name is heard by: what stays when it is spelled by ear or in another script.

Letters that one ear or one script does not tell apart are one sound; vowels, h, w and y count only
at the beginning. Some spellings have two readings (Somali c and x are no k and no ks, Kikuyu c is
ch): such a word has more than one skeleton, the likeliest first.
"""

import re
from functools import lru_cache

from nyumbani.domain.naming.letters import latin, script_of

SOUNDS = "abdfhjklmnrstwy"
"""Every sound a skeleton is made of; a, h, w and y stand only at its beginning."""
_MOST = 4  # skeletons of one word
_LONGEST = 12  # sounds that are told apart; no name needs more

# Together, then one by one: what is written with two letters and heard as one.
_PAIRS = (
    ("tsch", "s"), ("sch", "s"), ("tch", "s"), ("tsh", "s"), ("ch", "s"), ("sh", "s"), ("ts", "s"),
    ("tz", "s"), ("dj", "j"), ("dz", "s"), ("zh", "j"), ("ph", "f"), ("th", "t"), ("dh", "d"),
    ("kh", "k"), ("gh", "j"), ("ck", "k"), ("kw", "k"), ("qu", "k"),
)  # fmt: skip
_ONE = str.maketrans("eioupvzgqc", "aaaabfsjkk")
_SOFT_C = re.compile(r"c(?=[eiy])")
_FIRST_C = re.compile(r"^c(?=[aeiou])")
_SINGLE_C = re.compile(r"c(?!h)")
_DOUBLED = re.compile(r"(.)\1+")
_AFTER = re.compile(r"[ahwy]")
_SERVANT = re.compile(r"^abdl(?=..)")  # Abdul-, Abdel-, Abdal-: the article is not said apart
_ARTICLE = re.compile(r"^(?:ال|al-|el-)(?=..)")


@lru_cache(maxsize=65_536)
def skeletons(word: str) -> tuple[str, ...]:
    """The skeletons of one word as written, the likeliest first; none if it has no letter."""
    is_latin = script_of(word) == "latin"
    written = latin(_ARTICLE.sub("", word.casefold()))
    readings = _readings(written) if is_latin else (written,)
    found = dict.fromkeys(filter(None, map(_skeleton, readings)))
    return tuple(found)[:_MOST]


def near(skeleton: str) -> set[str]:
    """Every skeleton one slip away: a sound missing, too many, another one, two changed about."""
    if not 2 <= len(skeleton) <= _LONGEST:
        return set()
    cuts = [(skeleton[:n], skeleton[n:]) for n in range(len(skeleton) + 1)]
    found = {head + tail[1:] for head, tail in cuts if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    for head, tail in cuts:
        for sound in SOUNDS if not head else SOUNDS.translate(_NOT_INSIDE):
            found.add(head + sound + tail)
            found.add(head + sound + tail[1:])
    return {one for one in found if len(one) > 1} - {skeleton}


_NOT_INSIDE = {ord(sound): None for sound in "ahwy"}


def _readings(written: str) -> tuple[str, ...]:
    """What somebody may have meant by the letters c and x."""
    options = [written]
    if "x" in written:
        options = [written.replace("x", "h"), written.replace("x", "ks")]
    if not _SINGLE_C.search(written):
        return tuple(options)
    first = options[0]  # with both c and x it is Somali, and x is h
    read = (_SOFT_C.sub("s", first), first.replace("c", "s"), _FIRST_C.sub("a", first))
    return read[::-1] if len(options) > 1 else read


def _skeleton(written: str) -> str:
    for pair, sound in _PAIRS:
        written = written.replace(pair, sound)
    single = _DOUBLED.sub(r"\1", written.translate(_ONE))
    if not single:
        return ""
    heard = single[0] + _AFTER.sub("", single[1:])
    return _SERVANT.sub("abd", heard)[:_LONGEST]
