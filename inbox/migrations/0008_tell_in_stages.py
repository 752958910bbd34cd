import django.contrib.postgres.fields
from django.db import migrations, models

import inbox.models.stages

# What was said and done so far, by changing types: row-level security has no say in that.
KEEP = """
ALTER TABLE inbox_slatarget
    ALTER warn_percents TYPE smallint[] USING ARRAY[warn_percent]::smallint[];
ALTER TABLE inbox_clock
    ALTER warn_percents TYPE smallint[] USING ARRAY[warn_percent]::smallint[],
    ALTER warned_percent TYPE smallint USING CASE WHEN warned_at IS NULL THEN 0 ELSE warn_percent END,
    ALTER warn_at TYPE timestamptz USING CASE WHEN warned_at IS NULL THEN warn_at END;
"""
SWEEP = "GRANT SELECT (escalate_at) ON inbox_clock TO earshot_sweep"


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0002_end_sessions_and_require_two_steps"),
        ("inbox", "0007_choose_policies_by_more"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="slatarget",
            name="target_warns_before",
        ),
        migrations.RemoveIndex(
            model_name="clock",
            name="clock_to_warn",
        ),
        migrations.RemoveIndex(
            model_name="clock",
            name="clock_to_warn_anywhere",
        ),
        migrations.AddField(
            model_name="clock",
            name="escalate_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="clock",
            name="escalated_minutes",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="clock",
            name="warn_percents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(),
                default=inbox.models.stages.usual_warnings,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="clock",
            name="warned_percent",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="inboxsettings",
            name="department_after_minutes",
            field=models.PositiveIntegerField(blank=True, default=120, null=True),
        ),
        migrations.AddField(
            model_name="inboxsettings",
            name="district_after_minutes",
            field=models.PositiveIntegerField(blank=True, default=480, null=True),
        ),
        migrations.AddField(
            model_name="inboxsettings",
            name="lead_after_minutes",
            field=models.PositiveIntegerField(blank=True, default=0, null=True),
        ),
        migrations.AddField(
            model_name="slatarget",
            name="warn_percents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(),
                default=inbox.models.stages.usual_warnings,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="clock",
            name="warn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="clock",
            name="warn_percent",
        ),
        migrations.RemoveField(
            model_name="slatarget",
            name="warn_percent",
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("state", "running"), ("warn_at__isnull", False)),
                fields=["district", "warn_at"],
                name="clock_to_warn",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("escalate_at__isnull", False)),
                fields=["district", "escalate_at"],
                name="clock_to_escalate",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("state", "running"), ("warn_at__isnull", False)),
                fields=["warn_at"],
                name="clock_to_warn_anywhere",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("escalate_at__isnull", False)),
                fields=["escalate_at"],
                name="clock_to_escalate_anywhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="slatarget",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "warn_percents__contained_by",
                        list(range(1, 100)),
                    ),
                    ("warn_percents__len__lte", 5),
                ),
                name="target_warns_before",
            ),
        ),
        migrations.RunSQL(SWEEP, migrations.RunSQL.noop),
    ]
