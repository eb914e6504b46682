"""The doors platforms knock at. 200 is said only after the body is journalled and committed."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from nyumbani.inbox import doorkeeper
from nyumbani.inbox.actions.journal import write_down
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.registry import Channel
from nyumbani.kit.doer import System
from nyumbani.vault.envelope import CannotOpen
from nyumbani.vault.keyring import BadKey, Locked

LARGEST = 4 * 1024 * 1024  # bytes; platforms say 3 MB
DOOR = System("door")


@csrf_exempt
@login_not_required
def door(request: HttpRequest, channel: str) -> HttpResponse:
    """Answer a platform: 403 to strangers, 413 to floods, 503 when nothing can be kept."""
    try:
        known = registry.channel(channel)
        if request.method == "GET":
            return _subscribe(request, known)
        if request.method == "POST":
            return _take(request, known)
    except registry.UnknownChannel:
        return _say(404)
    except (DatabaseError, OSError, Locked, BadKey, CannotOpen):
        # Not 200: the platform keeps the message and comes again.
        answer = _say(503)
        answer["Retry-After"] = "30"
        return answer
    return _say(405)


def _subscribe(request: HttpRequest, channel: Channel) -> HttpResponse:
    for token in doorkeeper.known(channel.kind).verify_tokens:
        word = channel.challenge_answer(request.GET.dict(), token)
        if word is not None:
            return HttpResponse(word, content_type="text/plain; charset=utf-8")
    return _say(403)


def _take(request: HttpRequest, channel: Channel) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        return _say(411)
    if int(length) > LARGEST:
        return _say(413)
    body = request.read(int(length))
    header = request.headers.get(channel.signature_header, "")
    secrets = doorkeeper.known(channel.kind).app_secrets
    if not any(channel.is_genuine(body, header, secret) for secret in secrets):
        return _say(403)
    write_down(channel=channel.kind, body=body, by=DOOR)
    return _say(200)


def _say(status: int) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain")
