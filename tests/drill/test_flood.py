"""A flood is deterministic, carries its truth, and is delivered until the door has taken it."""

import json
from collections import Counter

import pytest

from nyumbani.drill.flood.bodies import Weather, flood
from nyumbani.drill.flood.delivery import Delivery, deliver
from nyumbani.drill.flood.truth import Truth, Written
from nyumbani.drill.wire.doors import Channel, Door

pytestmark = pytest.mark.pure
DOOR = Door(Channel.WHATSAPP, "1001", "http://127.0.0.1:9/w", "app-secret", "t", "77", "254700")


@pytest.fixture(scope="module")
def big():
    return flood(DOOR, items=3000, people=60)


def values(body):
    for entry in json.loads(body.content)["entry"]:
        for change in entry["changes"]:
            yield change["value"]


def items(made, under="messages"):
    return [i for body in made.bodies for v in values(body) for i in v.get(under, [])]


def spoken(made):
    return {i["id"]: i for i in items(made) if i["type"] in {"text", "location"}}


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(big):
    assert flood(DOOR, items=3000, people=60) == big
    assert flood(DOOR, items=3000, people=60, seed=2).bodies != big.bodies


def test_a_fifth_comes_twice_in_batches_of_at_most_fifty(big):
    sizes = [body.items for body in big.bodies]
    assert (min(sizes), max(sizes)) == (1, 50)
    assert sum(sizes) == big.items + big.doubled
    assert 3000 <= big.items < 3300
    assert big.doubled / big.items == pytest.approx(0.2, abs=0.03)
    assert all(DOOR.signature(body.content) == body.signature for body in big.bodies)


def test_the_truth_is_what_the_bodies_tell(big):
    told = spoken(big)
    assert told.keys() == big.truth.messages.keys()
    for name, written in big.truth.messages.items():
        item = told[name]
        assert written.address in {item.get("from"), item["from_user_id"]}
        assert written.text == item.get("text", {}).get("body", "")
        assert written.seconds == int(item["timestamp"])
    assert {e["id"] for e in items(big, "message_echoes")} == big.truth.echoes.keys()
    assert {s["id"] for s in items(big, "statuses")} == big.truth.statuses.keys()


def test_the_last_change_in_her_time_is_the_one_that_counts(big):
    edits, emoji = {}, {}
    for item in sorted(items(big), key=lambda item: int(item["timestamp"])):
        if item["type"] == "edit":
            edits[item["edit"]["original_message_id"]] = item["edit"]["message"]["text"]["body"]
        if item["type"] == "reaction":
            emoji[item["reaction"]["message_id"]] = item["reaction"].get("emoji", "")
    taken = {i["revoke"]["original_message_id"] for i in items(big) if i["type"] == "revoke"}
    assert (edits, emoji, taken) == (big.truth.edited, big.truth.reactions, big.truth.taken_back)
    assert len(edits) > 20
    assert len(taken) > 10


def test_even_in_a_busy_minute_nobody_does_two_things_in_one_second():
    busy = Weather(days=0.0005, moves=0, duplicates=0)
    made = flood(DOOR, items=200, people=2, weather=busy)
    done = [(item["from_user_id"], item["timestamp"]) for item in items(made)]
    assert len(set(done)) == len(done) > 100


def test_statuses_come_in_the_wrong_order_and_some_items_three_days_late(big):
    order = {}
    for status in items(big, "statuses"):
        order.setdefault(status["id"], []).append(status["status"])
    assert any(states[0] == "read" for states in order.values())
    assert {"read", "failed", "delivered", "sent"} == set(big.truth.statuses.values())
    newest = late = 0
    for item in items(big):
        newest = max(newest, int(item["timestamp"]))
        late += int(item["timestamp"]) < newest - 2 * 86400
    assert 30 < late < 300


def test_some_people_move_and_some_hide_their_number(big):
    truth = big.truth
    assert len(truth.moved) == 3
    links = {
        (u["user_id"]["previous"], u["user_id"]["current"]) for u in items(big, "user_id_update")
    }
    assert links == {tuple(truth.people[person].bsuids) for person in truth.moved}
    hidden = [person for person in truth.people.values() if person.username]
    assert hidden
    assert not [person for person in hidden if person.numbers]
    known = Counter(n for p in truth.people.values() for n in [*p.numbers, *p.bsuids])
    assert max(known.values()) == 1


def test_a_calm_week_is_in_order_and_comes_once():
    calm = Weather(jitter=0, duplicates=0, late=0, batch=(1, 1), moves=0)
    made = flood(DOOR, items=300, people=5, weather=calm)
    times = [int(item["timestamp"]) for item in items(made)]
    assert times == sorted(times)
    assert (made.doubled, len(made.bodies)) == (0, made.items)


def test_the_truth_finds_what_was_lost_doubled_invented_and_given_to_the_wrong_person():
    truth = Truth(
        messages={name: Written(int(name[0]), "", "text", "", 0) for name in ("1a", "1b", "2a")},
        echoes={"1e": 1},
        statuses={"1e": "read"},
    )
    good = [("1a", "one"), ("1b", "one"), ("1e", "one"), ("2a", "two")]
    assert truth.messages_found(good).sound
    assert truth.messages_found(good[1:]).lost == ["1a"]
    assert truth.messages_found([*good, good[0]]).doubled == ["1a"]
    assert truth.messages_found([*good, ("9z", "two")]).unknown == ["9z"]
    assert truth.messages_found([*good[:3], ("2a", "one")]).mixed == ["one"]
    apart = truth.messages_found([("1a", "elsewhere"), *good[1:]])
    assert (apart.split, apart.sound) == ([1], True)
    assert truth.statuses_wrong({"1e": "read"}) == {}
    assert truth.statuses_wrong({"1e": "sent"}) == {"1e": ("read", "sent")}
    assert truth.statuses_wrong({}) == {"1e": ("read", "")}


def test_everything_is_delivered_although_the_door_often_fails(house):
    made = flood(house.whatsapp, items=400, people=20)
    house.refusals = [500, 503, 403] * 5
    report = deliver(made.bodies, f"{house.url}/w", concurrency=3, pause=0.001)
    assert Counter(house.bodies) == Counter(body.content for body in made.bodies)
    assert report.answers[200] == len(made.bodies)
    assert report.answers[500] == report.answers[503] == report.answers[403] == 5
    assert report.undelivered == []
    assert len(report.latencies) == report.answers.total()
    assert 0 < report.percentile(0.5) <= report.percentile(0.99) < report.seconds


def test_a_body_nobody_takes_is_given_up_and_named(house):
    made = flood(house.whatsapp, items=30, people=3, weather=Weather(batch=(10, 10)))
    house.refusals = [500] * 1000
    report = deliver(made.bodies, f"{house.url}/w", attempts=2, pause=0.001)
    assert sorted(b.content for b in report.undelivered) == sorted(b.content for b in made.bodies)
    assert report.answers == {500: 2 * len(made.bodies)}


def test_a_door_that_is_not_there_is_no_answer():
    made = flood(DOOR, items=10, people=2, weather=Weather(batch=(50, 50)))
    report = deliver(made.bodies, DOOR.url, attempts=2, pause=0.001)
    assert report.answers == {0: 2}
    assert len(report.undelivered) == 1
    assert Delivery().percentile(0.99) == 0.0
