import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectTables


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_keep_before_last_change")]

    operations = [
        migrations.CreateModel(
            name="SpentForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
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
                        indexed=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="surveys.wave",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="spentform",
            constraint=models.UniqueConstraint(
                fields=("district", "wave", "key"), name="form_spent_once"
            ),
        ),
        ProtectTables(["SpentForm"]),
    ]
