"""What WhatsApp and Messenger have in common: one door, one signature, one interface."""

from collections.abc import Mapping
from dataclasses import replace

from nyumbani.inbox.channels.connecting import Secret, Setup, is_id
from nyumbani.inbox.channels.knocking import Knock
from nyumbani.inbox.channels.outgoing import Outgoing, Platform
from nyumbani.inbox.channels.signature import HEADER, is_genuine


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


GRAPH = Platform("graph", "https://graph.facebook.com", authorised)
SETUP = Setup(
    account="the number's or page's id on the platform: digits only",
    is_account=is_id,
    secrets=(
        Secret(name="app_secret", variable="NYUMBANI_APP_SECRET", question="App secret"),
        Secret(
            name="verify_token", variable="NYUMBANI_VERIFY_TOKEN", question="Verify token",
            is_made=True,
        ),
        Secret(name="access_token", variable="NYUMBANI_ACCESS_TOKEN", question="Access token"),
    ),
    path=lambda door, _: door,
    tell=_tell,
)  # fmt: skip
