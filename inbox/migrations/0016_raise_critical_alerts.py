import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectTables

# What is there already counts as looked through: a default that is only kept, not written.
SCANNED = """
ALTER TABLE inbox_message ADD COLUMN scanned_at timestamptz DEFAULT now();
ALTER TABLE inbox_message ALTER COLUMN scanned_at DROP DEFAULT;
"""
UNSCANNED = "ALTER TABLE inbox_message DROP COLUMN scanned_at"
SWEEP = "GRANT SELECT (district_id, direction, scanned_at) ON inbox_message TO earshot_sweep"


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0003_share_work_and_be_away"),
        ("inbox", "0015_merge_conversations"),
    ]

    operations = [
        migrations.CreateModel(
            name="AlertList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("self_harm", "Self-harm"),
                            ("threats", "Threats"),
                            ("abuse", "Abuse"),
                            ("weapons", "Weapons"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("is_on", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="AlertPhrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=80)),
                ("folded", models.CharField(max_length=160)),
                ("is_exception", models.BooleanField(default=False)),
                ("is_shipped", models.BooleanField(default=False)),
                ("is_on", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["folded", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ConversationAlert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=200)),
                ("before", models.CharField(blank=True, max_length=120)),
                ("after", models.CharField(blank=True, max_length=120)),
                ("phrase_ids", models.JSONField(default=list)),
                (
                    "priority_before",
                    models.CharField(
                        choices=[
                            ("critical", "Critical"),
                            ("urgent", "Urgent"),
                            ("normal", "Normal"),
                            ("low", "Low"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("seen", "Seen to"), ("false", "False alarm")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SCANNED, UNSCANNED)],
            state_operations=[
                migrations.AddField(
                    model_name="message",
                    name="scanned_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
            ],
        ),
        migrations.AddField(
            model_name="topic",
            name="is_private",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("direction", "inbound"), ("scanned_at__isnull", True)),
                fields=["district", "id"],
                name="message_unscanned",
            ),
        ),
        migrations.AddField(
            model_name="alertlist",
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
            model_name="alertlist",
            name="team",
            field=districts.models.base.DistrictForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alert_lists",
                to="districts.team",
            ),
        ),
        migrations.AddField(
            model_name="alertphrase",
            name="alert_list",
            field=districts.models.base.DistrictForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="phrases",
                to="inbox.alertlist",
            ),
        ),
        migrations.AddField(
            model_name="alertphrase",
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
            model_name="conversationalert",
            name="alert_list",
            field=districts.models.base.DistrictForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alerts",
                to="inbox.alertlist",
            ),
        ),
        migrations.AddField(
            model_name="conversationalert",
            name="conversation",
            field=districts.models.base.DistrictForeignKey(
                indexed=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="alerts",
                to="inbox.conversation",
            ),
        ),
        migrations.AddField(
            model_name="conversationalert",
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
            model_name="conversationalert",
            name="message",
            field=districts.models.base.DistrictForeignKey(
                indexed=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="alerts",
                to="inbox.message",
            ),
        ),
        migrations.AddField(
            model_name="conversationalert",
            name="reviewed_by",
            field=districts.models.base.DistrictForeignKey(
                indexed=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="districts.membership",
            ),
        ),
        migrations.AddField(
            model_name="conversationalert",
            name="team",
            field=districts.models.base.DistrictForeignKey(
                indexed=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="districts.team",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertlist",
            constraint=models.UniqueConstraint(
                fields=("district", "name"), name="alert_list_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="alertlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("category__in", ["self_harm", "threats", "abuse", "weapons", "other"])
                ),
                name="alert_category_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertphrase",
            constraint=models.UniqueConstraint(
                fields=("district", "alert_list", "is_exception", "folded"),
                name="alert_phrase_once",
            ),
        ),
        migrations.AddIndex(
            model_name="conversationalert",
            index=models.Index(fields=["district", "team", "conversation"], name="alert_of_team"),
        ),
        migrations.AddIndex(
            model_name="conversationalert",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["district", "conversation"],
                name="alert_open",
            ),
        ),
        migrations.AddIndex(
            model_name="conversationalert",
            index=models.Index(fields=["district", "at"], name="alert_by_date"),
        ),
        migrations.AddConstraint(
            model_name="conversationalert",
            constraint=models.UniqueConstraint(
                fields=("district", "conversation", "alert_list", "message"),
                name="one_alert_a_list_and_message",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversationalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "seen", "false"])),
                name="alert_state_known",
            ),
        ),
        ProtectTables(["AlertList", "AlertPhrase", "ConversationAlert"]),
        migrations.RunSQL(SWEEP, migrations.RunSQL.noop),
    ]
