"""What somebody agreed to and refused, and the gate: whether something of hers may be used.

A room that gives anything of hers to anybody, or uses it for another purpose, asks `may_use`
first; one that does so for many at once asks `may_use_of`. See docs/howto/consent.md. Like other
reads of people, these take people that were found where membership is known (nyumbani.cases).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.answers import Answer
from nyumbani.domain.consent import rule
from nyumbani.domain.consent.recipients import (
    Kind,
    Recipient,
    is_allowed_by,
    is_barred_by,
    people_needed,
)
from nyumbani.domain.consent.rule import OVERRIDE_STANDS, Never, Use, may
from nyumbani.domain.consent.terms import Cause, Field, Level, Purpose
from nyumbani.kit import clock
from nyumbani.people.models.consents import Consent, Wish
from nyumbani.people.models.overrides import Override, OverrideNotice
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import Says
from nyumbani.vault import datakeys

_NOTHING: frozenset[Field] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """One thing she said, and whether it holds now."""

    row: Consent
    recipient: Recipient
    withdrawn_at: dt.datetime | None
    why_withdrawn: str
    standing: str  # holds, withdrawn, expired, or why the rule refuses it all the same

    @property
    def holds(self) -> bool:
        """It holds now."""
        return self.standing == "holds"

    @property
    def may_be_withdrawn(self) -> bool:
        """She has not taken it back; one that ran out may still be withdrawn."""
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Told:
    """Something done without her consent: who said so, and how many more must."""

    row: Override
    recipient: Recipient
    seconded_by: tuple[str, ...]  # names
    lacks: int
    ends_at: dt.datetime
    is_over: bool


def consents_of(viewer: Viewer, person: Person) -> list[Given]:
    """Everything she ever agreed to or refused, what holds first, then the latest first."""
    if not viewer.may_read_cases:
        return []
    rows = list(_consents([person.pk]).select_related("taken_by"))
    said = [_as_said(row) for row in rows]
    wishes = [rule.Wish(Level(one.level), one.said_at) for one in _wishes([person.pk])]
    given = (_given(row, said, wishes) for row in rows)
    return sorted(given, key=lambda one: not one.holds)


def consent_of(viewer: Viewer, person: Person, consent_id: str) -> Given | None:
    """One of them."""
    return next((one for one in consents_of(viewer, person) if one.row.pk == consent_id), None)


def wish_of(viewer: Viewer, person: Person) -> Wish | None:
    """What she wants done with what she tells us; None: she was not asked yet."""
    rows = Wish.objects.filter(person=person, said_at__lte=clock.now()).select_related("taken_by")
    return rows.first() if viewer.may_read_cases else None


def may_use(
    viewer: Viewer,
    person: Person,
    purpose: Purpose,
    recipient: Recipient,
    fields: Iterable[Field] = _NOTHING,
) -> Answer:
    """Whether this of hers may be used so, now; the gate for whoever crosses a purpose.

    `why` is "override" where it is yes without her consent: say so wherever it is shown.
    """
    return may_use_of(viewer, [person.pk], purpose, recipient, fields)[person.pk]


def may_use_of(
    viewer: Viewer,
    people: Iterable[str],
    purpose: Purpose,
    recipient: Recipient,
    fields: Iterable[Field] = _NOTHING,
) -> dict[str, Answer]:
    """... of each of these people, by id: four questions to the database, however many they are."""
    wanted = list(dict.fromkeys(people))
    if not viewer.may_read_cases:
        return dict.fromkeys(wanted, Answer.no("not_yours"))
    said: dict[str, list[rule.Consent | Never]] = defaultdict(list)
    rows = list(_consents(wanted))
    told = list(_overrides(wanted).filter(at__gt=clock.now() - 2 * OVERRIDE_STANDS))
    datakeys.warm({row.seal_scope for row in [*rows, *told]})
    for row in rows:
        said[row.person_id].append(_as_said(row))
    wishes: dict[str, list[rule.Wish]] = defaultdict(list)
    for wish in _wishes(wanted):
        wishes[wish.person_id].append(rule.Wish(Level(wish.level), wish.said_at))
    overrides: dict[str, list[rule.Override]] = defaultdict(list)
    for one in told:
        overrides[one.person_id].append(_as_override(one))
    use, now = Use(purpose, recipient, frozenset(fields)), clock.now()
    return {
        one: may(use, said[one], now, wishes=wishes[one], overrides=overrides[one])
        for one in wanted
    }


def running_out(
    viewer: Viewer, people: QuerySet[Person], within: dt.timedelta
) -> QuerySet[Consent]:
    """What these people agreed to that ends soon, or has ended lately and was not renewed.

    Of these, `settled` says which she need not be asked about.
    """
    now = clock.now()
    rows = Consent.objects.filter(
        person__in=people.order_by().values("pk"), says=Says.AGREES, withdrawal=None,
        until__gt=now - within, until__lte=now + within,
    )  # fmt: skip
    rows = rows.select_related("person").order_by("until", "pk")
    return rows if viewer.may_read_cases else rows.none()


def settled(viewer: Viewer, rows: Iterable[Consent]) -> set[str]:
    """Which of these nobody needs to ask her about: given again, or taken back with another."""
    ending = list(rows)
    if not viewer.may_read_cases:
        return set()
    others: dict[tuple[str, str], list[Consent]] = defaultdict(list)
    for row in _consents({row.person_id for row in ending}).filter(says=Says.AGREES):
        others[row.person_id, row.purpose].append(row)
    return {
        row.pk
        for row in ending
        for other in others[row.person_id, row.purpose]
        if _settles(other, row)
    }


def overrides_of(viewer: Viewer, person: Person) -> list[Told]:
    """Whatever was done without her consent, the latest first."""
    if not viewer.may_read_cases:
        return []
    return [_told(row) for row in _overrides([person.pk])]


def override_notices(viewer: Viewer) -> list[tuple[OverrideNotice, Told]]:
    """What the viewer must be told and has not acknowledged.

    Whoever is told sees for whom, what and why, even without belonging to her case.
    """
    rows = OverrideNotice.objects.filter(staff=viewer.staff_id, seen_at=None).order_by("-at", "-pk")
    if not viewer.may_read_cases:
        return []
    notices = {row.override_id: row for row in rows}
    told = Override.objects.filter(pk__in=notices).select_related("staff", "person")
    return [(notices[row.pk], _told(row)) for row in _seconded(told)]


def override_notice(viewer: Viewer, notice_id: int) -> OverrideNotice | None:
    """One thing the viewer must be told, or was told and has acknowledged."""
    rows = OverrideNotice.objects.filter(staff=viewer.staff_id, pk=notice_id)
    return rows.select_related("override").first() if viewer.may_read_cases else None


def override(viewer: Viewer, override_id: str) -> Override | None:
    """One thing done without her consent; who may second it is asked elsewhere."""
    rows = Override.objects.filter(pk=override_id).select_related("person")
    return rows.first() if viewer.may_read_cases else None


def was_told(viewer: Viewer, override: Override) -> bool:
    """Whether the viewer is one of those who were told of it."""
    rows = OverrideNotice.objects.filter(staff=viewer.staff_id, override=override)
    return viewer.may_read_cases and rows.exists()


def _consents(people: Iterable[str]) -> QuerySet[Consent]:
    return Consent.objects.filter(person__in=list(people)).select_related("withdrawal")


def _overrides(people: Iterable[str]) -> QuerySet[Override]:
    return _seconded(Override.objects.filter(person__in=list(people)).select_related("staff"))


def _wishes(people: Iterable[str]) -> QuerySet[Wish]:
    return Wish.objects.filter(person__in=list(people))


def _seconded(rows: QuerySet[Override]) -> QuerySet[Override]:
    return rows.prefetch_related("secondings__staff")


def _as_said(row: Consent) -> rule.Consent | Never:
    """A row as the rule needs it."""
    recipient, taken_back = Recipient(Kind(row.kind), row.recipient), _withdrawn(row)
    if row.says == Says.NEVER:
        purpose = Purpose(row.purpose) if row.purpose else None
        return Never(recipient, row.given_at, purpose, taken_back)
    return rule.Consent(
        Purpose(row.purpose), recipient, row.given_at, frozenset(map(Field, row.fields)),
        row.until, taken_back, row.is_childs, bool(row.guardian.strip()),
    )  # fmt: skip


def _as_override(row: Override) -> rule.Override:
    said = [(row.at, row.staff_id)]
    said += sorted((one.at, one.staff_id) for one in row.secondings.all())
    override = rule.Override(
        Purpose(row.purpose), Recipient(Kind(row.kind), row.recipient),
        frozenset(map(Field, row.fields)), Cause(row.cause), row.reason,
        row.at, frozenset(staff for _at, staff in said),
    )  # fmt: skip
    if rule.lacking(override):
        return override
    # It counts from when the last of those who are needed had said so.
    needed = people_needed(override.recipient)
    return rule.Override(
        override.purpose, override.recipient, override.fields, override.cause, override.reason,
        said[needed - 1][0], override.people,
    )  # fmt: skip


def _settles(other: Consent, row: Consent) -> bool:
    """Whether what she said there decides what becomes of this one, which runs out."""
    recipient = Recipient(Kind(other.kind), other.recipient)
    taken_back = _withdrawn(other)
    if taken_back is not None:
        barred = is_barred_by(recipient, Recipient(Kind(row.kind), row.recipient))
        return barred and taken_back >= row.given_at
    if row.until is None or (other.until is not None and other.until <= row.until):
        return False
    same = is_allowed_by(recipient, Recipient(Kind(row.kind), row.recipient))
    return same and set(row.fields) <= set(other.fields)


def _withdrawn(row: Consent) -> dt.datetime | None:
    return row.withdrawal.at if hasattr(row, "withdrawal") else None


def _given(
    row: Consent, said: Sequence[rule.Consent | Never], wishes: Sequence[rule.Wish]
) -> Given:
    taken_back, recipient = _withdrawn(row), Recipient(Kind(row.kind), row.recipient)
    why = row.withdrawal.reason if taken_back is not None else ""
    return Given(row, recipient, taken_back, why, _standing(row, said, wishes))


def _standing(
    row: Consent, said: Sequence[rule.Consent | Never], wishes: Sequence[rule.Wish]
) -> str:
    """Whether a row holds, by itself and among whatever else she said."""
    taken_back, now = _withdrawn(row), clock.now()
    if taken_back is not None and taken_back <= now:
        return "withdrawn"
    if row.until is not None and row.until <= now:
        return "expired"
    if row.says == Says.NEVER:
        return "holds"
    fields = frozenset(map(Field, row.fields))
    use = Use(Purpose(row.purpose), Recipient(Kind(row.kind), row.recipient), fields, row.is_childs)
    return may(use, said, now, wishes=wishes).why or "holds"


def _told(row: Override) -> Told:
    override = _as_override(row)
    ends_at = override.at + OVERRIDE_STANDS
    return Told(
        row, override.recipient, tuple(str(one.staff) for one in row.secondings.all()),
        rule.lacking(override), ends_at, ends_at <= clock.now(),
    )  # fmt: skip
