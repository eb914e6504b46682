"""A house with its doors open, the simulated platform before it, and a colleague at the desk."""

from dataclasses import replace

import pytest

from nyumbani.drill.graph.platforms import Platforms
from nyumbani.drill.script import act2
from nyumbani.drill.script.act1 import ACT
from nyumbani.drill.wire.doors import Channel, Door, secrets_of
from nyumbani.inbox.actions.doors import connect
from nyumbani.kit import clock
from nyumbani.kit.clock import ClockFile
from nyumbani.kit.doer import System
from tests.hands import real_time_again
from tests.stories.libya import Performance
from tests.stories.pages import Colleague

LABEL = "Msaada wa kawaida"
"""What our accounts are called: stored in the clear, so whoever searches must find it."""

_DOORS = (
    Door(
        Channel.WHATSAPP, "106014072014001", "", "secret-of-whatsapp", "token-of-whatsapp",
        business="102014071400001", number="254700000001",
    ),
    Door(Channel.MESSENGER, "104014072014002", "", "secret-of-messenger", "token-of-messenger"),
    Door(Channel.TELEGRAM, "714014072", "", "secret-of-telegram", "714014072:token-of-telegram"),
    Door(Channel.SMS, "22384", "", "neno-la-siri-la-mlango-wa-sms", "key-of-sms"),
)  # fmt: skip


def _path(door):
    return f"sms/{door.secret}" if door.channel is Channel.SMS else door.channel


@pytest.fixture
def story_clock(tmp_path):
    """A clock in a file, as pages and worker of a demonstration share it."""
    file = tmp_path / "clock.json"
    clock.follow(file)
    shared = ClockFile(file)
    shared.set(ACT.starts)
    yield shared
    real_time_again()


@pytest.fixture
def doors(live_server, story_clock):
    """Our number and our page, set up as an operator would, and known to the platform."""
    opened = [replace(door, url=f"{live_server.url}/hooks/{_path(door)}/") for door in _DOORS]
    for door in opened:
        connect(
            channel=door.channel.value, account=door.account, label=LABEL,
            secrets=secrets_of(door.channel, door.secret, door.token), by=System("operator"),
        )  # fmt: skip
    return opened


@pytest.fixture
def platforms(doors, settings):
    with Platforms(doors) as started:
        settings.NYUMBANI_PLATFORM_URLS = started.urls
        yield started


@pytest.fixture
def graph(platforms):
    return platforms.graph


@pytest.fixture
def wanjiku(live_server, settings):
    """The caseworker of the story, come in by the demonstration's door."""
    settings.NYUMBANI_DEMO = True
    colleague = Colleague(live_server.url)
    colleague.press("/demo/enter/", "/demo/enter/", role="caseworker")
    yield colleague
    colleague.close()


@pytest.fixture
def act_1(platforms, story_clock, wanjiku):
    """Act one, played to its end."""
    performance = Performance(platforms, [ACT], story_clock, wanjiku)
    performance.play()
    return performance


@pytest.fixture
def act_2(platforms, story_clock, wanjiku):
    """Acts one and two, played to their end."""
    performance = Performance(platforms, [ACT, act2.ACT], story_clock, wanjiku)
    performance.play()
    return performance
