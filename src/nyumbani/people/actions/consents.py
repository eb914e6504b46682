"""She agrees, refuses, takes back; and what is done without her consent. Rows are only added."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.domain.consent.recipients import Recipient, people_needed
from nyumbani.domain.consent.rule import OVERRIDE_STANDS, Use
from nyumbani.domain.consent.terms import Cause, Level, Purpose, Way
from nyumbani.kit import clock, ids
from nyumbani.people.models.consents import Consent, Wish, Withdrawal
from nyumbani.people.models.overrides import Override, OverrideNotice, Seconding
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import ARE_TOLD, Says


@dataclass(frozen=True, slots=True)
class Saying:
    """How she said it."""

    language: str
    way: Way
    at: dt.datetime
    witness: str = ""
    text_version: int | None = None  # which words were read to her
    is_childs: bool = False
    guardian: str = ""  # who looks after her and agreed as well


@transaction.atomic
def give_consent(
    *, person: Person, use: Use, said: Saying, by: Actor, until: dt.datetime | None = None,
    consent_id: str | None = None,
) -> Consent:  # fmt: skip
    """Write down what she agreed to; what she agreed to before stays as it is.

    A page that gives its own `consent_id` may be sent twice and still writes one row.
    """
    row = Consent(
        id=consent_id or ids.new(), seal_scope=person.seal_scope, person=person,
        says=Says.AGREES, purpose=use.purpose.value, kind=use.recipient.kind.value,
        recipient=use.recipient.name.strip(), fields=sorted(use.fields), until=until,
        **_how(said, by),
    )  # fmt: skip
    return _say(row, by)


@transaction.atomic
def say_never(
    *, person: Person, recipient: Recipient, said: Saying, by: Actor,
    purpose: Purpose | None = None, consent_id: str | None = None,
) -> Consent:  # fmt: skip
    """Write down to whom nothing of hers may ever go; it beats every consent and every override."""
    row = Consent(
        id=consent_id or ids.new(), seal_scope=person.seal_scope, person=person,
        says=Says.NEVER, purpose=purpose.value if purpose else "", kind=recipient.kind.value,
        recipient=recipient.name.strip(), fields=[], **_how(said, by),
    )  # fmt: skip
    return _say(row, by)


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Actor, reason: str = "") -> None:
    """She takes something back, from now on; once is enough, and she need not say why."""
    if Withdrawal.objects.filter(consent=consent).exists():
        return
    record(by=by, verb="consent.withdrawn", about=f"person:{consent.person_id}", consent=consent.pk)
    if Withdrawal.objects.filter(consent=consent).exists():
        return
    now = clock.now()
    row = Withdrawal(
        seal_scope=consent.seal_scope, consent=consent, at=now,
        reason=reason.strip(), written_at=now, taken_by_id=by.staff_id,
    )  # fmt: skip
    row.save(force_insert=True)


@transaction.atomic
def say_wish(*, person: Person, level: Level, by: Actor) -> None:
    """Write down what she wants done with what she tells us; the newest word holds."""
    last = Wish.objects.filter(person=person).first()
    if last is not None and last.level == level.value:
        return
    record(by=by, verb="consent.wished", about=f"person:{person.pk}", level=level.value)
    Wish.objects.create(
        person=person, level=level.value, said_at=clock.now(), taken_by_id=by.staff_id
    )


@transaction.atomic
def override_without_consent(
    *, person: Person, use: Use, cause: Cause, reason: str, told: Iterable[str], by: Actor,
    override_id: str | None = None,
) -> Override:  # fmt: skip
    """Say that something of hers must be used without her consent, and why; `told` learn of it.

    To a state body it counts only when a second person says so too. It stands for a day.
    """
    if not reason.strip():
        raise ValueError("an override says why")
    known = Override.objects.filter(pk=override_id, person=person, staff=by.staff_id).first()
    if known is not None:
        return known
    override_id, told = override_id or ids.new(), set(told) - {by.staff_id}
    kind, now = use.recipient.kind, clock.now()
    record(
        by=by, verb="consent.overridden", about=f"person:{person.pk}", override=override_id,
        purpose=use.purpose.value, cause=cause.value, kind=kind.value, told=len(told),
        enough="yes" if len(told) >= ARE_TOLD else "no", needed=people_needed(use.recipient),
    )  # fmt: skip
    row = Override(
        id=override_id, seal_scope=person.seal_scope, person=person, purpose=use.purpose.value,
        kind=kind.value, recipient=use.recipient.name.strip(), fields=sorted(use.fields),
        cause=cause.value, reason=reason.strip(), at=now, staff_id=by.staff_id,
    )  # fmt: skip
    row.save(force_insert=True)
    OverrideNotice.objects.bulk_create(
        OverrideNotice(staff_id=staff, override=row, at=now) for staff in sorted(told)
    )
    return row


@transaction.atomic
def second_override(*, override: Override, by: Actor) -> bool:
    """Another of us says so too, within a day; whoever said it first cannot be the second.

    Returns whether this person's word stands beside the first.
    """
    now = clock.now()
    if override.staff_id == by.staff_id or override.at + OVERRIDE_STANDS <= now:
        return False
    record(
        by=by, verb="consent.seconded", about=f"person:{override.person_id}",
        override=override.pk,
    )  # fmt: skip
    Seconding.objects.get_or_create(override=override, staff_id=by.staff_id, defaults={"at": now})
    return True


@transaction.atomic
def acknowledge_override(*, notice: OverrideNotice, by: Actor) -> None:
    """Say that one has read of it."""
    if notice.seen_at is not None:
        return
    record(by=by, verb="notice.read", about=f"override:{notice.override_id}")
    OverrideNotice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=clock.now())


def _say(row: Consent, by: Actor) -> Consent:
    """Keep what she said, unless the same page has brought it already."""
    known = Consent.objects.filter(pk=row.pk).first()
    if known is not None and known.person_id == row.person_id:
        return known
    if known is not None:
        row.pk = ids.new()  # somebody else's mark must not hide what she said
    record(
        by=by, verb="consent.refused" if row.says == Says.NEVER else "consent.given",
        about=f"person:{row.person_id}", consent=row.pk, purpose=row.purpose or "any",
        kind=row.kind, fields=len(row.fields), version=row.text_version or 0,
    )  # fmt: skip
    if Consent.objects.filter(pk=row.pk).exists():
        return Consent.objects.get(pk=row.pk)
    row.save(force_insert=True)
    return row


def _how(said: Saying, by: Actor) -> dict[str, Any]:
    return {
        "language": said.language, "way": said.way.value, "witness": said.witness.strip(),
        "text_version": said.text_version, "is_childs": said.is_childs,
        "guardian": said.guardian.strip(), "given_at": said.at, "written_at": clock.now(),
        "taken_by_id": by.staff_id,
    }  # fmt: skip
