"""A short flood through every door at once: bad roads, forgers, a torn mailbox, refused letters."""

import time

import pytest

from nyumbani.accounts.actions import make_demo_staff
from nyumbani.accounts.terms import Role
from nyumbani.drill.flood import answers
from nyumbani.drill.flood.crowd import Crowd
from nyumbani.drill.flood.road import RoughRoad
from nyumbani.drill.flood.scenery import Scenery
from nyumbani.drill.flood.strangers import Strangers
from nyumbani.drill.flood.verdict import complaints, is_settled, verdict_on
from nyumbani.drill.wire.dice import dice
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.jobs.worker import run_due
from nyumbani.kit.doer import System

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
BY = System("drill")


@pytest.fixture
def scenery(live_server, settings):
    with Scenery(live_server.url, dice(3)) as running:
        settings.NYUMBANI_PLATFORM_URLS = running.urls
        running.connect(by=BY)
        yield running


def test_in_a_flood_through_every_door_all_is_there_once_and_every_letter_is_told_truly(scenery):
    staff = make_demo_staff(by=BY)[Role.CASEWORKER]
    crowd = Crowd(scenery.platforms, scenery.mail, dice(4), size=4, with_late=False)
    with RoughRoad(dice(5)) as road:
        strangers = Strangers(scenery.platforms, road, dice(6))
        crowd.everybody_writes()
        for turn in range(24):
            crowd.write()
            if turn % 4 == 0:
                strangers.come(crowd.say)
            if turn % 8 == 0:
                scenery.tear_the_mail()
        road.settle()
    until = time.monotonic() + 300  # it ends as soon as all is settled
    written: set[int] = set()
    while time.monotonic() < until:
        scenery.platforms.settle()
        run_due()
        answers.write_to_whoever_wrote(crowd, scenery.accounts, written, by=staff)
        answers.hasten()
        if is_settled(crowd, scenery.accounts, damaged=strangers.damaged):
            break
    found = verdict_on(crowd, scenery.accounts, damaged=strangers.damaged)
    assert found.is_sound, (found, complaints(crowd))
    assert found.lost_sight == 0
    assert strangers.forged == 6
    assert road.twice + scenery.twice > 3
    assert JournalEntry.objects.count() > len(crowd.said) / 5
