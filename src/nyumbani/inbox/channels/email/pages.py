"""The words of a letter that is written as a page (HTML).

A scanner of our own, because the standard library's takes minutes over some hostile pages: this one
looks at each sign once. Nothing of a page is ever shown as a page.
"""

import html
import re
from collections.abc import Iterator

LONGEST = 500_000  # characters of a page that are read
_BLOCKS = frozenset({
    "p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5",
    "h6", "pre", "hr", "section", "article",
})  # fmt: skip
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "object"})
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]{0,20})")
_TARGET = re.compile(r"""\shref\s*=\s*["']?([^"'\s>]{1,500})""", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\f\v\u00a0\r\n]+")
_LINES = re.compile(r"\n{3,}")


def words_in(page: str) -> str:
    """What somebody would read, line by line; where a link leads is part of it. Never raises."""
    page = page[:LONGEST]
    found = "".join(_seen(page))
    if not found.strip():  # such as a style that is never closed
        found = "".join(words for words, _tag in _pieces(page))
    lines = found.split("\n")
    return _LINES.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()


def _seen(page: str) -> Iterator[str]:
    unseen, target, shown = "", "", ""
    for words, tag in _pieces(page):
        if not unseen:
            shown = shown[-600:] + words
            yield words
        named = _NAME.match(tag)
        name, is_end = (named[1].lower() if named else ""), tag.startswith("/")
        if name in _UNSEEN:
            unseen = "" if is_end and unseen in {name, ""} else unseen or ("" if is_end else name)
        elif unseen:
            unseen = "" if name == "body" else unseen  # it ends what was left open above it
        elif name == "a":
            if is_end and target and target not in shown:
                yield f" <{target}>"
            target, shown = "" if is_end else _leads_to(tag), ""
        elif name in _BLOCKS:
            yield "\n"


def _leads_to(tag: str) -> str:
    found = _TARGET.search(tag)
    target = html.unescape(found[1]) if found else ""
    return target if target.startswith(("http:", "https:", "mailto:", "tel:")) else ""


def _pieces(page: str) -> Iterator[tuple[str, str]]:
    """Words and the tag after them, in order; comments are left out."""
    at, words = 0, ""
    while (begins := page.find("<", at)) >= 0:
        words += page[at:begins]
        is_comment = page.startswith("<!--", begins)
        ends = page.find("-->" if is_comment else ">", begins)
        if ends < 0:
            at = begins
            break
        if is_comment:
            at = ends + 3
            continue
        yield _plain(words), page[begins + 1 : ends]
        at, words = ends + 1, ""
    yield _plain(words + page[at:].replace("<", " ")), ""


def _plain(words: str) -> str:
    return html.unescape(_SPACE.sub(" ", words))
