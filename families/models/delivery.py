"""One outgoing message to one person, and its fate: the only way anything leaves the house."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned
from families.models.family import Guardian


class DeliveryState(models.TextChoices):
    """Where a delivery stands."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SUPPRESSED = "suppressed", _("Suppressed")
    HELD = "held", _("Held for a person")


class Delivery(DistrictOwned):
    """An e-mail (later a text) to send once; ``key`` names what it is about, so it is made once.

    ``message_id`` is fixed when the row is made: every try carries the same one.
    """

    key = models.CharField(max_length=120)
    channel = models.CharField(max_length=8, default="email")
    purpose = models.CharField(max_length=40)
    guardian = DistrictForeignKey(
        Guardian, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    to_name = models.CharField(max_length=160, blank=True)
    to_address = models.CharField(max_length=254)
    from_name = models.CharField(max_length=160)
    reply_to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250)
    text_body = models.TextField()
    html_body = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=250)
    state = models.CharField(
        max_length=12, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["-id"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["district", "key"], name="delivery_key_once"),
            models.UniqueConstraint(fields=["district", "message_id"], name="delivery_id_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=DeliveryState.values), name="delivery_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "next_try_at"],
                condition=models.Q(state__in=["queued", "sending"]),
                name="delivery_waiting",
            ),
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["queued", "sending"]),
                name="delivery_waiting_anywhere",
            ),
            models.Index(fields=["district", "-id"], name="delivery_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.state}"
