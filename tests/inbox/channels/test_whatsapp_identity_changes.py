"""A number or an id changed: the old one and the new one, however the platform says it."""

import pytest

from nyumbani.inbox.channels.events import Kind, Name
from tests.inbox.channels.bodies import NAFULA, REHEMA, events, whatsapp

pytestmark = pytest.mark.pure

NEW_NUMBER = Name("wa_id", "218910000011")
NEW_ID = Name("bsuid", "KE.1000000000000000011")
OLD_ID = Name("bsuid", "KE.1000000000000000001")


@pytest.mark.parametrize(
    ("name", "now", "before"),
    [
        ("system_user_changed_number", (NEW_NUMBER, NEW_ID), (REHEMA,)),
        ("system_user_changed_user_id", (NEW_ID,), (OLD_ID,)),
        (
            "system_user_changed_user_id_in_words",
            (NEW_ID, Name("parent_bsuid", "KE.ENT.2000000000000000011")),
            (OLD_ID,),
        ),
        ("system_customer_changed_number", (NEW_NUMBER,), (REHEMA,)),
        (
            "user_id_update",
            (NEW_NUMBER, NEW_ID, Name("parent_bsuid", "KE.ENT.2000000000000000011")),
            (OLD_ID, Name("parent_bsuid", "KE.ENT.2000000000000000001")),
        ),
    ],
)
def test_a_change_links_what_she_was_known_by_to_what_she_is_known_by_now(name, now, before):
    event = whatsapp(name)
    assert event.kind is Kind.IDENTITY
    assert event.identifiers == now
    assert event.former == before
    assert event.sent_at is not None


def test_an_update_is_known_by_both_ids_and_its_time():
    event = whatsapp("user_id_update")
    assert (
        event.key
        == f'["identity","106500000000001","{OLD_ID.value}","{NEW_ID.value}","1405332000"]'
    )


def test_a_new_id_without_the_old_one_says_so():
    event = whatsapp("system_user_changed_user_id_nothing_before")
    assert (event.kind, event.identifiers, event.former) == (Kind.IDENTITY, (NEW_ID,), ())
    assert event.notes == ("what she was known by before is not said",)


def test_an_update_without_number_is_read_and_an_empty_one_kept():
    change, empty = events("whatsapp", "user_id_update_without_number")
    assert change.kind is Kind.IDENTITY
    assert change.identifiers == (Name("bsuid", "KE.1000000000000000014"),)
    assert change.former == (NAFULA,)
    assert empty.kind is Kind.NOT_UNDERSTOOD
    assert empty.data["raw"]["detail"] == "nothing in it"


def test_a_phone_that_may_have_changed_hands_is_a_safety_signal():
    event = whatsapp("system_customer_identity_changed")
    assert (event.kind, event.identifiers, event.former) == (Kind.SYSTEM, (REHEMA,), ())
    assert event.notes == ("the phone or its holder may have changed",)
    assert event.data["identity"]["hash"] == "code-2"


def test_a_notice_nobody_knows_is_kept_with_the_person_it_is_about():
    event = whatsapp("system_unknown")
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.identifiers == (REHEMA,)
    assert event.notes == ("system notice user_became_a_star is not known",)
