"""The stage: the cast's phones joined to the simulated platform, and the steps they play."""

from collections.abc import Iterable, Mapping
from typing import assert_never

from nyumbani.drill.graph.meta import Graph
from nyumbani.drill.phones.messenger import MessengerPhone
from nyumbani.drill.phones.phone import Phone
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
from nyumbani.drill.wire.doors import Channel, Door


def phone_of(character: Character, graph: Graph, doors: Mapping[Channel, Door]) -> Phone:
    """The phone of somebody who has a channel."""
    match character.channel:
        case Channel.MESSENGER:
            return MessengerPhone(
                graph,
                doors[Channel.MESSENGER],
                psid=character.psid,
                first_name=character.first_name,
                last_name=character.last_name,
            )
        case Channel.WHATSAPP:
            return WhatsAppPhone(
                graph,
                doors[Channel.WHATSAPP],
                name=character.profile,
                bsuid=character.bsuid,
                number=character.number,
                username=character.username,
            )
        case None:
            raise ValueError(f"{character.key} has no phone")


class Stage:
    """Phones by the keys of the cast, and message ids by the keys of steps."""

    def __init__(self, graph: Graph, cast: Iterable[Character]) -> None:
        self.graph = graph
        self.messages: dict[str, str] = {}  # step key → message id
        doors = {door.channel: door for door in graph.doors}
        self.phones = {c.key: phone_of(c, graph, doors) for c in cast if c.channel}

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
        self.graph.postman.settle()
        match step:
            case Together():
                with self.graph.postman.held(shuffle=True):
                    for inner in step.steps:
                        self._on_the_phone(inner)
            case DeliversAgain():
                self.graph.postman.again(step.last)
            case _:
                assert_never(step)

    def _on_the_phone(self, step: PhoneStep) -> None:
        phone = self.phones[step.who]
        match step:
            case Writes():
                answered = self.messages.get(step.reply_to) or _last_id(phone, step.reply_to)
                self.messages[step.key] = phone.write(step.text, reply_to=answered, at=step.at)
            case Speaks():
                note = samples.voice_note(step.seconds, label=step.label)
                self.messages[step.key] = phone.voice(step.seconds, note)
            case Reads():
                phone.open_chat()
            case _:
                assert_never(step)


def _last_id(phone: Phone, wanted: str) -> str:
    """What she replies to, if it is a message of ours: the last one on her phone."""
    return phone.received[-1].id if wanted and phone.received else ""
