"""What somebody who writes on Messenger calls herself is asked for beside her message."""

import datetime as dt

import pytest

from nyumbani.audit.models import Entry
from nyumbani.drill.graph.meta import Graph
from nyumbani.drill.phones.messenger import MessengerPhone
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.terms import NAMING_TRIES
from nyumbani.jobs.models import Job
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.models.names import PersonName
from nyumbani.people.terms import NameSource
from tests.inbox.bodies import BY, DAY, JULY, NAFULA, PAGE, PHONE, open_doors, post, say, text

pytestmark = pytest.mark.django_db
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def doors(db, settings):
    settings.NYUMBANI_GRAPH_URL = NOWHERE
    open_doors()


@pytest.fixture
def platform(settings):
    """The simulated platform, with Rehema's telephone; nothing of ours listens to it."""
    with Graph([PHONE, PAGE], now=lambda: JULY, seed=7) as graph:
        MessengerPhone(graph, graph.doors[1], psid="5001", first_name="Rehema", last_name="Wekesa")
        settings.NYUMBANI_GRAPH_URL = graph.url
        yield graph


def names():
    return list(PersonName.objects.all())


def test_who_first_writes_on_messenger_is_asked_for_by_name(platform):
    post(say("5001", "Hallo. It is not for me."))
    [name] = names()
    assert (name.given, name.source) == ("Rehema Wekesa", NameSource.PROFILE)
    person = Conversation.objects.get().person
    about = Entry.objects.filter(about=f"person:{person.pk}")
    assert about.filter(verb="person.profile_read").count() == 1
    assert about.filter(verb="person.name_noted").count() == 1


def test_her_second_message_asks_nobody_and_a_whatsapp_message_brings_its_name(platform):
    post(say("5001", "Hallo"))
    post(say("5001", "Are you there?", JULY + DAY))
    post(text(NAFULA, "Habari"))
    assert Job.objects.filter(kind="inbox.name").count() == 1
    assert [one.given for one in PersonName.objects.order_by("pk")].count("Rehema Wekesa") == 1


def test_a_name_that_is_known_stays_and_the_platform_is_not_asked(platform, settings):
    settings.NYUMBANI_GRAPH_URL = NOWHERE
    post(say("5001", "Hallo"))
    her = Conversation.objects.get().person
    people.note_name(person=her, given="Mama Asha", source=NameSource.SAID, at=JULY, by=BY)
    settings.NYUMBANI_GRAPH_URL = platform.url
    with clock.at(clock.now() + dt.timedelta(days=1)):
        run_due()
    assert [one.given for one in names()] == ["Mama Asha"]
    assert Job.objects.get(kind="inbox.name").state == "done"


def test_a_platform_that_is_away_is_asked_again_later(platform, settings):
    settings.NYUMBANI_GRAPH_URL = NOWHERE
    post(say("5001", "Hallo"))
    job = Job.objects.get(kind="inbox.name")
    assert job.state == "waiting"
    assert not names()
    settings.NYUMBANI_GRAPH_URL = platform.url
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        run_due()
    assert [one.given for one in names()] == ["Rehema Wekesa"]


def test_in_the_end_nobody_is_alarmed_for_want_of_a_name():
    post(say("5001", "Hallo"))
    now = clock.now()
    for days in range(1, NAMING_TRIES + 2):
        with clock.at(now + dt.timedelta(days=days)):
            run_due()
    job = Job.objects.get(kind="inbox.name")
    assert job.state == "done"
    assert not names()


def test_a_platform_that_knows_nobody_of_that_id_is_left_alone(platform):
    post(say("5999", "Hallo"))
    assert Job.objects.get(kind="inbox.name").state == "done"
    assert not names()


def test_a_token_that_is_refused_does_not_stop_the_channel_for_want_of_a_name(platform):
    account = ChannelAccount.objects.get(channel="messenger")
    account.secrets = account.secrets | {"access_token": "stolen"}
    account.save()
    post(say("5001", "Hallo"))
    assert ChannelAccount.objects.get(channel="messenger").stopped_at is None
    assert Job.objects.get(kind="inbox.name").state == "waiting"
