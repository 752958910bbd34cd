import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("districts", "0004_bring_days_from_sources")]

    operations = [
        migrations.AddField(
            model_name="district",
            name="embed_sites",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), blank=True, default=list, size=None
            ),
        ),
    ]
