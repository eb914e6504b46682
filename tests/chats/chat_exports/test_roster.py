"""Who wrote, how often and when, and whose name is a telephone number."""

import pytest

from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.chats.chat_exports.roster import Roster, number_in
from tests.chats.chat_exports.reading_back import read

pytestmark = pytest.mark.pure


def test_a_roster_says_who_wrote_how_often_first_and_last():
    said = read(
        "20/07/2014, 06:15 - Amina created group “Kazi”\n20/07/2014, 06:16 - Amina: a\n"
        "20/07/2014, 06:17 - +218 91 000 00 01: b\n21/07/2014, 06:18 - Amina: c\n"
        "21/07/2014, 06:19 - ~ Grace: <Media omitted>\n"
    )
    roster = Roster("Kazi")
    assert list(roster.watch(said)) == said
    shown = [
        (
            one.name, one.number, one.is_own_word, one.lines,
            f"{one.first:%d %H:%M}", f"{one.last:%d %H:%M}",
        )
        for one in roster.writers
    ]  # fmt: skip
    assert shown == [
        ("Amina", "", False, 2, "20 06:16", "21 06:18"),
        ("+218 91 000 00 01", "+218910000001", False, 1, "20 06:17", "20 06:17"),
        ("~ Grace", "", True, 1, "21 06:19", "21 06:19"),
    ]
    assert (roster.title, roster.kinds[Kind.SYSTEM], roster.kinds[Kind.MEDIA]) == ("Kazi", 1, 1)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("+254 700 000 001", "+254700000001"),
        ("+254\u00a0700\u00a0000\u2011001", "+254700000001"),
        ("0700 000 001", ""),  # whose country nobody says
        ("+999 1", ""),
        ("Amina +254 700 000 001", ""),
        ("2014", ""),
    ],
)
def test_a_name_that_is_a_number_is_read_as_one(name, number):
    assert number_in(name) == number
