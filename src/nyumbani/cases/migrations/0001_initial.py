import django.db.models.deletion
import nyumbani.kit.ids
import nyumbani.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.CharField(default=nyumbani.kit.ids.new, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('seal_scope', models.CharField(default='house', editable=False, max_length=64)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('title', nyumbani.vault.fields.SealedTextField()),
                ('stage', models.CharField(choices=[('intake', 'First message'), ('assessment', 'Assessment'), ('preparing', 'Preparing'), ('on_the_way', 'On the way'), ('home', 'Home'), ('closed', 'Closed')], default='intake', max_length=12)),
                ('urgency', models.CharField(choices=[('now', 'danger now'), ('soon', 'within a day'), ('planned', 'can be planned'), ('unknown', 'not known yet')], default='unknown', max_length=8)),
                ('urgency_why', nyumbani.vault.fields.SealedTextField(default='')),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['intake', 'assessment', 'preparing', 'on_the_way', 'home', 'closed'])), name='stage_is_known'), models.CheckConstraint(condition=models.Q(('urgency__in', ['now', 'soon', 'planned', 'unknown'])), name='urgency_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'closed'), ('closed_at__isnull', False)), models.Q(models.Q(('stage', 'closed'), _negated=True), ('closed_at', None)), _connector='OR'), name='a_closed_case_says_when')],
            },
        ),
        migrations.CreateModel(
            name='BrokenGlass',
            fields=[
                ('id', models.CharField(default=nyumbani.kit.ids.new, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('seal_scope', models.CharField(default='house', editable=False, max_length=64)),
                ('reason', nyumbani.vault.fields.SealedTextField()),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CaseMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('lead', 'Lead'), ('team', 'Team')], default='team', max_length=8)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['staff', 'until'], name='cases_of_staff')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('case', 'staff'), name='staff_once_in_a_case'), models.UniqueConstraint(condition=models.Q(('role', 'lead'), ('until', None)), fields=('case',), name='one_lead_per_case')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.CharField(default=nyumbani.kit.ids.new, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('seal_scope', models.CharField(default='house', editable=False, max_length=64)),
                ('matter', models.CharField(choices=[('mistreatment', 'Mistreatment'), ('passport_withheld', 'Passport withheld'), ('confinement', 'Locked in'), ('unpaid_wages', 'Wages not paid'), ('health', 'Health'), ('place', 'Where she is'), ('safe_contact', 'When and how to write to her'), ('other', 'Something else')], max_length=20)),
                ('text', nyumbani.vault.fields.SealedTextField()),
                ('standing', models.CharField(choices=[('alleged', 'alleged'), ('established', 'established'), ('contradicted', 'contradicted')], default='alleged', max_length=12)),
                ('said_at', models.DateTimeField()),
                ('written_at', models.DateTimeField()),
                ('judged_at', models.DateTimeField(null=True)),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-said_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('standing', 'alleged'), models.Q(('judged_at__isnull', False), ('judged_by__isnull', False)), _connector='OR'), name='a_fact_is_alleged_until_somebody_judged')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.CharField(default=nyumbani.kit.ids.new, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('seal_scope', models.CharField(default='house', editable=False, max_length=64)),
                ('part', models.CharField(choices=[('reporter', 'Reporter'), ('in_distress', 'In distress'), ('family', 'Family'), ('witness', 'Witness')], max_length=12)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['since', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('case', 'person'), name='a_person_once_in_a_case'), models.CheckConstraint(condition=models.Q(('part__in', ['reporter', 'in_distress', 'family', 'witness'])), name='part_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.CharField(default=nyumbani.kit.ids.new, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('seal_scope', models.CharField(default='house', editable=False, max_length=64)),
                ('text', nyumbani.vault.fields.SealedTextField()),
                ('written_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-written_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('glass', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.brokenglass')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.CharField(default=nyumbani.kit.ids.new, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('seal_scope', models.CharField(default='house', editable=False, max_length=64)),
                ('title', nyumbani.vault.fields.SealedTextField()),
                ('due_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': [models.OrderBy(models.F('due_at'), nulls_last=True), 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='a_done_task_says_by_whom')],
            },
        ),
    ]
