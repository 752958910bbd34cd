from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="memberinvitation",
            options={
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="district",
            name="require_mfa",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="membership",
            name="session_epoch",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="user",
            name="session_epoch",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
