"""The crowd of a flood: it writes on every channel in bad weather, and is written to."""

import sys
import time
from contextlib import ExitStack
from dataclasses import asdict
from typing import Self

from django.db import OperationalError

from nyumbani.accounts.actions import make_demo_staff
from nyumbani.accounts.terms import Role
from nyumbani.drill.flood.answers import hasten, write_to_whoever_wrote
from nyumbani.drill.flood.crowd import Crowd
from nyumbani.drill.flood.road import RoughRoad
from nyumbani.drill.flood.scenery import Scenery
from nyumbani.drill.flood.strangers import Strangers
from nyumbani.drill.flood.verdict import Verdict, complaints, is_settled, verdict_on
from nyumbani.drill.wire.dice import dice
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.inbox.terms import Reading
from nyumbani.kit.doer import System

BENCH = System("bench")
A_WORKERS_SENDERS = 4  # so many letters may be in hand when one is killed
PAUSE = 0.05  # seconds between two of the crowd who write
LOOK_EVERY = 1.0
SAY_EVERY = 30.0  # seconds: whoever waits should see what for


class Weather:
    """The crowd, its platforms and its roads, while the block lasts."""

    def __init__(self, url: str, messages: int, seed: int) -> None:
        self.messages = messages
        self.scenery = Scenery(url, dice(seed + 1))
        self.road = RoughRoad(dice(seed + 2))
        self._seed = seed
        self._running = ExitStack()
        self._written: set[int] = set()
        self._looked, self.busy = 0.0, 0

    def __enter__(self) -> Self:
        self._running.enter_context(self.scenery)
        self._running.enter_context(self.road)
        platforms, mail = self.scenery.platforms, self.scenery.mail
        size = max(6, self.messages // 25)
        self.crowd = Crowd(platforms, mail, dice(self._seed + 3), size=size)
        self.strangers = Strangers(platforms, self.road, dice(self._seed + 4))
        self.scenery.connect(by=BENCH)
        self.staff = make_demo_staff(by=BENCH)[Role.CASEWORKER]
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    @property
    def urls(self) -> dict[str, str]:
        """Where the house finds each platform."""
        return dict(self.scenery.urls)

    def play(self) -> None:
        """Everybody writes once, then some again and again, until all is said."""
        self.crowd.everybody_writes()
        for turn in range(max(0, self.messages - len(self.crowd.people))):
            self.crowd.write()
            if turn % 8 == 0:
                self.strangers.come(self.crowd.say)
            if turn % 20 == 0:
                self.scenery.tear_the_mail()
            time.sleep(PAUSE)
            self._look()

    def wait_until_settled(self, most: float) -> None:
        """Go on answering until the house has read all there is, or for `most` seconds."""
        said = time.monotonic()
        until = said + most
        while time.monotonic() < until:
            self.road.settle(120)
            self.scenery.platforms.settle(120)
            self._look()
            waiting = JournalEntry.objects.filter(reading=Reading.WAITING).exists()
            if not waiting and self._is_settled():
                return
            if time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                print(f"not settled yet; bodies wait: {waiting}, {self._found()}", file=sys.stderr)
            time.sleep(LOOK_EVERY)

    def figures(self, killed: int) -> dict[str, object]:
        """What the house holds of the crowd, beside what happened."""
        found = self._found()
        for one in complaints(self.crowd):
            print(one)
        fates = [person.letter.fate for person in self.crowd.people]
        explained = found.lost_sight <= killed * A_WORKERS_SENDERS
        return {
            "sound": found.is_sound and explained, **asdict(found),
            "people": len(self.crowd.people), "messages": len(self.crowd.said),
            "came_twice": self.scenery.twice, "broke_off": self._broke_off,
            "forged": self.strangers.forged, "damaged": self.strangers.damaged,
            "letters": len(fates), "letters_with_trouble": self._with_trouble,
        }  # fmt: skip

    @property
    def _broke_off(self) -> int:
        return self.scenery.cut + self.road.cut + self.strangers.broken_off

    @property
    def _with_trouble(self) -> int:
        letters = [person.letter for person in self.crowd.people]
        return sum(letter.fate != "taken" or bool(letter.waits) for letter in letters)

    def _look(self) -> None:
        if time.monotonic() - self._looked < LOOK_EVERY:
            return
        accounts = self.scenery.accounts
        try:
            if len(self._written) < len(self.crowd.people):
                write_to_whoever_wrote(self.crowd, accounts, self._written, by=self.staff)
            hasten()
        except OperationalError:
            self.busy += 1  # the file is locked for too long: as on a page, one tries again
        self._looked = time.monotonic()

    def _found(self) -> Verdict:
        return verdict_on(self.crowd, self.scenery.accounts, damaged=self.strangers.damaged)

    def _is_settled(self) -> bool:
        return is_settled(self.crowd, self.scenery.accounts, damaged=self.strangers.damaged)
