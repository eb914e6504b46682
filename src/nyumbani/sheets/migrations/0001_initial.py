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
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BroughtSheet",
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
                ("brought_at", models.DateTimeField()),
                ("name", nyumbani.vault.fields.SealedTextField()),
                ("path", models.CharField(max_length=80)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("encoding", models.CharField(blank=True, max_length=12)),
                ("separator", models.CharField(blank=True, max_length=1)),
                ("page", models.PositiveSmallIntegerField(default=0)),
                ("columns", nyumbani.vault.fields.SealedJSONField(default=dict)),
                ("decided", nyumbani.vault.fields.SealedJSONField(default=dict)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("reporter", "Reporter"),
                            ("in_distress", "In distress"),
                            ("family", "Family"),
                            ("witness", "Witness"),
                        ],
                        default="in_distress",
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for you"),
                            ("adding", "People are being added"),
                            ("done", "Added"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "brought_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["-brought_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "sha256"), name="a_list_once_a_case"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "adding", "done"])),
                        name="sheet_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"), ("added_by__isnull", False), _connector="OR"
                        ),
                        name="who_adds_people_has_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TakenLine",
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
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("said", nyumbani.vault.fields.SealedJSONField()),
                ("taken_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
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
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sheets.broughtsheet",
                    ),
                ),
            ],
            options={
                "ordering": ["taken_at", "number"],
                "indexes": [models.Index(fields=["person"], name="lines_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "digest"), name="a_list_s_line_once_a_case"
                    )
                ],
            },
        ),
    ]
