import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectTables

SWEEP = "GRANT SELECT (district_id, due_at) ON inbox_wordreport TO earshot_sweep"


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0004_bring_days_from_sources"),
        ("inbox", "0017_choose_for_more_news"),
    ]

    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "conversation",
                    districts.models.base.DistrictForeignKey(
                        indexed=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="inbox.conversation",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="districts.district",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["district", "at"], name="wording_by_time")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "conversation"), name="one_wording_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words__len__lte", 120)), name="wording_is_short"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WordReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=2000)),
                ("today", models.DateField()),
                ("body", models.JSONField(default=list)),
                ("counted_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="districts.district",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["due_at"], name="word_report_due_anywhere")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "name"), name="one_word_report_each"
                    )
                ],
            },
        ),
        ProtectTables(["Wording", "WordReport"]),
        migrations.RunSQL(SWEEP, reverse_sql=migrations.RunSQL.noop),
    ]
