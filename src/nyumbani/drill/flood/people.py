"""The invented people of a flood: each lives her few days and leaves a trail of webhook items."""

import datetime as dt
from dataclasses import dataclass, replace
from random import Random

from nyumbani.drill.flood.truth import RANK, Identity, Truth, Written
from nyumbani.drill.wire import whatsapp
from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.parts import Item, Shape
from nyumbani.drill.wire.whatsapp import Sender

WORDS = ("maji", "nyumba", "simu", "kesho", "usiku", "mlango", "pasi", "dada", "hofu", "salama")
EMOJI = ("👍", "🙏🏾", "😢", "❤️", "")
COUNTRIES = ("LY", "KE", "ET", "UG")


@dataclass(frozen=True, slots=True)
class Happened:
    """One item and the moment it happened."""

    at: dt.datetime
    item: Item


class Life:
    """One person in a flood: writes, changes her mind and perhaps her number, gets answers."""

    def __init__(self, person: int, door: Door, truth: Truth, dice: Random) -> None:
        self.person, self.door, self.truth, self.dice = person, door, truth, dice
        self.sender = self._new_sender()
        self.trail: list[Happened] = []
        self._texts: list[str] = []  # ids of texts she may still change
        self._last = dt.datetime.min.replace(tzinfo=dt.UTC)
        truth.people[person] = Identity(
            [self.sender.wa_id] if self.sender.wa_id else [],
            [self.sender.bsuid],
            self.sender.username,
        )

    def live(self, at: dt.datetime) -> None:
        """Let one thing happen at this moment; most often she writes."""
        # Webhooks tell whole seconds: two changes of one message in one second have no order.
        at = self._last = max(at, self._last + dt.timedelta(seconds=2))
        throw = self.dice.random()
        if throw < 0.62 or not self._texts:
            self.write(at)
        elif throw < 0.80:
            self._is_answered(at)
        elif throw < 0.86:
            self._react(at)
        elif throw < 0.92:
            self._edit(at)
        elif throw < 0.95:
            self._take_back(at)
        else:
            self._locate(at)

    def move(self, at: dt.datetime) -> None:
        """She changes her number; the platform gives her a new business-scoped id as well."""
        before = self.sender
        number = f"21892{self.person:07d}" if before.wa_id else ""
        self.sender = replace(before, wa_id=number, bsuid=f"LY.{902_000_000_000 + self.person}")
        notice, link = whatsapp.changed_number(
            self.door, before, self.sender, self._known(before.address, at), at
        )
        self.trail += [Happened(at, notice), Happened(at, link)]
        identity = self.truth.people[self.person]
        identity.numbers += [number] if number else []
        identity.bsuids.append(self.sender.bsuid)
        self.truth.moved.add(self.person)

    def write(self, at: dt.datetime) -> None:
        """She writes a text that nobody else writes."""
        text = self._say()
        name = self._send(at, "text", {"body": text})
        self._wrote(name, at, "text", text)
        self._texts.append(name)

    # ---- inside ----

    def _new_sender(self) -> Sender:
        number, country = f"21891{self.person:07d}", COUNTRIES[self.person % len(COUNTRIES)]
        hidden = self.person % 7 == 3  # one in seven hides her number behind a username
        return Sender(
            name=f"Dada {self.person} ችግር" if country == "ET" else f"Dada {self.person}",
            wa_id="" if hidden else number,
            bsuid=f"{country}.{701_000_000_000 + self.person}",
            username=f"dada.{self.person}" if hidden else "",
        )

    def _known(self, address: str, at: dt.datetime) -> Shape:
        name = whatsapp.message_id(address, self.dice)
        return {"id": name, "timestamp": whatsapp.seconds(at)}

    def _send(self, at: dt.datetime, kind: str, content: Shape) -> str:
        known = self._known(self.sender.address, at)
        item = whatsapp.message(self.door, self.sender, known, kind, content)
        self.trail.append(Happened(at, item))
        return str(known["id"])

    def _say(self) -> str:
        words = " ".join(self.dice.choices(WORDS, k=self.dice.randint(2, 14)))
        return f"{words} №{self.dice.getrandbits(40):010x}"

    def _wrote(self, name: str, at: dt.datetime, kind: str, text: str) -> None:
        address, seconds = self.sender.address, int(at.timestamp())
        self.truth.messages[name] = Written(self.person, address, kind, text, seconds)

    def _locate(self, at: dt.datetime) -> None:
        place = {"latitude": 32.8 + self.dice.random(), "longitude": 13.1 + self.dice.random()}
        self._wrote(self._send(at, "location", place), at, "location", "")

    def _react(self, at: dt.datetime) -> None:
        target, emoji = self.dice.choice(self._texts), self.dice.choice(EMOJI)
        self._send(at, "reaction", {"message_id": target, **({"emoji": emoji} if emoji else {})})
        self.truth.reactions[target] = emoji

    def _edit(self, at: dt.datetime) -> None:
        target, text = self.dice.choice(self._texts), self._say()
        new = {"type": "text", "text": {"body": text}}
        self._send(at, "edit", {"original_message_id": target, "message": new})
        self.truth.edited[target] = text

    def _take_back(self, at: dt.datetime) -> None:
        target = self._texts.pop(self.dice.randrange(len(self._texts)))
        self._send(at, "revoke", {"original_message_id": target})
        self.truth.taken_back.add(target)

    def _is_answered(self, at: dt.datetime) -> None:
        """Staff answer from the organisation's own phone: an echo, then what became of it."""
        name = whatsapp.message_id(self.sender.address, self.dice)
        self.truth.echoes[name] = self.person
        echo = whatsapp.echo(self.door, self.sender, name, self._say(), at)
        self.trail.append(Happened(at, echo))
        states = self.dice.choice(
            [("sent", "failed"), ("sent", "delivered"), ("sent", "delivered", "read"), ("sent",)]
        )
        for state in states:
            at += dt.timedelta(seconds=self.dice.randint(1, 900))
            status = whatsapp.status(self.door, self.sender, name, state, at)
            if state == "failed":
                status.shape["errors"] = [{"code": 131026, "title": "Message undeliverable"}]
            self.trail.append(Happened(at, status))
        self.truth.statuses[name] = max(states, key=RANK.__getitem__)
