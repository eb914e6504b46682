"""What nobody wrote: requests under a wrong secret, and genuine ones whose body is damaged."""

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import assert_never

from nyumbani.drill.flood.road import break_off
from nyumbani.drill.graph.platforms import Platforms
from nyumbani.drill.wire import envelopes, messenger, sms, telegram, whatsapp
from nyumbani.drill.wire.courier import Courier, Errand
from nyumbani.drill.wire.doors import Channel, Door
from nyumbani.drill.wire.sms import ShortCode
from nyumbani.drill.wire.whatsapp import Sender
from nyumbani.kit import clock


class Strangers:
    """Brings forged and damaged requests to all our doors.

    A forged one must leave nothing behind. Of a damaged one, whose secret is ours, the house must
    keep one item that it does not understand, and that is nobody's.
    """

    def __init__(self, platforms: Platforms, courier: Courier, chance: Random) -> None:
        self.forged = self.damaged = self.broken_off = 0
        self._platforms, self._courier, self._chance = platforms, courier, chance
        self._numbers = 900_000

    def come(self, say: Callable[[], str]) -> None:
        """One of each, at one of the doors."""
        door = self._platforms.door(self._chance.choice(list(Channel)))
        self._courier.carry(self._forged(door, say()))
        self._courier.carry(self._damaged(door, say()))
        break_off(self._genuine(door, say()))
        self.forged, self.damaged = self.forged + 1, self.damaged + 1
        self.broken_off += 1

    def _forged(self, door: Door, text: str) -> Errand:
        wrong = Door(
            door.channel, door.account, _elsewhere(door), "a-wrong-secret-of-a-stranger",
            door.token, door.business, door.number,
        )  # fmt: skip
        return _errand(wrong, self._body(door, text))

    def _damaged(self, door: Door, text: str) -> Errand:
        body = self._body(door, text)
        return _errand(door, body[: len(body) // 2])

    def _genuine(self, door: Door, text: str) -> Errand:
        return _errand(door, self._body(door, text))

    def _body(self, door: Door, text: str) -> bytes:
        self._numbers += 1
        number, now = self._numbers, clock.now()
        match door.channel:
            case Channel.SMS:
                code = ShortCode(door.account, door.url)
                return sms.form(sms.message(code, number, "+218910000001", text, now))
            case Channel.TELEGRAM:
                return _update(number, text, now)
            case Channel.MESSENGER:
                said = {"message": {"mid": f"m_{number}", "text": text}}
                item = messenger.item(door, str(number), now, said)
            case Channel.WHATSAPP:
                known = {"id": f"wamid.{number}", "timestamp": whatsapp.seconds(now)}
                sender = Sender(wa_id="218910000001")
                item = whatsapp.message(door, sender, known, "text", {"body": text})
            case _:
                assert_never(door.channel)
        return envelopes.body([item], now)


def _update(number: int, text: str, now: dt.datetime) -> bytes:
    her = {"id": number, "first_name": "Dada"}
    shape = {
        "message_id": 1, "from": her, "chat": {**her, "type": "private"},
        "date": telegram.seconds(now), "text": text,
    }  # fmt: skip
    return telegram.body(number, "message", shape)


def _elsewhere(door: Door) -> str:
    """The gateway's callback has its secret in the address."""
    if door.channel is not Channel.SMS:
        return door.url
    return door.url.rstrip("/").rpartition("/")[0] + "/another-word-that-nobody-knows/"


def _errand(door: Door, body: bytes) -> Errand:
    match door.channel:
        case Channel.SMS:
            headers = {"Content-Type": sms.FORM}
        case Channel.TELEGRAM:
            headers = {"Content-Type": "application/json", telegram.HEADER: door.secret}
        case Channel.WHATSAPP | Channel.MESSENGER:
            signed = door.signature(body)
            headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signed}
        case _:
            assert_never(door.channel)
    return Errand(door.url, body, headers)
