"""The standard's own forms have defects: every column is found, and each defect said."""

import pytest

from nyumbani.domain.htcds.doubts import Doubt
from nyumbani.domain.htcds.fields import fields
from nyumbani.domain.htcds.headings import headings, renamed
from nyumbani.domain.htcds.records import records

pytestmark = pytest.mark.pure

CITY, STREET = "prs_MailingCity", "prs_MailingStreet"


def names_of(found):
    return [column.name for column in found.columns]


def doubts_of(found):
    return {one.doubt for one in found.noted}


def test_the_standard_has_83_fields_and_40_of_them_are_core():
    assert len(fields()) == 83
    assert sum(field.is_core for field in fields().values()) == 40


def test_every_field_is_found_by_its_name_and_by_every_other_name():
    for field in fields().values():
        for name in (field.name, *field.also, field.name.upper(), f" {field.name}\u00a0"):
            assert names_of(headings([[name]])) == [field.name], name


def test_the_toolkits_labels_and_names_in_order_give_every_field_without_doubt():
    labels = [field.label for field in fields().values()]
    found = headings([labels, list(fields())])
    assert names_of(found) == list(fields())
    assert doubts_of(found) == {Doubt.DEPRECATED}
    assert found.after == 2


def test_labels_alone_give_every_field_as_each_stands_in_its_section():
    found = headings([[field.label for field in fields().values()]])
    assert [one for one in names_of(found) if not one.startswith("x_")] == names_of(found)
    assert names_of(found) == list(fields())


def test_hidden_names_of_the_address_block_in_another_order_lose_against_the_labels():
    labels = ["First Name", "Mailing Street", "Mailing City", "Longitude"]
    hidden = ["prs_FirstName", CITY, STREET, "prs_MailingLongitude"]
    found = headings([labels, hidden])
    assert names_of(found) == ["prs_FirstName", STREET, CITY, "prs_MailingLongitude"]
    told = [one.column for one in found.noted if one.doubt is Doubt.NAME_DISAGREES]
    assert told == ["Mailing Street", "Mailing City"]
    assert names_of(headings([hidden, labels])) == names_of(found)  # whichever stands first


def test_a_longitude_whose_hidden_name_is_another_of_its_block_stays_in_the_block():
    found = headings([["First Name", "Longitude"], ["prs_FirstName", "prs_MailingCity"]])
    assert names_of(found) == ["prs_FirstName", "prs_MailingLongitude"]
    assert Doubt.NAME_DISAGREES in doubts_of(found)


def test_the_column_without_a_name_is_found_by_its_label():
    labels = ["First Name", "Second Name", "Agreement to Manage Personal Data"]
    found = headings([labels, ["prs_FirstName", "prs_SecondName", ""]])
    assert names_of(found)[2] == "vic_AgreementToManagePersonalData"
    assert Doubt.NO_NAME in doubts_of(found)


def test_the_misspelt_name_and_the_names_of_the_xlsform_are_said():
    found = headings(
        [["vic_TraffickinStatusDecisionMakingOrg", "prs_First_Name", "vic_Methods_of_Control"]]
    )
    assert names_of(found) == [
        "vic_TraffickingStatusDecisionMakingOrg", "prs_FirstName", "vic_MethodsOfControl",
    ]  # fmt: skip
    assert [one.doubt for one in found.noted] == [
        Doubt.MISSPELT, Doubt.OTHER_NAME, Doubt.OTHER_NAME,
    ]  # fmt: skip


def test_three_fields_called_type_without_their_section_are_not_guessed():
    found = headings([["Type", "prs_FirstName"]])
    assert names_of(found) == ["x_Type", "prs_FirstName"]
    assert Doubt.AMBIGUOUS in doubts_of(found)


def test_answers_of_an_xlsform_are_found_in_their_groups_and_choices():
    lines = [
        ["start", "person/prs_First_Name", "victim/vic_Methods_of_Control/DebtBondage",
         "victim/vic_Methods_of_Control/TakesEarnings", "members[1]/prs_Gender",
         "members[2]/prs_Gender", "_uuid"],
        ["2014-07-14", "Amina", "1", "0", "Feminine", "Masculine", "u1"],
    ]  # fmt: skip
    found = headings(lines)
    assert names_of(found)[1] == "prs_FirstName"
    assert names_of(found)[4:6] == ["prs_Gender", "x_members[2]/prs_Gender"]
    assert Doubt.TWICE in doubts_of(found)
    (one,) = records(lines, found)
    assert one.said("vic_MethodsOfControl") == "DebtBondage"
    assert one.values["x_members[2]/prs_Gender"] == "Masculine"
    assert one.values["x__uuid"] == "u1"


@pytest.mark.parametrize(
    "heads",
    [
        ["Name", "Phone", "Passport No", "Nationality"],
        ["Jina", "Namba ya simu", "Namba ya pasipoti", "Uraia"],
        ["الاسم", "رقم الهاتف", "رقم الجواز", "الجنسية"],
        ["Nom complet", "Téléphone", "N° de passeport", "Nationalité"],
    ],
)
def test_a_callers_list_is_understood_in_four_languages(heads):
    assert names_of(headings([heads])) == [
        "x_NameAsGiven", "prs_MobilePhone", "prs_IdentityNumber", "prs_Citizenship",
    ]  # fmt: skip


def test_titles_above_are_said_and_merged_headings_are_read_a_line_higher():
    lines = [["People in Tripoli"], ["Name", "Contact", ""], ["", "Phone", "Email"], ["Amina"]]
    found = headings(lines)
    assert names_of(found) == ["x_NameAsGiven", "prs_MobilePhone", "prs_Email"]
    assert found.after == 3
    assert Doubt.ROWS_ABOVE in doubts_of(found)


def test_what_nobody_knows_keeps_its_heading_and_its_values():
    lines = [["Name", "Colour of the door", "", "Colour of the door"], ["Amina", "b", "c", "d"]]
    (one,) = records(lines, headings(lines))
    assert one.values == {
        "x_NameAsGiven": "Amina", "x_Colour of the door": "b", "x_column 3": "c",
        "x_Colour of the door (2)": "d",
    }  # fmt: skip


def test_somebody_may_choose_otherwise_but_no_field_twice():
    found = headings([["Name", "Colour"]])
    assert names_of(renamed(found, {2: "prs_Title"})) == ["x_NameAsGiven", "prs_Title"]
    assert names_of(renamed(found, {1: ""})) == ["x_Name", "x_Colour"]
    with pytest.raises(ValueError, match="x_NameAsGiven"):
        renamed(found, {2: "x_NameAsGiven"})
    with pytest.raises(ValueError, match="is_superuser"):
        renamed(found, {1: "is_superuser"})


def test_a_file_without_lines_has_no_columns():
    assert headings([]).columns == ()
    assert headings([["", ""]]).after == 0
