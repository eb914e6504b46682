import django.db.models.deletion
import nyumbani.kit.ids
import nyumbani.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Findable",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "token",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("token", models.BigIntegerField()),
                ("number", models.PositiveIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Person",
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
                ("number", models.PositiveIntegerField(unique=True)),
                ("first_heard_at", models.DateTimeField()),
                ("languages", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("name", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Override",
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
                ("purpose", models.CharField(max_length=16)),
                ("kind", models.CharField(max_length=16)),
                ("recipient", nyumbani.vault.fields.SealedTextField()),
                ("fields", models.JSONField(default=list)),
                ("cause", models.CharField(max_length=8)),
                ("reason", nyumbani.vault.fields.SealedTextField()),
                ("at", models.DateTimeField()),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["person", "at"], name="overrides_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cause__in", ["life", "child", "law"]),
                            (
                                "kind__in",
                                [
                                    "house",
                                    "helpers",
                                    "partner",
                                    "state",
                                    "family",
                                    "public",
                                    "anybody",
                                ],
                            ),
                            (
                                "purpose__in",
                                [
                                    "casework",
                                    "referral",
                                    "police",
                                    "court",
                                    "statistics",
                                    "media",
                                    "family",
                                ],
                            ),
                            models.Q(("kind__in", ["anybody", "helpers"]), _negated=True),
                        ),
                        name="override_names_whom",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Identifier",
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
                ("space", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=16)),
                ("value", nyumbani.vault.fields.SealedTextField()),
                ("digest", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
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
                "ordering": ["-since", "-id"],
                "indexes": [models.Index(fields=["person", "until"], name="identifiers_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("digest",),
                        name="one_owner_per_identifier",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                ("says", models.CharField(max_length=8)),
                ("purpose", models.CharField(max_length=16)),
                ("kind", models.CharField(max_length=16)),
                ("recipient", nyumbani.vault.fields.SealedTextField()),
                ("fields", models.JSONField(default=list)),
                ("language", models.CharField(max_length=8)),
                ("text_version", models.PositiveIntegerField(null=True)),
                ("way", models.CharField(max_length=16)),
                ("witness", nyumbani.vault.fields.SealedTextField()),
                ("is_childs", models.BooleanField(default=False)),
                ("guardian", nyumbani.vault.fields.SealedTextField()),
                ("given_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("written_at", models.DateTimeField()),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "ordering": ["-given_at", "-id"],
                "indexes": [
                    models.Index(fields=["person", "given_at"], name="consents_of_person"),
                    models.Index(
                        condition=models.Q(("until__isnull", False)),
                        fields=["until"],
                        name="consents_running_out",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "purpose__in",
                                    [
                                        "casework",
                                        "referral",
                                        "police",
                                        "court",
                                        "statistics",
                                        "media",
                                        "family",
                                    ],
                                ),
                                ("says", "agrees"),
                                ("text_version__isnull", False),
                            ),
                            models.Q(
                                (
                                    "purpose__in",
                                    [
                                        "",
                                        "casework",
                                        "referral",
                                        "police",
                                        "court",
                                        "statistics",
                                        "media",
                                        "family",
                                    ],
                                ),
                                ("says", "never"),
                                ("until", None),
                            ),
                            _connector="OR",
                        ),
                        name="consent_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gt", models.F("given_at")), _connector="OR"
                        ),
                        name="consent_lasts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "house",
                                    "helpers",
                                    "partner",
                                    "state",
                                    "family",
                                    "public",
                                    "anybody",
                                ],
                            ),
                            models.Q(("kind", "anybody"), ("says", "agrees"), _negated=True),
                        ),
                        name="consent_names_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way__in", ["spoken", "signed", "thumbprint", "message"])
                        ),
                        name="consent_way_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonName",
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
                ("given", nyumbani.vault.fields.SealedTextField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("profile", "shown on the profile"),
                            ("said", "said by her or about her"),
                            ("document", "read in a document"),
                        ],
                        max_length=12,
                    ),
                ),
                ("heard_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
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
                "ordering": ["-heard_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["profile", "said", "document"])),
                        name="name_source_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafeContact",
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
                ("agreed", nyumbani.vault.fields.SealedJSONField()),
                ("agreed_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "ordering": ["-agreed_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("person",),
                        name="one_safe_contact_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seconding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "override",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secondings",
                        to="people.override",
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
                    models.UniqueConstraint(fields=("override", "staff"), name="seconded_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.CharField(max_length=16)),
                ("said_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-said_at", "-id"],
                "indexes": [models.Index(fields=["person", "said_at"], name="wishes_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["share", "confidential", "anonymous"])),
                        name="wish_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
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
                ("at", models.DateTimeField()),
                ("reason", nyumbani.vault.fields.SealedTextField()),
                ("written_at", models.DateTimeField()),
                (
                    "consent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="people.consent",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OverrideNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "override",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.override",
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
                        fields=("staff", "override"), name="told_once_of_override"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("shared_identifier", "one message carried identifiers of both"),
                            (
                                "changed_number",
                                "the platform says a number of one now belongs to both",
                            ),
                            ("same_number", "the same number on two channels"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("open", "not decided yet"),
                            ("same", "the same person"),
                            ("different", "two people"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
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
                    "left",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("left", "right"), name="a_pair_is_asked_once"),
                    models.CheckConstraint(
                        condition=models.Q(("left__lt", models.F("right"))), name="pair_is_ordered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("standing", "open")
                            ),
                            models.Q(
                                models.Q(("standing", "open"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_decided_pair_names_who",
                    ),
                ],
            },
        ),
    ]
