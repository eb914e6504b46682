"""Which addresses the house may speak to."""

import ipaddress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.kit.addresses import AllowList, Origin, why_not_global

pytestmark = pytest.mark.pure

INSIDE = [
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "240.0.0.1",
    "198.18.0.1",
    "203.0.113.1",
    "192.0.0.8",
    "192.88.99.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1111%eth0",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1",
    "::127.0.0.1",
    "::1.1.1.1",
    "64:ff9b::7f00:1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::101:101",
    "2002:7f00:1::",
    "2002:101:101::1",
    "2001:0:101:101::1",
    "localhost",
    "2130706433",
    "0x7f000001",
    "",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_does_not_lead_to_a_public_machine_is_refused(address):
    assert why_not_global(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "151.101.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"]
)
def test_a_public_address_is_fine_also_as_ipv6_only_sites_see_it(address):
    assert why_not_global(address) == ""


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_no_ipv6_dress_makes_an_inside_address_public(inside):
    number = int(inside)
    for dressed in (
        ipaddress.IPv6Address((0xFFFF << 32) + number),
        ipaddress.IPv6Address(number),
        ipaddress.IPv6Address((0x64FF9B << 96) + number),
        ipaddress.IPv6Address((0x2002 << 112) + (number << 80)),
        ipaddress.IPv6Address((0xFFFF << 48) + number),
    ):
        assert why_not_global(str(dressed)), dressed


@given(st.ip_addresses())
def test_whatever_python_calls_private_is_never_public_here(address):
    if not address.is_global:
        assert (
            why_not_global(str(address))
            or getattr(address, "ipv4_mapped", None)
            or (address in ipaddress.IPv6Network("64:ff9b::/96"))
        )


@pytest.mark.parametrize(
    "url",
    [
        "https://graph.example.org/v1",
        "https://GRAPH.Example.ORG/v1",
        "https://graph.example.org:443/",
        "https://a.files.example.net/x",
        "https://a.b.files.example.net/x",
    ],
)
def test_listed_hosts_and_hosts_below_a_listed_suffix_are_allowed(url):
    allowed = AllowList(["graph.example.org", "*.files.example.net"])
    assert allowed.why_not(httpx.URL(url)) == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://graph.example.org/",
        "ftp://graph.example.org/",
        "https://graph.example.org:8443/",
        "https://files.example.net/",
        "https://xfiles.example.net/",
        "https://graph.example.org.evil.example/",
        "https://evil-graph.example.org/",
        "https://graph.example.org./",
        "https://graph.example.org@evil.example/",
        "https://evil.example@graph.example.org/",
        "https://evil.example#@graph.example.org/",
        "https://evil.example?@graph.example.org/",
        "https://evil.example\\@graph.example.org/",
        "https://.files.example.net/",
        "https://-.files.example.net/",
        "https:///graph.example.org",
        "//graph.example.org/",
        "graph.example.org",
        "",
    ],
)
def test_every_other_host_scheme_port_and_spelling_is_not(url):
    allowed = AllowList(["graph.example.org", "*.files.example.net"])
    assert allowed.why_not(httpx.URL(url))


@pytest.mark.parametrize(
    "entry",
    ["", "*", "*.org", "https://graph.example.org", "a b", "Graph.example.org", "a..b", "x/"],
)
def test_a_list_with_an_entry_that_allows_too_much_or_nothing_is_refused_at_once(entry):
    with pytest.raises(ValueError, match="neither"):
        AllowList([entry])


@pytest.mark.parametrize("origin", ["http://example.org", "http://10.0.0.1:80", "http://0.0.0.0:1"])
def test_the_loopback_origin_must_be_this_machine(origin):
    with pytest.raises(ValueError, match="this machine"):
        AllowList([], loopback=origin)


def test_the_loopback_origin_is_one_port_and_no_other():
    allowed = AllowList([], loopback="http://127.0.0.1:8765")
    assert allowed.why_not(httpx.URL("http://127.0.0.1:8765/v1")) == ""
    for url in ("http://127.0.0.1:8766/", "http://127.0.0.2:8765/", "http://localhost:8765/"):
        assert allowed.why_not(httpx.URL(url))


def test_a_name_with_one_bad_address_among_good_ones_is_refused_whole():
    allowed = AllowList(["graph.example.org"])
    origin = Origin("https", "graph.example.org", 443)
    assert allowed.why_not_reached(origin, ["1.1.1.1", "2606:4700::1111"]) == ""
    assert allowed.why_not_reached(origin, ["1.1.1.1", "10.0.0.1"])
    assert allowed.why_not_reached(origin, [])
