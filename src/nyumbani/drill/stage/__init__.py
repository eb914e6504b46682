"""The stage: the cast's phones joined to the simulated platforms, and the steps they play."""

from collections.abc import Iterable
from typing import assert_never

from nyumbani.drill.graph.platforms import Platforms
from nyumbani.drill.phones.messenger import MessengerPhone
from nyumbani.drill.phones.phone import Phone
from nyumbani.drill.phones.sms import SmsPhone
from nyumbani.drill.phones.telegram import TelegramPhone
from nyumbani.drill.phones.telephone import Telephone
from nyumbani.drill.phones.whatsapp import WhatsAppPhone
from nyumbani.drill.script.cast import Character
from nyumbani.drill.script.steps import (
    AnyStep,
    DeliversAgain,
    PhoneStep,
    PlatformStep,
    Reads,
    Speaks,
    StaffStep,
    Together,
    Writes,
)
from nyumbani.drill.wire import samples
from nyumbani.drill.wire.doors import Channel


def phone_of(character: Character, platforms: Platforms) -> Telephone:
    """The phone of somebody who has a channel."""
    match character.channel:
        case Channel.MESSENGER:
            return MessengerPhone(
                platforms.graph, platforms.door(Channel.MESSENGER), psid=character.psid,
                first_name=character.first_name, last_name=character.last_name,
            )  # fmt: skip
        case Channel.WHATSAPP:
            return WhatsAppPhone(
                platforms.graph, platforms.door(Channel.WHATSAPP), name=character.profile,
                bsuid=character.bsuid, number=character.number, username=character.username,
            )  # fmt: skip
        case Channel.TELEGRAM:
            return TelegramPhone(
                platforms.bots, id=int(character.telegram), first_name=character.profile,
                username=character.username,
            )  # fmt: skip
        case Channel.SMS:
            gateway = platforms.gateway
            return SmsPhone(gateway, gateway.codes[0], number=character.number)
        case None:
            raise ValueError(f"{character.key} has no phone")


class Stage:
    """Phones by the keys of the cast, and message ids by the keys of steps."""

    def __init__(self, platforms: Platforms, cast: Iterable[Character]) -> None:
        self.platforms = platforms
        self.messages: dict[str, str] = {}  # step key → message id
        self.phones = {c.key: phone_of(c, platforms) for c in cast if c.channel}

    def play(self, step: AnyStep) -> bool:
        """Play a step of the phones or the platform; False: it is the staff's to play.

        Set the clock to `step.at` first. What was on its way before has arrived when a step of
        the platform begins, so that it delivers again what the story means.
        """
        if isinstance(step, StaffStep):
            return False
        if isinstance(step, PlatformStep):
            self._on_the_platform(step)
        else:
            self._on_the_phone(step)
        return True

    def _on_the_platform(self, step: PlatformStep) -> None:
        self.platforms.settle()
        postman = self.platforms.graph.postman
        match step:
            case Together():
                with postman.held(shuffle=True):
                    for inner in step.steps:
                        self._on_the_phone(inner)
            case DeliversAgain():
                postman.again(step.last)
            case _:
                assert_never(step)

    def _on_the_phone(self, step: PhoneStep) -> None:
        phone = self.phones[step.who]
        match step:
            case Writes():
                answered = self.messages.get(step.reply_to) or _last_id(phone, step.reply_to)
                self.messages[step.key] = phone.write(step.text, reply_to=answered, at=step.at)
            case Speaks():
                if not isinstance(phone, Phone | TelegramPhone):
                    raise TypeError(f"{step.who} has a telephone that sends no sound")
                note = samples.voice_note(step.seconds, label=step.label)
                self.messages[step.key] = phone.voice(step.seconds, note)
            case Reads():
                phone.open_chat()
            case _:
                assert_never(step)


def _last_id(phone: Telephone, wanted: str) -> str:
    """What she replies to, if it is a message of ours: the last one on her phone."""
    return phone.received[-1].id if wanted and phone.received else ""
