"""Keys that stay the same for ever, times in any unit, checksums in any spelling."""

import base64
import datetime as dt
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.inbox.channels.checksums import as_hex
from nyumbani.inbox.channels.keys import LONGEST, digest_of, key
from nyumbani.inbox.channels.times import Unit, moment
from nyumbani.inbox.channels.wording import plain

pytestmark = pytest.mark.pure


def test_parts_are_never_confused():
    assert key("message", "a", "b c") != key("message", "a b", "c")
    assert key("message", "1", "wamid.X") == '["message","1","wamid.X"]'


def test_an_absurdly_long_id_still_has_a_key_of_its_own():
    one, other = key("message", "x" * 5000), key("message", "x" * 5001)
    assert one != other
    assert max(len(one), len(other)) < LONGEST
    assert one.startswith('["message",')


def test_the_order_of_names_does_not_change_what_an_item_is():
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": "1"})


@pytest.mark.parametrize(
    ("value", "seconds", "notes"),
    [
        ("1405332000", 1405332000, ()),
        (1405332000, 1405332000, ()),
        (1405332000.5, 1405332000.5, ()),
        (" 1405332000 ", 1405332000, ()),
        ("1405332000123", 1405332000.123, ("time in milliseconds",)),
        (999_999_999_999, None, ("time not understood",)),
        (None, None, ("no time",)),
        ("", None, ("no time",)),
        (0, None, ("time not understood",)),
        (-5, None, ("time not understood",)),
        (True, None, ("time not understood",)),
        ("2014-07-14", None, ("time not understood",)),
        ("١٤٠٥٣٣٢٠٠٠", None, ("time not understood",)),
        (10**15, None, ("time not understood",)),
        ([], None, ("time not understood",)),
        ({}, None, ("time not understood",)),
        (float("nan"), None, ("time not understood",)),
    ],
)
def test_a_time_is_read_in_seconds_or_milliseconds_or_not_at_all(value, seconds, notes):
    found, said = moment(value, usual=Unit.SECONDS)
    expected = None
    if seconds is not None:
        expected = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
    assert (found, said) == (expected, notes)


@given(st.integers(1, 10**12 - 1))
def test_every_second_until_the_year_9999_is_the_same_in_milliseconds(seconds):
    plainly, _ = moment(str(seconds), usual=Unit.SECONDS)
    if seconds * 1000 >= 10**12 and plainly is not None:
        exactly, notes = moment(str(seconds * 1000), usual=Unit.MILLISECONDS)
        assert exactly == plainly or seconds * 1000 >= 10**15
        assert notes in {(), ("time not understood",)}


CONTENTS = hashlib.sha256(b"what she recorded")


@pytest.mark.parametrize(
    "claimed",
    [
        base64.b64encode(CONTENTS.digest()).decode(),
        base64.b64encode(CONTENTS.digest()).decode().rstrip("="),
        base64.urlsafe_b64encode(CONTENTS.digest()).decode(),
        CONTENTS.hexdigest(),
        CONTENTS.hexdigest().upper(),
    ],
)
def test_a_checksum_is_the_same_in_any_spelling(claimed):
    assert as_hex(claimed) == (CONTENTS.hexdigest(), ())


@pytest.mark.parametrize("claimed", ["zzzz", "4654+8g=", "é" * 44, "ab" * 31, "=" * 44])
def test_a_checksum_that_is_none_is_left_out(claimed):
    assert as_hex(claimed) == ("", ("checksum not understood",))


def test_no_checksum_is_no_reason_for_a_note():
    assert as_hex("") == ("", ())


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("hologram", "hologram"),
        ("account_update", "account_update"),
        ("", "(none)"),
        ("218910000001", "(odd)"),
        ("help me", "(odd)"),
        ("x" * 41, "(odd)"),
        ("نجدة", "(odd)"),
    ],
)
def test_only_words_of_a_platform_get_into_notes(word, shown):
    assert plain(word) == shown


def test_a_key_is_one_line_of_ascii():
    assert json.loads(key("message", "ü\n")) == ["message", "ü\n"]
    assert key("message", "ü\n").isascii()
