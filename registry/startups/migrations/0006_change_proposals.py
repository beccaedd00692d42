"""Proposals of change, and how soon the department answers one."""

from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def enter(apps, schema_editor):
    apps.get_model("dossiers", "TimeLimit").objects.get_or_create(
        procedure="startup_registration",
        step="change",
        effective_from=date(2025, 1, 1),
        defaults={
            "amount": 5,
            "unit": "wd",
            "source": "Cam kết phục vụ của Sở; không văn bản nào quy định thời hạn này.",
        },
    )


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_write_once'),
        ('dossiers', '0004_ward'),
        ('startups', '0005_reports_have_their_own_room'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(db_index=True, max_length=32, verbose_name='trạng thái')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='phiên bản')),
                ('reference', models.CharField(max_length=24, unique=True, verbose_name='mã đề xuất')),
                ('reason', models.TextField(blank=True, verbose_name='lý do đề xuất')),
                ('edits', models.PositiveIntegerField(default=0, verbose_name='lần lưu')),
                ('created_at', models.DateTimeField(verbose_name='lập lúc')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='gửi lúc')),
                ('due_at', models.DateTimeField(null=True, verbose_name='hạn trả lời')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='trả lời lúc')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lập')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.decision', verbose_name='quyết định')),
                ('startup', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='startups.startup', verbose_name='dự án khởi nghiệp')),
            ],
            options={
                'verbose_name': 'đề xuất thay đổi',
                'verbose_name_plural': 'đề xuất thay đổi',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ProposedField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='mục')),
                ('before', models.JSONField(null=True, verbose_name='đang công bố')),
                ('proposed', models.JSONField(null=True, verbose_name='đề xuất')),
                ('outcome', models.CharField(blank=True, choices=[('', 'chưa quyết định'), ('accepted', 'đã nhận'), ('refused', 'không nhận')], default='', max_length=8, verbose_name='kết quả')),
                ('reason', models.TextField(blank=True, verbose_name='lý do không nhận')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fields', to='startups.changeproposal')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='changeproposal',
            index=models.Index(fields=['state', 'due_at'], name='proposal_state_due'),
        ),
        migrations.AddIndex(
            model_name='changeproposal',
            index=models.Index(fields=['startup', 'state'], name='proposal_startup_state'),
        ),
        migrations.AddConstraint(
            model_name='proposedfield',
            constraint=models.UniqueConstraint(fields=('proposal', 'name'), name='proposedfield_once'),
        ),
        migrations.AddConstraint(
            model_name='proposedfield',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='proposedfield_refused_with_reason', violation_error_message='Ghi lý do cho mục không nhận.'),
        ),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
