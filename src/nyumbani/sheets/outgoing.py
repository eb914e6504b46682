"""The people of a case as records of the exchange standard.

What a list once said of somebody comes first, to the letter; then what the house knows today. What
the standard has no field for stands in the columns beyond it (docs/howto/exchange-people.md).
"""

import json

from nyumbani.cases.models.case import Case
from nyumbani.cases.models.facts import Fact
from nyumbani.cases.models.members import Member
from nyumbani.cases.terms import Stage
from nyumbani.domain.htcds.fields import NAME_AS_GIVEN
from nyumbani.domain.htcds.records import Record
from nyumbani.domain.htcds.told import told
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.models.names import PersonName
from nyumbani.people.models.persons import Person
from nyumbani.sheets.lines import DOCUMENT
from nyumbani.sheets.models import TakenLine
from nyumbani.vault import datakeys

_THREE_LETTERS = {
    "sw": "swa", "en": "eng", "ar": "ara", "ki": "kik", "so": "som", "am": "amh", "om": "orm",
    "lg": "lug", "rw": "kin", "fr": "fra",
}  # fmt: skip
_TELEPHONES = ("wa_id", "msisdn")


def people_of(case: Case) -> list[Record]:
    """Everybody who is in a case now, a record each, in the order in which they came."""
    members = list(Member.objects.filter(case=case, until=None).select_related("person"))
    datakeys.warm({case.seal_scope, *(one.person.seal_scope for one in members)})
    return [
        Record(number, _of(case, one.person, one.part))
        for number, one in enumerate(members, start=1)
    ]


def _of(case: Case, person: Person, part: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for line in TakenLine.objects.filter(case=case, person=person):
        said |= line.said
    said |= _names(person, said)
    said |= _reaches(person, said)
    said |= _languages(person, said)
    said |= _facts(case, person)
    said["x_Part"] = part
    said.setdefault("cas_Status", "Closed" if case.stage == Stage.CLOSED else "Active")
    return {name: value for name, value in said.items() if value}


def _names(person: Person, said: dict[str, str]) -> dict[str, str]:
    known = [row.given for row in PersonName.objects.filter(person=person, until=None)]
    before = told(Record(0, said))
    rest = [name for name in known if name not in {before.called, *before.other_names}]
    found: dict[str, str] = {}
    if not before.called and rest:
        # Nobody split it, and no rule of ours does: it stands whole, also where others look.
        found = {NAME_AS_GIVEN: rest[0], "prs_FirstName": rest[0]}
        rest = rest[1:]
    if rest:
        found["x_OtherNames"] = "\n".join((*before.other_names, *rest))
    return found


def _reaches(person: Person, said: dict[str, str]) -> dict[str, str]:
    rows = list(Identifier.objects.filter(person=person, until=None))
    numbers = dict.fromkeys(
        f"+{row.value.lstrip('+')}" for row in rows if row.kind in _TELEPHONES
    )  # fmt: skip
    found: dict[str, str] = {}
    if numbers and not said.get("prs_MobilePhone"):
        found["prs_MobilePhone"] = ";".join(numbers)
    papers = [row.value for row in rows if row.kind == DOCUMENT]
    if papers and not said.get("prs_IdentityNumber"):
        found["prs_IdentityNumber"] = papers[0]
    found["x_Reaches"] = "\n".join(f"{row.space} {row.kind} {row.value}" for row in rows)
    return found


def _languages(person: Person, said: dict[str, str]) -> dict[str, str]:
    codes = [_THREE_LETTERS.get(code, code) for code in person.languages]
    if len(codes) == 1 and not said.get("prs_PrimaryLanguage"):
        return {"prs_PrimaryLanguage": codes[0]}
    return {"x_Languages": ";".join(codes)}


def _facts(case: Case, person: Person) -> dict[str, str]:
    rows = Fact.objects.filter(case=case, about=person).order_by("said_at", "pk")
    facts = [
        {
            "standing": row.standing, "matter": row.matter, "said_at": row.said_at.isoformat(),
            "text": row.text,
        }
        for row in rows
    ]  # fmt: skip
    return {"x_Facts": json.dumps(facts, ensure_ascii=False)} if facts else {}
