"""Words to many that wait for her safe time leave then and not before, and never after a stop."""

import datetime as dt

import pytest

from nyumbani.broadcasts.actions.sending import begin, stop
from nyumbani.broadcasts.queries.board import board
from nyumbani.cases.models.case import Case
from nyumbani.domain.to_many import Fate
from tests.broadcasts.world import EN, agree, drafted
from tests.inbox.test_safe_contact import EIGHT, EVENINGS, house, nafula  # noqa: F401 - fixtures
from tests.people_here import actor, viewer

pytestmark = pytest.mark.django_db(transaction=True)


def going(staff):
    from nyumbani.inbox.models.conversations import Conversation

    agree(Conversation.objects.get(), staff, times=EVENINGS, words="mango")
    row = drafted(staff, Case.objects.get(), en=EN)
    begin(broadcast=row, by=actor(staff))
    return row


def fate(staff, row) -> Fate:
    (one,) = board(viewer(staff), row).rows
    return one.fate


def test_it_waits_for_her_evening_and_leaves_then(house, nafula, wanjiku):  # noqa: F811
    row = going(wanjiku)
    house.settle()
    assert fate(wanjiku, row) is Fate.HELD
    house.at(EIGHT - dt.timedelta(seconds=1))
    house.settle()
    assert nafula.texts == []
    house.at(EIGHT)
    house.settle()
    assert nafula.texts == [EN]
    assert fate(wanjiku, row) in {Fate.SENT, Fate.DELIVERED, Fate.READ}


def test_a_stop_before_her_evening_keeps_it_back(house, nafula, wanjiku):  # noqa: F811
    row = going(wanjiku)
    house.settle()
    assert stop(broadcast=row, by=actor(wanjiku)) == 1
    house.at(EIGHT)
    house.settle()
    assert nafula.texts == []
    assert fate(wanjiku, row) is Fate.WITHDRAWN


def test_her_duress_word_before_her_evening_keeps_it_back(house, nafula, wanjiku):  # noqa: F811
    row = going(wanjiku)
    house.settle()
    nafula.write("mango")
    house.settle()
    house.at(EIGHT)
    house.settle()
    assert nafula.texts == []
    assert fate(wanjiku, row) is Fate.FAILED


def test_who_agrees_meanwhile_that_we_only_answer_is_left_alone(house, nafula, wanjiku):  # noqa: F811
    from nyumbani.inbox.models.conversations import Conversation

    row = going(wanjiku)
    house.settle()
    agree(Conversation.objects.get(), wanjiku, times=EVENINGS, is_never_begun_by_us=True)
    house.at(EIGHT)
    house.settle()
    assert nafula.texts == []
    assert fate(wanjiku, row) is Fate.FAILED
