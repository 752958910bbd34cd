from django.db import migrations, models

SWEEP = """
GRANT SELECT (district_id, status, is_spam, owner_id, queued_at, unowned_told_at)
    ON inbox_conversation TO earshot_sweep
"""


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0003_share_work_and_be_away"),
        ("inbox", "0008_tell_in_stages"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="queued_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="unowned_told_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("district"),
                models.F("team"),
                models.OrderBy(models.F("due_at"), nulls_last=True),
                models.F("id"),
                condition=models.Q(("queued_at__isnull", False)),
                name="conversation_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(
                    ("is_spam", False),
                    ("owner__isnull", True),
                    ("status", "open"),
                    ("unowned_told_at__isnull", True),
                ),
                fields=["district"],
                name="conversation_unowned_anywhere",
            ),
        ),
        migrations.RunSQL(SWEEP, migrations.RunSQL.noop),
    ]
