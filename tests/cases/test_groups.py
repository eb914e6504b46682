"""The group of a case through its page: who comes, who goes, how they are, how many there were."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from nyumbani.audit.models import Entry
from nyumbani.cases import actions
from nyumbani.cases.actions import group as verbs
from nyumbani.cases.actions.group import Counted, Said
from nyumbani.cases.models.events import GroupEvent
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.tasks import Task
from nyumbani.cases.queries import groups
from nyumbani.cases.terms import STEPS, BroughtBy, NotSo, Part
from nyumbani.domain.groups.events import State
from nyumbani.domain.groups.protocol import PROTOCOL
from nyumbani.kit import clock
from nyumbani.people.models.pairs import Pair
from nyumbani.people.terms import PairReason, PairStanding
from tests.desk.world import MONDAY, at_desk, case_with, lets_in
from tests.people_here import actor, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def case(wanjiku):
    return case_with(wanjiku)


def known(case, name, by, **more):
    """Somebody in distress, new to the case."""
    member = actions.introduce(case=case, part=Part.IN_DISTRESS, called=name, by=actor(by), **more)
    return member.person


def page(staff, case, query=""):
    return at_desk(staff).get(f"/cases/{case.pk}/group/{query}")


def say(staff, case, *people, **form):
    return at_desk(staff).post(
        f"/cases/{case.pk}/group/say/", {"people": [one.pk for one in people]} | form, follow=True
    )


def count(staff, case, **when):
    return groups.group(viewer(staff), case, **when).roll.count


def test_whoever_is_in_distress_is_counted_and_the_reporter_is_not(case, wanjiku):
    known(case, "Achieng", wanjiku)
    actions.introduce(case=case, part=Part.REPORTER, called="Rehema", by=actor(wanjiku))
    assert count(wanjiku, case) == 1
    body = page(wanjiku, case).content.decode()
    assert "Achieng" in body
    assert "1 adult" in body


def test_one_leaves_the_group_and_stays_in_the_case(case, wanjiku, kamau):
    amina, _rehema = known(case, "Amina", wanjiku), known(case, "Rehema", wanjiku)
    answered = say(wanjiku, case, amina, what="left", whose_word="Rehema", why="went to her cousin")
    body = answered.content.decode()
    assert "Written down for 1 person." in body
    assert "went to her cousin" in body
    assert count(wanjiku, case) == 1
    assert Member.objects.filter(case=case, person=amina, until=None).exists()
    # ... so she is nobody else's to read, whoever answers the inbox
    assert at_desk(kamau).get(f"/people/{amina.pk}/").status_code == 404


def test_who_comes_back_is_counted_again_and_both_days_stand(case, wanjiku):
    amina = known(case, "Amina", wanjiku)
    with clock.at(MONDAY + DAY):
        say(wanjiku, case, amina, what="left", whose_word="herself", why="afraid")
    with clock.at(MONDAY + 3 * DAY):
        say(wanjiku, case, amina, what="came")
        assert [count(wanjiku, case, at=MONDAY + n * DAY) for n in (0, 1, 2, 3)] == [1, 0, 0, 1]
        body = page(wanjiku, case, "?at=2014-07-16T08:03").content.decode()
    assert "How many there were" in body
    assert '<bdi class="big num">0</bdi>' in body


def test_many_are_moved_on_at_once_and_who_is_not_of_the_group_is_named(case, wanjiku):
    women = [known(case, name, wanjiku) for name in ("Achieng", "Nafula", "Amina")]
    say(wanjiku, case, women[2], what="left", whose_word="Nafula", why="gone")
    with clock.at(MONDAY + HOUR):
        body = say(wanjiku, case, *women, what="left_the_house").content.decode()
    assert "Written down for 2 people." in body
    assert "Amina: She is not in the group at that time." in body
    by_state = groups.group(viewer(wanjiku), case, MONDAY + 2 * HOUR).roll.by_state
    assert by_state[State.LEFT_THE_HOUSE] == 2


def test_a_grave_state_needs_whose_word_it_is_and_nothing_typed_is_lost(case, wanjiku):
    amina = known(case, "Amina", wanjiku)
    answered = say(wanjiku, case, amina, what="lost", why="since the checkpoint")
    body = answered.content.decode()
    assert 'class="errors"' in body
    assert "since the checkpoint" in body
    assert not GroupEvent.objects.filter(state="lost").exists()
    with pytest.raises(NotSo):
        verbs.become(case=case, person=amina, state=State.LOST, said=Said(), by=actor(wanjiku))


@pytest.mark.parametrize("state", list(PROTOCOL))
def test_who_is_lost_detained_ill_or_dead_is_never_a_silent_row(case, wanjiku, state):
    amina = known(case, "Amina", wanjiku)
    say(wanjiku, case, amina, what=state.value, whose_word="the escort", why="as told")
    tasks = Task.objects.filter(case=case, about=amina)
    assert {task.title for task in tasks} == {STEPS[step.code] for step in PROTOCOL[state]}
    assert min(task.due_at for task in tasks) == MONDAY + HOUR
    assert count(wanjiku, case) == 1
    assert "▲" in page(wanjiku, case).content.decode()


def test_a_death_is_confirmed_by_somebody_else(case, wanjiku, otieno):
    amina = known(case, "Amina", wanjiku)
    say(wanjiku, case, amina, what="deceased", whose_word="the hospital", why="as told")
    event = GroupEvent.objects.get(state="deceased")
    confirm = f"/cases/{case.pk}/group/{event.pk}/confirm/"
    body = at_desk(wanjiku).post(confirm, follow=True).content.decode()
    assert "A colleague has to confirm this" in body
    lets_in(case, wanjiku, otieno)
    at_desk(otieno).post(confirm)
    event.refresh_from_db()
    assert event.confirmed_by == otieno
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupEvent.objects.filter(pk=event.pk).update(confirmed_by=wanjiku)


def test_nobody_simply_becomes_something_else_after_a_death(case, wanjiku):
    amina = known(case, "Amina", wanjiku)
    say(wanjiku, case, amina, what="deceased", whose_word="the hospital", why="as told")
    with clock.at(MONDAY + HOUR):
        body = say(wanjiku, case, amina, what="arrived").content.decode()
    assert "If that was wrong, take it back." in body


def test_what_was_not_so_is_taken_back_and_what_was_believed_can_still_be_shown(case, wanjiku):
    amina = known(case, "Amina", wanjiku)
    with clock.at(MONDAY + DAY):
        say(wanjiku, case, amina, what="left", whose_word="a driver", why="seen at the port")
    event = GroupEvent.objects.get(kind="left")
    with clock.at(MONDAY + 2 * DAY):
        take = f"/cases/{case.pk}/group/{event.pk}/take-back/"
        body = at_desk(wanjiku).post(take, {"why": "it was another"}, follow=True).content.decode()
        assert "it was another" in body
        assert count(wanjiku, case) == 1
        believed = MONDAY + DAY + HOUR
        assert count(wanjiku, case, at=believed, known_at=believed) == 0
        assert count(wanjiku, case, at=believed) == 1


def test_nothing_is_written_down_before_it_happens(case, wanjiku):
    amina = known(case, "Amina", wanjiku)
    body = say(wanjiku, case, amina, what="arrived", at="2014-07-20T08:00").content.decode()
    assert "This lies in the future." in body
    assert not GroupEvent.objects.filter(state="arrived").exists()


def test_a_newborn_is_counted_as_a_child(case, wanjiku):
    mother = known(case, "Amina", wanjiku)
    at_desk(wanjiku).post(
        f"/cases/{case.pk}/people/add/",
        {"called": "", "part": "in_distress", "told_by": mother.pk, "is_child": "on",
         "brought_by": "birth"},
    )  # fmt: skip
    found = groups.group(viewer(wanjiku), case)
    assert (found.roll.count, found.roll.adults, found.children) == (2, 1, 1)
    baby = next(one for one in found.people if one.is_child)
    assert baby.came.brought_by == BroughtBy.BIRTH
    assert "1 child" in page(wanjiku, case).content.decode()


def test_two_rows_that_are_one_woman_count_once_and_apart_again_when_undone(case, wanjiku):
    women = [known(case, name, wanjiku) for name in ("Wanjiru", "Wanjirũ", "Nafula")]
    first, second = sorted(women[:2], key=lambda one: one.pk)
    assert count(wanjiku, case) == 3
    pair = Pair.objects.create(
        left=first, right=second, reason=PairReason.SAME_NUMBER, raised_at=MONDAY,
        standing=PairStanding.SAME, decided_at=MONDAY, decided_by=wanjiku,
    )  # fmt: skip
    assert count(wanjiku, case) == 2
    assert f"= <bdi>{second}" in page(wanjiku, case).content.decode()
    pair.standing, pair.decided_at, pair.decided_by = PairStanding.OPEN, None, None
    pair.save()
    assert count(wanjiku, case) == 3


def test_the_page_tells_what_brought_each_in_and_who_told_of_whom(case, wanjiku):
    first = known(case, "Rehema", wanjiku, counted=Counted(BroughtBy.MESSAGE))
    with clock.at(MONDAY + DAY):
        known(case, "Achieng", wanjiku, told_by=first)
        body = page(wanjiku, case).content.decode()
    assert "she wrote to us" in body
    assert "somebody told us of her" in body
    tree = groups.told_tree(viewer(wanjiku), case)
    assert [one.called.name for one in tree] == ["Rehema"]
    assert [one.called.name for one in tree[0].below] == ["Achieng"]


def test_strangers_see_no_group_and_write_nothing_in_it(case, wanjiku, kamau):
    amina = known(case, "Amina", wanjiku)
    event = GroupEvent.objects.get()
    assert page(kamau, case).status_code == 404
    assert say(kamau, case, amina, what="arrived").status_code == 404
    back = f"/cases/{case.pk}/group/{event.pk}/take-back/"
    assert at_desk(kamau).post(back, {"why": "x"}).status_code == 404
    assert groups.group(viewer(kamau), case).roll.count == 0
    assert groups.events(viewer(kamau), case) == []


def test_whom_the_case_does_not_know_cannot_be_chosen(case, wanjiku):
    other = known(case_with(wanjiku), "Salma", wanjiku)
    body = say(wanjiku, case, other, what="arrived").content.decode()
    assert 'class="errors"' in body
    with pytest.raises(NotSo):
        verbs.count_in(case=case, person=other, by=actor(wanjiku))


def test_the_ledger_tells_who_wrote_it_and_holds_no_word_of_it(case, wanjiku):
    amina = known(case, "Amina", wanjiku)
    say(wanjiku, case, amina, what="detained", whose_word="Hassan", why="Ras Ajdir")
    entry = Entry.objects.filter(verb="group.became").get()
    assert entry.by == f"staff:{wanjiku.pk}"
    told = bytes(entry.body).decode()
    assert "Hassan" not in told
    assert "Ajdir" not in told
    assert "detained" in told
