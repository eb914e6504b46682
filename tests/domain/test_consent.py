"""What she allowed holds for that purpose, that recipient, those fields, in that time; no more."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nyumbani.domain.consent.recipients import (
    HOUSE,
    Kind,
    Recipient,
    is_allowed_by,
    is_barred_by,
    may_be_the_same,
)
from nyumbani.domain.consent.rule import (
    OVERRIDDEN,
    OVERRIDE_STANDS,
    Consent,
    Never,
    Override,
    Use,
    Wish,
    lacking,
    may,
)
from nyumbani.domain.consent.terms import (
    HANDS_NOTHING_OVER,
    IDENTIFYING,
    Cause,
    Field,
    Level,
    Purpose,
)

pytestmark = pytest.mark.pure
MONDAY = dt.datetime(2014, 7, 14, 5, tzinfo=dt.UTC)
DAY, MOMENT = dt.timedelta(days=1), dt.timedelta(microseconds=1)
CLINIC = Recipient(Kind.PARTNER, "Tumaini Clinic")
SHELTER = Recipient(Kind.PARTNER, "Upendo House")
EMBASSY = Recipient(Kind.STATE, "Saudi Embassy")
STORY, NAME = frozenset({Field.STORY}), frozenset({Field.NAME})
CONSENT = Consent(Purpose.REFERRAL, CLINIC, MONDAY, STORY | NAME)
USE = Use(Purpose.REFERRAL, CLINIC, STORY)
TOLD = Override(Purpose.REFERRAL, CLINIC, STORY, Cause.LIFE, "She bleeds", MONDAY, frozenset("w"))

names = st.sampled_from(["", "Tumaini Clinic", "Upendo House", "Saudi Embassy", "Embassy of Libya"])
recipients = st.builds(Recipient, st.sampled_from(Kind), names)
moments = st.integers(0, 30).map(lambda hours: MONDAY + dt.timedelta(hours=hours))
fields = st.frozensets(st.sampled_from(Field), max_size=4)
uses = st.builds(Use, st.sampled_from(Purpose), recipients, fields, st.booleans())


@st.composite
def consents(draw):
    given_at = draw(moments)
    until, withdrawn = draw(st.none() | moments), draw(st.none() | moments)
    return Consent(
        draw(st.sampled_from(Purpose)), draw(recipients), given_at, draw(fields),
        until, max(withdrawn, given_at) if withdrawn else None, draw(st.booleans()),
        draw(st.booleans()),
    )  # fmt: skip


nevers = st.builds(Never, recipients, moments, st.none() | st.sampled_from(Purpose))
rows = st.lists(consents() | nevers, max_size=6)
wishes = st.lists(st.builds(Wish, st.sampled_from(Level), moments), max_size=3)
overrides = st.lists(
    st.builds(
        Override, st.sampled_from(Purpose), recipients, fields, st.sampled_from(Cause),
        st.sampled_from(["", "She bleeds"]), moments, st.frozensets(st.sampled_from("wok")),
    ),
    max_size=3,
)  # fmt: skip


# ---- one by one -------------------------------------------------------------------------------


def test_without_her_word_nothing_is_used():
    assert may(USE, [], MONDAY).why == "no_consent"


def test_what_she_agreed_to_is_used():
    assert may(USE, [CONSENT], MONDAY)


def test_another_purpose_is_not_hers():
    police = Use(Purpose.POLICE, CLINIC, STORY)
    assert may(police, [CONSENT], MONDAY).why == "no_consent"


def test_another_recipient_is_refused():
    assert may(replace(USE, recipient=SHELTER), [CONSENT], MONDAY).why == "not_this_recipient"


def test_a_field_she_did_not_name_is_refused_and_named():
    answer = may(replace(USE, fields=STORY | {Field.HEALTH}), [CONSENT], MONDAY)
    assert (answer.why, answer.told) == ("field_not_covered", ("health",))


def test_two_consents_together_cover_what_each_covers():
    more = Consent(Purpose.REFERRAL, CLINIC, MONDAY, frozenset({Field.HEALTH}))
    assert may(replace(USE, fields=STORY | {Field.HEALTH}), [CONSENT, more], MONDAY)


def test_what_hands_something_over_must_say_what():
    assert may(replace(USE, fields=frozenset()), [CONSENT], MONDAY).why == "nothing_named"


def test_it_holds_until_its_last_moment_and_not_in_it():
    consent = replace(CONSENT, until=MONDAY + DAY)
    assert may(USE, [consent], MONDAY + DAY - MOMENT)
    assert may(USE, [consent], MONDAY + DAY).why == "expired"


def test_she_agrees_anew_after_a_withdrawal_and_the_time_between_stays_a_gap():
    first = replace(CONSENT, withdrawn_at=MONDAY + DAY)
    again = replace(CONSENT, given_at=MONDAY + 3 * DAY)
    assert may(USE, [first, again], MONDAY + DAY - MOMENT)
    assert may(USE, [first, again], MONDAY + 2 * DAY).why == "withdrawn"
    assert may(USE, [first, again], MONDAY + 3 * DAY)


def test_taking_it_back_for_the_clinic_beats_an_earlier_yes_to_everybody_who_helps():
    helpers = Consent(Purpose.REFERRAL, Recipient(Kind.HELPERS), MONDAY, STORY)
    clinic = replace(CONSENT, withdrawn_at=MONDAY + DAY)
    assert may(USE, [helpers, clinic], MONDAY)
    assert may(USE, [helpers, clinic], MONDAY + DAY).why == "withdrawn"
    assert may(replace(USE, recipient=SHELTER), [helpers, clinic], MONDAY + DAY)


def test_of_a_yes_and_a_withdrawal_in_one_moment_the_withdrawal_counts():
    taken_back = replace(CONSENT, given_at=MONDAY - DAY, withdrawn_at=MONDAY)
    assert may(USE, [CONSENT, taken_back], MONDAY).why == "withdrawn"


def test_a_yes_to_a_partner_reaches_no_state_body_of_that_name():
    police = Recipient(Kind.STATE, CLINIC.name)
    answer = may(replace(USE, recipient=police), [CONSENT], MONDAY)
    assert answer.why == "not_this_recipient"


def test_whoever_helps_her_is_no_state_body_no_family_and_no_press():
    helpers = Consent(Purpose.REFERRAL, Recipient(Kind.HELPERS), MONDAY, STORY)
    for kind, allowed in (
        (Kind.HOUSE, True), (Kind.PARTNER, True), (Kind.STATE, False), (Kind.FAMILY, False),
        (Kind.PUBLIC, False),
    ):  # fmt: skip
        use = Use(Purpose.REFERRAL, Recipient(kind, "x"), STORY)
        assert bool(may(use, [helpers], MONDAY)) is allowed, kind


def test_a_childs_word_counts_with_that_of_whoever_looks_after_her():
    childs = replace(CONSENT, is_childs=True)
    assert may(USE, [childs], MONDAY).why == "child"
    assert may(USE, [replace(childs, has_guardian=True)], MONDAY)
    assert may(replace(USE, is_childs=True), [CONSENT], MONDAY).why == "child"


def test_statistics_never_tell_who_she_is_even_if_she_agrees():
    agreed = Consent(Purpose.STATISTICS, HOUSE, MONDAY, frozenset(Field))
    assert may(Use(Purpose.STATISTICS, HOUSE), [agreed], MONDAY)
    assert may(Use(Purpose.STATISTICS, HOUSE, NAME), [agreed], MONDAY).why == "identifying"


def test_who_wants_to_stay_unnamed_is_not_named_outside():
    unnamed = [Wish(Level.ANONYMOUS, MONDAY - DAY)]
    named = may(replace(USE, fields=NAME), [CONSENT], MONDAY, wishes=unnamed)
    assert named.why == "anonymous"
    assert may(USE, [CONSENT], MONDAY, wishes=unnamed)


def test_keep_it_to_yourselves_ends_what_was_shared_before_and_not_what_she_agrees_to_after():
    keep = [Wish(Level.CONFIDENTIAL, MONDAY + DAY)]
    assert may(USE, [CONSENT], MONDAY, wishes=keep)
    assert may(USE, [CONSENT], MONDAY + DAY, wishes=keep).why == "withdrawn"
    after = replace(CONSENT, given_at=MONDAY + DAY)
    assert may(USE, [after], MONDAY + DAY, wishes=keep)


# ---- never ------------------------------------------------------------------------------------


def test_never_to_the_embassy_holds_under_every_name_it_may_have():
    never = Never(EMBASSY, MONDAY)
    agreed = Consent(Purpose.POLICE, Recipient(Kind.STATE), MONDAY, STORY)
    for name, barred in (
        ("Saudi Embassy", True), ("Embassy of Saudi Arabia, Tripoli", True), ("the embassy", True),
        ("", True), ("السفارة السعودية", True), ("Embassy of Kenya", False),
    ):  # fmt: skip
        use = Use(Purpose.POLICE, Recipient(Kind.STATE, name), STORY)
        why = may(use, [agreed, never], MONDAY).why
        assert (why == "never_to_them") is barred, name


def test_a_state_body_noted_as_a_partner_is_still_refused():
    assert is_barred_by(EMBASSY, Recipient(Kind.PARTNER, "Saudi embassy, labour desk"))


def test_never_beats_a_life_at_risk():
    assert may(USE, [Never(CLINIC, MONDAY)], MONDAY, overrides=[TOLD]).why == "never_to_them"


def test_a_refusal_taken_back_bars_no_more_and_allows_nothing():
    never = Never(CLINIC, MONDAY - DAY, taken_back_at=MONDAY)
    assert may(USE, [CONSENT, never], MONDAY)
    assert may(USE, [never], MONDAY).why == "no_consent"


def test_a_refusal_bars_nothing_before_she_said_it():
    never = Never(CLINIC, MONDAY + DAY)
    assert may(USE, [CONSENT, never], MONDAY + DAY - MOMENT)
    assert may(USE, [CONSENT, never], MONDAY + DAY).why == "never_to_them"


def test_names_of_two_bodies_are_told_apart():
    assert not may_be_the_same("Embassy of Kenya", "Embassy of Libya")
    assert not is_allowed_by(Recipient(Kind.PARTNER, "🏥"), Recipient(Kind.PARTNER, "🏦"))


# ---- without her consent ----------------------------------------------------------------------


def test_a_life_at_risk_is_saved_without_asking_and_the_answer_says_so():
    assert may(USE, [], MONDAY, overrides=[TOLD]) == OVERRIDDEN


def test_it_stands_a_day_from_when_it_was_said():
    assert not may(USE, [], MONDAY - MOMENT, overrides=[TOLD])
    assert may(USE, [], MONDAY + OVERRIDE_STANDS - MOMENT, overrides=[TOLD])
    assert not may(USE, [], MONDAY + OVERRIDE_STANDS, overrides=[TOLD])


def test_without_a_reason_nothing_is_overridden():
    assert not may(USE, [], MONDAY, overrides=[replace(TOLD, reason=" ")])


def test_it_is_for_what_was_said_and_nothing_else():
    for use in (
        replace(USE, recipient=SHELTER), replace(USE, fields=NAME),
        Use(Purpose.POLICE, CLINIC, STORY),
    ):  # fmt: skip
        assert not may(use, [], MONDAY, overrides=[TOLD])


def test_to_a_state_body_two_of_us_must_say_so():
    alone = replace(TOLD, recipient=EMBASSY)
    use = replace(USE, recipient=EMBASSY)
    assert (lacking(alone), may(use, [], MONDAY, overrides=[alone]).why) == (1, "no_consent")
    both = replace(alone, people=frozenset({"wanjiku", "amina"}))
    assert (lacking(both), may(use, [], MONDAY, overrides=[both])) == (0, OVERRIDDEN)


# ---- whatever is known ------------------------------------------------------------------------


@given(uses, rows, moments, wishes, overrides, st.randoms())
def test_the_order_of_rows_does_not_matter(use, known, now, wanted, told, chance):
    before = may(use, known, now, wishes=wanted, overrides=told)
    for some in (known, wanted, told):
        chance.shuffle(some)
    assert may(use, known, now, wishes=wanted, overrides=told) == before


@given(uses, rows, moments, wishes, overrides)
def test_never_to_her_recipient_beats_everything(use, known, now, wanted, told):
    never = Never(use.recipient, now)
    assert not may(use, [*known, never], now, wishes=wanted, overrides=told)


@given(uses, rows, nevers, moments, wishes)
def test_a_refusal_more_never_allows_more(use, known, never, now, wanted):
    if may(use, [*known, never], now, wishes=wanted):
        assert may(use, known, now, wishes=wanted)


@given(consents(), rows, moments, moments)
def test_withdrawal_wins_from_its_moment_on(consent, known, at, now):
    """What else she agreed to before cannot bring it back: only what she agrees to later."""
    at = max(at, consent.given_at)
    assume(now >= at)
    withdrawn = replace(consent, withdrawn_at=at)
    before = [one for one in known if isinstance(one, Never) or one.given_at <= at]
    use = Use(consent.purpose, consent.recipient, consent.fields)
    assert not may(use, [*before, withdrawn], now)


@given(uses, rows, consents(), moments, wishes)
def test_a_narrower_consent_never_allows_more_than_a_wider_one(use, known, wide, now, wanted):
    wide = replace(wide, withdrawn_at=None)
    for narrow in (
        replace(wide, fields=frozenset(sorted(wide.fields)[1:])),
        replace(wide, until=min(wide.until or now, now)),
        replace(wide, given_at=wide.given_at + DAY / 12),
        replace(wide, is_childs=True, has_guardian=False),
        replace(wide, recipient=Recipient(wide.recipient.kind, "Tumaini Clinic")
                if not wide.recipient.name else wide.recipient),
    ):  # fmt: skip
        # Given later it may outlive a withdrawal or a wish: that is a new word, not a narrower one.
        others = known if narrow.given_at == wide.given_at else _never_withdrawn(known)
        wanted = wanted if narrow.given_at == wide.given_at else []
        if may(use, [*others, narrow], now, wishes=wanted):
            assert may(use, [*others, wide], now, wishes=wanted)


@given(uses, rows, moments)
def test_before_anything_was_given_nothing_is_allowed(use, known, now):
    later = [one for one in known if not isinstance(one, Consent) or one.given_at > now]
    assert not may(use, later, now)


@given(uses, rows, moments)
def test_each_field_allowed_was_agreed_to_for_that_very_purpose(use, known, now):
    if may(use, known, now):
        agreed = [one for one in known if isinstance(one, Consent) and one.given_at <= now
                  and one.purpose == use.purpose and (one.until is None or now < one.until)
                  and (one.withdrawn_at is None or now < one.withdrawn_at)]  # fmt: skip
        assert use.fields <= {field for one in agreed for field in one.fields}
        assert agreed
        assert use.fields or use.purpose in HANDS_NOTHING_OVER


@given(uses, rows, moments)
def test_without_overrides_no_consent_tells_who_is_anonymous(use, known, now):
    unnamed = [Wish(Level.ANONYMOUS, MONDAY - DAY)]
    if may(use, known, now, wishes=unnamed):
        assert use.recipient.kind == Kind.HOUSE or not use.fields & IDENTIFYING


@given(uses, moments, overrides)
def test_an_override_is_never_of_one_person_to_a_state_body(use, now, told):
    if use.recipient.kind == Kind.STATE and may(use, [], now, overrides=told):
        assert any(len(one.people) > 1 and one.reason for one in told)


def _never_withdrawn(known):
    return [replace(one, withdrawn_at=None) if isinstance(one, Consent) else one for one in known]
