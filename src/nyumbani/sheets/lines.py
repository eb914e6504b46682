"""One line of a list, and by what it is known again without standing in plain."""

from collections import Counter
from dataclasses import dataclass

from nyumbani.domain.htcds.records import Record
from nyumbani.domain.htcds.told import Told
from nyumbani.people.queries import Reach
from nyumbani.vault import index

TELEPHONE, NUMBER = "telephone", "msisdn"
PAPERS, DOCUMENT = "papers", "document"


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in a line, what that says of somebody, and its digest."""

    record: Record
    told: Told
    digest: str

    @property
    def reaches(self) -> list[Reach]:
        """Her numbers and papers, as they are written down from a list.

        A number of a list is not yet one that writes to us: whose messages are whose is decided
        from what the platforms say.
        """
        found = [Reach(TELEPHONE, NUMBER, one.lstrip("+")) for one in self.told.numbers]
        return found + ([Reach(PAPERS, DOCUMENT, self.told.document)] if self.told.document else [])

    @property
    def marks(self) -> set[str]:
        """By what another line of the file may be the same person."""
        name = " ".join(self.told.called.split()).casefold()
        return {*self.told.numbers, *filter(None, (self.told.document, name))}


def digest_of(case_id: str, record: Record, again: Counter[str]) -> str:
    """Of a line within its case; the how manieth of equal lines it is counts with it."""
    said = "\0".join(f"{name}\1{value}" for name, value in sorted(record.values.items()))
    again[said] += 1
    return index.digest("line of a list", f"{case_id}\0{again[said]}\0{said}")
