import django.db.models.deletion
from django.db import migrations, models

import districts.models.base
from districts.protect import ProtectTables


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0002_end_sessions_and_require_two_steps"),
        ("inbox", "0005_do_long_work_in_jobs"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoutingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("position", models.PositiveIntegerField(default=0)),
                ("is_on", models.BooleanField(default=False)),
                ("matches_all", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("hits", models.PositiveIntegerField(default=0)),
                ("last_hit_at", models.DateTimeField(blank=True, null=True)),
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
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RuleCondition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("topic", "Topic"),
                            ("school", "School"),
                            ("words", "Words"),
                            ("pattern", "Pattern"),
                            ("sender", "Sender"),
                            ("language", "Language"),
                            ("channel", "Channel"),
                            ("kind", "Kind"),
                            ("hours", "Time of arrival"),
                        ],
                        max_length=12,
                    ),
                ),
                ("is_not", models.BooleanField(default=False)),
                ("text", models.CharField(blank=True, max_length=400)),
                (
                    "calendar",
                    districts.models.base.DistrictForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="districts.businesscalendar",
                    ),
                ),
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
                    "rule",
                    districts.models.base.DistrictForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conditions",
                        to="inbox.routingrule",
                    ),
                ),
                (
                    "school",
                    districts.models.base.DistrictForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="districts.school",
                    ),
                ),
                (
                    "topic",
                    districts.models.base.DistrictForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SavedReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("body", models.TextField(max_length=4000)),
                ("body_es", models.TextField(blank=True, max_length=4000)),
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
            ],
            options={
                "verbose_name_plural": "saved replies",
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
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
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RuleAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("topic", "Set the topic"),
                            ("team", "Give it to the team"),
                            ("owner", "Give it to the person"),
                            ("priority", "Set the priority"),
                            ("tag", "Add the tag"),
                            ("reply", "Send the saved reply"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "priority",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("critical", "Critical"),
                            ("urgent", "Urgent"),
                            ("normal", "Normal"),
                            ("low", "Low"),
                        ],
                        max_length=12,
                    ),
                ),
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
                    "owner",
                    districts.models.base.DistrictForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="districts.membership",
                    ),
                ),
                (
                    "rule",
                    districts.models.base.DistrictForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="inbox.routingrule",
                    ),
                ),
                (
                    "team",
                    districts.models.base.DistrictForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="districts.team",
                    ),
                ),
                (
                    "topic",
                    districts.models.base.DistrictForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.topic",
                    ),
                ),
                (
                    "reply",
                    districts.models.base.DistrictForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.savedreply",
                    ),
                ),
                (
                    "tag",
                    districts.models.base.DistrictForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.tag",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ConversationTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "conversation",
                    districts.models.base.DistrictForeignKey(
                        indexed=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tag_links",
                        to="inbox.conversation",
                    ),
                ),
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
                    "tag",
                    districts.models.base.DistrictForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="inbox.tag",
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
            model_name="routingrule",
            constraint=models.UniqueConstraint(fields=("district", "name"), name="rule_name_once"),
        ),
        migrations.AddConstraint(
            model_name="rulecondition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "topic",
                            "school",
                            "words",
                            "pattern",
                            "sender",
                            "language",
                            "channel",
                            "kind",
                            "hours",
                        ],
                    )
                ),
                name="condition_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedreply",
            constraint=models.UniqueConstraint(
                fields=("district", "name"), name="saved_reply_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("district", "name"), name="tag_name_once"),
        ),
        migrations.AddConstraint(
            model_name="ruleaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["topic", "team", "owner", "priority", "tag", "reply"])
                ),
                name="action_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleaction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "tag"), _negated=True),
                fields=("district", "rule", "kind"),
                name="action_kind_once_a_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversationtag",
            constraint=models.UniqueConstraint(
                fields=("district", "conversation", "tag"), name="conversation_tag_once"
            ),
        ),
        ProtectTables(
            ["Tag", "ConversationTag", "SavedReply", "RoutingRule", "RuleCondition", "RuleAction"]
        ),
    ]
