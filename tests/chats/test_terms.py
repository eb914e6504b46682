"""What lines are called in the database is what the reader calls them: nothing goes unsaid."""

import pytest

from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.chats.chat_exports.moments import Order
from nyumbani.chats.chat_exports.said import AMBIGUOUS_DATE, FLAGS, ONCE
from nyumbani.chats.terms import DateOrder, Flag, LineKind

pytestmark = pytest.mark.pure


def test_every_kind_flag_and_order_of_the_reader_has_its_words():
    assert set(LineKind.values) == set(Kind)
    assert set(DateOrder.values) == set(Order)
    # These two are no flags of a kept line: one is said of its sender, one is asked beforehand.
    assert set(Flag.values) - {Flag.CHANGED, Flag.CAME_LATER} == FLAGS - {ONCE, AMBIGUOUS_DATE}
