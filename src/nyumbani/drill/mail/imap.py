"""Enough of IMAP4rev1 to look into a box: log in, open, search by number, fetch, log out."""

import re

from nyumbani.drill.mail.box import Box
from nyumbani.drill.mail.listening import Line

_WORD = re.compile(rb'"((?:[^"\\]|\\.)*)"|(\S+)')
_PIECE = re.compile(rb"BODY(?:\.PEEK)?\[\](?:<(\d+)\.(\d+)>)?", re.IGNORECASE)


class Keeper:
    """Talks to whoever looks into the box."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def talk(self, line: Line) -> None:
        """One connection from its first word to its last."""
        if self._box.faults.pop("silent", None):
            return
        line.say(b"* OK ready")
        is_in, order = False, b""
        while order != b"LOGOUT":
            mark, _, rest = line.hear().partition(b" ")
            order, _, told = rest.partition(b" ")
            if order == b"LOGIN":
                is_in = self._let_in(line, mark, told)
            elif order in {b"CAPABILITY", b"LOGOUT"}:
                line.say(
                    b"* CAPABILITY IMAP4rev1" if order[:1] == b"C" else b"* BYE bye",
                    mark + b" OK done",
                )
            elif is_in:
                self._obey(line, mark, order, told)
            else:
                line.say(mark + b" NO log in first")

    def _obey(self, line: Line, mark: bytes, order: bytes, told: bytes) -> None:
        if order in {b"SELECT", b"EXAMINE"}:
            self._open(line, mark)
        elif order == b"UID":
            self._by_number(line, mark, told)
        else:
            line.say(mark + b" BAD not known")

    def _let_in(self, line: Line, mark: bytes, told: bytes) -> bool:
        said = [(quoted or bare).decode() for quoted, bare in _WORD.findall(told)]
        if self._box.faults.pop("busy", None):
            line.say(mark + b" NO [UNAVAILABLE] come later")
            return False
        if said != [self._box.name, self._box.password]:
            line.say(mark + b" NO [AUTHENTICATIONFAILED] no")
            return False
        line.say(mark + b" OK done")
        return True

    def _open(self, line: Line, mark: bytes) -> None:
        line.say(
            b"* %d EXISTS" % len(self._box.letters),
            b"* OK [UIDVALIDITY %d] numbers hold" % self._box.validity,
            mark + b" OK [READ-ONLY]",
        )

    def _by_number(self, line: Line, mark: bytes, told: bytes) -> None:
        order, _, rest = told.partition(b" ")
        if order.upper() == b"SEARCH":
            first = int(rest.upper().removeprefix(b"UID ").partition(b":")[0])
            known = sorted(self._box.letters)
            # As RFC 3501 says, the newest is always in "n:*", even if n is higher.
            found = [uid for uid in known if uid >= first] or known[-1:]
            line.say(b" ".join([b"* SEARCH", *(b"%d" % uid for uid in found)]), mark + b" OK done")
        elif order.upper() == b"FETCH":
            self._fetch(line, mark, rest)
        else:
            line.say(mark + b" BAD not known")

    def _fetch(self, line: Line, mark: bytes, told: bytes) -> None:
        number, _, wanted = told.partition(b" ")
        piece = _PIECE.search(wanted)
        raw = self._box.letters.get(int(number))
        if raw is not None and piece is not None:
            if self._box.faults.pop("cut", None):
                line.hang_up()
                return
            start, size = int(piece[1] or 0), int(piece[2] or len(raw))
            part = raw[start : start + size]
            begins = b"<0>" if piece[1] else b""
            line.send(b"* 1 FETCH (UID %s BODY[]%s {%d}\r\n" % (number, begins, len(part)))
            if self._box.strike("torn"):
                line.send(part[: len(part) // 2])
                line.hang_up()
                return
            line.send(part)
            line.say(b")")
        line.say(mark + b" OK done")
