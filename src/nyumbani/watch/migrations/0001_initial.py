import django.db.models.deletion
import nyumbani.kit.ids
import nyumbani.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("looked_at", models.DateTimeField()),
                ("slept_from", models.DateTimeField(null=True)),
                ("slept_until", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_watch_a_house"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("slept_from", None), ("slept_until", None)),
                            models.Q(("slept_from__isnull", False), ("slept_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_sleep_has_two_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
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
                    "tier",
                    models.CharField(
                        choices=[
                            ("first", "asked first"),
                            ("second", "stands in"),
                            ("office", "office hours: everybody answers"),
                        ],
                        max_length=8,
                    ),
                ),
                ("days", models.CharField(max_length=7)),
                ("start", models.TimeField()),
                ("end", models.TimeField()),
                ("zone", models.CharField(max_length=40)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "ordering": ["tier", "start", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ["first", "second", "office"])),
                        name="tier_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("staff", None), ("tier", "office")),
                            models.Q(
                                models.Q(("tier", "office"), _negated=True),
                                ("staff__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_shift_has_somebody_the_office_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days", ""), _negated=True),
                        name="a_shift_falls_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day", None),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="a_shift_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
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
                ("day", models.DateField()),
                ("why", nyumbani.vault.fields.SealedTextField(default="")),
                ("made_at", models.DateTimeField()),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="watch.shift",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True),
                        name="a_handover_has_two",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sign",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("called", "We talked with her on the telephone"),
                            ("seen", "Somebody met her"),
                            ("told", "Somebody who is with her told us"),
                            ("elsewhere", "She wrote elsewhere"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("note", nyumbani.vault.fields.SealedTextField(default="")),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
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
                "indexes": [models.Index(fields=["person", "-at"], name="signs_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["called", "seen", "told", "elsewhere"])),
                        name="life_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("at__lte", models.F("noted_at"))),
                        name="a_sign_lies_in_the_past",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Silence",
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
                ("since", models.DateTimeField()),
                ("minutes", models.PositiveIntegerField()),
                ("raised_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("heard", "she was heard again"), ("staff", "settled by staff")],
                        max_length=8,
                    ),
                ),
                ("settled_how", nyumbani.vault.fields.SealedTextField(default="")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["since", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["since"],
                        name="silences_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("person",),
                        name="one_silence_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ending", ""), ("settled_at", None), ("settled_by", None)),
                            models.Q(
                                ("ending", "heard"),
                                ("settled_at__isnull", False),
                                ("settled_by", None),
                            ),
                            models.Q(
                                ("ending", "staff"),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_silence_ends_in_one_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("minutes", models.PositiveIntegerField()),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
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
                            (
                                "name__in",
                                [
                                    "silent.now",
                                    "silent.soon",
                                    "silent.unknown",
                                    "silent.planned",
                                    "unanswered.now",
                                    "unanswered.soon",
                                    "unanswered.unknown",
                                    "unanswered.planned",
                                    "climb.duty",
                                    "climb.coordinator",
                                    "climb.director",
                                ],
                            )
                        ),
                        name="figure_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gt", 0)), name="figure_is_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Limit",
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
                ("hours", models.PositiveSmallIntegerField()),
                ("waits", models.BooleanField(default=False)),
                ("why", nyumbani.vault.fields.SealedTextField(default="")),
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
                        name="one_limit_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0)), name="a_limit_is_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
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
                ("until", models.DateTimeField()),
                ("why", nyumbani.vault.fields.SealedTextField()),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
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
                "ordering": ["until", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("begun_at"))),
                        name="a_pause_lasts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="who_ends_a_pause_is_named",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("person",),
                        name="one_pause_at_a_time",
                    ),
                ],
            },
        ),
    ]
