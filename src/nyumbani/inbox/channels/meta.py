"""What WhatsApp and Messenger have in common: one door, one signature, one interface."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from nyumbani.inbox.channels import graph
from nyumbani.inbox.channels.answers import is_good, object_in
from nyumbani.inbox.channels.connecting import Secret, Setup, is_id
from nyumbani.inbox.channels.knocking import Knock
from nyumbani.inbox.channels.outgoing import Outgoing, Platform, Refused, Unclear
from nyumbani.inbox.channels.refusals import SIGNED_OUT, Rules, refusal
from nyumbani.inbox.channels.registry import TokenCheck
from nyumbani.inbox.channels.signature import HEADER, is_genuine
from nyumbani.inbox.channels.times import Unit, moment
from nyumbani.kit.phrases import gettext_noop


def is_signed(knock: Knock, secrets: Mapping[str, str]) -> bool:
    """Whether the body is signed with the app secret; where the request came from is no matter."""
    return is_genuine(knock.body, knock.headers.get(HEADER, ""), secrets.get("app_secret", ""))


def authorised(request: Outgoing, secrets: Mapping[str, str]) -> Outgoing:
    """The request with the account's token."""
    bearer = {"Authorization": f"Bearer {secrets['access_token']}"}
    return replace(request, headers={**request.headers, **bearer})


def _tell(account: str, path: str, made: Mapping[str, str]) -> tuple[str, ...]:  # noqa: ARG001 - every channel is asked alike
    return (
        f"Give the platform this callback address: https://YOUR-HOST{path}",
        f"and this verify token: {made.get('verify_token', '(the one you gave)')}",
    )


def _ask_token(secrets: Mapping[str, str]) -> Outgoing:
    query = urlencode({"input_token": secrets["access_token"]})
    return Outgoing("GET", f"{graph.path('debug_token')}?{query}")


def _token_found(status: int, body: bytes) -> dt.datetime | Refused | Unclear | None:
    """Until when our token, or what it may read, holds; one that is not valid any more stops us."""
    said = object_in(body).get("data")
    if not is_good(status) or not isinstance(said, dict):
        found = graph.understood(status, body, rules=_RULES, attempt=1, found=lambda _answer: None)
        return found if isinstance(found, Refused) else Unclear(f"HTTP {status}")
    if said.get("is_valid") is False:
        return refusal(_RULES, 190, attempt=1)
    ends = [said.get("expires_at"), said.get("data_access_expires_at")]
    times = [one for one in ends if isinstance(one, int) and not isinstance(one, bool) and one > 0]
    return moment(min(times), usual=Unit.SECONDS)[0] if times else None


_RULES: Rules = {(190, None): SIGNED_OUT}
TOKEN = TokenCheck(ask=_ask_token, found=_token_found)
GRAPH = Platform("graph", "https://graph.facebook.com", authorised)
SETUP = Setup(
    account=gettext_noop("the number's or page's id on the platform: digits only"),
    is_account=is_id,
    secrets=(
        Secret(
            name="app_secret", variable="NYUMBANI_APP_SECRET", question=gettext_noop("App secret"),
        ),
        Secret(
            name="verify_token", variable="NYUMBANI_VERIFY_TOKEN",
            question=gettext_noop("Verify token"), is_made=True,
        ),
        Secret(
            name="access_token", variable="NYUMBANI_ACCESS_TOKEN",
            question=gettext_noop("Access token"),
        ),
    ),
    path=lambda door, _: door,
    tell=_tell,
)  # fmt: skip
