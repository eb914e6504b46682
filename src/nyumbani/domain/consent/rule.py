"""Whether something of hers may be used: one question, answered with its reason.

- "Never" beats everything, also what we would do without her consent.
- A withdrawal beats, from its moment on, whatever she had agreed to before for the same recipient
  and field; only what she agrees to later counts again.
- Nothing holds before it was given, after it ran out, or for another purpose, recipient or field.
- A child's word counts together with that of whoever looks after her.
- Without her consent only where a life is at risk, a child must be protected or the law demands it;
  then the reason is written down, and to a state body two of us must say so.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from nyumbani.domain.answers import YES, Answer
from nyumbani.domain.consent.recipients import (
    Kind,
    Recipient,
    is_allowed_by,
    is_barred_by,
    people_needed,
)
from nyumbani.domain.consent.terms import (
    HANDS_NOTHING_OVER,
    IDENTIFYING,
    Cause,
    Field,
    Level,
    Purpose,
)

OVERRIDE_STANDS = dt.timedelta(hours=24)
"""So long may be acted without her consent; then it must be said anew why."""

OVERRIDDEN = Answer(yes=True, why="override")
_ANYTHING: frozenset[Field | None] = frozenset({None})  # a use that names no field


@dataclass(frozen=True, slots=True)
class Use:
    """What somebody wants to do with something of hers."""

    purpose: Purpose
    recipient: Recipient
    fields: frozenset[Field] = frozenset()
    is_childs: bool = False  # she is known to be under age, whatever the consents say


@dataclass(frozen=True, slots=True)
class Consent:
    """Something she agreed to."""

    purpose: Purpose
    recipient: Recipient
    given_at: dt.datetime
    fields: frozenset[Field] = frozenset()
    until: dt.datetime | None = None  # it holds until then and not at that moment
    withdrawn_at: dt.datetime | None = None
    is_childs: bool = False
    has_guardian: bool = False  # somebody who looks after her agreed as well


@dataclass(frozen=True, slots=True)
class Never:
    """Something she refused for good: until she takes the refusal back."""

    recipient: Recipient
    said_at: dt.datetime
    purpose: Purpose | None = None  # none: for any purpose
    taken_back_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """One of us, or two, said that it must be done without her consent, and why."""

    purpose: Purpose
    recipient: Recipient
    fields: frozenset[Field]
    cause: Cause
    reason: str
    at: dt.datetime  # when enough people had said so
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wish:
    """What she wanted done with what she tells us, from then on."""

    level: Level
    said_at: dt.datetime


def may(
    use: Use,
    consents: Iterable[Consent | Never],
    now: dt.datetime,
    *,
    wishes: Iterable[Wish] = (),
    overrides: Iterable[Override] = (),
) -> Answer:
    """Whether she may be used so; the order of what is known does not matter.

    `why` is "override" where it is yes against her word or without it.
    """
    said = list(consents)
    refused = (one for one in said if isinstance(one, Never))
    if why := _unfit(use):
        return Answer.no(why)
    if any(_bars(one, use, now) for one in refused):
        return Answer.no("never_to_them")
    if any(_lifts(one, use, now) for one in overrides):
        return OVERRIDDEN
    agreed = [one for one in said if isinstance(one, Consent)]
    return _by_her_word(use, agreed, now, _wish(wishes, now))


def lacking(override: Override) -> int:
    """How many more of us must say so before it counts."""
    return max(0, people_needed(override.recipient) - len(override.people))


def _unfit(use: Use) -> str:
    """What nobody can agree to."""
    if use.purpose not in HANDS_NOTHING_OVER and not use.fields:
        return "nothing_named"
    if use.purpose == Purpose.STATISTICS and use.fields & IDENTIFYING:
        return "identifying"
    return ""


def _bars(never: Never, use: Use, now: dt.datetime) -> bool:
    if never.said_at > now or (never.taken_back_at is not None and never.taken_back_at <= now):
        return False
    return never.purpose in {None, use.purpose} and is_barred_by(never.recipient, use.recipient)


def _lifts(override: Override, use: Use, now: dt.datetime) -> bool:
    return (
        override.purpose == use.purpose
        and override.recipient.kind not in {Kind.HELPERS, Kind.ANYBODY}
        and is_allowed_by(override.recipient, use.recipient)
        and use.fields <= override.fields
        and bool(override.reason.strip())
        and not lacking(override)
        and override.at <= now < override.at + OVERRIDE_STANDS
    )


def _by_her_word(use: Use, agreed: list[Consent], now: dt.datetime, wish: Wish | None) -> Answer:
    if _is_anonymous(wish) and use.recipient.kind != Kind.HOUSE and use.fields & IDENTIFYING:
        return Answer.no("anonymous")
    known = [one for one in agreed if one.given_at <= now and one.purpose == use.purpose]
    if not known:
        return Answer.no("no_consent")
    meant = [one for one in known if is_allowed_by(one.recipient, use.recipient)]
    if not meant:
        return Answer.no("not_this_recipient")
    ends = _ends_of(use, known, now, wish)
    missing = {
        field for field in use.fields or _ANYTHING if not _allows(meant, field, ends, use, now)
    }
    if not missing:
        return YES
    return Answer.no(_why(meant, missing, ends, use, now), *sorted(filter(None, missing)))


Ends = dict["Field | None", "list[dt.datetime]"]


def _ends_of(use: Use, known: list[Consent], now: dt.datetime, wish: Wish | None) -> Ends:
    """When she took back what, for this recipient: what she agreed to before counts no more."""
    ends: Ends = {field: [] for field in use.fields or _ANYTHING}
    for one in known:
        taken_back = one.withdrawn_at is not None and one.withdrawn_at <= now
        # A withdrawal is read as widely as a refusal.
        if taken_back and is_barred_by(one.recipient, use.recipient):
            for field in ends:
                if field is None or field in one.fields:
                    ends[field].append(one.withdrawn_at or now)
    if wish and wish.level != Level.SHARE and use.recipient.kind != Kind.HOUSE:
        for field in ends:
            # "Keep it to yourselves" ends what was shared before, not what she agrees to after.
            ends[field].append(wish.said_at - dt.timedelta(microseconds=1))
    return ends


def _allows(
    meant: list[Consent], field: Field | None, ends: Ends, use: Use, now: dt.datetime
) -> bool:
    return any(
        (field is None or field in one.fields)
        and (one.until is None or now < one.until)
        and _stands(one, field, ends, now)
        and _counts(one, use)
        for one in meant
    )


def _stands(one: Consent, field: Field | None, ends: Ends, now: dt.datetime) -> bool:
    """Neither withdrawn nor given before something like it was."""
    own = one.withdrawn_at is None or one.withdrawn_at > now
    return own and all(one.given_at > end for end in ends[field])


def _counts(one: Consent, use: Use) -> bool:
    return one.has_guardian or not (one.is_childs or use.is_childs)


def _why(
    meant: list[Consent], missing: set[Field | None], ends: Ends, use: Use, now: dt.datetime
) -> str:
    """The reason to name first: what she did beats what time did, and that what is not there."""
    over = {field: [one for one in meant if field is None or field in one.fields]
            for field in missing}  # fmt: skip
    if any(not one for one in over.values()):
        return "field_not_covered"
    left = [one for field in over for one in over[field] if _stands(one, field, ends, now)]
    if not left:
        return "withdrawn"
    if all(one.until is not None and one.until <= now for one in left):
        return "expired"
    if not any(_counts(one, use) for one in left):
        return "child"
    return "withdrawn" if any(ends[field] for field in missing) else "expired"


def _wish(wishes: Iterable[Wish], now: dt.datetime) -> Wish | None:
    """What she wanted last; of two said at one moment the stricter."""
    order = list(Level)
    said = [one for one in wishes if one.said_at <= now]
    return max(said, key=lambda one: (one.said_at, order.index(one.level)), default=None)


def _is_anonymous(wish: Wish | None) -> bool:
    return wish is not None and wish.level == Level.ANONYMOUS
