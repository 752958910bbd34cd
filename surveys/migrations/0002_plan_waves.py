import datetime

import django.db.models.deletion
from django.db import migrations, models

from districts.protect import ProtectTables


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0004_bring_days_from_sources"),
        ("surveys", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SurveySettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("most_invitations", models.PositiveSmallIntegerField(default=6)),
                ("budget_months", models.PositiveSmallIntegerField(default=12)),
                ("sends_from", models.TimeField(default=datetime.time(8, 0))),
                ("sends_until", models.TimeField(default=datetime.time(19, 0))),
                ("any_day", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name_plural": "survey settings",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.RemoveConstraint(
            model_name="wave",
            name="no_reminders_where_anonymous",
        ),
        migrations.AddField(
            model_name="invitation",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="wave",
            name="remind_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="wave",
            name="total",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.UniqueConstraint(
                fields=("district", "repeats"), name="one_next_wave_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mode", "confidential"),
                    models.Q(("remind_at__isnull", True), ("reminder_days", [])),
                    _connector="OR",
                ),
                name="no_reminders_where_anonymous",
            ),
        ),
        migrations.AddField(
            model_name="surveysettings",
            name="district",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="districts.district",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveysettings",
            constraint=models.UniqueConstraint(fields=("district",), name="one_survey_settings"),
        ),
        migrations.AddConstraint(
            model_name="surveysettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("sends_from__lt", models.F("sends_until"))),
                name="sending_hours_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveysettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget_months__gte", 1), ("most_invitations__gte", 1)),
                name="budget_of_at_least_one",
            ),
        ),
        ProtectTables(["SurveySettings"]),
    ]
