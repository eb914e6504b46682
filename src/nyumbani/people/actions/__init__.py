"""Writing down who somebody is and how they are reached."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.domain.naming.keys import all_keys, keys_of_name
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer
from nyumbani.people.actions.indexing import add_keys
from nyumbani.people.agreed import Agreed
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.models.names import PersonName
from nyumbani.people.models.pairs import Pair
from nyumbani.people.models.persons import Person
from nyumbani.people.models.safe_contacts import SafeContact
from nyumbani.people.models.tallies import Tally
from nyumbani.people.queries import Reach
from nyumbani.people.terms import TELEPHONES, Language, NameSource, PairReason, PairStanding
from nyumbani.vault import terms
from nyumbani.vault.actions import make_key


@transaction.atomic
def meet(*, at: dt.datetime, by: Doer, person_id: str | None = None) -> Person:
    """Somebody is heard of for the first time; nothing is known of them yet."""
    person_id = person_id or ids.new()
    record(by=by, verb="person.met", about=f"person:{person_id}")
    number = next_number(name="person", by=by)
    scope = terms.person(person_id)
    make_key(scope=scope, by=by)
    person = Person(id=person_id, seal_scope=scope, first_heard_at=at, number=number)
    person.save(force_insert=True)
    return person


@transaction.atomic
def add_reach(
    *, person: Person, reach: Sequence[Reach], since: dt.datetime, by: Doer,
    until: dt.datetime | None = None,
) -> None:  # fmt: skip
    """Write down that these numbers or ids reach this person from then on, or until then.

    One that was hers before we ever saw it used begins and ends at the same moment.
    """
    if not reach:
        return
    verb = "person.past_reach_added" if until else "person.reach_added"
    record(by=by, verb=verb, about=f"person:{person.id}", count=len(reach))
    rows = [
        Identifier(
            seal_scope=person.seal_scope, person=person, space=one.space, kind=one.kind,
            value=one.value, digest=one.digest, since=since, until=until,
        )
        for one in reach
    ]  # fmt: skip
    Identifier.objects.bulk_create(rows)
    numbers = [one.value for one in reach if one.kind in TELEPHONES]
    add_keys(person=person, keys=all_keys((), numbers, ()), by=by)


@transaction.atomic
def end_reach(*, person: Person, reach: Sequence[Reach], until: dt.datetime, by: Doer) -> None:
    """Write down that these numbers or ids are hers no longer; her history keeps them."""
    ending = Identifier.objects.filter(
        person=person, digest__in=[one.digest for one in reach], until=None
    )
    if count := ending.count():
        record(by=by, verb="person.reach_ended", about=f"person:{person.id}", count=count)
        ending.update(until=until)


@transaction.atomic
def note_name(*, person: Person, given: str, source: NameSource, at: dt.datetime, by: Doer) -> None:
    """Write down a way somebody is called; the same name from the same source is noted once."""
    given = " ".join(given.split())
    known = PersonName.objects.filter(person=person, source=source, until=None)
    if not given or any(row.given == given for row in known):
        return
    record(by=by, verb="person.name_noted", about=f"person:{person.id}", source=source.value)
    row = PersonName(
        seal_scope=person.seal_scope, person=person, given=given, source=source, heard_at=at
    )
    row.save(force_insert=True)
    add_keys(person=person, keys=keys_of_name(given), by=by)


@transaction.atomic
def note_languages(*, person: Person, languages: Sequence[Language], by: Actor) -> None:
    """Write down which languages somebody speaks, so that the right colleague writes to her."""
    codes = sorted(set(languages))
    if person.languages == codes:
        return
    record(by=by, verb="person.languages_noted", about=f"person:{person.id}", count=len(codes))
    person.languages = codes
    person.save(update_fields=["languages"])


@transaction.atomic
def agree_on_contact(*, person: Person, agreed: Agreed, by: Actor) -> None:
    """Write down how she may be written to; what was agreed before ends and is kept."""
    record(by=by, verb="person.safe_contact_agreed", about=f"person:{person.id}")
    now = clock.now()
    SafeContact.objects.filter(person=person, until=None).update(until=now)
    row = SafeContact(
        seal_scope=person.seal_scope, person=person, agreed=agreed.kept(), agreed_at=now,
        agreed_by_id=by.staff_id,
    )  # fmt: skip
    row.save(force_insert=True)


@transaction.atomic
def put_side_by_side(*, one: str, other: str, reason: PairReason, by: Doer) -> None:
    """Ask staff whether two people are one; a pair that was decided is not asked again."""
    left, right = sorted((one, other))
    if left == right or Pair.objects.filter(left=left, right=right).exists():
        return
    record(by=by, verb="pair.raised", about=f"person:{left}", other=f"person:{right}")
    Pair.objects.get_or_create(
        left_id=left, right_id=right, defaults={"reason": reason, "raised_at": clock.now()}
    )


@transaction.atomic
def decide_pair(*, pair: Pair, standing: PairStanding, by: Actor) -> None:
    """Decide whether two rows are one person; may be decided again, each time by name."""
    record(
        by=by, verb="pair.decided", about=f"person:{pair.left_id}",
        other=f"person:{pair.right_id}", standing=standing.value,
    )  # fmt: skip
    pair.standing = standing
    if standing == PairStanding.OPEN:
        pair.decided_at = pair.decided_by_id = None
    else:
        pair.decided_at, pair.decided_by_id = clock.now(), by.staff_id
    pair.save(update_fields=["standing", "decided_at", "decided_by"])


@transaction.atomic
def next_number(*, name: str, by: Doer) -> int:
    """Give out the next number of a kind; whoever else asks waits until this one is written.

    The ledger line comes first: it takes the ledger's turn, so that two who number things in
    different order never wait for each other.
    """
    record(by=by, verb="number.given", about=f"tally:{name}")
    Tally.objects.get_or_create(name=name)
    Tally.objects.filter(name=name).update(last=F("last") + 1)
    return Tally.objects.values_list("last", flat=True).get(name=name)
