"""What the tests stand behind the doors: it checks signatures, journals, and can be shut."""

import datetime as dt
import hashlib
import hmac
import json
import threading
import time

import httpx

from nyumbani.drill.graph.platforms import Platforms
from nyumbani.drill.graph.routes import Answer, Request
from nyumbani.drill.wire.doors import Channel, Door

SECRET, TOKEN = "app-secret", "bearer-token"
JULY = dt.datetime(2014, 7, 14, 5, 0, tzinfo=dt.UTC)


class Watch:
    """The story's time, moved by hand and read by every thread."""

    def __init__(self):
        self.moment = JULY

    def __call__(self):
        return self.moment

    def forward(self, **much):
        self.moment += dt.timedelta(**much)


class House:
    """Journals every body that is signed; answers with whatever `refusals` still holds."""

    def __init__(self):
        self.url = ""
        self.bodies = []
        self.refusals = []
        self.came = []  # when each attempt came, in seconds
        self.lock = threading.Lock()

    @property
    def whatsapp(self):
        return Door(
            Channel.WHATSAPP, "1001", f"{self.url}/w", SECRET, TOKEN, "77", number="254700000001"
        )

    @property
    def messenger(self):
        return Door(Channel.MESSENGER, "2002", f"{self.url}/m", SECRET, TOKEN)

    @property
    def doors(self):
        return [self.whatsapp, self.messenger]

    @property
    def all_doors(self):
        telegram = Door(Channel.TELEGRAM, "714", f"{self.url}/t", "word", "714:token")
        return [*self.doors, telegram, Door(Channel.SMS, "22384", f"{self.url}/s", "", "key")]

    def answer(self, request: Request):
        if request.method == "GET":
            asked = request.query
            known = asked.get("hub.verify_token") == "verify-token"
            return Answer(200 if known else 403, asked["hub.challenge"].encode())
        with self.lock:
            self.came.append(time.monotonic())
            if self.refusals:
                return Answer(self.refusals.pop(0), b"")
            expected = hmac.new(SECRET.encode(), request.body, hashlib.sha256).hexdigest()
            if request.headers["X-Hub-Signature-256"] != f"sha256={expected}":
                return Answer(403, b"")
            self.bodies.append(request.body)
            return Answer(200, b"")

    # ---- what the bodies hold ----

    def changes(self):
        for body in self.bodies:
            payload = json.loads(body)
            if payload["object"] == "whatsapp_business_account":
                for entry in payload["entry"]:
                    yield from entry["changes"]

    def items(self, under="messages"):
        return [item for change in self.changes() for item in change["value"].get(under, [])]

    def contacts(self):
        return [c for change in self.changes() for c in change["value"].get("contacts", [])]

    def statuses(self):
        return [(s["id"], s["status"]) for s in self.items("statuses")]

    def messaging(self):
        return [
            item
            for body in self.bodies
            if (payload := json.loads(body))["object"] == "page"
            for entry in payload["entry"]
            for item in entry["messaging"]
        ]


def ask(graph, method, path, token=TOKEN, **more):
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(trust_env=False, verify=False) as client:
        return client.request(method, graph.url + path, headers=headers, **more)


def send(graph, to="218910000002", body="Habari", account="1001", **more):
    payload = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to,
        "type": "text",
        "text": {"body": body},
    } | more
    payload = {k: v for k, v in payload.items() if v is not None}
    return ask(graph, "POST", f"/v25.0/{account}/messages", json=payload)


def send_to_page(graph, psid="7014", text="Hello", **more):
    payload = {
        "recipient": {"id": psid},
        "messaging_type": "RESPONSE",
        "message": {"text": text},
    } | more
    return ask(graph, "POST", "/v25.0/me/messages", json=payload)


def error(answer):
    told = answer.json()["error"]
    return answer.status_code, told["code"], told.get("error_subcode")


def platforms(graph, house=None):
    """The whole of the platforms around a graph that runs already."""
    doors = (house or House()).all_doors
    return Platforms([*graph.doors, *doors[2:]], graph=graph)
