"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
