"""Let a conversation go on in another one."""

import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0004_bring_days_from_sources"),
        ("families", "0002_tell_interrupted_sends"),
        ("inbox", "0014_mail_news"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="merged_into",
            field=districts.models.base.DistrictForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="inbox.conversation",
            ),
        ),
        ProtectForeignKey("Conversation", "merged_into"),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", None), ("status", "resolved"), _connector="OR"),
                name="conversation_merged_is_closed",
            ),
        ),
    ]
