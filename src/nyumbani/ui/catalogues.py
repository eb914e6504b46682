"""The words of all pages: collect them, keep the translations, compile: no gettext tools needed.

    python -m nyumbani.ui.catalogues            collect, write .po and .mo, name what is missing
    python -m nyumbani.ui.catalogues --check    write nothing; fail if anything is stale or missing

Django's own makemessages and compilemessages call xgettext and msgfmt, which a newcomer's machine
need not have; Babel does the same in Python. Translators work on the .po files; the .mo files are
committed beside them, so that an installation needs neither.
"""

import argparse
import datetime as dt
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parent.parent
LOCALE = HOUSE / "locale"
LANGUAGES = ("sw", "ar")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
"""What marks words as shown to people, and where its arguments stand."""

HEADER = """# Nyumbani's words, translated by people who are not native speakers:
# every line needs the eyes of somebody who is. See docs/howto/translate.md."""
_RESTLESS = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Report', '"Last-Tr',
             '"Language-T')  # fmt: skip


def collect(house: Path = HOUSE) -> Catalog:
    """All words in the house's modules and templates, with the files they stand in."""
    found = Catalog()
    files = [*house.rglob("*.py"), *house.rglob("*.html"), *house.rglob("*.txt")]
    for file in sorted(file for file in files if "migrations" not in file.parts):
        place = file.relative_to(house).as_posix()
        for message, context in _marked(file):
            found.add(message, locations=[(place, 0)], context=context)
    return found


def _marked(file: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        if "{%" not in text:
            return
        text = _as_python(text)
    source = io.BytesIO(text.encode())
    for _line, message, _comments, context in extract("python", source, KEYWORDS):
        yield message, context


def _as_python(template: str) -> str:
    """A template's marked words as calls that Babel's Python extractor can read.

    Django blanks everything else out with letters; without line starts and what is no call they
    are harmless names.
    """
    calls = re.findall(
        r"""\bn?p?gettext\((?:\s*,?\s*u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"))+|\b_\(u?(?:'[^']*'|"[^"]*")""",
        templatize(template),
    )
    return "\n".join(f"{call},)" if call.startswith("n") else f"{call})" for call in calls)


def updated(catalog: Catalog, found: Catalog) -> Catalog:
    """The catalogue with the words found: translations kept, forgotten words dropped, no guess."""
    catalog.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.header_comment = HEADER
    return catalog


def load(language: str, locale: Path = LOCALE) -> Catalog:
    """A language's catalogue, or an empty one if its file is not there yet."""
    file = po_file(language, locale)
    if not file.exists():
        return Catalog(
            locale=language, project="Nyumbani", version="1", charset="utf-8", fuzzy=False
        )
    with file.open("rb") as source:
        return read_po(source, locale=language)


def po_file(language: str, locale: Path = LOCALE) -> Path:
    """Where translators work."""
    return locale / language / "LC_MESSAGES" / "django.po"


def as_po(catalog: Catalog) -> bytes:
    """The catalogue as a .po file that changes only when its words do."""
    out = io.BytesIO()
    write_po(out, catalog, sort_by_file=True, include_lineno=False, width=100)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_RESTLESS)).encode()


_DAY_ONE = dt.datetime(2014, 7, 14, tzinfo=dt.UTC)


def as_mo(catalog: Catalog) -> bytes:
    """The catalogue as Django reads it: the same words give the same bytes on any day."""
    catalog.creation_date = catalog.revision_date = _DAY_ONE
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def missing(catalog: Catalog) -> list[Message]:
    """The words without a translation, or with a plural form left empty."""
    return [message for message in catalog if message.id and not _is_translated(message)]


def _is_translated(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(forms) and not message.fuzzy


def main(arguments: list[str] | None = None, house: Path = HOUSE, locale: Path = LOCALE) -> int:
    """The command line; the answer is the exit code: 0 if nothing is missing or stale."""
    parser = argparse.ArgumentParser(prog="nyumbani.ui.catalogues", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args(arguments).check
    found, amiss = collect(house), False
    for language in LANGUAGES:
        catalog = updated(load(language, locale), found)
        for message in missing(catalog):
            amiss = True
            sys.stdout.write(f"{language}: not translated: {message.id!r}\n")
        for suffix, made in ((".po", as_po(catalog)), (".mo", as_mo(catalog))):
            file = po_file(language, locale).with_suffix(suffix)
            if file.exists() and file.read_bytes() == made:
                continue
            amiss = amiss or check
            sys.stdout.write(f"{language}: {'stale' if check else 'written'}: {file.name}\n")
            if not check:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(made)
    return int(amiss)


if __name__ == "__main__":
    settings.configure()  # Django's template lexer wants settings, none of them ours
    sys.exit(main())
