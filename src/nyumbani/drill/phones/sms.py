"""A simulated telephone without internet."""

import threading

from nyumbani.drill.wire.sms import Network, ShortCode, Text


class SmsPhone:
    """A woman with any telephone: she writes and gets SMS, and nobody learns whether she reads."""

    def __init__(self, network: Network, code: ShortCode, *, number: str) -> None:
        self.code = code
        self._number = "+" + "".join(c for c in number if c.isdigit())
        self.is_on = True
        self.received: list[Text] = []
        self.written: list[str] = []  # ids of her messages, in order
        self._network = network
        self._waiting: list[Text] = []
        self._lock = threading.RLock()
        network.join(self)

    @property
    def number(self) -> str:
        """Her number, with its plus."""
        return self._number

    @property
    def texts(self) -> list[str]:
        """What she got from us, in words."""
        with self._lock:
            return [text.text for text in self.received]

    def arrive(self, text: Text) -> None:
        """Lay a message of ours on the phone, or let the network keep it until it is on."""
        with self._lock:
            if not self.is_on:
                self._waiting.append(text)
                self._network.report(self, text, "Buffered")
                return
            self.received.append(text)
            self._network.report(self, text, "Success")

    def write(self, text: str) -> str:
        """Write to us; answers the message's id."""
        name = self._network.wrote(self.code, self.number, text)
        self.written.append(name)
        return name

    def switch_off(self) -> None:
        """No power, no signal, or somebody took it."""
        self.is_on = False

    def switch_on(self) -> None:
        """Everything that waited arrives."""
        with self._lock:
            self.is_on = True
            waiting, self._waiting = self._waiting, []
            for text in waiting:
                self.arrive(text)

    def lose(self) -> None:
        """The network gives up what waits: nobody was there for too long."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
            for text in waiting:
                self._network.report(self, text, "AbsentSubscriber")
