import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectTables


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0005_name_sites_that_embed"),
        ("surveys", "0005_spend_forms_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("content", models.TextField()),
                ("columns", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "Being looked at"),
                            ("taking", "Being taken"),
                            ("done", "Taken"),
                            ("undone", "Taken back"),
                        ],
                        default="read",
                        max_length=8,
                    ),
                ),
                ("cursor", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField()),
                ("taken", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("response_ids", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    districts.models.base.DistrictForeignKey(
                        indexed=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="districts.membership",
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
                    "wave",
                    districts.models.base.DistrictForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.wave",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["read", "taking", "done", "undone"])),
                        name="answer_file_state_known",
                    )
                ],
            },
        ),
        ProtectTables(["AnswerFile"]),
    ]
