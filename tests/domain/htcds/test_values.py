"""What stands in a pick-list's cell: the standard's lists are not what its forms hold."""

import pytest

from nyumbani.domain.htcds.doubts import Doubt
from nyumbani.domain.htcds.fields import fields
from nyumbani.domain.htcds.records import Record, noted
from nyumbani.domain.htcds.values import for_standard, meaning

pytestmark = pytest.mark.pure


def meant(name, cell):
    found = meaning(fields()[name], cell)
    return found.values, found.beyond, {one.doubt for one in found.noted}


def test_every_value_and_every_label_of_every_list_is_known():
    for field in fields().values():
        for value, label in field.choices:
            for cell in (value, label):
                values, beyond, doubts = meant(field.name, cell)
                assert (values, beyond) == ((value,), ()), (field.name, cell)
                assert doubts <= {Doubt.NOT_DEFINED}


def test_a_trailing_blank_and_a_no_break_space_are_said_and_understood():
    assert meant("vic_MethodsOfControl", "DebtBondage ") == (
        ("DebtBondage",), (), {Doubt.BLANK_AT_END},
    )  # fmt: skip
    assert meant("prs_Gender", "Feminine\u00a0") == (("Feminine",), (), {Doubt.BLANK_AT_END})


def test_what_is_defined_but_not_listed_is_a_value_all_the_same():
    found = meant("vic_MethodsOfControl", "RestrictsMovement;UsesChildren")
    assert found == (("RestrictsMovement", "UsesChildren"), (), {Doubt.NOT_LISTED})


def test_what_is_listed_but_not_defined_is_said():
    found = meant("vic_MethodsOfControl", "ThreatensChildrenFamily")
    assert found == (("ThreatensChildrenFamily",), (), {Doubt.NOT_DEFINED})


def test_choices_of_an_xlsform_stand_in_one_cell_with_blanks_between():
    assert meant("vic_MethodsOfControl", "DebtBondage TakesEarnings")[0] == (
        "DebtBondage", "TakesEarnings",
    )  # fmt: skip
    assert meant("vic_MethodsOfControl", "Debt bondage")[0] == ("DebtBondage",)


def test_several_citizenships_are_kept_and_said():
    assert meant("prs_Citizenship", "KE;UG") == (("KE", "UG"), (), {Doubt.SEVERAL_CITIZENSHIPS})
    assert meant("prs_Citizenship", "KE") == (("KE",), (), set())


def test_an_agency_is_no_method_of_recruitment_and_goes_beyond_the_standard():
    assert meant("vic_MethodOfRecruitment", "Recruitment agency") == (
        (), ("Recruitment agency",), {Doubt.UNKNOWN_VALUE},
    )  # fmt: skip
    assert for_standard("vic_MethodOfRecruitment", ["At work", "Recruitment agency"]) == (
        "AtWork", "Recruitment agency",
    )  # fmt: skip


@pytest.mark.parametrize("event", ["Refusal", "Return", "Shelter"])
def test_refusal_return_and_shelter_are_no_events_of_the_standard(event):
    assert for_standard("hte_Type", [event]) == ("", event)
    assert for_standard("hte_Type", ["Transit", event]) == ("Transit", event)


def test_an_oddity_that_stands_a_hundred_times_is_said_once():
    rows = [Record(n, {"prs_Gender": "Feminine\u00a0"}) for n in range(100)]
    assert len(noted(rows)) == 1
