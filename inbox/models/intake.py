"""What arrived, exactly as it arrived, before anybody tried to understand it."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, ScopedManager


class Source(models.TextChoices):
    """The way in that stored the item."""

    FORM = "form", _("Web form")
    STATUS = "status", _("Status page")
    API = "api", _("API")
    STAFF = "staff", _("Typed in by staff")
    EMAIL = "email", _("E-mail")
    SURVEY = "survey", _("Survey")


class RawState(models.TextChoices):
    """Whether a raw item became a conversation."""

    NEW = "new", _("Waiting")
    PARSED = "parsed", _("Parsed")
    QUARANTINED = "quarantined", _("Set aside")


class RawInboundQuerySet(models.QuerySet["RawInbound"]):
    """Raw items by what became of them."""

    def waiting(self, at: datetime) -> "RawInboundQuerySet":
        """Keep what is to be understood now."""
        return self.filter(state=RawState.NEW, next_try_at__lte=at)

    def set_aside(self) -> "RawInboundQuerySet":
        """Keep what nobody could understand and a person has to look at."""
        return self.filter(state=RawState.QUARANTINED)


RawInboundManager = ScopedManager.from_queryset(RawInboundQuerySet)


class RawInbound(DistrictOwned):
    """One inbound item, stored first; its source and key make it arrive once.

    ``body`` is the item's bytes: JSON for the form, the status page, staff and the API.
    ``reference`` is what the family is told; ``token_hash`` is the SHA-256 of their private link.
    """

    source = models.CharField(max_length=12, choices=Source.choices)
    source_key = models.CharField(max_length=200)
    reference = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, blank=True)
    content_type = models.CharField(max_length=80, default="application/json")
    body = models.BinaryField()
    body_hash = models.CharField(max_length=64)
    suspicion = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=RawState.choices, default=RawState.NEW)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.CharField(max_length=500, blank=True)
    conversation = DistrictForeignKey(
        "inbox.Conversation", null=True, on_delete=models.SET_NULL, related_name="raw_items"
    )

    objects: ClassVar[RawInboundManager["RawInbound"]] = RawInboundManager()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "source", "source_key"], name="raw_inbound_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=RawState.values), name="raw_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "next_try_at"],
                condition=models.Q(state="new"),
                name="raw_inbound_waiting",
            ),
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="new"),
                name="raw_inbound_waiting_anywhere",
            ),
            models.Index(
                fields=["district", "token_hash"],
                condition=~models.Q(token_hash=""),
                name="raw_inbound_by_token",
            ),
            models.Index(fields=["district", "reference"], name="raw_inbound_by_reference"),
        ]


class Attachment(DistrictOwned):
    """A file that came with a message, or the reason it was refused.

    ``path`` is a random name under the data folder's files; the name a family gave is only shown.
    """

    raw = DistrictForeignKey(
        RawInbound, null=True, on_delete=models.PROTECT, related_name="attachments"
    )
    message = DistrictForeignKey(
        "inbox.Message", null=True, on_delete=models.CASCADE, related_name="attachments"
    )
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200, blank=True)
    refused = models.CharField(max_length=200, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
