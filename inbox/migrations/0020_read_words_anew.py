from django.db import migrations


class Migration(migrations.Migration):
    """Forget the numbers of words: other plurals meet now, and a job reads all of them anew."""

    dependencies = [("inbox", "0019_list_what_waits_for_families")]

    operations = [
        migrations.RunSQL(
            "TRUNCATE inbox_wording, inbox_wordreport", reverse_sql=migrations.RunSQL.noop
        ),
    ]
