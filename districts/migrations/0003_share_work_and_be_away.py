import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectForeignKey, ProtectTables

SWEEP = "GRANT SELECT (district_id, starts_at, begun_at) ON districts_absence TO earshot_sweep"


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0002_end_sessions_and_require_two_steps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=120)),
                (
                    "open_work",
                    models.CharField(
                        choices=[
                            ("keep", "It stays theirs"),
                            ("substitute", "It goes to the substitute"),
                            ("team", "It goes back to the teams"),
                        ],
                        default="keep",
                        max_length=10,
                    ),
                ),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["starts_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="calendar",
            field=districts.models.base.DistrictForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="districts.businesscalendar",
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="cap",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="team",
            name="distribution",
            field=models.CharField(
                choices=[
                    ("manual", "By hand: the topic’s owner, or whoever takes it on"),
                    ("round_robin", "In turn: the next one who is here"),
                    ("least_loaded", "By load: whoever here has the least open"),
                ],
                default="manual",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="here_by",
            field=models.CharField(
                choices=[
                    ("any", "Hours are not looked at"),
                    ("team", "The team’s calendar"),
                    ("own", "Each member’s own calendar, else the team’s"),
                ],
                default="team",
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="last_given",
            field=districts.models.base.DistrictForeignKey(
                blank=True,
                indexed=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="districts.membership",
            ),
        ),
        migrations.AddField(
            model_name="teammembership",
            name="cap",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(("distribution__in", ["manual", "round_robin", "least_loaded"])),
                name="team_distribution_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(("here_by__in", ["any", "team", "own"])),
                name="team_here_by_known",
            ),
        ),
        migrations.AddField(
            model_name="absence",
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
            model_name="absence",
            name="member",
            field=districts.models.base.DistrictForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="absences",
                to="districts.membership",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="substitute",
            field=districts.models.base.DistrictForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="districts.membership",
            ),
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(fields=["district", "member", "ends_at"], name="absence_of_member"),
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(
                condition=models.Q(("begun_at__isnull", True)),
                fields=["starts_at"],
                name="absence_to_begin_anywhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("open_work__in", ["keep", "substitute", "team"])),
                name="open_work_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_at__lt", models.F("ends_at"))), name="absence_in_order"
            ),
        ),
        ProtectForeignKey("Membership", "calendar"),
        ProtectForeignKey("Team", "last_given"),
        ProtectTables(["Absence"]),
        migrations.RunSQL(SWEEP, migrations.RunSQL.noop),
    ]
