"""Let policies ask for several values of seven aspects, and clocks keep their runs."""

import django.db.models.constraints
import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectTables

# The one topic and the one priority that a policy asked for become its conditions. The owner of the
# tables reads all districts only while the lock is not forced on it, too.
MOVE = """
ALTER TABLE inbox_slapolicy NO FORCE ROW LEVEL SECURITY;
ALTER TABLE inbox_policycondition NO FORCE ROW LEVEL SECURITY;
UPDATE inbox_slapolicy SET position = 32000 WHERE is_default;
INSERT INTO inbox_policycondition (district_id, policy_id, aspect, topic_id, text)
    SELECT district_id, id, 'topic', topic_id, '' FROM inbox_slapolicy
    WHERE topic_id IS NOT NULL AND NOT is_default;
INSERT INTO inbox_policycondition (district_id, policy_id, aspect, text)
    SELECT district_id, id, 'priority', priority FROM inbox_slapolicy
    WHERE priority <> '' AND NOT is_default;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE inbox_slapolicy FORCE ROW LEVEL SECURITY;
ALTER TABLE inbox_policycondition FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0002_end_sessions_and_require_two_steps"),
        ("inbox", "0006_route_by_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClockRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["from_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PolicyCondition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "aspect",
                    models.CharField(
                        choices=[
                            ("topic", "Topic"),
                            ("category", "Category"),
                            ("priority", "Priority"),
                            ("school", "School"),
                            ("channel", "Channel"),
                            ("language", "Language"),
                            ("kind", "Kind"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=12)),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="clock",
            name="matched",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="clockrun",
            name="calendar",
            field=districts.models.base.DistrictForeignKey(
                indexed=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="districts.businesscalendar",
            ),
        ),
        migrations.AddField(
            model_name="clockrun",
            name="clock",
            field=districts.models.base.DistrictForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="inbox.clock"
            ),
        ),
        migrations.AddField(
            model_name="clockrun",
            name="district",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="districts.district",
            ),
        ),
        migrations.AddField(
            model_name="policycondition",
            name="category",
            field=districts.models.base.DistrictForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inbox.category",
            ),
        ),
        migrations.AddField(
            model_name="policycondition",
            name="district",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="districts.district",
            ),
        ),
        migrations.AddField(
            model_name="policycondition",
            name="policy",
            field=districts.models.base.DistrictForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="conditions",
                to="inbox.slapolicy",
            ),
        ),
        migrations.AddField(
            model_name="policycondition",
            name="school",
            field=districts.models.base.DistrictForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="districts.school",
            ),
        ),
        migrations.AddField(
            model_name="policycondition",
            name="topic",
            field=districts.models.base.DistrictForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inbox.topic",
            ),
        ),
        migrations.AddConstraint(
            model_name="clockrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_at__lt", models.F("to_at"))), name="clock_run_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="policycondition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "aspect__in",
                        ["topic", "category", "priority", "school", "channel", "language", "kind"],
                    )
                ),
                name="policy_aspect_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="policycondition",
            constraint=models.UniqueConstraint(
                fields=("district", "policy", "aspect", "topic", "category", "school", "text"),
                name="policy_condition_once",
                nulls_distinct=False,
            ),
        ),
        ProtectTables(["PolicyCondition", "ClockRun"]),
        migrations.RemoveConstraint(
            model_name="slapolicy",
            name="policy_position_once",
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="slapolicy",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("district", "position"),
                name="policy_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="slapolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_default", True), ("position", 32000)),
                    models.Q(("is_default", False), ("position__lt", 32000)),
                    _connector="OR",
                ),
                name="default_policy_stands_last",
            ),
        ),
        migrations.RemoveField(
            model_name="slapolicy",
            name="priority",
        ),
        migrations.RemoveField(
            model_name="slapolicy",
            name="topic",
        ),
    ]
