"""The roster: who is on duty, who takes whose night, what is missing, who may plan."""

import datetime as dt

import pytest

from nyumbani.accounts.actions import roles
from nyumbani.accounts.terms import Role
from nyumbani.audit.models import Entry
from nyumbani.kit import clock
from nyumbani.watch.actions import duty as verbs
from nyumbani.watch.models.duty import Handover, Shift
from nyumbani.watch.models.figures import Figure
from nyumbani.watch.queries import duty
from nyumbani.watch.terms import Tier
from tests.desk.world import MONDAY, at_desk
from tests.people_here import actor, new_staff, viewer
from tests.watch.night import EVENING, HOUR, on_nights

pytestmark = pytest.mark.django_db
NIGHTS = {
    "tier": "first", "days": ["0", "1", "2", "3", "4"], "start": "18:00", "end": "06:00",
    "zone": "Africa/Nairobi", "first_day": "2014-07-14",
}  # fmt: skip


@pytest.fixture(autouse=True)
def evening():
    with clock.at(EVENING):
        yield


def names(staff, moment=EVENING):
    with clock.at(moment):
        return duty.names_on_duty(viewer(staff), duty.on_duty(viewer(staff)))


def test_a_coordinator_plans_weekday_nights_and_everybody_sees_who_is_on_duty(
    otieno, wanjiku, mutiso
):
    answer = at_desk(otieno).post("/watch/roster/plan/", NIGHTS | {"staff": wanjiku.pk})
    assert answer.status_code == 302
    for staff in (otieno, wanjiku, mutiso):
        page = at_desk(staff).get("/watch/").content.decode()
        assert "Wanjiku" in page[page.index("On duty now") :]
    assert names(mutiso, MONDAY) == ()
    assert names(mutiso, EVENING + 5 * 24 * HOUR) == (), "nobody on Saturday"


def test_who_does_not_plan_finds_no_form_and_no_address(wanjiku, kamau, mutiso, otieno):
    shift = on_nights(wanjiku, otieno)
    for staff in (kamau, mutiso):
        desk = at_desk(staff)
        assert "Plan a shift" not in desk.get("/watch/roster/").content.decode()
        assert desk.post("/watch/roster/plan/", NIGHTS | {"staff": staff.pk}).status_code == 404
        assert desk.post(f"/watch/roster/{shift.pk}/end/").status_code == 404
        assert desk.post("/watch/roster/hand-over/", {}).status_code == 404
        assert desk.get("/watch/figures/").status_code == 404
    assert Shift.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"staff": ""}, "staff"),
        ({"tier": "office"}, "staff"),
        ({"tier": "third"}, "tier"),
        ({"days": []}, "days"),
        ({"days": ["7"]}, "days"),
        ({"start": "25:00"}, "start"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"last_day": "2014-07-13"}, "last_day"),
        ({"days": ["6"], "last_day": "2014-07-15"}, "days"),
    ],
)
def test_a_shift_that_cannot_be_comes_back_with_its_reason(otieno, wanjiku, change, field):
    answer = at_desk(otieno).post("/watch/roster/plan/", NIGHTS | {"staff": wanjiku.pk} | change)
    assert answer.status_code == 200
    assert field in answer.context["filled"].errors
    assert not Shift.objects.exists()


def test_who_may_not_open_a_case_with_a_reason_cannot_be_put_on_duty(otieno):
    escort = new_staff("njeri", "Njeri", Role.ESCORT)
    answer = at_desk(otieno).post("/watch/roster/plan/", NIGHTS | {"staff": escort.pk})
    assert "staff" in answer.context["filled"].errors


def test_gaps_of_the_next_fourteen_days_are_shown_to_who_plans(otieno, wanjiku, kamau):
    verbs.plan_shift(
        staff_id=wanjiku.pk, tier=Tier.FIRST, by=actor(otieno),
        hours=verbs.Hours(
            frozenset(range(5)), dt.time(0), dt.time(0), "Africa/Nairobi", dt.date(2014, 7, 7)
        ),
    )  # fmt: skip
    for address in ("/", "/watch/"):
        assert "2 gaps in the roster" in at_desk(otieno).get(address).content.decode()
        assert "in the roster of the next" not in at_desk(kamau).get(address).content.decode()
    weekend = duty.gaps(viewer(otieno))[0].gap
    assert weekend.begins == dt.datetime(2014, 7, 18, 21, tzinfo=dt.UTC)  # Saturday in Nairobi
    assert weekend.ends - weekend.begins == 48 * HOUR


