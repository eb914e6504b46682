import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import nyumbani.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "accounts_counter",
            },
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "id",
                    models.CharField(
                        default=nyumbani.kit.ids.new,
                        editable=False,
                        max_length=26,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        max_length=63,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9][a-z0-9._-]{1,62}\\Z",
                                "Use 2 to 63 small letters a-z, digits, dots, hyphens or underscores.",
                            )
                        ],
                        verbose_name="sign-in name",
                    ),
                ),
                ("display_name", models.CharField(max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("language", models.CharField(blank=True, max_length=8, verbose_name="language")),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("username", django.db.models.functions.text.Lower("username"))
                        ),
                        name="accounts_staff_username_lower",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("username", ""), _negated=True),
                            models.Q(("display_name", ""), _negated=True),
                        ),
                        name="accounts_staff_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameUsed",
            fields=[
                ("folded", models.CharField(max_length=960, primary_key=True, serialize=False)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SetupLink",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=nyumbani.kit.ids.new,
                        editable=False,
                        max_length=26,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first_administrator", "First administrator"),
                            ("invitation", "Invitation of a colleague"),
                            ("demo", "Way into the demonstration"),
                        ],
                        max_length=20,
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("waits", models.BooleanField(default=False)),
                (
                    "staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "invitation"), ("staff__isnull", False)),
                            models.Q(
                                models.Q(("kind", "invitation"), _negated=True),
                                ("staff__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_link_names_whom_it_invites",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                        name="accounts_link_expires",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=nyumbani.kit.ids.new,
                        editable=False,
                        max_length=26,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "matter",
                    models.CharField(
                        choices=[("link", "set-up link"), ("role", "role")], max_length=8
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("caseworker", "Caseworker"),
                            ("coordinator", "Coordinator"),
                            ("escort", "Escort"),
                            ("document_officer", "Document officer"),
                            ("aftercare_worker", "Aftercare worker"),
                            ("trainer", "Trainer"),
                            ("legal_officer", "Legal officer"),
                            ("data_officer", "Data officer"),
                            ("director", "Director"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "agreed"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("waived", "there was no director to ask"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.setuplink",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("matter", "role"),
                                (
                                    "role__in",
                                    [
                                        "caseworker",
                                        "coordinator",
                                        "escort",
                                        "document_officer",
                                        "aftercare_worker",
                                        "trainer",
                                        "legal_officer",
                                        "data_officer",
                                        "director",
                                        "administrator",
                                    ],
                                ),
                            ),
                            models.Q(("matter", "link"), ("role", "")),
                            _connector="OR",
                        ),
                        name="accounts_proposal_of_a_role_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("outcome", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("outcome__in", ["agreed", "declined", "withdrawn", "waived"]),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_proposal_ends_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked_by", models.F("decided_by")), _negated=True),
                        name="accounts_proposal_two_people",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("staff", "matter", "role"),
                        name="accounts_proposal_waits_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=nyumbani.kit.ids.new,
                        editable=False,
                        max_length=26,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("caseworker", "Caseworker"),
                            ("coordinator", "Coordinator"),
                            ("escort", "Escort"),
                            ("document_officer", "Document officer"),
                            ("aftercare_worker", "Aftercare worker"),
                            ("trainer", "Trainer"),
                            ("legal_officer", "Legal officer"),
                            ("data_officer", "Data officer"),
                            ("director", "Director"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("staff", "role"),
                        name="accounts_role_held_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="accounts_role_until_after_since",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "caseworker",
                                    "coordinator",
                                    "escort",
                                    "document_officer",
                                    "aftercare_worker",
                                    "trainer",
                                    "legal_officer",
                                    "data_officer",
                                    "director",
                                    "administrator",
                                ],
                            )
                        ),
                        name="accounts_role_known",
                    ),
                ],
            },
        ),
    ]
