"""States of a sent message do not depend on the order in which a platform reports them."""

from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.delivery import State, higher, may_send_again

pytestmark = pytest.mark.pure
states = st.sampled_from(State)


@pytest.mark.parametrize("order", [*permutations([State.READ, State.SENT, State.DELIVERED])])
def test_read_delivered_sent_in_any_order_ends_as_read(order):
    assert reduce(higher, order, State.SENDING) == State.READ


@given(states, states, states)
def test_what_is_known_is_a_lattice(a, b, c):
    assert higher(a, b) == higher(b, a)
    assert higher(a, higher(b, c)) == higher(higher(a, b), c)
    assert higher(a, a) == a


def test_a_failure_after_sending_is_a_failure_and_after_delivery_is_not():
    assert higher(State.SENT, State.FAILED) == State.FAILED
    assert higher(State.DELIVERED, State.FAILED) == State.DELIVERED


def test_any_report_beats_not_knowing():
    for state in (State.SENT, State.FAILED, State.DELIVERED, State.READ):
        assert higher(State.UNKNOWN, state) == state


def test_only_what_failed_or_is_unknown_may_be_sent_again():
    assert {state for state in State if may_send_again(state)} == {State.FAILED, State.UNKNOWN}
