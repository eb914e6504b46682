"""The doors platforms knock at. 200 is said only after the body is journalled and committed."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from nyumbani.inbox import doorkeeper
from nyumbani.inbox.actions.journal import write_down
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.knocking import Knock
from nyumbani.inbox.channels.registry import Channel
from nyumbani.kit.doer import System
from nyumbani.vault.envelope import CannotOpen
from nyumbani.vault.keyring import BadKey, Locked

LARGEST = 4 * 1024 * 1024  # bytes; platforms say 3 MB
DOOR = System("door")
Challenge = Callable[[Mapping[str, str], str], str | None]


@csrf_exempt
@login_not_required
def door(request: HttpRequest, channel: str, word: str = "") -> HttpResponse:
    """Answer a platform: 403 to strangers, 413 to floods, 503 when nothing can be kept.

    `word` is what some channels have at the end of their address, instead of a signature.
    """
    try:
        known = registry.channel(channel)
        if word and not known.has_word:
            return _say(404)
        if request.method == "GET" and known.challenge_answer is not None:
            return _subscribe(request, known, known.challenge_answer)
        if request.method == "POST":
            return _take(request, known, word)
    except registry.UnknownChannel:
        return _say(404)
    except (DatabaseError, OSError, Locked, BadKey, CannotOpen):
        # Not 200: the platform keeps the message and comes again.
        answer = _say(503)
        answer["Retry-After"] = "30"
        return answer
    return _say(405)


def _subscribe(request: HttpRequest, channel: Channel, answer: Challenge) -> HttpResponse:
    for token in doorkeeper.known(channel.kind).verify_tokens:
        word = answer(request.GET.dict(), token)
        if word is not None:
            return HttpResponse(word, content_type="text/plain; charset=utf-8")
    return _say(403)


def _take(request: HttpRequest, channel: Channel, word: str) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        return _say(411)
    if int(length) > (channel.limit.largest if channel.limit else LARGEST):
        return _say(413)
    body = request.read(int(length))
    if len(body) != int(length):
        return _say(400)  # it broke off: half of somebody's words are none of hers
    knock = Knock(body, request.headers, word, _sender(request))
    keys = doorkeeper.known(channel.kind).keys
    opened = next((key for key in keys if channel.is_genuine(knock, key.secrets)), None)
    if opened is None:
        return _say(403)
    if channel.limit is not None and not doorkeeper.has_room(channel.kind, channel.limit, body):
        return _say(429)
    # Where bodies name the account themselves, the key says nothing: accounts may share it.
    through = opened.account if channel.account_by_door else ""
    write_down(channel=channel.kind, account=through, body=body, by=DOOR)
    return _say(200)


def _sender(request: HttpRequest) -> str:
    """Who knocks: the nearest address, or the one our own proxy vouches for."""
    if settings.NYUMBANI_TRUSTED_PROXY:
        # The last one is what the proxy itself saw; those before it anybody can write.
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR") or "")


def _say(status: int) -> HttpResponse:
    answer = HttpResponse(status=status, content_type="text/plain")
    if status == 429:
        answer["Retry-After"] = "3600"
    return answer
