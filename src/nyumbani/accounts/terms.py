"""The words of this room: what staff do here, what a set-up link is for, who lives in the demo."""

import unicodedata

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# ASCII only: "lower" must mean the same on SQLite and PostgreSQL, and no two names may look alike.
SIGN_IN_NAME = RegexValidator(
    r"\A[a-z0-9][a-z0-9._-]{1,62}\Z",
    _("Use 2 to 63 small letters a-z, digits, dots, hyphens or underscores."),
)


class Role(models.TextChoices):
    """What somebody does in the organisation; one person may have several roles."""

    CASEWORKER = "caseworker", _("Caseworker")
    COORDINATOR = "coordinator", _("Coordinator")
    ESCORT = "escort", _("Escort")
    DOCUMENT_OFFICER = "document_officer", _("Document officer")
    AFTERCARE_WORKER = "aftercare_worker", _("Aftercare worker")
    TRAINER = "trainer", _("Trainer")
    LEGAL_OFFICER = "legal_officer", _("Legal officer")
    DATA_OFFICER = "data_officer", _("Data officer")
    DIRECTOR = "director", _("Director")
    ADMINISTRATOR = "administrator", _("Administrator")


class LinkKind(models.TextChoices):
    """What a set-up link opens, once."""

    FIRST_ADMINISTRATOR = "first_administrator", _("First administrator")
    INVITATION = "invitation", _("Invitation of a colleague")
    DEMO = "demo", _("Way into the demonstration")


class Matter(models.TextChoices):
    """What an administrator wants and a director has to agree to."""

    LINK = "link", _("set-up link")
    ROLE = "role", _("role")


class Outcome(models.TextChoices):
    """How it ended."""

    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    WAIVED = "waived", _("there was no director to ask")


class NotPossible(Exception):
    """Something staff asked for cannot be done; the text says why, in words for the page."""


class LinkClosed(Exception):
    """A set-up link is wrong, used or too old; which of the three is nobody's business."""


def folded(name: str) -> str:
    """A name as one reads it: without capitals, widths, marks that cannot be seen, extra spaces.

    Letters of other scripts that only look alike stay different (Latin and Cyrillic "a").
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    seen = (" " if sign.isspace() else sign for sign in plain if unicodedata.category(sign) != "Cf")
    return " ".join("".join(seen).split())


INVENTED = {
    Role.CASEWORKER: ("wanjiku", "Wanjiku"),
    Role.COORDINATOR: ("otieno", "Otieno"),
    Role.ESCORT: ("kamau", "Kamau"),
    Role.DOCUMENT_OFFICER: ("njeri", "Njeri"),
    Role.AFTERCARE_WORKER: ("halima", "Halima"),
    Role.TRAINER: ("mutiso", "Mutiso"),
    Role.LEGAL_OFFICER: ("akinyi", "Akinyi"),
    Role.DATA_OFFICER: ("barasa", "Barasa"),
    Role.DIRECTOR: ("amina", "Amina"),
    Role.ADMINISTRATOR: ("cherono", "Cherono"),
}
"""The demonstration's staff: sign-in name and name of the one person who has the role."""
