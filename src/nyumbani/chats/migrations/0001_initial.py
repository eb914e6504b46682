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
            name="Chat",
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
                ("title", nyumbani.vault.fields.SealedTextField(default="")),
                ("title_digest", models.CharField(max_length=64)),
                ("brought_at", models.DateTimeField()),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["-brought_at", "-id"],
                "indexes": [models.Index(fields=["case", "title_digest"], name="chats_by_title")],
            },
        ),
        migrations.CreateModel(
            name="ChatExport",
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
                ("number", models.PositiveIntegerField(null=True)),
                ("brought_at", models.DateTimeField()),
                ("name", nyumbani.vault.fields.SealedTextField()),
                ("path", models.CharField(max_length=80)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("zone", models.CharField(max_length=64)),
                (
                    "order",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dmy", "the day first"),
                            ("mdy", "the month first"),
                            ("ymd", "the year first"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be read"),
                            ("asking", "Waits for an answer"),
                            ("reading", "Being read"),
                            ("done", "Read"),
                            ("failed", "Not read"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("question", nyumbani.vault.fields.SealedJSONField(null=True)),
                ("why", nyumbani.vault.fields.SealedTextField(null=True)),
                ("read_bytes", models.PositiveBigIntegerField(default=0)),
                ("text_bytes", models.PositiveBigIntegerField(default=0)),
                ("lines_new", models.PositiveIntegerField(default=0)),
                ("lines_known", models.PositiveIntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "chat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chats.chat",
                    ),
                ),
            ],
            options={
                "ordering": ["-brought_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("case__isnull", False)),
                        fields=("case", "sha256"),
                        name="a_file_once_a_case",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("brought_by__isnull", False), ("case", None)),
                        fields=("brought_by", "sha256"),
                        name="a_file_once_a_colleague",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("brought_by", None), ("case", None)),
                        fields=("sha256",),
                        name="a_file_once_by_command",
                    ),
                    models.UniqueConstraint(fields=("chat", "number"), name="exports_are_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "asking", "reading", "done", "failed"])
                        ),
                        name="export_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                ("chat__isnull", False),
                                ("done_at__isnull", False),
                                ("read_bytes", models.F("text_bytes")),
                            ),
                            _connector="OR",
                        ),
                        name="a_read_export_is_read_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chat", None), ("number", None)),
                            models.Q(("chat__isnull", False), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_export_has_its_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("question__isnull", False), ("state", "asking")),
                            models.Q(
                                models.Q(("state", "asking"), _negated=True), ("question", None)
                            ),
                            _connector="OR",
                        ),
                        name="who_asks_has_a_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), ("why__isnull", False)),
                            models.Q(models.Q(("state", "failed"), _negated=True), ("why", None)),
                            _connector="OR",
                        ),
                        name="what_failed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("read_bytes__lte", models.F("text_bytes"))),
                        name="no_more_is_read_than_there_is",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChatLine",
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
                            ("message", "message"),
                            ("system", "WhatsApp about the group"),
                            ("media", "file"),
                            ("deleted", "taken back"),
                            ("edited", "edited"),
                            ("call", "call"),
                            ("unparsed", "not understood"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", nyumbani.vault.fields.SealedTextField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("shown_at", models.DateTimeField()),
                ("place", models.PositiveBigIntegerField()),
                ("byte_start", models.PositiveBigIntegerField()),
                ("byte_end", models.PositiveBigIntegerField()),
                ("flags", models.JSONField(default=list)),
                ("digest", models.CharField(max_length=64)),
                (
                    "chat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chats.chat",
                    ),
                ),
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chats.chatexport",
                    ),
                ),
            ],
            options={
                "ordering": ["shown_at", "place"],
            },
        ),
        migrations.CreateModel(
            name="ChatFile",
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
                ("name", nyumbani.vault.fields.SealedTextField()),
                ("name_digest", models.CharField(max_length=64)),
                (
                    "keeping",
                    models.CharField(
                        choices=[("kept", "here"), ("refused", "only in the sealed original")],
                        max_length=8,
                    ),
                ),
                ("size", models.PositiveBigIntegerField()),
                ("path", models.CharField(blank=True, max_length=80)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("why", models.CharField(blank=True, max_length=120)),
                (
                    "chat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chats.chat",
                    ),
                ),
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chats.chatexport",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chats.chatline",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["chat", "name_digest"], name="files_by_name")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("export", "name_digest"), name="a_file_once_an_export"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("keeping", "kept"),
                                ("why", ""),
                                models.Q(("path", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            models.Q(
                                ("keeping", "refused"),
                                ("path", ""),
                                ("sha256", ""),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_file_is_here_or_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChatSender",
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
                ("name", nyumbani.vault.fields.SealedTextField()),
                ("number", nyumbani.vault.fields.SealedTextField(default="")),
                ("name_digest", models.CharField(max_length=64)),
                ("lines", models.PositiveIntegerField(default=0)),
                ("first_at", models.DateTimeField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                ("is_one_off", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "chat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chats.chat",
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
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-lines", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chat", "name_digest"), name="a_name_once_a_chat"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("person", None)),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("person__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="who_it_is_was_said_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_one_off", True), ("lines", 1)),
                            models.Q(("is_one_off", False), models.Q(("lines", 1), _negated=True)),
                            _connector="OR",
                        ),
                        name="one_off_is_one_line",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="chatline",
            name="sender",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="chats.chatsender",
            ),
        ),
        migrations.AddIndex(
            model_name="chatline",
            index=models.Index(fields=["chat", "shown_at", "place"], name="chat_by_time"),
        ),
        migrations.AddConstraint(
            model_name="chatline",
            constraint=models.UniqueConstraint(
                fields=("chat", "digest"), name="a_line_once_a_chat"
            ),
        ),
        migrations.AddConstraint(
            model_name="chatline",
            constraint=models.UniqueConstraint(
                fields=("export", "byte_start"), name="a_byte_once_an_export"
            ),
        ),
        migrations.AddConstraint(
            model_name="chatline",
            constraint=models.CheckConstraint(
                condition=models.Q(("byte_start__lt", models.F("byte_end"))),
                name="a_line_has_bytes",
            ),
        ),
        migrations.AddConstraint(
            model_name="chatline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("system", "unparsed")), ("sender", None)),
                    models.Q(
                        (
                            "kind__in",
                            ["message", "system", "media", "deleted", "edited", "call", "unparsed"],
                        ),
                        models.Q(("kind__in", ("system", "unparsed")), _negated=True),
                        ("sender__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_message_has_a_sender",
            ),
        ),
        migrations.AddConstraint(
            model_name="chatline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_at__isnull", False), ("kind", "unparsed"), _connector="OR"
                ),
                name="only_the_unread_has_no_time",
            ),
        ),
    ]
