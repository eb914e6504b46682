"""After the story no name, number or text of it stands readable anywhere the house has written."""

import base64
import json
import tempfile
from urllib.parse import quote

import pytest
import structlog
from django.conf import settings
from django.db import connection

from nyumbani.drill.script.canaries import canaries, disguised
from tests.stories.conftest import LABEL
from tests.stories.plain import disguises, files_below, hits, rows

log = structlog.get_logger("nyumbani.stories")
TELLING = [
    "Rehema",
    "+218 91 000 00 02",
    "Sijalipwa miezi saba 🙏🏾",
    'She said: "madam\'s house" / locked',
]


@pytest.mark.pure
@pytest.mark.parametrize("word", TELLING)
@pytest.mark.parametrize(
    "write",
    [
        str.encode,
        lambda text: text.encode("utf-16"),
        lambda text: json.dumps({"a": text}).encode(),
        lambda text: json.dumps({"a": text}).replace("/", "\\/").encode(),
        lambda text: quote(text, safe="").encode(),
        lambda text: text.encode().hex().encode(),
        lambda text: text.lower().encode(),
        *(
            lambda text, n=n: base64.urlsafe_b64encode(b"x" * n + text.encode() + b"y" * 4)
            for n in range(3)
        ),
    ],
)
def test_the_search_sees_through_disguises(word, write):
    assert hits([word], [("a file", b"before " + write(word) + b" after")])


@pytest.mark.pure
def test_the_search_finds_nothing_where_nothing_is():
    assert not hits(TELLING, [("a file", b"Something else, 218 92 000 00 03, \x00\xff")])
    assert all(len(needle) >= 5 for word in TELLING for needle in disguises(word))


@pytest.fixture
def everything_written(tmp_path, monkeypatch, capfd):
    """What lies in data, temporary files, log and database, asked for after the act."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def found():
        log = capfd.readouterr()
        return [
            *files_below(settings.NYUMBANI_DATA, temporary),
            ("the log", (log.out + log.err).encode()),
            *rows(),
        ]

    return found


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_story_leaves_no_name_in_plain(everything_written, act_2):
    log.warning("story.played", label=LABEL)
    written = everything_written()
    names = {name for name, _ in written}
    assert {"inbox_message", "people_personname", "django_session", "a session, opened"} <= names
    assert not hits([*canaries(), *disguised()], written)
    # The search would have found it: this stands in the clear, on purpose.
    seen = {place for _, place in hits([LABEL], written)}
    assert {"inbox_channelaccount", "the log"} <= seen
    if connection.vendor == "sqlite":
        stores = {name for name in names if name.startswith("nyumbani.sqlite3")}
        assert len(stores) >= 2  # the database and its write-ahead log
        assert seen & stores
    assert [name for name in names if name.endswith(".age")], "the voice note is not there"
