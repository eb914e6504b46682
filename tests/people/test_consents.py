"""She agrees, refuses, takes back: kept as said, sealed, and asked before anything is used."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, connection, transaction

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.audit.models import Entry
from nyumbani.domain.consent.recipients import HOUSE, Kind, Recipient
from nyumbani.domain.consent.rule import Use
from nyumbani.domain.consent.terms import Field, Level, Purpose
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import System
from nyumbani.people import actions
from nyumbani.people.actions import consents
from nyumbani.people.models.consents import Consent, Wish, Withdrawal
from nyumbani.people.models.overrides import Override, OverrideNotice
from nyumbani.people.queries.consents import (
    consents_of,
    may_use,
    may_use_of,
    overrides_of,
    wish_of,
)
from tests.people.consents_here import (
    CLINIC,
    COUNTED,
    EMBASSY,
    TO_CLINIC,
    consented,
    overridden,
    refused,
)
from tests.people_here import actor, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
BY = System("tests")
DAY = dt.timedelta(days=1)
ADMIN = Viewer("01J00000000000000000000001", "Admin", frozenset({Role.ADMINISTRATOR}))
TO_EMBASSY = Use(Purpose.REFERRAL, EMBASSY, frozenset({Field.NAME}))


@pytest.fixture
def rehema():
    return actions.meet(at=clock.now(), by=BY)


def later(days=0, **more):
    return clock.at(clock.now() + dt.timedelta(days=days, **more))


def asked(staff, person, use=TO_CLINIC):
    return may_use(viewer(staff), person, use.purpose, use.recipient, use.fields)


def test_nothing_of_hers_is_used_before_she_agreed(rehema, wanjiku):
    assert asked(wanjiku, rehema).why == "no_consent"
    consented(wanjiku, rehema)
    assert asked(wanjiku, rehema)


def test_who_reads_no_cases_is_told_nothing_and_may_use_nothing(rehema, wanjiku):
    consented(wanjiku, rehema)
    answer = may_use(ADMIN, rehema, TO_CLINIC.purpose, CLINIC, TO_CLINIC.fields)
    assert answer.why == "not_yours"
    assert consents_of(ADMIN, rehema) == []
    assert wish_of(ADMIN, rehema) is None
    assert overrides_of(ADMIN, rehema) == []


def test_what_she_takes_back_is_used_no_more_and_stays_known(rehema, wanjiku):
    given = consented(wanjiku, rehema)
    with later(days=1):
        consents.withdraw_consent(consent=given, reason="He found out", by=actor(wanjiku))
        consents.withdraw_consent(consent=given, reason="again", by=actor(wanjiku))
        assert asked(wanjiku, rehema).why == "withdrawn"
        [one] = consents_of(viewer(wanjiku), rehema)
    assert (one.standing, one.why_withdrawn) == ("withdrawn", "He found out")
    assert Withdrawal.objects.count() == 1
    assert asked(wanjiku, rehema)  # yesterday it did hold


def test_a_consent_runs_out(rehema, wanjiku):
    consented(wanjiku, rehema, until=clock.now() + DAY)
    assert asked(wanjiku, rehema)
    with later(days=1):
        assert asked(wanjiku, rehema).why == "expired"
        [one] = consents_of(viewer(wanjiku), rehema)
        assert one.standing == "expired"


def test_never_to_the_embassy_beats_her_own_yes_and_ours(rehema, wanjiku, amina):
    consented(wanjiku, rehema, TO_EMBASSY)
    row = overridden(wanjiku, rehema, TO_EMBASSY)
    consents.second_override(override=row, by=actor(amina))
    never = refused(wanjiku, rehema, Recipient(Kind.STATE, "Embassy of Saudi Arabia"))
    assert asked(wanjiku, rehema, TO_EMBASSY).why == "never_to_them"
    consents.withdraw_consent(consent=never, by=actor(wanjiku))
    assert asked(wanjiku, rehema, TO_EMBASSY).why == "override"


def test_a_childs_consent_waits_for_whoever_looks_after_her(rehema, wanjiku):
    consented(wanjiku, rehema, is_childs=True)
    assert asked(wanjiku, rehema).why == "child"
    assert consents_of(viewer(wanjiku), rehema)[0].standing == "child"
    with later(hours=1):
        consented(wanjiku, rehema, is_childs=True, guardian="Her aunt Atieno")
        assert asked(wanjiku, rehema)


def test_who_wants_to_stay_unnamed_is_not_named_outside(rehema, wanjiku):
    consented(wanjiku, rehema)
    consents.say_wish(person=rehema, level=Level.ANONYMOUS, by=actor(wanjiku))
    consents.say_wish(person=rehema, level=Level.ANONYMOUS, by=actor(wanjiku))
    assert asked(wanjiku, rehema).why == "anonymous"
    assert wish_of(viewer(wanjiku), rehema).level == "anonymous"
    assert Wish.objects.count() == 1


def test_a_page_sent_twice_writes_one_row(rehema, wanjiku):
    mark = ids.new()
    for _ in range(2):
        consents.give_consent(
            person=rehema, use=COUNTED, said=_spoken(), by=actor(wanjiku), consent_id=mark
        )
    assert Consent.objects.count() == 1


def test_somebody_elses_mark_does_not_hide_what_she_said(rehema, wanjiku):
    other = actions.meet(at=clock.now(), by=BY)
    mark = consented(wanjiku, other).pk
    row = consents.give_consent(
        person=rehema, use=COUNTED, said=_spoken(), by=actor(wanjiku), consent_id=mark
    )
    assert (row.person_id, row.pk == mark) == (rehema.pk, False)


def test_whose_consent_it_is_is_not_mixed_up(rehema, wanjiku):
    other = actions.meet(at=clock.now(), by=BY)
    consented(wanjiku, rehema)
    refused(wanjiku, other, CLINIC)
    answers = may_use_of(
        viewer(wanjiku), [rehema.pk, other.pk], TO_CLINIC.purpose, CLINIC, TO_CLINIC.fields
    )
    assert answers[rehema.pk]
    assert answers[other.pk].why == "never_to_them"


def test_as_many_questions_for_thirty_people_as_for_two(
    wanjiku, django_assert_max_num_queries, django_assert_num_queries
):
    people = [actions.meet(at=clock.now(), by=BY) for _ in range(30)]
    for person in people:
        consented(wanjiku, person, COUNTED)
        overridden(wanjiku, person)
    looks = viewer(wanjiku)

    def ask(some):
        return may_use_of(looks, [one.pk for one in some], Purpose.STATISTICS, HOUSE)

    with django_assert_max_num_queries(7) as two:
        ask(people[:2])
    with django_assert_num_queries(len(two)):
        assert all(ask(people).values())


# ---- without her consent ----------------------------------------------------------------------


def test_a_life_at_risk_is_saved_without_her_word_for_a_day(rehema, wanjiku):
    overridden(wanjiku, rehema)
    assert asked(wanjiku, rehema).why == "override"
    with later(days=1):
        assert asked(wanjiku, rehema).why == "no_consent"
        assert overrides_of(viewer(wanjiku), rehema)[0].is_over


def test_without_a_reason_nobody_goes_without_her(rehema, wanjiku):
    with pytest.raises(ValueError, match="says why"):
        overridden(wanjiku, rehema, reason="  ")
    assert not Override.objects.exists()


def test_to_a_state_body_one_is_not_enough_and_nobody_seconds_themselves(rehema, wanjiku, amina):
    row = overridden(wanjiku, rehema, TO_EMBASSY)
    assert not asked(wanjiku, rehema, TO_EMBASSY)
    assert not consents.second_override(override=row, by=actor(wanjiku))
    assert not asked(wanjiku, rehema, TO_EMBASSY)
    with later(hours=20):
        assert consents.second_override(override=row, by=actor(amina))
        assert asked(wanjiku, rehema, TO_EMBASSY).why == "override"
    with later(hours=43):  # a day from when the second said so
        assert asked(wanjiku, rehema, TO_EMBASSY).why == "override"
    with later(hours=44):
        assert not asked(wanjiku, rehema, TO_EMBASSY)


def test_nobody_seconds_what_was_said_the_day_before(rehema, wanjiku, amina):
    row = overridden(wanjiku, rehema, TO_EMBASSY)
    with later(days=1):
        assert not consents.second_override(override=row, by=actor(amina))
        assert not asked(wanjiku, rehema, TO_EMBASSY)


def test_directors_are_told_and_whoever_did_it_is_not(rehema, wanjiku, otieno, amina):
    overridden(amina, rehema)
    told = {one.staff.username for one in OverrideNotice.objects.all()}
    assert told == {"otieno"}  # the only director did it herself: coordinators learn of it
    assert facts_of("consent.overridden")["enough"] == "no"


# ---- what is stored ---------------------------------------------------------------------------


def test_the_ledger_holds_ids_and_our_words_and_nothing_of_hers(rehema, wanjiku, amina):
    given = consented(wanjiku, rehema, witness="Sister Agnes", guardian="Her aunt Atieno")
    refused(wanjiku, rehema)
    consents.withdraw_consent(consent=given, reason="He found out", by=actor(wanjiku))
    consents.say_wish(person=rehema, level=Level.CONFIDENTIAL, by=actor(wanjiku))
    row = overridden(wanjiku, rehema, TO_EMBASSY)
    consents.second_override(override=row, by=actor(amina))
    notice = OverrideNotice.objects.get(staff=amina)
    consents.acknowledge_override(notice=notice, by=actor(amina))
    lines = Entry.objects.filter(verb__in=[
        "consent.given", "consent.refused", "consent.withdrawn", "consent.wished",
        "consent.overridden", "consent.seconded", "notice.read",
    ])  # fmt: skip
    assert lines.count() == 7
    written = b" ".join(bytes(line.body) for line in lines).decode()
    for secret in ("Tumaini", "Saudi", "Agnes", "Atieno", "found", "bleeds"):
        assert secret not in written


def test_names_and_reasons_are_not_in_the_database_in_plain(rehema, wanjiku):
    given = consented(wanjiku, rehema, witness="Sister Agnes")
    consents.withdraw_consent(consent=given, reason="He found out", by=actor(wanjiku))
    overridden(wanjiku, rehema)
    with connection.cursor() as cursor:
        for table in ("people_consent", "people_withdrawal", "people_override"):
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                kept = b" ".join(
                    bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row
                )
                for secret in (b"Tumaini", b"Agnes", b"found out", b"bleeds"):
                    assert secret not in kept


def test_a_consent_that_says_too_little_cannot_be_stored(rehema, wanjiku):
    given = consented(wanjiku, rehema)
    for wrong in (
        {"purpose": ""}, {"text_version": None}, {"kind": "anybody"}, {"kind": "x"},
        {"way": "x"}, {"says": "perhaps"}, {"until": given.given_at},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.filter(pk=given.pk).update(**wrong)


def facts_of(verb):
    return json.loads(bytes(Entry.objects.get(verb=verb).body))


def _spoken():
    from tests.people.consents_here import said

    return said()
