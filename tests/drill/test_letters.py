"""The flood's judge of letters: nothing untrue passes, and honest doubt does."""

import pytest

from nyumbani.drill.flood.letters import (
    Fate,
    Ours,
    Seen,
    has_final_state,
    is_lost_sight_of,
    untruth,
)
from nyumbani.drill.graph.faults import Fault, Faults
from nyumbani.drill.mail.box import Box

pytestmark = pytest.mark.pure


def ours(fate=Fate.TAKEN, channel="sms", waits=()):
    return Ours(channel, "Jibu", fate, waits)


@pytest.mark.parametrize(
    ("letter", "seen", "wrong"),
    [
        (ours(), Seen("delivered", 1, 1), ""),
        (ours(), Seen("delivered", 2, 1), "sent twice"),
        (ours(), Seen("delivered", 1, 2), "sent after a refusal"),
        (ours(waits=(Fault.THROTTLED,)), Seen("delivered", 1, 2), ""),
        (ours(), Seen("delivered", 0, 1), "said to be sent"),
        (ours(), Seen("failed", 0, 1), "said to have failed"),
        (ours(), Seen("queued", 0, 0), "not finished"),
        (ours(Fate.REFUSED), Seen("failed", 0, 1), ""),
        (ours(Fate.REFUSED), Seen("failed", 0, 2), "sent after a refusal"),
        (ours(Fate.FAILS_LATER), Seen("failed", 1, 1), "said to have failed"),
        (ours(Fate.DROPPED), Seen("unknown", 1, 1), ""),
        (ours(Fate.DROPPED), Seen("sent", 1, 1), "said to be sent"),
        (ours(Fate.DROPPED, "whatsapp"), Seen("delivered", 1, 1), ""),
        (ours(Fate.LATE, "telegram"), Seen("failed", 1, 1), "said to have failed"),
    ],
)
def test_what_is_said_of_a_letter_is_held_against_what_became_of_it(letter, seen, wrong):
    assert untruth(letter, seen) == wrong


def test_doubt_without_a_fault_of_the_platforms_is_counted_against_the_kills():
    assert is_lost_sight_of(ours(), Seen("unknown", 1, 1))
    assert not is_lost_sight_of(ours(Fate.DROPPED), Seen("unknown", 1, 1))


def test_where_delivery_is_told_sent_is_not_the_last_word():
    assert not has_final_state(ours(), Seen("sent", 1, 1))
    assert has_final_state(ours(channel="telegram"), Seen("sent", 1, 1))


def test_a_fault_about_one_letter_strikes_no_other():
    faults = Faults()
    faults.plan(Fault.THROTTLED, about="№1")
    assert faults.strike([Fault.THROTTLED], "Jibu №2") is None
    assert faults.strike([Fault.THROTTLED], "Jibu №1").fault is Fault.THROTTLED
    assert faults.strike([Fault.THROTTLED], "Jibu №1") is None
    assert faults.asked == {"Jibu №1": 2, "Jibu №2": 1}


def test_what_goes_wrong_with_a_letter_goes_wrong_in_its_order_and_with_nobody_elses():
    box = Box("jikoni@example.org")
    box.fates["dada@example.net"].extend([("to", 451), ("dropped", 1)])
    box.faults["to"] = 550
    assert box.strike("to", "dada@example.net") == 451
    assert box.strike("to", "another@example.net") == 550
    assert box.strike("to", "dada@example.net") == 0
    assert box.strike("dropped", "dada@example.net") == 1
