"""Trouble on the platform's side, on order."""

import threading

import httpx
import pytest

from nyumbani.drill.graph.faults import Fault
from tests.drill.house import TOKEN, error, send

pytestmark = pytest.mark.pure


def impatient(graph, patience):
    payload = {
        "messaging_product": "whatsapp",
        "to": "218910000002",
        "type": "text",
        "text": {"body": "Habari"},
        "biz_opaque_callback_data": "attempt-3",
    }
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(trust_env=False, verify=False, timeout=patience) as client:
        return client.post(f"{graph.url}/v25.0/1001/messages", json=payload, headers=headers)


def test_a_late_answer_leaves_the_outcome_unknown_but_its_statuses_arrive(graph, house, nafula):
    nafula.write("Habari")
    graph.faults.plan(Fault.ANSWER_LATE, seconds=5)
    with pytest.raises(httpx.ReadTimeout):
        impatient(graph, patience=0.3)
    graph.postman.settle()
    told = [(s["status"], s["biz_opaque_callback_data"]) for s in house.items("statuses")]
    assert told == [("sent", "attempt-3"), ("delivered", "attempt-3")]


def test_a_status_may_overtake_the_answer_it_belongs_to(graph, house, nafula):
    nafula.write("Habari")
    graph.faults.plan(Fault.ANSWER_LATE, seconds=60)
    sending = threading.Thread(target=impatient, args=(graph, 60))
    sending.start()
    while not house.items("statuses"):
        graph.postman.settle()
    assert sending.is_alive()
    graph.stop()  # keeps nobody waiting
    sending.join(timeout=30)
    assert not sending.is_alive()


def test_a_dropped_connection_has_sent_all_the_same(graph, house, nafula):
    nafula.write("Habari")
    graph.faults.plan(Fault.DROPPED)
    with pytest.raises(httpx.RemoteProtocolError):
        impatient(graph, patience=5)
    graph.postman.settle()
    assert nafula.texts == ["Habari"]
    assert [state for _, state in house.statuses()] == ["sent", "delivered"]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.SERVER_ERROR, (503, 2, None)),
        (Fault.THROTTLED, (429, 130429, None)),
        (Fault.PAIR_THROTTLED, (400, 131056, None)),
    ],
)
def test_a_refused_message_was_not_sent_and_the_next_one_is(graph, nafula, fault, expected):
    nafula.write("Habari")
    graph.faults.plan(fault, times=2)
    assert [error(send(graph)) for _ in range(2)] == [expected] * 2
    assert nafula.received == []
    assert send(graph).status_code == 200


def test_a_message_may_fail_after_it_was_taken(graph, house, nafula):
    nafula.write("Habari")
    graph.faults.plan(Fault.FAILS_LATER)
    taken = send(graph).json()["messages"][0]["id"]
    graph.postman.settle()
    assert house.statuses() == [(taken, "failed")]
    assert nafula.received == []


def test_planned_trouble_can_be_called_off(graph, nafula):
    nafula.write("Habari")
    graph.faults.plan(Fault.SERVER_ERROR, times=9)
    graph.faults.clear()
    assert send(graph).status_code == 200
