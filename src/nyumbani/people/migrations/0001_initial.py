import django.db.models.deletion
import nyumbani.kit.ids
import nyumbani.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.CharField(default=nyumbani.kit.ids.new, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('seal_scope', models.CharField(default='house', editable=False, max_length=64)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('first_heard_at', models.DateTimeField()),
                ('languages', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('name', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('shared_identifier', 'one message carried identifiers of both'), ('changed_number', 'the platform says a number of one now belongs to both'), ('same_number', 'the same number on two channels')], max_length=24)),
                ('standing', models.CharField(choices=[('open', 'not decided yet'), ('same', 'the same person'), ('different', 'two people')], default='open', max_length=12)),
                ('raised_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('left', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('right', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('left', 'right'), name='a_pair_is_asked_once'), models.CheckConstraint(condition=models.Q(('left__lt', models.F('right'))), name='pair_is_ordered'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('standing', 'open')), models.Q(models.Q(('standing', 'open'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='a_decided_pair_names_who')],
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.CharField(default=nyumbani.kit.ids.new, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('seal_scope', models.CharField(default='house', editable=False, max_length=64)),
                ('space', models.CharField(max_length=64)),
                ('kind', models.CharField(max_length=16)),
                ('value', nyumbani.vault.fields.SealedTextField()),
                ('digest', models.CharField(max_length=64)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-since', '-id'],
                'indexes': [models.Index(fields=['person', 'until'], name='identifiers_of_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('digest',), name='one_owner_per_identifier')],
            },
        ),
        migrations.CreateModel(
            name='PersonName',
            fields=[
                ('id', models.CharField(default=nyumbani.kit.ids.new, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('seal_scope', models.CharField(default='house', editable=False, max_length=64)),
                ('given', nyumbani.vault.fields.SealedTextField()),
                ('source', models.CharField(choices=[('profile', 'shown on the profile'), ('said', 'said by her or about her'), ('document', 'read in a document')], max_length=12)),
                ('heard_at', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-heard_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['profile', 'said', 'document'])), name='name_source_is_known')],
            },
        ),
        migrations.CreateModel(
            name='SafeContact',
            fields=[
                ('id', models.CharField(default=nyumbani.kit.ids.new, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('seal_scope', models.CharField(default='house', editable=False, max_length=64)),
                ('agreed', nyumbani.vault.fields.SealedJSONField()),
                ('agreed_at', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('agreed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-agreed_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('person',), name='one_safe_contact_at_a_time')],
            },
        ),
    ]
