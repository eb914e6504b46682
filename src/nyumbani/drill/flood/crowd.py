"""People on every channel at once: what they write, and what is to become of our letters to them.

The truth stands here: nothing is taken from the house. Every text is written once in the world.
"""

from collections import deque
from dataclasses import dataclass, field
from random import Random

from nyumbani.drill.flood.letters import Fate, Ours, fate_of, waits_of
from nyumbani.drill.graph.faults import Fault, Faults
from nyumbani.drill.graph.platforms import Platforms
from nyumbani.drill.mail.provider import Provider
from nyumbani.drill.phones.email import MailProgram
from nyumbani.drill.phones.messenger import MessengerPhone
from nyumbani.drill.phones.sms import SmsPhone
from nyumbani.drill.phones.telegram import TelegramPhone
from nyumbani.drill.phones.telephone import Telephone
from nyumbani.drill.phones.whatsapp import WhatsAppPhone
from nyumbani.drill.wire.doors import Channel, Door

EMAIL = "email"
CHANNELS = (*(one.value for one in Channel), EMAIL)
WORDS = ("maji", "nyumba", "simu", "kesho", "usiku", "mlango", "salama", "ችግር", "🙏🏾", "دار")
LATE = 12.0  # real seconds: longer than the house waits for an answer
_FAULTS = {
    Fate.DROPPED: Fault.DROPPED,
    Fate.LATE: Fault.ANSWER_LATE,
    Fate.FAILS_LATER: Fault.FAILS_LATER,
    Fate.REFUSED: Fault.REFUSED,
}
_AT_THE_COUNTER = {Fate.DROPPED: ("dropped", 1), Fate.REFUSED: ("to", 50101)}
_WAITS = {Fault.THROTTLED: ("to", 451), Fault.SERVER_ERROR: ("contents", 451)}


@dataclass(slots=True)
class Person:
    """Somebody with one telephone, or one address."""

    channel: str
    phone: Telephone | MailProgram
    letter: Ours
    said: list[str] = field(default_factory=list)
    edited: dict[str, str] = field(default_factory=dict)  # what she wrote first → what it says now

    @property
    def received(self) -> list[str]:
        """What she got from us, in words."""
        return self.phone.texts


class Crowd:
    """`size` people on each channel, each of whom is written to once."""

    def __init__(
        self, platforms: Platforms, mail: Provider, chance: Random, *, size: int,
        with_late: bool = True,
    ) -> None:  # fmt: skip
        self.platforms, self.mail = platforms, mail
        self._chance, self._with_late = chance, with_late
        self._ids: dict[str, str] = {}  # text → the platform's id of the message
        self.people = [self._person(channel, n) for channel in CHANNELS for n in range(size)]

    @property
    def said(self) -> dict[str, int]:
        """Every text that was written, and by whom: the place in `people`."""
        return {text: n for n, person in enumerate(self.people) for text in person.said}

    def write(self) -> None:
        """Somebody writes; in a tenth of the cases on Telegram she then changes her words."""
        person = self._chance.choice(self.people)
        self._write(person)

    def everybody_writes(self) -> None:
        """Each person writes once: whoever is to be answered has written."""
        for person in self._chance.sample(self.people, len(self.people)):
            self._write(person)

    def asked(self, person: Person) -> int:
        """How often our letter to her was brought to her platform."""
        if isinstance(person.phone, MailProgram):
            return self.mail.box.brought[person.phone.address]
        return self._faults_of(person.channel).asked[person.letter.text]

    def say(self) -> str:
        """A text that nobody else writes."""
        words = " ".join(self._chance.choices(WORDS, k=self._chance.randint(2, 12)))
        return f"{words} №{self._chance.getrandbits(48):012x}"

    # ---- inside ----

    def _write(self, person: Person) -> None:
        text, phone = self.say(), person.phone
        person.said.append(text)
        if isinstance(phone, MailProgram):
            phone.write(text)
            self._come_twice()
            return
        if person.channel == Channel.SMS and self._chance.random() < 0.15:
            self.platforms.gateway.lost += 1
        name = phone.write(text)
        if isinstance(phone, TelegramPhone) and self._chance.random() < 0.1:
            person.edited[text] = self.say()
            phone.edit(name, person.edited[text])

    def _come_twice(self) -> None:
        """A letter lies in the box twice, now and then by another way."""
        box, throw = self.mail.box, self._chance.random()
        last = box.letters[max(box.letters)]
        if throw < 0.1:
            box.lay(last)
        elif throw < 0.2:
            box.lay(b"Received: from another.example.org by mail.example.org\r\n" + last)

    def _person(self, channel: str, n: int) -> Person:
        letter = self._letter(channel)
        phone = self._phone(channel, n)
        self._plan(letter, phone)
        return Person(channel, phone, letter)

    def _letter(self, channel: str) -> Ours:
        fate, waits = fate_of(channel, self._chance), waits_of(self._chance)
        if fate is Fate.LATE and not self._with_late:
            fate = Fate.DROPPED
        return Ours(channel, f"Jibu №{self._chance.getrandbits(48):012x}", fate, waits)

    def _plan(self, letter: Ours, phone: Telephone | MailProgram) -> None:
        if isinstance(phone, MailProgram):
            steps = [_WAITS[one] for one in letter.waits]
            ends = [_AT_THE_COUNTER[letter.fate]] if letter.fate in _AT_THE_COUNTER else []
            self.mail.box.fates[phone.address] = deque([*steps, *ends])
            return
        faults = self._faults_of(letter.channel)
        for one in letter.waits:
            faults.plan(one, about=letter.text)
        if letter.fate in _FAULTS:
            faults.plan(_FAULTS[letter.fate], seconds=LATE, about=letter.text)

    def _faults_of(self, channel: str) -> Faults:
        platforms = self.platforms
        if channel == Channel.SMS:
            return platforms.gateway.faults
        return platforms.bots.faults if channel == Channel.TELEGRAM else platforms.graph.faults

    def _phone(self, channel: str, n: int) -> Telephone | MailProgram:
        platforms, name = self.platforms, f"Dada {n}"
        if channel == EMAIL:
            return MailProgram(
                self.mail, self.mail.box.address, address=f"dada.{n}@example.net", name=name
            )
        door: Door = platforms.door(Channel(channel))
        match door.channel:
            case Channel.WHATSAPP:
                number = f"+2189155{n:05d}" if n % 7 else ""
                bsuid = f"LY.{905_000_000_000 + n}"
                username = "" if number else f"dada.w.{n}"
                return WhatsAppPhone(
                    platforms.graph, door, name=name, bsuid=bsuid, number=number,
                    username=username,
                )  # fmt: skip
            case Channel.MESSENGER:
                return MessengerPhone(
                    platforms.graph, door, psid=str(7_700_000_000 + n), first_name=name
                )
            case Channel.SMS:
                gateway = platforms.gateway
                return SmsPhone(gateway, gateway.codes[0], number=f"+2189266{n:05d}")
            case Channel.TELEGRAM:
                return TelegramPhone(platforms.bots, id=880_000_000 + n, first_name=name)
