import django.db.models.deletion
import nyumbani.inbox.channels.events
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
            name="Attachment",
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
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("content", models.CharField(max_length=12)),
                ("mime_type", models.CharField(blank=True, max_length=100)),
                ("source", nyumbani.vault.fields.SealedJSONField(default=dict)),
                ("announced_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "keeping",
                    models.CharField(
                        choices=[
                            ("pending", "being fetched"),
                            ("kept", "here"),
                            ("changed", "here, but not the file the platform announced"),
                            ("expired", "no longer offered by the platform"),
                            ("refused", "not fetched, for safety"),
                        ],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("path", models.CharField(blank=True, max_length=80)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(null=True)),
                ("seconds", models.PositiveIntegerField(null=True)),
                ("why", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["message", "position"],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting to be sent"),
                            ("sending", "being sent"),
                            ("unknown", "not known whether it was sent"),
                            ("sent", "sent"),
                            ("failed", "not sent"),
                            ("delivered", "delivered"),
                            ("read", "read"),
                            ("played", "played"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("to_kind", models.CharField(max_length=16)),
                ("to", nyumbani.vault.fields.SealedTextField()),
                ("provider_id", nyumbani.vault.fields.SealedTextField(default="")),
                ("provider_digest", models.CharField(max_length=64, null=True, unique=True)),
                ("queued_at", models.DateTimeField()),
                ("held_until", models.DateTimeField(null=True)),
                ("override_why", nyumbani.vault.fields.SealedTextField(default="")),
                (
                    "held_why",
                    models.CharField(
                        choices=[
                            ("safe_time", "her safe time"),
                            ("people", "the platform's limit of people a day"),
                        ],
                        default="safe_time",
                        max_length=12,
                    ),
                ),
                ("turn_at", models.DateTimeField(null=True)),
                ("is_outside", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("played_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("code", models.IntegerField(null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["queued_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Bringing",
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
                ("media_id", nyumbani.vault.fields.SealedTextField()),
                ("brought_at", models.DateTimeField()),
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.attempt",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChannelAccount",
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
                ("channel", models.CharField(max_length=16)),
                ("account", models.CharField(max_length=64)),
                ("label", models.CharField(max_length=64)),
                ("secrets", nyumbani.vault.fields.SealedJSONField()),
                ("added_at", models.DateTimeField()),
                ("polled_to", models.CharField(blank=True, max_length=64)),
                ("heard_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("stopped_why", models.CharField(blank=True, max_length=80)),
                ("business", models.CharField(blank=True, max_length=64)),
                ("people_a_day", models.PositiveIntegerField(null=True)),
                ("is_shared", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("failed_why", models.CharField(blank=True, max_length=120)),
                ("token_until", models.DateTimeField(null=True)),
                ("token_asked_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["channel", "label"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "account"), name="one_row_per_account"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
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
                ("last_at", models.DateTimeField()),
                ("last_place", models.CharField(blank=True, max_length=32)),
                ("last_line", nyumbani.vault.fields.SealedTextField(default="")),
                (
                    "last_way",
                    models.CharField(
                        choices=[
                            ("in", "from her"),
                            ("out", "from us"),
                            ("echo", "from us, written on the organisation's own phone or page"),
                            ("notice", "notice"),
                        ],
                        default="in",
                        max_length=8,
                    ),
                ),
                (
                    "last_content",
                    models.CharField(
                        default=nyumbani.inbox.channels.events.Content["TEXT"], max_length=12
                    ),
                ),
                ("heard_at", models.DateTimeField(null=True)),
                ("came_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("mark", models.PositiveSmallIntegerField(null=True)),
                (
                    "joined_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-last_at", "-id"],
                "indexes": [
                    models.Index(fields=["-last_at", "-id"], name="inbox_newest_first"),
                    models.Index(fields=["owner", "-last_at", "-id"], name="inbox_of_owner"),
                    models.Index(
                        condition=models.Q(("joined_to", None), _negated=True),
                        fields=["joined_to"],
                        name="inbox_joined",
                    ),
                    models.Index(
                        condition=models.Q(("waiting_since__isnull", False)),
                        fields=["-last_at", "-id"],
                        name="inbox_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("mark__isnull", False)),
                        fields=["-last_at", "-id"],
                        name="inbox_marked",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("joined_to", models.F("id")), _negated=True),
                        name="no_conversation_inside_itself",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConversationNote",
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
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversation",
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
                "ordering": ["written_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Join",
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
                ("why", nyumbani.vault.fields.SealedTextField(default="")),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "joined",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversation",
                    ),
                ),
                (
                    "main",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversation",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("joined",),
                        name="joined_into_one_alone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("main", models.F("joined")), _negated=True),
                        name="never_joined_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_undone_join_names_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
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
                ("channel", models.CharField(max_length=16)),
                ("account", models.CharField(blank=True, max_length=64)),
                ("received_at", models.DateTimeField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=26)),
                ("body", models.BinaryField()),
                (
                    "reading",
                    models.CharField(
                        choices=[
                            ("waiting", "not read yet"),
                            ("read", "read"),
                            ("odd", "read, with something not understood"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("events", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("reading", "read"), _negated=True),
                        fields=["id"],
                        name="journal_to_look_at",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "sha256"), name="one_entry_per_body")
                ],
            },
        ),
        migrations.CreateModel(
            name="Label",
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
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "plain"),
                            ("brand", "green"),
                            ("ok", "light green"),
                            ("warn", "amber"),
                            ("danger", "red"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("name_digest",),
                        name="a_label_of_a_name_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["", "brand", "ok", "warn", "danger"])),
                        name="label_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_ended_label_names_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConversationLabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversation",
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.label",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("label", "conversation"), name="a_label_once_a_thread"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
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
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversationnote",
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
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at", None)),
                        fields=["staff"],
                        name="mentions_not_seen",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("note", "staff"), name="mentioned_once_in_a_note"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                    "way",
                    models.CharField(
                        choices=[
                            ("in", "from her"),
                            ("out", "from us"),
                            ("echo", "from us, written on the organisation's own phone or page"),
                            ("notice", "notice"),
                        ],
                        max_length=8,
                    ),
                ),
                ("content", models.CharField(max_length=12)),
                ("text", nyumbani.vault.fields.SealedTextField(default="")),
                ("data", nyumbani.vault.fields.SealedJSONField(default=dict)),
                ("notes", models.JSONField(default=list)),
                ("provider_id", nyumbani.vault.fields.SealedTextField(default="")),
                ("provider_digest", models.CharField(max_length=64, null=True, unique=True)),
                ("answers_digest", models.CharField(blank=True, max_length=64)),
                ("sent_at", models.DateTimeField()),
                (
                    "place",
                    models.CharField(default=nyumbani.kit.ids.new, editable=False, max_length=32),
                ),
                ("received_at", models.DateTimeField()),
                ("is_past", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.channelaccount",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversation",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.journalentry",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at", "-place", "-id"],
                "indexes": [
                    models.Index(
                        fields=["conversation", "-sent_at", "-place", "-id"],
                        name="thread_newest_first",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["in", "out", "echo", "notice"])),
                        name="way_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "out"), _negated=True),
                            ("written_by__isnull", False),
                            _connector="OR",
                        ),
                        name="what_we_send_has_an_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enclosure",
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
                ("original_name", nyumbani.vault.fields.SealedTextField(default="")),
                ("original_path", models.CharField(max_length=80)),
                ("original_sha256", models.CharField(max_length=64)),
                ("original_size", models.PositiveBigIntegerField()),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.attachment",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.message",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="attempt",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.message"
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.message"
            ),
        ),
        migrations.CreateModel(
            name="Alarm",
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
                ("raised_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_how", nyumbani.vault.fields.SealedTextField(default="")),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversation",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.message",
                    ),
                ),
            ],
            options={
                "ordering": ["-raised_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["conversation"],
                        name="alarms_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_by", None)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_settled_alarm_names_who",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageChange",
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
                ("target_digest", models.CharField(db_index=True, max_length=64)),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("edit", "edited"),
                            ("deletion", "taken back"),
                            ("reaction", "reaction"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", nyumbani.vault.fields.SealedTextField(default="")),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.channelaccount",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.journalentry",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="MessageFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.fact",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.message",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("message", "fact"), name="a_fact_once_a_message"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MessagePerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "share",
                    models.CharField(
                        choices=[("writer", "written by"), ("about", "about")], max_length=8
                    ),
                ),
                ("act", models.CharField(db_index=True, max_length=26)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.message",
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
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("undone_at", None)),
                        fields=["person", "share"],
                        name="messages_of_person",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("share__in", ["writer", "about"])),
                        name="share_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="what_is_taken_back_names_who",
                    ),
                    models.UniqueConstraint(
                        fields=("act", "message", "person", "share"), name="said_once_in_an_act"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageTriage",
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
                ("mark", models.PositiveSmallIntegerField()),
                ("language", models.CharField(blank=True, max_length=12)),
                ("hits", nyumbani.vault.fields.SealedJSONField(default=list)),
                ("judged_at", models.DateTimeField()),
                ("own_mark", models.PositiveSmallIntegerField(null=True)),
                ("own_at", models.DateTimeField(null=True)),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="inbox.message",
                    ),
                ),
                (
                    "own_by",
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
                        condition=models.Q(("mark__in", range(1, 6))), name="triage_mark_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("own_at", None), ("own_by", None), ("own_mark", None)),
                            models.Q(
                                ("own_at__isnull", False),
                                ("own_by__isnull", False),
                                ("own_mark__in", range(1, 6)),
                            ),
                            _connector="OR",
                        ),
                        name="an_own_mark_names_who_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OddItem",
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
                ("channel", models.CharField(max_length=16)),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                ("why", models.CharField(max_length=200)),
                ("item", nyumbani.vault.fields.SealedJSONField()),
                ("received_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.journalentry",
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
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField()),
                ("writes_at", models.DateTimeField(null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversation",
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
                    models.UniqueConstraint(fields=("conversation", "staff"), name="present_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider_digest", models.CharField(max_length=64)),
                ("callback", models.CharField(blank=True, max_length=26)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting to be sent"),
                            ("sending", "being sent"),
                            ("unknown", "not known whether it was sent"),
                            ("sent", "sent"),
                            ("failed", "not sent"),
                            ("delivered", "delivered"),
                            ("read", "read"),
                            ("played", "played"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("code", models.IntegerField(null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("key_digest", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(fields=["provider_digest"], name="reports_by_id"),
                    models.Index(
                        condition=models.Q(("callback", ""), _negated=True),
                        fields=["callback"],
                        name="reports_by_attempt",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
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
                ("made_at", models.DateTimeField()),
                ("is_shared", models.BooleanField(default=False)),
                ("is_default", models.BooleanField(default=False)),
                (
                    "show",
                    models.CharField(
                        choices=[
                            ("all", "All"),
                            ("waiting", "Waiting"),
                            ("danger", "Danger"),
                            ("mine", "Mine"),
                            ("unassigned", "Nobody's yet"),
                            ("mentions", "Mentions"),
                            ("urgent", "Urgent"),
                        ],
                        default="all",
                        max_length=12,
                    ),
                ),
                (
                    "order",
                    models.CharField(
                        choices=[
                            ("newest", "the newest first"),
                            ("urgent", "danger first, then the newest"),
                        ],
                        default="newest",
                        max_length=8,
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=26)),
                ("channel", models.CharField(blank=True, max_length=16)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("answers", models.CharField(blank=True, max_length=26)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("owner",),
                        name="one_view_opens_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "show__in",
                                [
                                    "all",
                                    "waiting",
                                    "danger",
                                    "mine",
                                    "unassigned",
                                    "mentions",
                                    "urgent",
                                ],
                            )
                        ),
                        name="a_view_shows_a_chip",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("order__in", ["newest", "urgent"])),
                        name="a_view_has_a_known_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snooze",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversation",
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
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("conversation",),
                        name="laid_aside_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("at"))),
                        name="laid_aside_until_a_later_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_ended_snooze_names_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Template",
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
                ("name", models.CharField(max_length=512)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("utility", "utility"),
                            ("marketing", "marketing"),
                            ("authentication", "authentication"),
                        ],
                        max_length=16,
                    ),
                ),
                ("category_at", models.DateTimeField(null=True)),
                ("added_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.channelaccount",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "name"), name="one_template_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("category__in", ["utility", "marketing", "authentication"])
                        ),
                        name="template_category_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateWords",
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
                ("language", models.CharField(max_length=12)),
                ("body", models.TextField()),
                ("examples", models.JSONField(default=list)),
                ("platform_id", models.CharField(blank=True, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "being checked by the platform"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("paused", "paused by the platform"),
                            ("disabled", "disabled by the platform"),
                            ("deleted", "deleted at the platform"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("quality", models.CharField(blank=True, max_length=16)),
                ("is_plain", models.BooleanField(default=True)),
                ("override_why", models.CharField(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField()),
                ("quality_at", models.DateTimeField(null=True)),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="inbox.template",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["language", "id"],
                "indexes": [models.Index(fields=["platform_id"], name="templates_by_platform_id")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("template", "language"), name="one_body_a_language"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "approved",
                                    "rejected",
                                    "paused",
                                    "disabled",
                                    "deleted",
                                ],
                            )
                        ),
                        name="template_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "approved"), _negated=True),
                            models.Q(("platform_id", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="approved_means_the_platform_said_so",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateNews",
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
                ("key_digest", models.CharField(max_length=64, unique=True)),
                ("matter", models.CharField(max_length=10)),
                ("said", models.CharField(max_length=40)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "words",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.templatewords",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Trial",
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
                ("to_kind", models.CharField(max_length=16)),
                ("to", nyumbani.vault.fields.SealedTextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting to be sent"),
                            ("sending", "being sent"),
                            ("unknown", "not known whether it was sent"),
                            ("sent", "sent"),
                            ("failed", "not sent"),
                            ("delivered", "delivered"),
                            ("read", "read"),
                            ("played", "played"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("code", models.IntegerField(null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.channelaccount",
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
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "indexes": [
                    models.Index(fields=["account", "-asked_at"], name="trials_of_account")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "queued",
                                    "sending",
                                    "unknown",
                                    "sent",
                                    "failed",
                                    "delivered",
                                    "read",
                                    "played",
                                ],
                            )
                        ),
                        name="trial_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_failed_trial_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ViewingCopy",
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
                ("of_sha256", models.CharField(max_length=64)),
                ("mime_type", models.CharField(blank=True, max_length=40)),
                ("path", models.CharField(blank=True, max_length=80)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(null=True)),
                ("why", models.CharField(blank=True, max_length=24)),
                ("made_at", models.DateTimeField()),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.attachment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("why", ""),
                                models.Q(("path", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            models.Q(models.Q(("why", ""), _negated=True), ("path", "")),
                            _connector="OR",
                        ),
                        name="a_copy_lies_somewhere_or_says_why_not",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["message", "queued_at"], name="attempts_of_message"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                condition=models.Q(("turn_at__isnull", False)),
                fields=["turn_at"],
                name="attempts_by_turn",
            ),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                condition=models.Q(("is_outside", True)),
                fields=["started_at"],
                name="attempts_outside",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "queued",
                            "sending",
                            "unknown",
                            "sent",
                            "failed",
                            "delivered",
                            "read",
                            "played",
                        ],
                    )
                ),
                name="attempt_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sent", "delivered", "read", "played"]), _negated=True),
                    ("provider_digest__isnull", False),
                    _connector="OR",
                ),
                name="sent_means_the_provider_said_so",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_failure_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("message", "position"), name="one_file_a_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("keeping__in", ["kept", "changed"]), _negated=True),
                    models.Q(
                        models.Q(("path", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_kept_file_lies_somewhere",
            ),
        ),
    ]
