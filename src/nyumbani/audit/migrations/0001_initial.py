from django.db import migrations, models
from django.db.models.functions.text import Length
from django.db.models.lookups import Exact

from nyumbani.audit import guards


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("n", models.IntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=27)),
                ("by", models.CharField(max_length=200)),
                ("verb", models.CharField(max_length=200)),
                ("about", models.CharField(max_length=200)),
                ("body", models.BinaryField()),
                ("prev", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "db_table": "audit_entry",
                "indexes": [
                    models.Index(fields=["about", "n"], name="audit_entry_about"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("n__gte", 1)), name="audit_entry_counts_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(Exact(Length(models.F("prev")), 32)),
                        name="audit_entry_prev_is_a_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(Exact(Length(models.F("hash")), 32)),
                        name="audit_entry_hash_is_a_hash",
                    ),
                ],
            },
        ),
        # A later migration that changes this table on SQLite makes it anew, without its triggers:
        # end it with this same line.
        migrations.RunPython(
            lambda _apps, editor: guards.install(editor.connection),
            lambda _apps, editor: guards.remove(editor.connection),
        ),
    ]
