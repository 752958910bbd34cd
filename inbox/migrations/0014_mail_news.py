import datetime

import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
import districts.validators
from districts.protect import ProtectForeignKey, ProtectTables

SWEEP = "GRANT SELECT (district_id, mail_at) ON inbox_notification TO earshot_sweep"


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0002_end_sessions_and_require_two_steps"),
        ("families", "0002_tell_interrupted_sends"),
        ("inbox", "0013_suggest_topics"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeChoices",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "critical",
                    models.CharField(
                        choices=[
                            ("never", "On screen only"),
                            ("now", "By e-mail at once"),
                            ("hourly", "By e-mail, once an hour"),
                            ("daily", "By e-mail, once a day"),
                        ],
                        default="now",
                        max_length=8,
                    ),
                ),
                (
                    "late",
                    models.CharField(
                        choices=[
                            ("never", "On screen only"),
                            ("now", "By e-mail at once"),
                            ("hourly", "By e-mail, once an hour"),
                            ("daily", "By e-mail, once a day"),
                        ],
                        default="now",
                        max_length=8,
                    ),
                ),
                (
                    "due_soon",
                    models.CharField(
                        choices=[
                            ("never", "On screen only"),
                            ("now", "By e-mail at once"),
                            ("hourly", "By e-mail, once an hour"),
                            ("daily", "By e-mail, once a day"),
                        ],
                        default="now",
                        max_length=8,
                    ),
                ),
                (
                    "assigned",
                    models.CharField(
                        choices=[
                            ("never", "On screen only"),
                            ("now", "By e-mail at once"),
                            ("hourly", "By e-mail, once an hour"),
                            ("daily", "By e-mail, once a day"),
                        ],
                        default="now",
                        max_length=8,
                    ),
                ),
                (
                    "wrote",
                    models.CharField(
                        choices=[
                            ("never", "On screen only"),
                            ("now", "By e-mail at once"),
                            ("hourly", "By e-mail, once an hour"),
                            ("daily", "By e-mail, once a day"),
                        ],
                        default="now",
                        max_length=8,
                    ),
                ),
                (
                    "mentioned",
                    models.CharField(
                        choices=[
                            ("never", "On screen only"),
                            ("now", "By e-mail at once"),
                            ("hourly", "By e-mail, once an hour"),
                            ("daily", "By e-mail, once a day"),
                        ],
                        default="now",
                        max_length=8,
                    ),
                ),
                (
                    "trouble",
                    models.CharField(
                        choices=[
                            ("never", "On screen only"),
                            ("now", "By e-mail at once"),
                            ("hourly", "By e-mail, once an hour"),
                            ("daily", "By e-mail, once a day"),
                        ],
                        default="now",
                        max_length=8,
                    ),
                ),
                (
                    "other",
                    models.CharField(
                        choices=[
                            ("never", "On screen only"),
                            ("now", "By e-mail at once"),
                            ("hourly", "By e-mail, once an hour"),
                            ("daily", "By e-mail, once a day"),
                        ],
                        default="never",
                        max_length=8,
                    ),
                ),
                ("digest_at", models.TimeField(default=datetime.time(7, 30))),
                (
                    "quiet_from",
                    models.TimeField(blank=True, default=datetime.time(19, 0), null=True),
                ),
                (
                    "quiet_until",
                    models.TimeField(blank=True, default=datetime.time(6, 30), null=True),
                ),
                ("critical_passes", models.BooleanField(default=True)),
                (
                    "time_zone",
                    models.CharField(
                        blank=True,
                        max_length=60,
                        validators=[districts.validators.validate_time_zone],
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "notice choices",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="notification",
            name="letter",
            field=districts.models.base.DistrictForeignKey(
                blank=True,
                indexed=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="families.delivery",
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="mail_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not mailed"),
                    ("letter", "Letter"),
                    ("urgent", "Letter that waits for nothing"),
                    ("digest", "Digest"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="mail_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notification",
            name="mailed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("mail_at__isnull", False)),
                fields=["district", "member", "mail_at"],
                name="notification_to_mail",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("mail_at__isnull", False)),
                fields=["mail_at"],
                name="notification_to_mail_anywhere",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("mailed_at__isnull", False)),
                fields=["district", "member", "mailed_at"],
                name="notification_mailed",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail_as__in", ["", "letter", "urgent", "digest"])),
                name="notification_mail_as_known",
            ),
        ),
        migrations.AddField(
            model_name="noticechoices",
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
            model_name="noticechoices",
            name="member",
            field=districts.models.base.DistrictForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="districts.membership",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoices",
            constraint=models.UniqueConstraint(
                fields=("district", "member"), name="notice_choices_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoices",
            constraint=models.CheckConstraint(
                condition=models.Q(("critical__in", ["never", "now", "hourly", "daily"])),
                name="notice_choice_critical_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoices",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_soon__in", ["never", "now", "hourly", "daily"])),
                name="notice_choice_due_soon_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoices",
            constraint=models.CheckConstraint(
                condition=models.Q(("late__in", ["never", "now", "hourly", "daily"])),
                name="notice_choice_late_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoices",
            constraint=models.CheckConstraint(
                condition=models.Q(("assigned__in", ["never", "now", "hourly", "daily"])),
                name="notice_choice_assigned_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoices",
            constraint=models.CheckConstraint(
                condition=models.Q(("wrote__in", ["never", "now", "hourly", "daily"])),
                name="notice_choice_wrote_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoices",
            constraint=models.CheckConstraint(
                condition=models.Q(("mentioned__in", ["never", "now", "hourly", "daily"])),
                name="notice_choice_mentioned_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoices",
            constraint=models.CheckConstraint(
                condition=models.Q(("trouble__in", ["never", "now", "hourly", "daily"])),
                name="notice_choice_trouble_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoices",
            constraint=models.CheckConstraint(
                condition=models.Q(("other__in", ["never", "now", "hourly", "daily"])),
                name="notice_choice_other_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoices",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                    models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                    _connector="OR",
                ),
                name="quiet_hours_begin_and_end",
            ),
        ),
        ProtectTables(["NoticeChoices"]),
        ProtectForeignKey("Notification", "letter"),
        migrations.RunSQL(SWEEP, migrations.RunSQL.noop),
    ]
