"""Promises: what a policy says; and the news that they cause."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, Membership
from inbox.models.conversation import Conversation
from inbox.models.policy import SlaPolicy
from inbox.models.stages import MOST_WARNINGS, warn_percents


class Metric(models.TextChoices):
    """What is promised."""

    FIRST_RESPONSE = "first_response", _("First answer")
    NEXT_RESPONSE = "next_response", _("Next answer")
    RESOLUTION = "resolution", _("Resolution")


class Unit(models.TextChoices):
    """How a promise's length is counted."""

    MINUTES = "minutes", _("Working minutes")
    DAYS = "days", _("Working days")


class SlaTarget(DistrictOwned):
    """One promise of a policy: metric, length and when to warn."""

    policy = DistrictForeignKey(SlaPolicy, on_delete=models.CASCADE, related_name="targets")
    metric = models.CharField(max_length=16, choices=Metric.choices)
    unit = models.CharField(max_length=8, choices=Unit.choices)
    length = models.PositiveIntegerField()
    warn_percents = warn_percents()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district", "policy", "metric"], name="target_once"),
            models.CheckConstraint(
                condition=models.Q(metric__in=Metric.values), name="target_metric_known"
            ),
            models.CheckConstraint(condition=models.Q(length__gt=0), name="target_has_length"),
            models.CheckConstraint(
                condition=models.Q(
                    warn_percents__contained_by=list(range(1, 100)),
                    warn_percents__len__lte=MOST_WARNINGS,
                ),
                name="target_warns_before",
            ),
        ]


class Notification(DistrictOwned):
    """News for one member; its key makes it arrive once."""

    member = DistrictForeignKey(Membership, on_delete=models.CASCADE, related_name="notifications")
    conversation = DistrictForeignKey(
        Conversation, null=True, on_delete=models.CASCADE, related_name="+", indexed=False
    )
    key = models.CharField(max_length=120)
    verb = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["district", "key"], name="notification_key_once")
        ]
