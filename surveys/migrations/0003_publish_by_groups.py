import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0004_bring_days_from_sources"),
        ("surveys", "0002_plan_waves"),
    ]

    operations = [
        migrations.AddField(
            model_name="surveysettings",
            name="after_conversation",
            field=districts.models.base.DistrictForeignKey(
                blank=True,
                indexed=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="surveys.survey",
            ),
        ),
        migrations.AddField(
            model_name="surveysettings",
            name="floor",
            field=models.PositiveSmallIntegerField(default=10),
        ),
        migrations.AddConstraint(
            model_name="surveysettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("floor__gte", 5)), name="floor_high_enough"
            ),
        ),
        ProtectForeignKey("SurveySettings", "after_conversation"),
    ]
