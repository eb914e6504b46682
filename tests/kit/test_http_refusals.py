"""The way out: what it refuses before a byte leaves, and the detours it does not take."""

import pytest

from nyumbani.kit.http import AnswerRefused, Outside, Refused
from tests.kit.town import NAME, PUBLIC, Town, answer, answering, house

pytestmark = pytest.mark.pure


SPELLINGS = [
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "017700000001",
    "0177.0.0.1",
    "127.1",
    "0x7f.1",
    "0",
    "localhost",
    "127.0.0.1.",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1%25lo]",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "１２７.0.0.1",
    f"{NAME}@127.0.0.1",
    f"{NAME}:x@127.0.0.1",
    f"127.0.0.1#@{NAME}",
    f"127.0.0.1\\@{NAME}",
    f"127.0.0.1%00.{NAME}",
    f"127.0.0.1/.{NAME}",
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_this_machine_gets_past_the_list(host):
    asked = []
    way = Outside([NAME, f"*.{NAME}"], resolver=lambda *name: asked.append(name) or ["127.0.0.1"])
    for url in (f"https://{host}/", f"https://{host}:443/latest/meta-data"):
        with pytest.raises(Refused):
            way.get(url)
    assert asked == []


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "127.1", "0x7f.1", "0"],
)
def test_a_spelling_of_this_machine_on_the_list_itself_still_does_not_get_out(host):
    town = Town()
    with pytest.raises(Refused, match="address"):
        Outside([host], inner=town).get(f"https://{host}/")  # asks the system's own resolver
    assert town.visited == []


@pytest.mark.parametrize("inside", ["169.254.169.254", "10.1.2.3", "::1", "fd00::1", "100.64.0.9"])
def test_a_listed_name_that_leads_inside_is_refused(inside):
    town = Town()
    for addresses in ([inside], [PUBLIC, inside], [inside, PUBLIC]):
        with pytest.raises(Refused, match="address"):
            Outside([NAME], resolver=lambda *_, a=addresses: a, inner=town).get(f"https://{NAME}/")
    assert town.visited == []


def test_a_name_that_changes_its_mind_between_two_looks_gains_nothing(tls):
    """DNS rebinding: the first answer is public, the next is this machine."""
    town, looks = Town(), []

    def rebinding(_host, _port):
        looks.append(1)
        return [PUBLIC] if len(looks) == 1 else ["127.0.0.1"]

    with house(answering(answer(b"ok", "200 OK", "Connection: close")), tls[0]) as there:
        town.streets[PUBLIC] = town.streets["127.0.0.1"] = there.port
        way = Outside([NAME], resolver=rebinding, inner=town, trust=tls[1])
        assert way.get(f"https://{NAME}/").body == b"ok"
        assert (len(looks), town.visited) == (1, [PUBLIC])  # looked once, went where it looked
        with pytest.raises(Refused, match="not a public address"):
            way.get(f"https://{NAME}/")
        way.close()
    assert town.visited == [PUBLIC]


def test_plain_http_other_ports_and_other_loopback_ports_are_refused(outside):
    with house(answering(answer())) as there, house(answering(answer())) as neighbour:
        way = outside(there)
        for url in (
            f"http://{NAME}/",
            neighbour.origin,
            f"https://127.0.0.1:{there.port}/",
            f"http://localhost:{there.port}/",
            f"{there.origin.replace('//', '//a:b@')}/",
        ):
            with pytest.raises(Refused):
                way.get(url)
    assert (there.visitors, neighbour.visitors) == (0, 0)


def test_a_loopback_name_that_leads_to_another_machine_is_refused():
    way = Outside([], loopback="http://localhost:8765", resolver=lambda *_: ["10.0.0.9"])
    with pytest.raises(Refused, match="another machine"):
        way.get("http://localhost:8765/")


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "é\u2028"])
def test_a_header_with_a_line_break_in_it_is_not_sent(outside, value):
    heard = []
    with house(answering(answer(), heard)) as there, pytest.raises(Refused):
        outside(there).get(there.origin, headers={"X-Note": value})
    assert heard == []


@pytest.mark.parametrize(
    "url", ["https://[::1", "https://x:99999999/", "https://a\x00b/", "https://"]
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(Refused):
        Outside([NAME]).get(url)


@pytest.mark.parametrize(
    "place", ["http://169.254.169.254/latest/meta-data", "//169.254.169.254/", "/here"]
)
def test_no_detour_is_ever_taken(outside, tmp_path, place):
    heard = []
    detour = answer(b"", "302 Found", f"Location: {place}")
    with house(answering(detour, heard)) as there:
        way = outside(there)
        assert way.get(there.origin).status == 302
        with pytest.raises(AnswerRefused) as refusal:
            way.download(there.origin, tmp_path / "file")
    assert refusal.value.status == 302
    assert len(heard) == 2
