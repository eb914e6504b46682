"""What somebody allows, in tests."""

from nyumbani.cases.queries import consents as cases
from nyumbani.domain.consent.recipients import HOUSE, Kind, Recipient
from nyumbani.domain.consent.rule import Use
from nyumbani.domain.consent.terms import Cause, Field, Purpose, Way
from nyumbani.kit import clock
from nyumbani.people.actions import consents
from nyumbani.people.actions.consents import Saying
from tests.people_here import actor, viewer

CLINIC = Recipient(Kind.PARTNER, "Tumaini Clinic")
EMBASSY = Recipient(Kind.STATE, "Saudi Embassy")
TO_CLINIC = Use(Purpose.REFERRAL, CLINIC, frozenset({Field.NAME, Field.HEALTH}))
COUNTED = Use(Purpose.STATISTICS, HOUSE)


def said(**more):
    """Spoken in Kiswahili, now."""
    return Saying(**({"language": "sw", "way": Way.SPOKEN, "at": clock.now(), "text_version": 1}
                     | more))  # fmt: skip


def consented(staff, person, use=TO_CLINIC, *, until=None, **how):
    return consents.give_consent(
        person=person, use=use, said=said(**how), until=until, by=actor(staff)
    )


def refused(staff, person, recipient=EMBASSY, purpose=None):
    return consents.say_never(
        person=person, recipient=recipient, purpose=purpose, said=said(), by=actor(staff)
    )


def overridden(staff, person, use=TO_CLINIC, *, reason="She bleeds and cannot speak"):
    return consents.override_without_consent(
        person=person, use=use, cause=Cause.LIFE, reason=reason, by=actor(staff),
        told=cases.told_of_override(viewer(staff), person),
    )  # fmt: skip
