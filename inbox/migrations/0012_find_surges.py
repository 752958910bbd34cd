import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectTables

SWEEP = "GRANT SELECT (district_id, seen_at) ON inbox_sketch TO earshot_sweep"


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0002_end_sessions_and_require_two_steps"),
        ("families", "0002_tell_interrupted_sends"),
        ("inbox", "0011_keep_counts_by_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sketch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Surge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("answered", "Answered"), ("closed", "Closed")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("found_at", models.DateTimeField()),
                ("usual", models.FloatField()),
                ("chance", models.FloatField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-last_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SurgeMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("taken_out", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["district", "received_at"], name="conversation_received"),
        ),
        migrations.AddField(
            model_name="sketch",
            name="conversation",
            field=districts.models.base.DistrictForeignKey(
                indexed=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sketches",
                to="inbox.conversation",
            ),
        ),
        migrations.AddField(
            model_name="sketch",
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
            model_name="surge",
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
            model_name="surge",
            name="ended_by",
            field=districts.models.base.DistrictForeignKey(
                indexed=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="districts.membership",
            ),
        ),
        migrations.AddField(
            model_name="surge",
            name="school",
            field=districts.models.base.DistrictForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="districts.school",
            ),
        ),
        migrations.AddField(
            model_name="surge",
            name="topic",
            field=districts.models.base.DistrictForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="inbox.topic",
            ),
        ),
        migrations.AddField(
            model_name="surgemember",
            name="by",
            field=districts.models.base.DistrictForeignKey(
                indexed=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="districts.membership",
            ),
        ),
        migrations.AddField(
            model_name="surgemember",
            name="conversation",
            field=districts.models.base.DistrictForeignKey(
                indexed=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="surge_links",
                to="inbox.conversation",
            ),
        ),
        migrations.AddField(
            model_name="surgemember",
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
            model_name="surgemember",
            name="surge",
            field=districts.models.base.DistrictForeignKey(
                indexed=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="inbox.surge",
            ),
        ),
        migrations.AddIndex(
            model_name="sketch",
            index=models.Index(fields=["district", "-at", "-id"], name="sketch_newest"),
        ),
        migrations.AddIndex(
            model_name="sketch",
            index=models.Index(
                condition=models.Q(("seen_at__isnull", True)),
                fields=["at"],
                name="sketch_unseen_anywhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="sketch",
            constraint=models.UniqueConstraint(
                fields=("district", "conversation"), name="one_sketch_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="sketch",
            constraint=models.CheckConstraint(
                condition=models.Q(("words__len__lte", 80)), name="sketch_is_short"
            ),
        ),
        migrations.AddIndex(
            model_name="surge",
            index=models.Index(fields=["district", "-last_at", "-id"], name="surge_newest"),
        ),
        migrations.AddIndex(
            model_name="surge",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["district"], name="surge_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="surge",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "answered", "closed"])),
                name="surge_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="surgemember",
            index=models.Index(
                condition=models.Q(("taken_out", False)),
                fields=["district", "surge", "conversation"],
                name="surge_members",
            ),
        ),
        migrations.AddConstraint(
            model_name="surgemember",
            constraint=models.UniqueConstraint(
                fields=("district", "conversation"), name="conversation_in_one_surge"
            ),
        ),
        ProtectTables(["Sketch", "Surge", "SurgeMember"]),
        migrations.RunSQL(SWEEP, reverse_sql=migrations.RunSQL.noop),
    ]
