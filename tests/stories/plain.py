"""Searching everything a house has written for words that must not stand there in the plain."""

import base64
import html
import json
from pathlib import Path
from urllib.parse import quote, quote_plus

from django.contrib.sessions.models import Session
from django.db import connection


def disguises(word):
    """The bytes by which a word could be recognised, however it was written down."""
    plain = word.encode()
    found = {
        plain, word.lower().encode(), word.encode("utf-16-le"), word.encode("utf-16-be"),
        json.dumps(word)[1:-1].encode(), json.dumps(word)[1:-1].replace("/", "\\/").encode(),
        repr(word)[1:-1].encode(), html.escape(word).encode(), quote(word).encode(),
        quote(word, safe="").encode(), quote_plus(word).encode(), plain.hex().encode(),
        plain.hex().upper().encode(),
    }  # fmt: skip
    return found | set(_in_base64(plain))


def _in_base64(plain):
    """The part of its base64 form that is the same wherever the word begins in what is encoded."""
    for offset, first in ((0, 0), (1, 2), (2, 3)):
        whole = base64.b64encode(b"\0" * offset + plain)
        part = whole[first : (offset + len(plain)) * 8 // 6]
        yield part
        yield part.replace(b"+", b"-").replace(b"/", b"_")


def hits(words, places):
    """Which words are found where: {(word, place)}; `places` are (name, bytes)."""
    needles = [(word, needle) for word in words for needle in disguises(word)]
    return {
        (word, name) for name, content in places for word, needle in needles if needle in content
    }


def files_below(*folders):
    """Every file with its content, and its name: a name can tell as much."""
    for folder in folders:
        for file in sorted(Path(folder).rglob("*")):
            yield f"the name of {file.name}", file.name.encode()
            if file.is_file():
                yield file.name, file.read_bytes()


def rows():
    """Every value of every row of every table, as it is stored; sessions also as they are read."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, b"\x00".join(_as_bytes(value) for value in row)
    for session in Session.objects.all():
        yield "a session, opened", json.dumps(session.get_decoded(), ensure_ascii=False).encode()


def _as_bytes(value):
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).encode()
    return str(value).encode()
