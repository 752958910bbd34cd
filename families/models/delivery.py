"""One outgoing message to one person, and its fate: the only way anything leaves the house."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, ScopedManager
from families.models.family import Guardian


class DeliveryState(models.TextChoices):
    """Where a delivery stands."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SUPPRESSED = "suppressed", _("Suppressed")
    HELD = "held", _("Held for a person")


WAITING = (DeliveryState.QUEUED, DeliveryState.SENDING)
LEASE = timedelta(minutes=1)
LAST_TRY = 12
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=8)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by what is to be done with them."""

    def due(self, at: datetime) -> "DeliveryQuerySet":
        """Keep what is to be sent now, and sends whose lease ran out."""
        return self.filter(state__in=WAITING, next_try_at__lte=at)

    def stuck(self) -> "DeliveryQuerySet":
        """Keep what a person has to look at."""
        return self.filter(state__in=[DeliveryState.FAILED, DeliveryState.HELD])

    def in_hand(self, delivery: "Delivery") -> "DeliveryQuerySet":
        """Keep a claimed delivery, unless somebody else has claimed it since."""
        return self.filter(pk=delivery.pk, tries=delivery.tries)


DeliveryManager = ScopedManager.from_queryset(DeliveryQuerySet)


class Delivery(DistrictOwned):
    """An e-mail (later a text) to send once; ``key`` names what it is about, so it is made once.

    ``message_id`` is fixed when the row is made: every try carries the same one. Two columns tell a
    send that was interrupted before the text went out, which is tried again, from one whose end
    nobody knows, which is held for a person: ``transmitting_at`` is set right before the text goes.
    ``tries`` also numbers the claims, so that a process that was overtaken notices.
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
    transmitting_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DeliveryManager["Delivery"]] = DeliveryManager()

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
            models.Index(
                fields=["district", "to_address", "created_at"],
                condition=models.Q(purpose="acknowledgement"),
                name="acknowledgement_to_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.state}"

    @property
    def end_is_unknown(self) -> bool:
        """Say whether a send was interrupted after its text may have gone out."""
        return self.state == DeliveryState.SENDING and self.transmitting_at is not None

    def claim(self, *, at: datetime) -> None:
        """Take it in hand for one try, until the lease ends."""
        self.state = DeliveryState.SENDING
        self.tries += 1
        self.transmitting_at = None
        self.next_try_at = at + LEASE
        self.save(update_fields=["state", "tries", "transmitting_at", "next_try_at"])

    def settle(self, state: DeliveryState, *, at: datetime, error: str = "") -> None:
        """Write down what became of the try: sent, given up, held, or to be tried again later."""
        self.state = state
        self.error = error[:500]
        if state == DeliveryState.QUEUED:
            self.next_try_at = at + min(LONGEST_PAUSE, FIRST_PAUSE * 4 ** (self.tries - 1))
        if state == DeliveryState.SENT:
            self.sent_at = at
        self.save(update_fields=["state", "error", "next_try_at", "sent_at"])
