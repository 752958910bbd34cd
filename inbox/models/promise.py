"""Promises: what a policy says; and the news that they cause."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, Membership, ScopedManager
from families.models import Delivery
from inbox.models.conversation import Conversation
from inbox.models.notice import MailAs
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


class NotificationQuerySet(models.QuerySet["Notification"]):
    """News by what is to be done with it."""

    def to_mail(self, at: datetime) -> "NotificationQuerySet":
        """Keep what is to go out by mail now."""
        return self.filter(mail_at__lte=at)


NotificationManager = ScopedManager.from_queryset(NotificationQuerySet)


class Notification(DistrictOwned):
    """News for one member; its key makes it arrive once.

    ``mail_at`` says when it is to be mailed, null when it is not or has been; ``letter`` and
    ``mailed_at`` then say with which mail. Both change in the transaction that queues the mail.
    """

    member = DistrictForeignKey(Membership, on_delete=models.CASCADE, related_name="notifications")
    conversation = DistrictForeignKey(
        Conversation, null=True, on_delete=models.CASCADE, related_name="+", indexed=False
    )
    key = models.CharField(max_length=120)
    verb = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail_as = models.CharField(max_length=8, choices=MailAs.choices, blank=True)
    mail_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    letter = DistrictForeignKey(
        Delivery, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", indexed=False
    )

    objects: ClassVar[NotificationManager["Notification"]] = NotificationManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["district", "key"], name="notification_key_once"),
            models.CheckConstraint(
                condition=models.Q(mail_as__in=MailAs.values), name="notification_mail_as_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "member", "mail_at"],
                condition=models.Q(mail_at__isnull=False),
                name="notification_to_mail",
            ),
            models.Index(
                fields=["mail_at"],
                condition=models.Q(mail_at__isnull=False),
                name="notification_to_mail_anywhere",
            ),
            models.Index(
                fields=["district", "member", "mailed_at"],
                condition=models.Q(mailed_at__isnull=False),
                name="notification_mailed",
            ),
        ]
