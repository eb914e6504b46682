"""A box of ours at the simulated provider."""

from nyumbani.inbox.actions.doors import connect
from tests.inbox.bodies import BY

OURS = "jikoni@example.org"
PASSWORD = "invented-password"


def open_email(password=PASSWORD, checked_by=""):
    secrets = {
        "incoming": "imap.example.org", "outgoing": "smtp.example.org", "username": "box",
        "password": password, "checked_by": checked_by,
    }  # fmt: skip
    return connect(channel="email", account=OURS, label="Kitchen", secrets=secrets, by=BY)
