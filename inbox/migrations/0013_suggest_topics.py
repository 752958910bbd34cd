import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectTables

SWEEP = "GRANT SELECT (district_id, next_look_at) ON inbox_storedmodel TO earshot_sweep"


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0004_bring_days_from_sources"),
        ("inbox", "0012_find_surges"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredModel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("body", models.BinaryField(max_length=4194304)),
                ("checksum", models.CharField(max_length=64)),
                ("examples", models.PositiveIntegerField()),
                ("report", models.JSONField(default=dict)),
                ("trained_at", models.DateTimeField()),
                ("next_look_at", models.DateTimeField()),
                (
                    "threshold",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(50),
                            django.core.validators.MaxValueValidator(99),
                        ],
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
                "indexes": [models.Index(fields=["next_look_at"], name="model_next_look_anywhere")],
                "constraints": [
                    models.UniqueConstraint(fields=("district",), name="one_topic_model"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("threshold__isnull", True),
                            models.Q(("threshold__gte", 50), ("threshold__lte", 99)),
                            _connector="OR",
                        ),
                        name="threshold_is_a_percentage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicSuggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("decided", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    districts.models.base.DistrictForeignKey(
                        indexed=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="districts.membership",
                    ),
                ),
                (
                    "before",
                    districts.models.base.DistrictForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="inbox.topic",
                    ),
                ),
                (
                    "conversation",
                    districts.models.base.DistrictForeignKey(
                        indexed=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
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
                (
                    "topic",
                    districts.models.base.DistrictForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="inbox.topic",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "conversation"), name="one_suggestion_each"
                    )
                ],
            },
        ),
        ProtectTables(["StoredModel", "TopicSuggestion"]),
        migrations.RunSQL(SWEEP, reverse_sql=migrations.RunSQL.noop),
    ]
