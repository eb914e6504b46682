"""Staff, what they may do and since when, the links by which they come in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from nyumbani.accounts.terms import SIGN_IN_NAME, LinkKind, Matter, Outcome, Role
from nyumbani.kit import ids


class StaffManager(BaseUserManager["Staff"]):
    """Lets Django find somebody by sign-in name, however it was typed."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """The one whose sign-in name this is; capitals do not matter."""
        return self.get(username=(username or "").lower())


class Staff(AbstractBaseUser):
    """Somebody who works here. There is no all-powerful account: what one may do are roles."""

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    username = models.CharField(
        _("sign-in name"), max_length=63, unique=True, validators=[SIGN_IN_NAME]
    )
    display_name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)  # "": as the browser says
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True)

    objects = StaffManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")),
                name="accounts_staff_username_lower",
            ),
            models.CheckConstraint(
                condition=~models.Q(username="") & ~models.Q(display_name=""),
                name="accounts_staff_named",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class NameUsed(models.Model):
    """A name somebody goes or went by, folded (terms.folded): no colleague takes it after them."""

    folded = models.CharField(primary_key=True, max_length=960)  # one sign may unfold into many
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"a name of {self.staff_id}"


class RoleGrant(models.Model):
    """That somebody has a role, since when, until when; grants end, they are not deleted."""

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    # Empty where no colleague gave it: the first administrator and the demonstration.
    granted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "role"],
                condition=models.Q(until__isnull=True),
                name="accounts_role_held_once",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="accounts_role_until_after_since",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="accounts_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.staff_id}"


class SetupLink(models.Model):
    """A link that lets one person in, once. The token itself is shown once and never stored."""

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token, hexadecimal
    kind = models.CharField(max_length=20, choices=LinkKind.choices)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    waits = models.BooleanField(default=False)  # opens nothing until a director has agreed

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=LinkKind.INVITATION, staff__isnull=False)
                | (~models.Q(kind=LinkKind.INVITATION) & models.Q(staff__isnull=True)),
                name="accounts_link_names_whom_it_invites",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")),
                name="accounts_link_expires",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Proposal(models.Model):
    """That an administrator wants somebody to come in, or to do work, where cases are read.

    It counts once a director, who is not the one who asked, has agreed.
    """

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    matter = models.CharField(max_length=8, choices=Matter.choices)
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    link = models.ForeignKey(SetupLink, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    # Empty where nobody had to agree, where it was withdrawn, and on the machine itself.
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(matter=Matter.ROLE, role__in=Role.values)
                | models.Q(matter=Matter.LINK, role=""),
                name="accounts_proposal_of_a_role_names_it",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_at=None, decided_by=None)
                | models.Q(outcome__in=Outcome.values, decided_at__isnull=False),
                name="accounts_proposal_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("decided_by")),
                name="accounts_proposal_two_people",
            ),
            models.UniqueConstraint(
                fields=["staff", "matter", "role"],
                condition=models.Q(outcome=""),
                name="accounts_proposal_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.id}"


class Counter(models.Model):
    """How often something was tried lately, shared by all processes: the table of Django's cache.

    Sign-in limits and used-up codes live here, and how often somebody knocked at a public door
    (inbox.doorkeeper), under a keyed digest; nothing else reads or writes it.
    """

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_counter"

    def __str__(self) -> str:
        return self.cache_key
