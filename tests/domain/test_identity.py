"""Whose a message is: never two people made one, never one message lost between two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.identity import Key, renamed, whose

pytestmark = pytest.mark.pure

NUMBER = Key("wa_id", "21891000001")
NEW_NUMBER = Key("wa_id", "21891000002")
ACCOUNT = Key("bsuid", "KE.77")
NICKNAME = Key("username", "zawadi")

keys = st.builds(
    Key, st.sampled_from(["wa_id", "bsuid", "psid", "username"]), st.sampled_from("abcd")
)
owners = st.dictionaries(keys, st.sampled_from(["rehema", "achieng", "zawadi"]))


def test_somebody_unknown_is_somebody_new():
    answer = whose([NUMBER, ACCOUNT], {})
    assert answer.owner is None
    assert answer.new == (NUMBER, ACCOUNT)


def test_a_known_number_brings_its_account_id_along():
    answer = whose([NUMBER, ACCOUNT], {NUMBER: "rehema"})
    assert answer.owner == "rehema"
    assert answer.new == (ACCOUNT,)
    assert answer.asked == ()


def test_two_owners_are_asked_about_and_the_account_outweighs_the_number():
    answer = whose([NUMBER, ACCOUNT], {NUMBER: "rehema", ACCOUNT: "achieng"})
    assert answer.owner == "achieng"
    assert answer.asked == ("rehema",)
    assert answer.new == ()


def test_a_nickname_alone_decides_nothing():
    answer = whose([NICKNAME], {NICKNAME: "rehema"})
    assert answer.owner is None
    assert answer.new == ()


def test_a_new_number_goes_to_the_owner_of_the_old():
    change = renamed([NUMBER], [NEW_NUMBER], {NUMBER: "rehema"})
    assert change.owner == "rehema"
    assert change.ends == (NUMBER,)
    assert change.new == (NEW_NUMBER,)


def test_a_new_number_that_already_writes_is_put_beside_the_old_not_merged():
    change = renamed([NUMBER], [NEW_NUMBER], {NUMBER: "rehema", NEW_NUMBER: "unnamed"})
    assert change.owner == "rehema"
    assert change.new == ()
    assert change.asked == ("unnamed",)


def test_a_change_known_before_the_first_message_keeps_the_old_number_for_late_ones():
    change = renamed([NUMBER], [NEW_NUMBER], {})
    assert change.owner is None
    assert change.past == (NUMBER,)
    assert change.new == (NEW_NUMBER,)


@given(st.lists(keys, max_size=5, unique=True), owners)
def test_nobody_is_ever_merged_silently(found, known):
    answer = whose(found, known)
    deciding = {known[key] for key in found if key in known and key.kind != "username"}
    assert ({answer.owner} | set(answer.asked)) - {None} == deciding
    assert answer.owner not in answer.asked
    assert not set(answer.new) & set(known)


@given(st.lists(keys, max_size=4, unique=True), st.lists(keys, max_size=4, unique=True), owners)
def test_a_change_takes_keys_only_from_their_owner(former, now, known):
    change = renamed(former, now, known)
    assert all(known[key] == change.owner for key in change.ends)
    assert not set(change.new) & set(known)
    assert not set(change.past) & set(known)
    assert not set(change.ends) & set(now)
    assert change.owner not in change.asked
