"""From bytes to words, though a letter often names another alphabet than the one it uses."""

import codecs

from nyumbani.kit.phrases import gettext_noop

OTHER_ALPHABET = gettext_noop("the letter names another alphabet than it uses")
REPLACED = gettext_noop("some letters could not be read and were replaced")
_NOT_WRITING = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
_UNSTORABLE = {0: "\ufffd", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}

Known = tuple[str, tuple[str, ...]]


def words_of(content: bytes, charset: str) -> Known:
    """The words, and what a reader should know of them. Never raises.

    UTF-8 is hardly ever met by chance, so what can be read as it is; then what the letter claims.
    """
    claimed = _known(charset)
    if content.isascii() and claimed not in {"utf-7", "iso2022_jp", "iso2022_kr", "hz"}:
        return _storable(content.decode("ascii")), ()
    if claimed is None or claimed in _ONE_BYTE:
        try:
            found = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
        else:
            named = claimed in {"utf-8", "utf-8-sig"} or not charset
            return _storable(found), () if named else (OTHER_ALPHABET,)
    try:
        return _storable(content.decode(claimed or "windows-1252")), (
            () if claimed else (OTHER_ALPHABET,)
        )
    except (UnicodeError, ValueError):
        return _storable(content.decode("utf-8", "replace")), (REPLACED,)


def storable(words: str) -> str:
    """Words a database takes: no NUL, no half of a sign."""
    return _storable(words)


class _OneByte:
    """Alphabets in which any bytes have some meaning, right or wrong, and UTF-8 itself."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.startswith(
            ("ascii", "utf-8", "cp12", "cp8", "iso8859", "latin", "koi8", "mac")
        )


_ONE_BYTE = _OneByte()


def _known(charset: str) -> str | None:
    name = charset.strip().strip("\"'").lower()
    if not name or len(name) > 40 or not name.isascii():
        return None
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    is_writing = getattr(found, "_is_text_encoding", True) and found.name not in _NOT_WRITING
    return found.name if is_writing else None


def _storable(words: str) -> str:
    return words.translate(_UNSTORABLE)
