"""Suggesting topics: a district's own model, and what it suggested for a conversation."""

from datetime import datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from districts.models import DistrictForeignKey, DistrictOwned, Membership, ScopedManager
from inbox.models.conversation import Conversation
from inbox.models.topic import Topic
from inbox.topic_model import LARGEST_PACKED


class StoredModelQuerySet(models.QuerySet["StoredModel"]):
    """Models by whether it is time to look if they are to be trained again."""

    def due(self, at: datetime) -> "StoredModelQuerySet":
        """Keep those whose next look is due."""
        return self.filter(next_look_at__lte=at)


StoredModelManager = ScopedManager.from_queryset(StoredModelQuerySet)


class StoredModel(DistrictOwned):
    """The one model of a district, trained on its own conversations and on no other's.

    ``body`` is numbers only (see inbox.topic_model) under ``checksum``; ``threshold`` is the
    confidence in percent from which a suggestion decides alone, null where none does.
    """

    version = models.PositiveIntegerField(default=1)
    body = models.BinaryField(max_length=LARGEST_PACKED)
    checksum = models.CharField(max_length=64)
    examples = models.PositiveIntegerField()
    report = models.JSONField(default=dict)
    trained_at = models.DateTimeField()
    next_look_at = models.DateTimeField()
    threshold = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(50), MaxValueValidator(99)]
    )

    objects: ClassVar[StoredModelManager["StoredModel"]] = StoredModelManager()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district"], name="one_topic_model"),
            models.CheckConstraint(
                condition=models.Q(threshold__isnull=True)
                | models.Q(threshold__gte=50, threshold__lte=99),
                name="threshold_is_a_percentage",
            ),
        ]
        indexes = [models.Index(fields=["next_look_at"], name="model_next_look_anywhere")]

    def __str__(self) -> str:
        return f"version {self.version}"


class TopicSuggestion(DistrictOwned):
    """What was suggested for a conversation, how surely, and whether that decided alone.

    ``answered_at`` is when a person took it, chose otherwise or took it back; null until then.
    """

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="suggestions", indexed=False
    )
    topic = DistrictForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    before = DistrictForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    percent = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()
    decided = models.BooleanField(default=False)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district", "conversation"], name="one_suggestion_each")
        ]
