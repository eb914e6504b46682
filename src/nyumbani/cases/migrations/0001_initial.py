import django.db.models.deletion
import nyumbani.domain.groups.events
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
            name="Case",
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
                ("title", nyumbani.vault.fields.SealedTextField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("intake", "First message"),
                            ("assessment", "Assessment"),
                            ("preparing", "Preparing"),
                            ("on_the_way", "On the way"),
                            ("home", "Home"),
                            ("closed", "Closed"),
                        ],
                        default="intake",
                        max_length=12,
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("now", "danger now"),
                            ("soon", "within a day"),
                            ("planned", "can be planned"),
                            ("unknown", "not known yet"),
                        ],
                        default="unknown",
                        max_length=8,
                    ),
                ),
                ("urgency_why", nyumbani.vault.fields.SealedTextField(default="")),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "intake",
                                    "assessment",
                                    "preparing",
                                    "on_the_way",
                                    "home",
                                    "closed",
                                ],
                            )
                        ),
                        name="stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgency__in", ["now", "soon", "planned", "unknown"])),
                        name="urgency_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "closed"), ("closed_at__isnull", False)),
                            models.Q(
                                models.Q(("stage", "closed"), _negated=True), ("closed_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="a_closed_case_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BrokenGlass",
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
                ("reason", nyumbani.vault.fields.SealedTextField()),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "staff",
                    models.ForeignKey(
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "Lead"), ("team", "Team")], default="team", max_length=8
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
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
                "indexes": [models.Index(fields=["staff", "until"], name="cases_of_staff")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("case", "staff"),
                        name="staff_once_in_a_case",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "lead"), ("until", None)),
                        fields=("case",),
                        name="one_lead_per_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
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
                    "matter",
                    models.CharField(
                        choices=[
                            ("mistreatment", "Mistreatment"),
                            ("passport_withheld", "Passport withheld"),
                            ("confinement", "Locked in"),
                            ("unpaid_wages", "Wages not paid"),
                            ("health", "Health"),
                            ("place", "Where she is"),
                            ("safe_contact", "When and how to write to her"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", nyumbani.vault.fields.SealedTextField()),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("alleged", "alleged"),
                            ("established", "established"),
                            ("contradicted", "contradicted"),
                        ],
                        default="alleged",
                        max_length=12,
                    ),
                ),
                ("said_at", models.DateTimeField()),
                ("written_at", models.DateTimeField()),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-said_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("standing", "alleged"),
                            models.Q(("judged_at__isnull", False), ("judged_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_fact_is_alleged_until_somebody_judged",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupEvent",
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
                        choices=[("joined", "joined"), ("left", "left"), ("became", "became")],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contacted", "contacted"),
                            ("confirmed", "confirmed"),
                            ("left_the_house", "left_the_house"),
                            ("papers", "papers"),
                            ("cleared", "cleared"),
                            ("travelling", "travelling"),
                            ("arrived", "arrived"),
                            ("sheltered", "sheltered"),
                            ("lost", "lost"),
                            ("detained", "detained"),
                            ("hospital", "hospital"),
                            ("deceased", "deceased"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("is_child", models.BooleanField(default=False)),
                (
                    "brought_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("word", "somebody told us of her"),
                            ("message", "she wrote to us"),
                            ("group_chat", "a group chat"),
                            ("list", "a list"),
                            ("birth", "she was born"),
                            ("staff", "a colleague met her"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("known_at", models.DateTimeField()),
                ("whose_word", nyumbani.vault.fields.SealedTextField(default="")),
                ("why", nyumbani.vault.fields.SealedTextField(default="")),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("taken_back_why", nyumbani.vault.fields.SealedTextField(default="")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "confirmed_by",
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
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "known_at", "id"],
                "indexes": [models.Index(fields=["case", "at"], name="group_events_of_a_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    nyumbani.domain.groups.events.Kind["JOINED"],
                                    nyumbani.domain.groups.events.Kind["LEFT"],
                                    nyumbani.domain.groups.events.Kind["BECAME"],
                                ],
                            )
                        ),
                        name="group_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", nyumbani.domain.groups.events.Kind["BECAME"]),
                                (
                                    "state__in",
                                    [
                                        nyumbani.domain.groups.events.State["CONTACTED"],
                                        nyumbani.domain.groups.events.State["CONFIRMED"],
                                        nyumbani.domain.groups.events.State["LEFT_THE_HOUSE"],
                                        nyumbani.domain.groups.events.State["PAPERS"],
                                        nyumbani.domain.groups.events.State["CLEARED"],
                                        nyumbani.domain.groups.events.State["TRAVELLING"],
                                        nyumbani.domain.groups.events.State["ARRIVED"],
                                        nyumbani.domain.groups.events.State["SHELTERED"],
                                        nyumbani.domain.groups.events.State["LOST"],
                                        nyumbani.domain.groups.events.State["DETAINED"],
                                        nyumbani.domain.groups.events.State["HOSPITAL"],
                                        nyumbani.domain.groups.events.State["DECEASED"],
                                    ],
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    ("kind", nyumbani.domain.groups.events.Kind["BECAME"]),
                                    _negated=True,
                                ),
                                ("state", ""),
                            ),
                            _connector="OR",
                        ),
                        name="a_state_belongs_to_what_somebody_became",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "brought_by__in",
                                    ["word", "message", "group_chat", "list", "birth", "staff"],
                                ),
                                ("kind", nyumbani.domain.groups.events.Kind["JOINED"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("kind", nyumbani.domain.groups.events.Kind["JOINED"]),
                                    _negated=True,
                                ),
                                ("brought_by", ""),
                                ("is_child", False),
                            ),
                            _connector="OR",
                        ),
                        name="something_brought_whoever_came",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("at__lte", models.F("known_at"))),
                        name="nothing_is_written_down_beforehand",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at", None), ("taken_back_by", None)),
                            models.Q(
                                ("taken_back_at__isnull", False), ("taken_back_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="somebody_took_a_group_event_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("state", nyumbani.domain.groups.events.State["DECEASED"]),
                                models.Q(("confirmed_by", models.F("written_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_death_is_confirmed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
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
                    "part",
                    models.CharField(
                        choices=[
                            ("reporter", "Reporter"),
                            ("in_distress", "In distress"),
                            ("family", "Family"),
                            ("witness", "Witness"),
                        ],
                        max_length=12,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
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
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["since", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("case", "person"),
                        name="a_person_once_in_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("part__in", ["reporter", "in_distress", "family", "witness"])
                        ),
                        name="part_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
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
                ("text", nyumbani.vault.fields.SealedTextField()),
                ("written_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-written_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "glass",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.brokenglass",
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
        ),
        migrations.CreateModel(
            name="Task",
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
                ("title", nyumbani.vault.fields.SealedTextField()),
                ("due_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "assignee",
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
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
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
            ],
            options={
                "ordering": [models.OrderBy(models.F("due_at"), nulls_last=True), "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_done_task_says_by_whom",
                    )
                ],
            },
        ),
    ]
