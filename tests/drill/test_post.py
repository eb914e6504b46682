"""How webhooks are carried: again until they are taken, twice, together, out of order."""

import json
from itertools import pairwise

import pytest

from nyumbani.drill.graph.meta import Graph
from nyumbani.drill.graph.server import Server
from nyumbani.drill.phones.whatsapp import WhatsAppPhone
from nyumbani.drill.wire.post import Manners
from tests.drill.house import House

pytestmark = pytest.mark.pure


def run(house, watch, manners, act, **more):
    with Graph(house.doors, now=watch, manners=manners, seed=3, **more) as graph:
        phone = WhatsAppPhone(graph, house.whatsapp, name="N", bsuid="LY.1", number="218911")
        act(graph, phone)
        graph.postman.settle()
        return phone.written, graph


def ids(house):
    return [item["id"] for item in house.items()]


def write_many(count):
    def act(_, phone):
        for number in range(count):
            phone.write(f"maji {number}")

    return act


def test_by_default_every_message_comes_alone_and_in_order(house, watch):
    written, _ = run(house, watch, None, write_many(20))
    assert ids(house) == written
    assert len(house.bodies) == 20


def test_a_door_that_was_shut_gets_everything_when_it_is_back(house, watch):
    house.refusals = [503, 500, 403, 429, 413, 302]
    written, graph = run(house, watch, Manners(first_retry=0.01), write_many(3))
    assert sorted(ids(house)) == sorted(written)
    assert [posted.status for posted in graph.postman.log if posted.status != 200] == [
        503, 500, 403, 429, 413, 302,
    ]  # fmt: skip


def test_a_house_that_burnt_down_gets_everything_when_it_is_built_again(watch):
    old, new = House(), House()
    with Server(old.answer) as server:
        old.url = new.url = server.url
    port = int(old.url.rpartition(":")[2])
    with Graph(old.doors, now=watch, manners=Manners(first_retry=0.01)) as graph:
        phone = WhatsAppPhone(graph, old.whatsapp, name="N", bsuid="LY.1", number="218911")
        phone.write("Habari")
        with pytest.raises(TimeoutError):
            graph.postman.settle(timeout=0.2)
        assert {posted.status for posted in graph.postman.log} == {0}
        with Server(new.answer, port):
            graph.postman.settle()
    assert ids(new) == phone.written


def test_a_redelivered_body_is_the_same_to_the_byte_and_waits_longer_each_time(house, watch):
    house.refusals = [500, 500, 500, 500]
    manners = Manners(first_retry=0.03, growth=3, longest_retry=0.1)
    _, graph = run(house, watch, manners, write_many(1))
    tried = [posted.parcel for posted in graph.postman.log]
    assert {parcel.body for parcel in tried} == {house.bodies[0]}
    waits = [after - before for before, after in pairwise(house.came)]
    assert all(wait >= least for wait, least in zip(waits, [0.03, 0.09, 0.1, 0.1], strict=True))
    assert sum(waits) < 1  # without the longest wait it would be 1.2 seconds


def test_messages_wait_for_each_other_and_share_a_body(house, watch):
    manners = Manners(delay=(0.05, 0.2), batch=(1, 50))
    written, _ = run(house, watch, manners, write_many(60))
    assert ids(house) == written
    assert len(house.bodies) < 30
    assert max(len(ids_of(body)) for body in house.bodies) <= 50


def ids_of(body):
    changes = [change for entry in json.loads(body)["entry"] for change in entry["changes"]]
    return [item["id"] for change in changes for item in change["value"]["messages"]]


def test_shuffled_and_doubled_messages_all_arrive(house, watch):
    manners = Manners(delay=(0.0, 0.2), batch=(1, 50), duplicates=0.5, shuffle=True)
    written, _ = run(house, watch, manners, write_many(60), posters=3)
    arrived = ids(house)
    assert set(arrived) == set(written)
    assert 65 < len(arrived) < 115
    assert list(dict.fromkeys(arrived)) != written


def test_what_is_held_comes_in_one_body_shuffled(house, watch):
    def act(graph, phone):
        with graph.postman.held(shuffle=True):
            write_many(12)(graph, phone)
            assert house.bodies == []

    written, _ = run(house, watch, None, act)
    assert len(house.bodies) == 1
    assert sorted(ids(house)) == sorted(written)
    assert ids(house) != written


def test_more_than_fifty_held_messages_need_a_second_body(house, watch):
    def act(graph, phone):
        with graph.postman.held():
            write_many(51)(graph, phone)

    written, _ = run(house, watch, None, act)
    assert [len(ids_of(body)) for body in house.bodies] == [50, 1]
    assert ids(house) == written


def test_the_post_cannot_be_held_twice(graph):
    with graph.postman.held(), pytest.raises(RuntimeError), graph.postman.held():
        pass


def test_the_platform_delivers_again_what_was_taken(house, watch):
    def act(graph, phone):
        phone.write("Habari")
        graph.postman.settle()
        assert graph.postman.again() == 1

    run(house, watch, None, act)
    assert len(house.bodies) == 2
    assert house.bodies[0] == house.bodies[1]


def test_a_body_reads_as_the_platform_writes_it(house, watch):
    run(house, watch, None, lambda _, phone: phone.write("😢 a/b فاطمة"))
    assert rb"\ud83d\ude22 a\/b \u0641" in house.bodies[0]
    assert json.loads(house.bodies[0])["entry"][0]["id"] == "77"


def test_the_platform_shakes_hands_with_a_door_that_knows_the_token(graph, house):
    assert graph.subscribe(house.whatsapp, "verify-token")
    assert not graph.subscribe(house.whatsapp, "guessed")
