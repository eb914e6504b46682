"""Consent where membership counts: who may go without it, who is told, whom to ask again soon."""

import datetime as dt
from dataclasses import dataclass

from nyumbani.accounts.models import RoleGrant
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.team import CaseMembership
from nyumbani.cases.permissions import people_joined_to, reads_cases
from nyumbani.cases.queries import leads_case_of, may_write_about
from nyumbani.cases.terms import CaseRole
from nyumbani.people import queries as people
from nyumbani.people.models.consents import Consent, Wish
from nyumbani.people.models.persons import Person
from nyumbani.people.queries import Called, consents
from nyumbani.people.queries.consents import Given, Told
from nyumbani.people.terms import ARE_TOLD, Says

SOON = dt.timedelta(days=14)
"""So long before it runs out, and after, she is to be asked again."""

_MAY_OVERRIDE = frozenset({Role.COORDINATOR, Role.DIRECTOR, Role.LEGAL_OFFICER})


@dataclass(frozen=True, slots=True)
class Card:
    """What the person's page shows: what holds, what does not any more, what was done without."""

    agreed: list[Given]
    refused: list[Given]
    over: list[Given]
    wish: Wish | None
    overrides: list[Told]  # those that stand now, or wait for a second person


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A consent that ends soon or has just ended, and whose."""

    row: Consent
    called: Called


def card(viewer: Viewer, person: Person) -> Card:
    """Everything a page shows of her consent."""
    given = consents.consents_of(viewer, person)
    said = [one for one in given if one.standing not in {"withdrawn", "expired"}]
    return Card(
        [one for one in said if one.row.says == Says.AGREES],
        [one for one in said if one.row.says == Says.NEVER],
        [one for one in given if one not in said],
        consents.wish_of(viewer, person),
        [one for one in consents.overrides_of(viewer, person) if not one.is_over],
    )


def may_override_consent(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer may say that it must be done without her consent.

    Coordinators, directors and legal officers in her cases, and whoever leads one of them.
    """
    if not may_write_about(viewer, person):
        return False
    return bool(viewer.roles & _MAY_OVERRIDE) or leads_case_of(viewer, person)


def told_of_override(viewer: Viewer, person: Person) -> set[str]:
    """Who learns of it: the leads of her cases and every director, and not the viewer.

    Where they are fewer than two, every coordinator as well.
    """
    leads = CaseMembership.objects.filter(
        reads_cases("staff"), role=CaseRole.LEAD, until=None,
        case__in=Member.objects.filter(person=person, until=None).values("case"),
    )  # fmt: skip
    leading = RoleGrant.objects.filter(
        reads_cases("staff"), role__in=[Role.DIRECTOR, Role.COORDINATOR], until=None
    )
    told = set(leads.values_list("staff_id", flat=True))
    told |= set(leading.filter(role=Role.DIRECTOR).values_list("staff_id", flat=True))
    if len(told - {viewer.staff_id}) < ARE_TOLD:
        told |= set(leading.values_list("staff_id", flat=True))
    return told - {viewer.staff_id}


def running_out(viewer: Viewer, most: int) -> list[RunningOut]:
    """Consents of people the viewer works with that end soon, what ends first first."""
    hers = Person.objects.filter(people_joined_to(viewer))
    rows = list(consents.running_out(viewer, hers, SOON)[: most * 4])
    settled = consents.settled(viewer, rows) if rows else set()
    rows = [row for row in rows if row.pk not in settled][:most]
    called = people.names_of(viewer, [row.person for row in rows]) if rows else {}
    return [RunningOut(row, called[row.person_id]) for row in rows]
