"""Surges: many messages about one thing within hours, kept as one group."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from districts.models import DistrictForeignKey, DistrictOwned, Membership, School, ScopedManager
from inbox.likeness import MOST_WORDS
from inbox.models.conversation import Conversation
from inbox.models.topic import Topic


class SketchQuerySet(models.QuerySet["Sketch"]):
    """Sketches by whether anybody compared them."""

    def unseen(self) -> "SketchQuerySet":
        """Keep those that no worker has compared with the others."""
        return self.filter(seen_at__isnull=True)


SketchManager = ScopedManager.from_queryset(SketchQuerySet)


class Sketch(DistrictOwned):
    """The words of a conversation's first message as numbers, to compare it with others by.

    ``seen_at`` is null until a worker has looked whether it belongs to a surge.
    """

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="sketches", indexed=False
    )
    words = ArrayField(models.IntegerField())
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SketchManager["Sketch"]] = SketchManager()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district", "conversation"], name="one_sketch_each"),
            models.CheckConstraint(
                condition=models.Q(words__len__lte=MOST_WORDS), name="sketch_is_short"
            ),
        ]
        indexes = [
            models.Index(fields=["district", "-at", "-id"], name="sketch_newest"),
            models.Index(
                fields=["at"],
                condition=models.Q(seen_at__isnull=True),
                name="sketch_unseen_anywhere",
            ),
        ]


class SurgeState(models.TextChoices):
    """What became of a surge so far."""

    OPEN = "open", pgettext_lazy("state", "Open")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class SurgeQuerySet(models.QuerySet["Surge"]):
    """Surges by what became of them."""

    def open(self) -> "SurgeQuerySet":
        """Keep those that wait for somebody."""
        return self.filter(state=SurgeState.OPEN)


SurgeManager = ScopedManager.from_queryset(SurgeQuerySet)


class Surge(DistrictOwned):
    """One group of messages about one thing; ``first_at`` and ``last_at`` are its messages'.

    ``topic`` and ``school`` are what most of them chose; ``usual`` is how many like them usually
    come in the hours that the group took, and ``chance`` how likely so many are then.
    """

    title = models.CharField(max_length=120)
    topic = DistrictForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    school = DistrictForeignKey(School, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=SurgeState.choices, default=SurgeState.OPEN)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    found_at = models.DateTimeField()
    usual = models.FloatField()
    chance = models.FloatField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )

    objects: ClassVar[SurgeManager["Surge"]] = SurgeManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["-last_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=SurgeState.values), name="surge_state_known"
            )
        ]
        indexes = [
            models.Index(fields=["district", "-last_at", "-id"], name="surge_newest"),
            models.Index(fields=["district"], condition=models.Q(state="open"), name="surge_open"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Say whether it waits for somebody."""
        return self.state == SurgeState.OPEN

    def become(self, state: str, *, by: Membership | None, at: datetime) -> None:
        """Say what became of it, and when unless it is open again."""
        self.state = state
        self.ended_at = None if state == SurgeState.OPEN else at
        self.ended_by = None if state == SurgeState.OPEN else by
        self.save(update_fields=["state", "ended_at", "ended_by"])


class SurgeMember(DistrictOwned):
    """A conversation in a surge, in one at most; one that was taken out is not found again."""

    surge = DistrictForeignKey(
        Surge, on_delete=models.CASCADE, related_name="members", indexed=False
    )
    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="surge_links", indexed=False
    )
    at = models.DateTimeField()
    by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    taken_out = models.BooleanField(default=False)

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "conversation"], name="conversation_in_one_surge"
            )
        ]
        indexes = [
            models.Index(
                fields=["district", "surge", "conversation"],
                condition=models.Q(taken_out=False),
                name="surge_members",
            )
        ]
