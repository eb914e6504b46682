"""Enough of SMTP to take a letter: greet, log in, from, to, contents, or a refusal at each step."""

import base64
import time
from collections.abc import Callable

from nyumbani.drill.mail.box import Box
from nyumbani.drill.mail.listening import Line

Carry = Callable[[str, bytes], None]  # (to, contents)


class Counter:
    """Talks to whoever brings a letter of ours.

    Faults of the box: "login", "from", "to", "contents" → a code to refuse with; "late" → seconds
    before the last word; "dropped" → no last word at all.
    """

    def __init__(self, box: Box, carry: Carry) -> None:
        self._box, self._carry = box, carry

    def talk(self, line: Line) -> None:
        """One connection from its first word to its last."""
        line.say(b"220 ready")
        is_in, order = False, b""
        while order != b"QUIT":
            order, _, told = line.hear().partition(b" ")
            order = order.upper()
            if order == b"EHLO":
                line.say(b"250-here", b"250 AUTH PLAIN")
            elif order == b"AUTH":
                is_in = self._let_in(line, told)
            elif order == b"QUIT":
                line.say(b"221 bye")
            elif is_in:
                self._obey(line, order, told)
            else:
                line.say(b"530 5.7.0 log in first")

    def _obey(self, line: Line, order: bytes, told: bytes) -> None:
        if order == b"MAIL":
            self._answer(line, "from")
        elif order == b"RCPT":
            line.to = told.decode().partition("<")[2].partition(">")[0]
            self._box.brought[line.to] += 1
            self._answer(line, "to")
        elif order == b"DATA":
            self._take(line)
        else:
            line.say(b"502 not known")

    def _let_in(self, line: Line, told: bytes) -> bool:
        words = base64.b64decode(told.split()[-1]).decode().split("\0")
        refused = self._box.faults.pop("login", None)
        if refused or words[1:] != [self._box.name, self._box.password]:
            line.say(b"%d 5.7.8 no" % (refused or 535))
            return False
        line.say(b"235 come in")
        return True

    def _answer(self, line: Line, step: str) -> None:
        refused = self._box.strike(step, line.to)
        line.say(_words(refused) if refused else b"250 ok")

    def _take(self, line: Line) -> None:
        line.say(b"354 go on")
        lines: list[bytes] = []
        while (one := line.hear()) != b".":
            lines.append(one[1:] if one.startswith(b".") else one)
        refused = self._box.strike("contents", line.to)
        if refused:
            line.say(_words(refused))
            return
        self._carry(line.to, b"".join(one + b"\r\n" for one in lines))
        time.sleep(self._box.strike("late", line.to))
        if self._box.strike("dropped", line.to):
            line.hang_up()
            raise ConnectionError("dropped")
        line.say(b"250 2.0.0 taken")


def _words(code: int) -> bytes:
    """A code as it is written: 50101 is 550 5.1.1."""
    if code < 1000:
        return b"%d no" % code
    kind, rest = divmod(code, 10_000)
    return b"%d50 %d.%d.%d no" % (kind, kind, *divmod(rest, 100))
