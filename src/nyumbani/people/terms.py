"""The words of this room."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from nyumbani.domain.consent.recipients import Kind
from nyumbani.domain.consent.terms import Cause, Field, Level, Purpose, Way

TELEPHONES = ("wa_id", "msisdn")
"""Kinds of identifiers whose value is a telephone number: people remember its last figures."""


class NameSource(models.TextChoices):
    """Where a name comes from: what a profile shows is not what she is called."""

    PROFILE = "profile", _("shown on the profile")
    SAID = "said", _("said by her or about her")
    DOCUMENT = "document", _("read in a document")


class PairStanding(models.TextChoices):
    """Whether two rows are one person: nothing merges alone."""

    OPEN = "open", _("not decided yet")
    SAME = "same", _("the same person")
    DIFFERENT = "different", _("two people")


class PairReason(models.TextChoices):
    """What made us put two people side by side."""

    SHARED_IDENTIFIER = "shared_identifier", _("one message carried identifiers of both")
    CHANGED_NUMBER = "changed_number", _("the platform says a number of one now belongs to both")
    SAME_NUMBER = "same_number", _("the same number on two channels")


class Language(models.TextChoices):
    """Languages people who write to us speak, each under its own name; more are added here."""

    SWAHILI = "sw", "Kiswahili"
    ENGLISH = "en", "English"
    ARABIC = "ar", "العربية"
    LUO = "luo", "Dholuo"
    KIKUYU = "ki", "Gĩkũyũ"
    KAMBA = "kam", "Kĩkamba"
    LUHYA = "luy", "Luluhya"
    KALENJIN = "kln", "Kalenjin"
    SOMALI = "so", "Soomaali"
    AMHARIC = "am", "አማርኛ"
    OROMO = "om", "Afaan Oromoo"
    GANDA = "lg", "Luganda"
    KINYARWANDA = "rw", "Ikinyarwanda"
    FRENCH = "fr", "Français"


ARE_TOLD = 2
"""So many people learn of what is done without consent; where they are fewer the ledger says so."""


class Says(models.TextChoices):
    """A row of consent: she agreed to something, or refused it for good."""

    AGREES = "agrees"
    NEVER = "never"


PURPOSES = [
    (Purpose.CASEWORK.value, _("work on her case")),
    (Purpose.REFERRAL.value, _("sending her to a partner who helps")),
    (Purpose.POLICE.value, _("a report to the police")),
    (Purpose.COURT.value, _("use in court")),
    (Purpose.STATISTICS.value, _("counting, without her name")),
    (Purpose.MEDIA.value, _("pictures and media")),
    (Purpose.FAMILY.value, _("talking with her family")),
]
FIELDS = [
    (Field.NAME.value, _("her name")),
    (Field.BIRTH.value, _("when and where she was born")),
    (Field.NATIONALITY.value, _("her nationality")),
    (Field.CONTACT.value, _("her numbers and accounts")),
    (Field.WHEREABOUTS.value, _("where she is")),
    (Field.FAMILY.value, _("who her family is")),
    (Field.WORK.value, _("her work, employer and recruiter")),
    (Field.STORY.value, _("what happened to her")),
    (Field.HEALTH.value, _("her health")),
    (Field.PAPERS.value, _("her papers")),
    (Field.PHOTO.value, _("pictures of her")),
]
KINDS = [
    (Kind.HOUSE.value, _("us alone")),
    (Kind.HELPERS.value, _("us and every partner who helps her")),
    (Kind.PARTNER.value, _("a partner")),
    (Kind.STATE.value, _("a state body")),
    (Kind.FAMILY.value, _("her family")),
    (Kind.PUBLIC.value, _("media and the public")),
    (Kind.ANYBODY.value, _("anybody at all")),
]
WAYS = [
    (Way.SPOKEN.value, _("spoken")),
    (Way.SIGNED.value, _("signed")),
    (Way.THUMBPRINT.value, _("thumbprint")),
    (Way.MESSAGE.value, _("written or a sign in a message")),
]
LEVELS = [
    (Level.SHARE.value, _("what she agrees to may be shared")),
    (Level.CONFIDENTIAL.value, _("keep it to ourselves")),
    (Level.ANONYMOUS.value, _("she stays unnamed")),
]
CAUSES = [
    (Cause.LIFE.value, _("a life is at risk")),
    (Cause.CHILD.value, _("a child must be protected")),
    (Cause.LAW.value, _("the law demands it")),
]
"""The words of nyumbani.domain.consent, for pages: lists, so that the rule needs no framework."""


def codes(words: Iterable[tuple[str, object]]) -> list[str]:
    """What may stand in a column, of one of the lists above."""
    return [code for code, _label in words]
