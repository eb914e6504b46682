"""Who works in the tests: the same invented staff in every room."""

import datetime as dt

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Actor, Viewer, viewer_for
from nyumbani.kit import clock

JULY_2014 = dt.datetime(2014, 7, 14, 5, tzinfo=dt.UTC)  # 08:00 in Nairobi


@pytest.fixture
def monday():
    """The morning of the first message: 08:03 in Nairobi, for everything in the test."""
    from tests.desk.world import MONDAY

    with clock.at(MONDAY):
        yield


def new_staff(username, display_name, *roles):
    from nyumbani.accounts.models import RoleGrant, Staff

    staff = Staff.objects.create(username=username, display_name=display_name)
    for role in roles:
        RoleGrant.objects.create(staff=staff, role=role, since=clock.now())
    return staff


def actor(staff) -> Actor:
    return Actor(staff.pk, staff.display_name)


def viewer(staff) -> Viewer:
    return viewer_for(staff)


@pytest.fixture
def wanjiku(db):
    return new_staff("wanjiku", "Wanjiku", Role.CASEWORKER)


@pytest.fixture
def kamau(db):
    """A caseworker of another team."""
    return new_staff("kamau", "Kamau", Role.CASEWORKER)


@pytest.fixture
def otieno(db):
    return new_staff("otieno", "Otieno", Role.COORDINATOR)


@pytest.fixture
def amina(db):
    return new_staff("amina", "Amina", Role.DIRECTOR)


@pytest.fixture
def mutiso(db):
    """Runs the machine, reads no case."""
    return new_staff("mutiso", "Mutiso", Role.ADMINISTRATOR)
