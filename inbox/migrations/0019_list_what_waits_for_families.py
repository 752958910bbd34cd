from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0018_count_words")]

    operations = [
        migrations.AddIndex(
            "conversation",
            models.Index(
                models.F("district"),
                models.F("due_at").asc(nulls_last=True),
                models.F("id"),
                condition=models.Q(status="pending"),
                name="conversation_waiting_due",
            ),
        ),
    ]
