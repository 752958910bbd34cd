"""Closing the loop with people who answered a survey and agreed to be written to."""

from django.db import models

from districts.models import DistrictForeignKey, DistrictOwned, Membership
from families.models import Delivery
from inbox.models import RawInbound
from surveys.models import Response


class FollowUp(DistrictOwned):
    """A detractor who may be contacted: their answer came in as a matter for the inbox, once."""

    response = DistrictForeignKey(
        Response, on_delete=models.CASCADE, related_name="follow_ups", indexed=False
    )
    raw = DistrictForeignKey(RawInbound, on_delete=models.PROTECT, related_name="+", indexed=False)
    at = models.DateTimeField()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "response"], name="one_follow_up_a_response"
            )
        ]


class Thanks(DistrictOwned):
    """A promoter who may be contacted and was thanked, once."""

    response = DistrictForeignKey(
        Response, on_delete=models.CASCADE, related_name="thanks", indexed=False
    )
    delivery = DistrictForeignKey(
        Delivery, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    at = models.DateTimeField()

    class Meta(DistrictOwned.Meta):
        verbose_name_plural = "thanks"
        constraints = [
            models.UniqueConstraint(fields=["district", "response"], name="thanked_once")
        ]
