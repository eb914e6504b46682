"""The SQL that says what somebody may know of says what the same rule says in Django's words."""

import datetime as dt
from random import Random

import pytest
from django.db.models import Exists, OuterRef, Q

from nyumbani.accounts.models import RoleGrant, Staff
from nyumbani.accounts.permissions import CASE_ROLES
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import viewer_for
from nyumbani.cases import permissions
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.team import BrokenGlass, CaseMembership
from nyumbani.cases.terms import CaseRole, Part
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.kit import clock
from nyumbani.people.models.persons import Person
from tests.desk.world import MONDAY, somebody
from tests.people_here import actor, new_staff

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def reads_cases(path):
    held = RoleGrant.objects.filter(staff=OuterRef(path), until=None, staff__is_active=True)
    runs = held.filter(role=Role.ADMINISTRATOR)
    return Q(Exists(held.filter(role__in=CASE_ROLES))) & ~Q(Exists(runs))


def has_somebody(path):
    team = CaseMembership.objects.filter(case=OuterRef(path), until=None)
    return Q(Exists(team.filter(reads_cases("staff"))))


def mine(staff, path, *, glass):
    joined = CaseMembership.objects.filter(case=OuterRef(path), staff=staff, until=None)
    broken = BrokenGlass.objects.filter(case=OuterRef(path), staff=staff, until__gt=clock.now())
    return Q(Exists(joined)) | Q(Exists(broken)) if glass else Q(Exists(joined))


def people(staff, path, *, glass):
    viewer = viewer_for(staff)
    if not viewer.may_read_cases:
        return Q(pk__in=[])
    here = Member.objects.filter(person=OuterRef(path), until=None)
    known = Q(Exists(here.filter(mine(staff, "case", glass=glass))))
    with_nobody = ~Q(Exists(here.filter(has_somebody("case"))))
    return known | with_nobody if viewer.may_read_inbox else known


def cases(staff, *, glass):
    reads = viewer_for(staff).may_read_cases
    return mine(staff, "pk", glass=glass) if reads else Q(pk__in=[])


@pytest.fixture
def world():
    """Staff, cases and people joined by chance: roles ended, colleagues gone, glass run out."""
    dice = Random(2014)
    with clock.at(MONDAY):
        staff = [_hired(dice, number) for number in range(14)]
        threads = [somebody(f"W{number}") for number in range(16)]
        found = [_case(dice, staff) for _ in range(10)]
        for thread in threads:
            for case in dice.sample(found, dice.choice([0, 0, 1, 1, 2])):
                until = MONDAY if dice.random() < 0.2 else None
                Member.objects.create(
                    case=case, person=thread.person, part=Part.IN_DISTRESS, since=MONDAY,
                    until=until,
                )  # fmt: skip
        yield staff


def _hired(dice, number):
    roles = dice.sample(list(Role), dice.choice([0, 1, 1, 1, 2]))
    staff = new_staff(f"staff{number}", f"Staff {number}", *roles)
    if dice.random() < 0.2:
        RoleGrant.objects.filter(staff=staff).update(until=MONDAY)
    if dice.random() < 0.2:
        Staff.objects.filter(pk=staff.pk).update(is_active=False)
    return staff


def _case(dice, staff):
    from nyumbani.cases import actions
    from nyumbani.cases.terms import Urgency

    case = actions.open_case(
        title="A house", urgency=Urgency.UNKNOWN, urgency_why="", by=actor(staff[0])
    )
    CaseMembership.objects.filter(case=case).delete()
    for one in dice.sample(staff, dice.choice([0, 1, 2, 3])):
        until = MONDAY if dice.random() < 0.3 else None
        CaseMembership.objects.create(
            case=case,
            staff=one,
            role=CaseRole.TEAM,
            since=MONDAY,
            until=until,
            given_by=staff[0],
        )
    for one in dice.sample(staff, 2):
        glass = BrokenGlass(
            seal_scope=case.seal_scope, case=case, staff=one, reason="night", at=MONDAY,
            until=MONDAY + dice.choice([-HOUR, HOUR]),
        )  # fmt: skip
        glass.save(force_insert=True)
    return case


def names(rows):
    return set(rows.values_list("pk", flat=True))


def test_both_ways_of_saying_it_open_the_same_cases_and_people(world):
    seen = 0
    for staff in Staff.objects.all():
        viewer = viewer_for(staff)
        for glass, of_cases, of_people in (
            (False, permissions.cases_joined_by, permissions.people_joined_to),
            (True, permissions.cases_open_to, permissions.people_open_to),
        ):
            opened = names(Case.objects.filter(of_cases(viewer)))
            assert opened == names(Case.objects.filter(cases(staff, glass=glass)))
            known = names(Person.objects.filter(of_people(viewer)))
            assert known == names(Person.objects.filter(people(staff, "pk", glass=glass)))
            threads = Conversation.objects.filter(of_people(viewer, "person"))
            other = Conversation.objects.filter(people(staff, "person", glass=glass))
            assert names(threads) == names(other)
            closed = names(Person.objects.exclude(of_people(viewer)))
            assert closed | known == names(Person.objects.all())
            assert not closed & known
            seen += len(opened) + len(known)
    assert seen > 50, "the world is empty: nothing was compared"


def test_both_ways_of_saying_it_find_the_same_readers_and_the_same_orphans(world):
    readers = names(Staff.objects.filter(permissions.reads_cases()))
    assert readers == names(Staff.objects.filter(reads_cases("pk")))
    assert 0 < len(readers) < len(world)
    cared_for = names(Case.objects.filter(permissions.has_somebody()))
    assert cared_for == names(Case.objects.filter(has_somebody("pk")))
    assert 0 < len(cared_for) < Case.objects.count()


def test_glass_that_breaks_now_is_asked_by_the_clock_of_that_moment(world):
    open_to = {staff: permissions.cases_open_to(viewer_for(staff)) for staff in world}
    with clock.at(MONDAY + 2 * HOUR):
        for staff, condition in open_to.items():
            joined = permissions.cases_joined_by(viewer_for(staff))
            assert names(Case.objects.filter(condition)) == names(Case.objects.filter(joined))
