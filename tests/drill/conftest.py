"""A house with two doors, and the simulated platform in front of it."""

from collections.abc import Iterator

import pytest

from nyumbani.drill.graph.exchange import Habits
from nyumbani.drill.graph.meta import Graph
from nyumbani.drill.graph.server import Server
from nyumbani.drill.phones.messenger import MessengerPhone
from nyumbani.drill.phones.whatsapp import WhatsAppPhone
from tests.drill.house import House, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def house() -> Iterator[House]:
    built = House()
    with Server(built.answer) as server:
        built.url = server.url
        yield built


@pytest.fixture
def graph(house: House, watch: Watch) -> Iterator[Graph]:
    habits = Habits(templates={("hello_again", "sw"): "Habari {{1}}, tuko hapa."}, lead=0.02)
    with Graph(house.doors, now=watch, habits=habits, seed=7) as started:
        yield started


@pytest.fixture
def nafula(graph: Graph, house: House) -> WhatsAppPhone:
    return WhatsAppPhone(
        graph, house.whatsapp, name="Nafula", bsuid="LY.11", number="+218 91 000 00 02"
    )


@pytest.fixture
def zawadi(graph: Graph, house: House) -> WhatsAppPhone:
    return WhatsAppPhone(
        graph, house.whatsapp, name="Zawadi", bsuid="KE.12", username="zawadi.wa.pwani"
    )


@pytest.fixture
def rehema(graph: Graph, house: House) -> MessengerPhone:
    return MessengerPhone(
        graph, house.messenger, psid="7014", first_name="Rehema", last_name="Mwakio"
    )
