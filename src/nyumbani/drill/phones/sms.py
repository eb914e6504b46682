"""A simulated telephone without internet."""

import datetime as dt

from nyumbani.drill.phones.telephone import Said, Telephone
from nyumbani.drill.wire.doors import Channel, Door
from nyumbani.drill.wire.parts import Letter, Shape
from nyumbani.drill.wire.sms import Network, ShortCode
from nyumbani.kit import clock


class SmsPhone(Telephone):
    """A woman with any telephone: she writes and gets SMS, and nobody learns whether she reads."""

    def __init__(self, network: Network, code: ShortCode, *, number: str) -> None:
        super().__init__(Door(Channel.SMS, code.number, code.url, "", code.api_key))
        self.code = code
        self._number = "+" + "".join(c for c in number if c.isdigit())
        self._network = network
        network.join(self)

    @property
    def number(self) -> str:
        """Her number, with its plus."""
        return self._number

    @property
    def profile(self) -> Shape:
        """A network tells her number and nothing else."""
        return {"wa_id": self._number.removeprefix("+")}

    def write(self, text: str, *, reply_to: str = "", at: dt.datetime | None = None) -> str:  # noqa: ARG002 - an SMS quotes nothing
        """Write to us; answers the message's id."""
        name = self._network.wrote(self.code, self.number, text)
        return self._keep(Said(name, "text", text, at or clock.now()))

    def lose(self) -> None:
        """The network gives up what waits: nobody was there for too long."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
            for letter in waiting:
                self._network.report(self, letter, "AbsentSubscriber")

    def _arrived(self, letter: Letter) -> None:
        self._network.report(self, letter, "Success")

    def _kept(self, letter: Letter) -> None:
        self._network.report(self, letter, "Buffered")
