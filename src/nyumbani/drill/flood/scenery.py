"""All platforms at once behind one house, with the roads between them in a bad state."""

from collections.abc import Mapping
from contextlib import ExitStack
from random import Random
from typing import Self

from nyumbani.drill.flood.road import RoughRoad
from nyumbani.drill.graph.bots import TRIES
from nyumbani.drill.graph.meta import Graph
from nyumbani.drill.graph.platforms import Platforms
from nyumbani.drill.mail.box import Box
from nyumbani.drill.mail.provider import Provider
from nyumbani.drill.wire.doors import Channel, Door, secrets_of
from nyumbani.drill.wire.post import Manners
from nyumbani.inbox.actions.doors import connect
from nyumbani.kit.doer import Doer

OURS = "jikoni@example.org"
WORD = "a-long-word-in-the-address-of-the-callback"
MANNERS = Manners(delay=(0.0, 1.5), batch=(1, 20), duplicates=0.2, shuffle=True)
_TROUBLES = ("cut", "torn", "busy", "silent")


class Scenery:
    """The platforms, while the block lasts; `url` is where the house listens."""

    def __init__(self, url: str, chance: Random) -> None:
        self._chance = chance
        hooks = f"{url}/hooks"
        self.doors = (
            Door(Channel.WHATSAPP, "1002", f"{hooks}/whatsapp/", "app-secret-of-w", "token-w",
                 "78", "254700000002"),
            Door(Channel.MESSENGER, "5002", f"{hooks}/messenger/", "app-secret-of-m", "token-m"),
            Door(Channel.SMS, "20880", f"{hooks}/sms/{WORD}/", WORD, "api-key-of-sms"),
            Door(Channel.TELEGRAM, "714002", f"{hooks}/telegram/", "secret-of-telegram",
                 "714002:token-of-the-bot"),
        )  # fmt: skip
        meta = [one for one in self.doors if one.channel in {Channel.WHATSAPP, Channel.MESSENGER}]
        graph = Graph(meta, manners=MANNERS, posters=2)
        self.platforms = Platforms(self.doors, graph=graph)
        self._roads = RoughRoad(chance), RoughRoad(chance, tries=TRIES)
        self.platforms.gateway.courier, self.platforms.bots.courier = self._roads
        self.mail = Provider(Box(OURS))
        self.accounts: tuple[str, ...] = ()
        self._running = ExitStack()

    def __enter__(self) -> Self:
        self._running.enter_context(self.platforms)
        self._running.enter_context(self.mail)
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    @property
    def urls(self) -> Mapping[str, str]:
        """Where the house finds each platform."""
        return {**self.platforms.urls, **self.mail.urls}

    @property
    def twice(self) -> int:
        """How many requests came a second time by the roads of SMS and Telegram."""
        return sum(road.twice for road in self._roads)

    @property
    def cut(self) -> int:
        """How many broke off in the middle there."""
        return sum(road.cut for road in self._roads)

    def connect(self, *, by: Doer) -> None:
        """Open all our doors in the house that this program is part of."""
        rows = [
            connect(
                channel=door.channel, account=door.account, label=door.account,
                secrets=secrets_of(door.channel, door.secret, door.token), by=by,
            )
            for door in self.doors
        ]  # fmt: skip
        box = self.mail.box
        secrets = {
            "incoming": "imap.example.org", "outgoing": "smtp.example.org",
            "username": box.name, "password": box.password, "checked_by": "",
        }  # fmt: skip
        rows.append(connect(channel="email", account=OURS, label=OURS, secrets=secrets, by=by))
        self.accounts = tuple(row.id for row in rows)

    def tear_the_mail(self) -> None:
        """The next look into the box goes wrong; now and then its letters get other numbers."""
        self.mail.box.faults[self._chance.choice(_TROUBLES)] = 1
        if self._chance.random() < 0.2:
            self.mail.box.renumber()
