"""Who may bring lists in and read them: who leads the case, and coordinators who work on it."""

import pytest
from django.urls import reverse

from nyumbani.cases import actions as cases
from nyumbani.cases.terms import CaseRole
from nyumbani.people.models.persons import Person
from tests.desk.world import at_desk, case_with
from tests.people_here import actor
from tests.sheets.brought import bring

pytestmark = pytest.mark.django_db


def answers(staff, case, row):
    desk = at_desk(staff)
    found = [
        desk.get(reverse("sheets:bring", args=[case.pk])),
        desk.get(reverse("sheets:sheet", args=[row.pk])),
        desk.get(reverse("sheets:original", args=[row.pk])),
        desk.post(reverse("sheets:answer", args=[row.pk]), {}),
        desk.post(reverse("sheets:columns", args=[row.pk]), {}),
        desk.post(reverse("sheets:add", args=[row.pk])),
    ]
    for answer in found:
        list(answer)
    return {answer.status_code for answer in found}


def test_who_leads_the_case_and_its_coordinator_may(tmp_path, wanjiku, otieno):
    case = case_with(wanjiku)
    cases.assign(case=case, to=otieno, by=actor(wanjiku))
    for staff in (wanjiku, otieno):
        row = bring(tmp_path, case, wanjiku)
        assert answers(staff, case, row) <= {200, 302}


def test_a_colleague_of_the_team_reads_the_case_but_no_list(tmp_path, wanjiku, kamau):
    case = case_with(wanjiku)
    cases.assign(case=case, to=kamau, by=actor(wanjiku))
    assert answers(kamau, case, bring(tmp_path, case, wanjiku)) == {404}
    assert Person.objects.count() == 0
    shown = at_desk(kamau).get(reverse("desk:case", args=[case.pk, "sheets"])).content.decode()
    assert "callers.csv" not in shown
    assert reverse("sheets:bring", args=[case.pk]) not in shown


def test_coordinators_and_others_outside_the_case_may_not(
    tmp_path, wanjiku, kamau, otieno, amina, mutiso
):
    case = case_with(wanjiku)
    row = bring(tmp_path, case, wanjiku)
    for staff in (kamau, otieno, amina, mutiso):
        assert answers(staff, case, row) == {404}


def test_broken_glass_opens_no_list(tmp_path, wanjiku, otieno):
    case = case_with(wanjiku)
    row = bring(tmp_path, case, wanjiku)
    cases.break_glass(case=case, reason="night", by=actor(otieno))
    assert answers(otieno, case, row) == {404}


def test_whoever_hands_the_lead_on_reads_no_list_any_more(tmp_path, wanjiku, kamau):
    case = case_with(wanjiku)
    row = bring(tmp_path, case, wanjiku)
    cases.assign(case=case, to=kamau, role=CaseRole.LEAD, by=actor(wanjiku))
    assert answers(wanjiku, case, row) == {404}
    assert answers(kamau, case, row) <= {200, 302}
