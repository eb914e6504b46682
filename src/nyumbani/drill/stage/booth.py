"""Where the stage takes its cues: a door on loopback that opens to one random word."""

import hmac
import json
import secrets
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from nyumbani.drill.graph.routes import Answer, Request
from nyumbani.drill.graph.server import Server
from nyumbani.drill.phones.phone import Phone
from nyumbani.drill.phones.telegram import TelegramPhone
from nyumbani.drill.phones.telephone import Telephone
from nyumbani.drill.phones.whatsapp import WhatsAppPhone
from nyumbani.drill.script.steps import AnyStep
from nyumbani.drill.stage import Stage, cues
from nyumbani.drill.stage.cues import Bubble, Cue, Deed, PhoneCue, PhoneShown, Scene, Written
from nyumbani.kit.wholefile import write_whole

TRIPOLI = (32.8872, 13.1913)  # degrees: a square in the middle of the town


class Unfit(Exception):
    """A cue cannot be followed: nobody of this name, no such message, nothing of the phones'."""


class Booth:
    """Takes cues one at a time, while the block lasts, and answers with the scene.

    Where it listens, and the word it opens to, are written into `file`, open to its owner alone.
    `again` is called when somebody wants the whole demonstration anew.
    """

    def __init__(
        self, stage: Stage, steps: Sequence[AnyStep], *, file: Path, again: Callable[[], None]
    ) -> None:
        self._stage, self._steps, self._file, self._again = stage, steps, file, again
        self._word = secrets.token_urlsafe(32)
        self._played: set[int] = set()
        self._numbers = 0  # telephone numbers given out so far
        self._one_at_a_time = threading.Lock()
        self._running = ExitStack()

    def __enter__(self) -> Self:
        server = self._running.enter_context(Server(self._answer))
        write_whole(self._file, json.dumps({"url": server.url, "word": self._word}))
        return self

    def __exit__(self, *_: object) -> None:
        self._file.unlink(missing_ok=True)
        self._running.close()

    def follow(self, cue: Cue) -> Scene:
        """Do what a cue asks and tell how things stand; raises Unfit, or TimeoutError."""
        with self._one_at_a_time:
            self._follow(cue)
            return self._scene()

    # ---- inside ----

    def _answer(self, request: Request) -> Answer:
        kind, _, word = request.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer" or not hmac.compare_digest(word.encode(), self._word.encode()):
            return Answer(403, b"{}")
        try:
            scene = self.follow(cues.CUES.validate_json(request.body))
        except (ValidationError, Unfit):
            return Answer(400, b"{}")
        except TimeoutError:  # our own doors do not take what is brought
            return Answer(504, b"{}")
        return Answer(200, scene.model_dump_json().encode())

    def _follow(self, cue: Cue) -> None:
        match cue:
            case cues.Look():
                if cue.settle:
                    self._stage.platforms.settle()
            case cues.Play():
                self._play(cue.step)
            case cues.Again():
                self._again()
            case _:
                self._on_a_phone(cue)

    def _on_a_phone(self, cue: PhoneCue) -> None:
        match cue:
            case cues.Write():
                self._phone(cue.phone).write(cue.text)
            case cues.Do():
                self._do(self._phone(cue.phone), cue.deed)
            case cues.Edit():
                self._edit(self._own(cue), cue)
            case cues.TakeBack():
                phone = self._own(cue)
                if not isinstance(phone, Phone):  # elsewhere it goes from her own telephone alone
                    raise Unfit
                phone.take_back(cue.message)

    def _play(self, number: int) -> None:
        if number >= len(self._steps):
            raise Unfit
        if number in self._played:
            return
        if not self._stage.play(self._steps[number]):
            raise Unfit
        self._played.add(number)
        self._stage.platforms.settle()

    def _phone(self, key: str) -> Telephone:
        phone = self._stage.phones.get(key)
        if phone is None:
            raise Unfit
        return phone

    @staticmethod
    def _edit(phone: Telephone, cue: cues.Edit) -> None:
        if not isinstance(phone, Phone | TelegramPhone):
            raise Unfit
        phone.edit(cue.message, cue.text)

    def _own(self, cue: cues.Edit | cues.TakeBack) -> Telephone:
        """The phone on which this message was written, and still stands."""
        phone = self._phone(cue.phone)
        if not any(said.id == cue.message and not said.is_taken_back for said in phone.said):
            raise Unfit
        return phone

    def _do(self, phone: Telephone, deed: Deed) -> None:
        match deed:
            case Deed.OPEN:
                phone.open_chat()
            case Deed.OFF:
                phone.switch_off()
            case Deed.ON:
                phone.switch_on()
            case Deed.VOICE | Deed.PHOTO | Deed.PLACE:
                self._send(phone, deed)
            case Deed.ONCE | Deed.NUMBER:
                self._do_on_whatsapp(phone, deed)

    @staticmethod
    def _send(phone: Telephone, deed: Deed) -> None:
        if not isinstance(phone, Phone | TelegramPhone):
            raise Unfit
        if deed is Deed.VOICE:
            phone.voice()
        elif deed is Deed.PHOTO:
            phone.photo()
        else:
            phone.locate(*TRIPOLI)

    def _do_on_whatsapp(self, phone: Telephone, deed: Deed) -> None:
        if not isinstance(phone, WhatsAppPhone):
            raise Unfit
        if deed is Deed.ONCE:
            phone.view_once()
            return
        self._numbers += 1
        has_number = bool(phone.sender.wa_id)
        number = f"+218 92 000 {self._numbers:04}" if has_number else ""
        phone.change_number(number, f"LY.80142014{self._numbers:08}")

    # ---- the scene ----

    def _scene(self) -> Scene:
        stage = self._stage
        written = [
            Written(channel=phone.door.channel, account=phone.door.account, id=name)
            for phone in stage.phones.values()
            for name in phone.written
        ]
        by_id = {one.id: one for one in written}
        return Scene(
            played=frozenset(self._played),
            messages={key: by_id[name] for key, name in stage.messages.items()},
            written=tuple(written),
            bodies=stage.platforms.bodies(),
            phones=tuple(_shown(key, phone) for key, phone in stage.phones.items()),
        )


def _shown(key: str, phone: Telephone) -> PhoneShown:
    hers = [
        Bubble(
            id=said.id, is_hers=True, kind=said.kind, text=said.text, at=said.at,
            is_edited=said.is_edited, is_taken_back=said.is_taken_back,
        )
        for said in list(phone.said)
    ]  # fmt: skip
    ours = [
        Bubble(id=letter.id, is_hers=False, kind=letter.kind, text=letter.text, at=letter.at)
        for letter in list(phone.received)
    ]
    return PhoneShown(
        key=key, channel=phone.door.channel, account=phone.door.account,
        address=_address(phone), is_on=phone.is_on, unread=phone.unread,
        bubbles=tuple(sorted([*hers, *ours], key=lambda one: one.at)),
    )  # fmt: skip


def _address(phone: Telephone) -> str:
    profile = phone.profile
    if profile.get("wa_id"):
        return f"+{profile['wa_id']}"
    return f"@{profile['username']}" if profile.get("username") else ""
