"""Who wrote: with a number, without one, with a card of her own or of somebody else."""

import pytest

from nyumbani.inbox.channels.events import Kind, Name
from nyumbani.inbox.channels.whatsapp.people import names, number
from tests.inbox.channels.bodies import ATIENO, NAFULA, REHEMA, WANJIKU, events, whatsapp

pytestmark = pytest.mark.pure


def test_a_woman_without_number_is_known_by_her_id_and_her_username():
    event = whatsapp("bsuid_only")
    assert event.kind is Kind.MESSAGE
    assert event.identifiers == (NAFULA, Name("username", "nafula.k"))
    assert event.profile_name == "Nafula"


@pytest.mark.parametrize("name", ["bsuid_in_place_of_number", "bsuid_only_in_from"])
def test_an_id_in_the_place_of_a_number_is_not_taken_for_one(name):
    event = whatsapp(name)
    assert event.identifiers == (NAFULA,)
    assert event.profile_name == "Nafula"


def test_two_women_without_number_stay_two():
    first, second = events("whatsapp", "bsuid_two_people")
    assert (first.identifiers, first.profile_name) == ((NAFULA,), "Nafula")
    assert (second.identifiers, second.profile_name) == ((ATIENO,), "Atieno")


def test_all_ids_of_one_woman_come_in_the_same_order():
    assert whatsapp("parent_bsuid").identifiers == (
        REHEMA,
        Name("bsuid", "KE.1000000000000000001"),
        Name("parent_bsuid", "KE.ENT.2000000000000000001"),
        Name("username", "@rehema.t"),
    )


@pytest.mark.parametrize("name", ["contacts_missing", "contacts_only_wa_id"])
def test_without_a_contact_card_the_message_still_says_who_wrote(name):
    event = whatsapp(name)
    assert event.kind is Kind.MESSAGE
    assert event.identifiers == (REHEMA,)
    assert event.profile_name == ""
    assert event.notes == ()


def test_a_card_with_only_a_name_is_hers_if_nobody_else_is_there():
    assert whatsapp("contacts_without_ids").profile_name == "Rehema"


def test_a_card_with_only_a_name_is_nobodys_if_two_wrote():
    first, second = events("whatsapp", "contacts_without_ids_several")
    assert (first.profile_name, second.profile_name) == ("", "")
    assert first.data["also"] == {"contacts": [{"profile": {"name": "Rehema"}}]}


def test_cards_are_matched_by_id_not_by_their_place_in_the_list():
    rehema, wanjiku = events("whatsapp", "contacts_in_other_order")
    assert (rehema.identifiers, rehema.profile_name) == ((REHEMA,), "Rehema")
    assert (wanjiku.identifiers, wanjiku.profile_name) == ((WANJIKU,), "Wanjiku")


def test_the_card_of_somebody_else_gives_her_neither_name_nor_number():
    event = whatsapp("contacts_of_somebody_else")
    assert event.identifiers == (REHEMA,)
    assert event.profile_name == ""
    assert event.data["also"]["contacts"][0]["profile"]["name"] == "Wanjiku"
    assert event.notes == ("also came: contacts",)


def test_a_message_that_names_nobody_is_hers_whose_card_is_the_only_one():
    event = whatsapp("sender_only_in_contact")
    assert event.kind is Kind.MESSAGE
    assert event.identifiers == (NAFULA,)
    assert event.notes == ("who it is was taken from the only contact card",)


def test_a_message_that_names_nobody_is_not_guessed_between_two():
    event = whatsapp("sender_nowhere")
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.identifiers == ()
    assert event.text == "one of the two wrote this"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("218910000001", "218910000001"),
        ("+218 91 000 00 01", "218910000001"),
        ("+218-91.000(00)01", "218910000001"),
        ("KE.1000000000000000004", "KE.1000000000000000004"),
        ("٢١٨٩١", "٢١٨٩١"),
        ("", ""),
    ],
)
def test_a_number_is_written_as_the_platform_writes_it(written, digits):
    assert number(written) == digits


def test_an_id_of_a_whole_group_of_organisations_is_told_from_ours():
    assert names(wa_id="KE.ENT.2000000000000000001") == (
        Name("parent_bsuid", "KE.ENT.2000000000000000001"),
    )


def test_the_number_is_left_out_if_it_repeats_the_id():
    assert names(wa_id="anything", user_id="anything") == (Name("bsuid", "anything"),)
    assert names() == ()