def test_a_night_is_handed_over_with_both_named(otieno, wanjiku, kamau):
    shift = on_nights(wanjiku, otieno)
    answer = at_desk(wanjiku).post(
        "/watch/roster/hand-over/",
        {"turn": f"{shift.pk}.2014-07-14", "to": kamau.pk, "why": "a wedding"},
    )
    assert answer.status_code == 302
    row = Handover.objects.get()
    assert (row.giver, row.taker, row.made_by, row.why) == (wanjiku, kamau, wanjiku, "a wedding")
    assert names(otieno) == ("Kamau",)
    assert names(otieno, EVENING + 24 * HOUR) == ("Wanjiku",)
    page = at_desk(otieno).get("/watch/roster/").content.decode()
    assert "instead of" in page


def test_two_colleagues_swap_their_nights(otieno, wanjiku, kamau):
    mondays = on_nights(wanjiku, otieno, days=frozenset({0}))
    tuesdays = on_nights(kamau, otieno, days=frozenset({1}))
    at_desk(wanjiku).post(
        "/watch/roster/hand-over/",
        {"turn": f"{mondays.pk}.2014-07-14", "other": f"{tuesdays.pk}.2014-07-15"},
    )
    assert names(otieno) == ("Kamau",)
    assert names(otieno, EVENING + 24 * HOUR) == ("Wanjiku",)


def test_nobody_hands_over_what_is_not_theirs(otieno, wanjiku, kamau):
    shift = on_nights(wanjiku, otieno)
    own = on_nights(kamau, otieno, days=frozenset({3}))
    answer = at_desk(kamau).post(
        "/watch/roster/hand-over/", {"turn": f"{shift.pk}.2014-07-14", "to": otieno.pk}
    )
    assert "turn" in answer.context["filled"].errors
    same = {"turn": f"{own.pk}.2014-07-17", "to": kamau.pk}
    answer = at_desk(kamau).post("/watch/roster/hand-over/", same)
    assert "turn" in answer.context["filled"].errors
    assert not Handover.objects.exists()


def test_who_leaves_leaves_a_named_gap_and_nothing_must_be_taken_over_first(
    otieno, wanjiku, mutiso
):
    on_nights(wanjiku, otieno)
    assert names(otieno) == ("Wanjiku",)
    roles.deactivate(staff_id=wanjiku.pk, by=actor(mutiso))
    assert names(otieno) == ()
    assert Entry.objects.filter(verb="roster.left").count() == 1
    page = at_desk(otieno).get("/").content.decode()
    gap = page[page.index("in the roster") :]
    assert "Wanjiku" in gap
    assert "missing" in gap


def test_who_loses_the_role_leaves_a_gap_and_does_not_come_back_by_itself(otieno, wanjiku, mutiso):
    on_nights(wanjiku, otieno)
    roles.end_role(staff_id=wanjiku.pk, role=Role.CASEWORKER, by=actor(mutiso))
    assert names(otieno) == ()
    assert Shift.objects.get().left_at == EVENING


def test_who_keeps_a_role_that_may_be_on_duty_stays_in_the_roster(otieno, mutiso):
    both = new_staff("akinyi", "Akinyi", Role.CASEWORKER, Role.LEGAL_OFFICER)
    on_nights(both, otieno)
    roles.end_role(staff_id=both.pk, role=Role.CASEWORKER, by=actor(mutiso))
    assert names(otieno) == ("Akinyi",)


def test_a_shift_that_ended_begins_no_more(otieno, wanjiku):
    shift = on_nights(wanjiku, otieno)
    at_desk(otieno).post(f"/watch/roster/{shift.pk}/end/")
    assert names(otieno) == ()
    assert Shift.objects.get().last_day == dt.date(2014, 7, 13)


def test_a_coordinator_sets_the_figures_and_only_what_changed_is_kept(otieno):
    desk = at_desk(otieno)
    form = desk.get("/watch/figures/").context["form"]
    given = {name: field.initial for name, field in form.fields.items()} | {"climb_duty": 10}
    assert desk.post("/watch/figures/", given).status_code == 302
    assert Figure.objects.get().name == "climb.duty"
    answer = desk.post("/watch/figures/", given | {"climb_director": 0})
    assert "climb_director" in answer.context["form"].errors


def test_why_a_night_was_handed_over_is_not_stored_in_plain(otieno, wanjiku, kamau):
    on_nights(wanjiku, otieno)
    turn = duty.all_turns(viewer(otieno))[0].turn
    verbs.hand_over(turn=turn, taker=kamau.pk, why="CANARY wedding", by=actor(otieno))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT why FROM watch_handover")
        assert b"CANARY" not in bytes(cursor.fetchone()[0])
