import django.db.models.deletion
import nyumbani.kit.ids
import nyumbani.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("cases", "0001_initial"),
        ("inbox", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Broadcast",
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
                ("seal_scope", models.CharField(default="house", editable=False, max_length=64)),
                ("subject", nyumbani.vault.fields.SealedTextField()),
                (
                    "aim",
                    models.CharField(
                        choices=[
                            ("group", "people of a case"),
                            ("waiting", "people who wait for an answer"),
                            ("silent", "people not heard from for some days"),
                            ("language", "people who speak a language"),
                            ("mine", "people whom I answer"),
                        ],
                        max_length=12,
                    ),
                ),
                ("aim_value", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("going", "being sent"),
                            ("stopped", "stopped"),
                            ("done", "written to all"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("fallback", models.CharField(max_length=8)),
                ("patience", models.PositiveSmallIntegerField()),
                ("kinds_let_stand", models.CharField(blank=True, max_length=120)),
                ("let_stand_why", nyumbani.vault.fields.SealedTextField(default="")),
                ("made_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stopped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.template",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "going", "stopped", "done"])),
                        name="many_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("aim__in", ["group", "waiting", "silent", "language", "mine"])
                        ),
                        name="many_aim_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("aim", "group"), ("case__isnull", False)),
                            models.Q(models.Q(("aim", "group"), _negated=True), ("case", None)),
                            _connector="OR",
                        ),
                        name="a_group_is_of_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("begun_at", None), ("begun_by", None), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("begun_at__isnull", False),
                                ("begun_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="what_goes_was_begun_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "stopped"), _negated=True),
                            models.Q(("stopped_at__isnull", False), ("stopped_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="what_stopped_names_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BroadcastWords",
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
                ("seal_scope", models.CharField(default="house", editable=False, max_length=64)),
                ("language", models.CharField(max_length=8)),
                ("text", nyumbani.vault.fields.SealedTextField()),
                (
                    "broadcast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="broadcasts.broadcast",
                    ),
                ),
            ],
            options={
                "ordering": ["broadcast", "language"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("broadcast", "language"), name="a_language_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
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
                ("seal_scope", models.CharField(default="house", editable=False, max_length=64)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("pending", "not yet"),
                            ("written", "written"),
                            ("refused", "not written"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="pending",
                        max_length=12,
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=8)),
                ("language_why", models.CharField(blank=True, max_length=12)),
                ("outcome", nyumbani.vault.fields.SealedJSONField(default=dict)),
                (
                    "broadcast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="broadcasts.broadcast",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["broadcast", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("step", "pending")),
                        fields=["broadcast", "id"],
                        name="many_pending",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("broadcast", "person"), name="everybody_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["pending", "written", "refused", "withdrawn"])
                        ),
                        name="step_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.message",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="broadcasts.recipient",
                    ),
                ),
            ],
            options={
                "ordering": ["recipient", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recipient", "number"), name="a_letter_at_a_time"
                    )
                ],
            },
        ),
    ]
