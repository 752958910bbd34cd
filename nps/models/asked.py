"""Who was asked by a survey how a conversation went."""

from django.db import models

from districts.models import DistrictForeignKey, DistrictOwned
from inbox.models import Conversation, Event
from surveys.models import Invitation


class AskedAfter(DistrictOwned):
    """One resolution after which a family was invited to the survey about conversations.

    One that was taken up and resolved again before the family answered keeps its invitation, and
    points to the later resolution.
    """

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="asked_after"
    )
    resolution = DistrictForeignKey(
        Event, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    invitation = DistrictForeignKey(
        Invitation, on_delete=models.CASCADE, related_name="asked_after", indexed=False
    )
    at = models.DateTimeField()

    class Meta(DistrictOwned.Meta):
        verbose_name_plural = "asked after"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "resolution"], name="asked_once_a_resolution"
            ),
            models.UniqueConstraint(
                fields=["district", "invitation"], name="one_resolution_an_invitation"
            ),
        ]
