"""What staff agree on, note and find out about somebody who is watched over."""

import datetime as dt

from django.db import transaction

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.kit import clock
from nyumbani.people.models.persons import Person
from nyumbani.watch.actions.sweeping import settle_heard
from nyumbani.watch.models.limits import Limit, Pause, Sign
from nyumbani.watch.models.silences import Silence
from nyumbani.watch.terms import Ending, Life


@transaction.atomic
def agree_on_limit(*, person: Person, hours: int, waits: bool, why: str, by: Actor) -> Limit:
    """From now on her team is told when nothing was heard of her for this many hours."""
    record(by=by, verb="limit.agreed", about=f"person:{person.pk}", hours=hours)
    now = clock.now()
    Limit.objects.filter(person=person, until=None).update(until=now)
    row = Limit(
        seal_scope=person.seal_scope, person=person, hours=hours, waits=waits, why=why,
        agreed_at=now, agreed_by_id=by.staff_id,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


@transaction.atomic
def end_limit(*, person: Person, by: Actor) -> None:
    """Her own limit ends; what holds for the urgency of her case holds for her again."""
    record(by=by, verb="limit.ended", about=f"person:{person.pk}")
    Limit.objects.filter(person=person, until=None).update(until=clock.now())


@transaction.atomic
def pause(*, person: Person, until: dt.datetime, why: str, by: Actor) -> Pause:
    """Her silence is expected until then. An alarm that is open stays open."""
    record(by=by, verb="watch.paused", about=f"person:{person.pk}")
    now = clock.now()
    Pause.objects.filter(person=person, ended_at=None).update(ended_at=now, ended_by=by.staff_id)
    row = Pause(
        seal_scope=person.seal_scope, person=person, until=until, why=why, begun_at=now,
        begun_by_id=by.staff_id,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


@transaction.atomic
def end_pause(*, person: Person, by: Actor) -> None:
    """She is expected to be heard again from now on."""
    record(by=by, verb="watch.resumed", about=f"person:{person.pk}")
    Pause.objects.filter(person=person, ended_at=None).update(
        ended_at=clock.now(), ended_by=by.staff_id
    )


@transaction.atomic
def note_sign(*, person: Person, kind: Life, at: dt.datetime, note: str, by: Actor) -> Sign:
    """Something else than a message showed that she lives; an open alarm is settled by it."""
    record(by=by, verb="sign.noted", about=f"person:{person.pk}", kind=kind.value)
    row = Sign(
        seal_scope=person.seal_scope, person=person, kind=kind, at=min(at, clock.now()), note=note,
        noted_at=clock.now(), noted_by_id=by.staff_id,
    )  # fmt: skip
    row.save(force_insert=True)
    for silence in Silence.objects.filter(person=person, settled_at=None):
        settle_heard(silence=silence, by=by)
    return row


@transaction.atomic
def settle(*, silence: Silence, how: str, by: Actor) -> None:
    """Staff know how she is and say what was found out; from now on her time counts anew."""
    record(by=by, verb="silence.settled", about=f"person:{silence.person_id}")
    row = Silence.objects.select_for_update().get(pk=silence.pk)
    if row.settled_at is None:
        row.settled_at, row.settled_by_id = clock.now(), by.staff_id
        row.ending, row.settled_how = Ending.STAFF, how
        row.save(update_fields=["settled_at", "settled_by", "ending", "settled_how"])
