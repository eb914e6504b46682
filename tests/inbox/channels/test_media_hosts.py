"""Files are fetched from the platforms' hosts and from nowhere else."""

import httpx
import pytest

from nyumbani.inbox.channels import registry
from nyumbani.kit.addresses import AllowList

pytestmark = pytest.mark.pure

HOSTS = registry.channel("whatsapp").media_hosts


def is_allowed(url, hosts):
    """By the list that stands before every connection."""
    try:
        return not AllowList(hosts).why_not(httpx.URL(url))
    except httpx.InvalidURL:
        return False


@pytest.mark.parametrize(
    "url",
    [
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=5",
        "https://LOOKASIDE.fbsbx.com/x",
        "https://scontent.xx.fbcdn.net/v/a.jpg?oh=1",
        "https://graph.facebook.com:443/v25.0/5",
    ],
)
def test_the_platforms_own_hosts_are_allowed(url):
    assert is_allowed(url, HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x",
        "https://lookaside.fbsbx.com.evil.example/x",
        "https://evil.example/?lookaside.fbsbx.com",
        "https://fbcdn.net/x",
        "https://evilfbcdn.net/x",
        "https://lookaside.fbsbx.com@evil.example/x",
        "https://user:word@lookaside.fbsbx.com/x",
        "https://evil.example\\@lookaside.fbsbx.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://[broken/x",
        "https://lookaside.fbsbx.com:port/x",
        "file:///etc/passwd",
        "//lookaside.fbsbx.com/x",
    ],
)
def test_nothing_else_is(url):
    assert not is_allowed(url, HOSTS)


def test_voice_notes_of_messenger_lie_on_a_host_of_their_own():
    url = "https://cdn.fbsbx.com/v/t59/audioclip-1.mp4"
    assert is_allowed(url, registry.channel("messenger").media_hosts)
    assert not is_allowed(url, HOSTS)
