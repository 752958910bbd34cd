import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectTables


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0002_end_sessions_and_require_two_steps"),
        ("inbox", "0003_search_conversations"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReplyKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=160)),
                ("request_hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["district", "at"], name="what_happened_since"),
        ),
        migrations.AddField(
            model_name="replykey",
            name="api_key",
            field=districts.models.base.DistrictForeignKey(
                indexed=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="districts.apikey",
            ),
        ),
        migrations.AddField(
            model_name="replykey",
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
            model_name="replykey",
            name="message",
            field=districts.models.base.DistrictForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reply_keys",
                to="inbox.message",
            ),
        ),
        migrations.AddConstraint(
            model_name="replykey",
            constraint=models.UniqueConstraint(
                fields=("district", "api_key", "key"), name="reply_key_once"
            ),
        ),
        ProtectTables(["ReplyKey"]),
    ]
