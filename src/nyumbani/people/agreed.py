"""What was agreed with somebody about writing to her, as it is kept and as the rule needs it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.people.models.safe_contacts import SafeContact

_OPEN = Rule(ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True)
class Agreed:
    """The rule, and what people must know when they write. Empty where nothing was agreed."""

    rule: Rule = field(default=_OPEN)
    cover: str = ""  # who we say we are, should somebody else read it
    code_word: str = ""  # she says it to show that it is she, and alone
    duress_word: str = ""  # she says it when somebody forces her
    is_phone_shared: bool = False
    remarks: str = ""
    agreed_at: dt.datetime | None = None
    may_say: frozenset[str] = frozenset()  # kinds of nyumbani.domain.safe_words that may be written

    def kept(self) -> dict[str, Any]:
        """As JSON, to be sealed."""
        return {
            "zone": self.rule.zone.key,
            "times": [
                {"days": sorted(one.days), "start": one.start.isoformat("minutes"),
                 "end": one.end.isoformat("minutes")}
                for one in self.rule.times
            ],
            "channels": sorted(self.rule.channels),
            "never_begun_by_us": self.rule.is_never_begun_by_us,
            "cover": self.cover, "code_word": self.code_word, "duress_word": self.duress_word,
            "phone_shared": self.is_phone_shared, "remarks": self.remarks,
            "may_say": sorted(self.may_say),
        }  # fmt: skip


def agreed_with(person_id: str) -> Agreed:
    """What holds for this person today."""
    row = SafeContact.objects.filter(person=person_id, until=None).first()
    return Agreed() if row is None else _agreed(row.agreed, row.agreed_at)


def _agreed(kept: Mapping[str, Any], agreed_at: dt.datetime) -> Agreed:
    times = tuple(
        SafeTime(
            frozenset(one["days"]), dt.time.fromisoformat(one["start"]),
            dt.time.fromisoformat(one["end"]),
        )
        for one in kept["times"]
    )  # fmt: skip
    rule = Rule(
        ZoneInfo(kept["zone"]), times, frozenset(kept["channels"]), kept["never_begun_by_us"]
    )
    return Agreed(
        rule, kept["cover"], kept["code_word"], kept["duress_word"], kept["phone_shared"],
        kept["remarks"], agreed_at, frozenset(kept.get("may_say", ())),
    )  # fmt: skip
