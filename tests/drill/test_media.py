"""Files people send: by id, by an address that lives five minutes, with their own troubles."""

import base64
import hashlib
import io

import httpx
import pytest
from PIL import Image

from nyumbani.drill.graph.faults import Fault
from tests.drill.house import TOKEN, ask, error

pytestmark = pytest.mark.pure


def fetch(url, token=TOKEN):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with httpx.Client(trust_env=False, verify=False) as client:
        return client.get(url, headers=headers)


@pytest.fixture
def note(graph, house, nafula):
    """The webhook's words about a voice note, and the platform's card of it."""
    nafula.voice(seconds=3)
    graph.postman.settle()
    told = house.items()[0]["audio"]
    return told, ask(graph, "GET", f"/v25.0/{told['id']}").json()


def test_a_voice_note_is_fetched_by_id_and_matches_what_the_webhook_told(note):
    told, card = note
    answer = fetch(card["url"])
    digest = hashlib.sha256(answer.content).digest()
    assert told["voice"] is True
    assert base64.b64decode(told["sha256"]) == digest
    assert (card["sha256"], card["file_size"]) == (digest.hex(), len(answer.content))
    assert answer.headers["Content-Type"] == told["mime_type"] == "audio/ogg; codecs=opus"


def test_a_file_is_given_only_to_who_bears_the_token(note):
    assert error(fetch(note[1]["url"], token=""))[:2] == (401, 190)
    assert error(fetch(note[1]["url"], token="stolen"))[:2] == (401, 190)


def test_an_address_lives_five_minutes_and_its_end_cannot_be_forged(note, watch):
    url = httpx.URL(note[1]["url"])
    watch.forward(minutes=5)
    assert fetch(url).status_code == 200
    watch.forward(seconds=1)
    assert fetch(url).status_code == 404
    later = int(url.params["ext"]) + 600
    assert fetch(url.copy_set_param("ext", later)).status_code == 404


def test_a_file_lives_seven_days(graph, note, watch):
    watch.forward(days=7, seconds=1)
    assert error(ask(graph, "GET", f"/v25.0/{note[0]['id']}")) == (400, 100, 33)


def test_an_unknown_file_is_not_there(graph):
    assert error(ask(graph, "GET", "/v25.0/123456")) == (400, 100, 33)


def test_the_store_may_be_away_for_a_while(graph, note):
    graph.faults.plan(Fault.MEDIA_AWAY, times=2)
    assert [fetch(note[1]["url"]).status_code for _ in range(3)] == [503, 503, 200]


def test_an_address_may_expire_early(graph, note):
    graph.faults.plan(Fault.MEDIA_EXPIRED)
    assert [fetch(note[1]["url"]).status_code for _ in range(2)] == [404, 200]


def test_another_file_than_promised_shows_in_its_hash(graph, note):
    graph.faults.plan(Fault.MEDIA_ALTERED)
    got = [hashlib.sha256(fetch(note[1]["url"]).content).hexdigest() for _ in range(2)]
    assert got[0] != note[1]["sha256"]
    assert got[1] == note[1]["sha256"]


def test_too_many_failures_in_an_hour_block_every_download_for_half_an_hour(graph, note, watch):
    graph.faults.plan(Fault.MEDIA_AWAY, times=21)
    for _ in range(21):
        assert fetch(note[1]["url"]).status_code == 503
    assert error(fetch(note[1]["url"])) == (429, 80007, None)
    assert error(ask(graph, "GET", f"/v25.0/{note[0]['id']}")) == (429, 80007, None)
    watch.forward(minutes=30)
    card = ask(graph, "GET", f"/v25.0/{note[0]['id']}").json()
    assert fetch(card["url"]).status_code == 200


def test_failures_spread_over_hours_block_nothing(graph, note, watch):
    graph.faults.plan(Fault.MEDIA_AWAY, times=21)
    for _ in range(21):
        card = ask(graph, "GET", f"/v25.0/{note[0]['id']}").json()
        assert fetch(card["url"]).status_code == 503
        watch.forward(minutes=4)
    assert ask(graph, "GET", f"/v25.0/{note[0]['id']}").status_code == 200


def test_a_photo_on_messenger_comes_by_an_address_that_needs_no_token(graph, house, rehema):
    rehema.photo(caption="This is the door")
    graph.postman.settle()
    message = house.messaging()[0]["message"]
    attachment = message["attachments"][0]
    answer = fetch(attachment["payload"]["url"], token="")
    assert (attachment["type"], message["text"]) == ("image", "This is the door")
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.format == "JPEG"
