"""Who is found while somebody types: only whom they may know of."""

import pytest

from nyumbani.cases import actions
from nyumbani.cases.permissions import people_open_to
from nyumbani.cases.terms import Part, Urgency
from nyumbani.people.actions import meet, note_name
from nyumbani.people.queries.finding import found
from nyumbani.people.queries.gathering import forget_counts
from nyumbani.people.terms import NameSource
from tests.people_here import JULY_2014, actor, viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def hers(wanjiku):
    """Somebody in a case of Wanjiku's."""
    forget_counts(None)
    by = actor(wanjiku)
    case = actions.open_case(title="Tripoli", urgency=Urgency.NOW, by=by)
    person = meet(at=JULY_2014, by=by)
    note_name(person=person, given="Chebet Kiprop", source=NameSource.SAID, at=JULY_2014, by=by)
    actions.join(case=case, person=person, part=Part.IN_DISTRESS, by=by)
    return person


def finds(staff):
    looking = viewer(staff)
    answers = found(looking, "kiprop chebet", scope=people_open_to(looking))
    return [one.person_id for one in answers]


def test_her_own_team_finds_her(hers, wanjiku):
    assert finds(wanjiku) == [hers.pk]


@pytest.mark.parametrize("stranger", ["kamau", "otieno", "amina", "mutiso"])
def test_nobody_else_learns_that_there_is_somebody(hers, stranger, request):
    assert finds(request.getfixturevalue(stranger)) == []
