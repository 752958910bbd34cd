"""What was said and done on a conversation: messages, notes, events, assignments."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, Membership, ScopedManager, Team
from districts.prepared import prepared
from families.models import Delivery
from inbox.models.choices import Channel
from inbox.models.conversation import Conversation
from inbox.models.intake import RawInbound

BODY_LIMIT = 50_000


class Direction(models.TextChoices):
    """Who says it to whom."""

    INBOUND = "inbound", _("From the family")
    OUTBOUND = "outbound", _("To the family")
    NOTE = "note", _("Note")


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by what has been done with them."""

    def unscanned(self) -> "MessageQuerySet":
        """Keep what families wrote and nobody has looked through for critical alerts."""
        return self.filter(direction=Direction.INBOUND, scanned_at__isnull=True)


MessageManager = ScopedManager.from_queryset(MessageQuerySet)


class Message(DistrictOwned):
    """One utterance: from the family, to the family, or a note among staff."""

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", indexed=False
    )
    direction = models.CharField(max_length=8, choices=Direction.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    author = DistrictForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, indexed=False
    )
    author_name = models.CharField(max_length=120, blank=True)
    body = models.TextField(max_length=BODY_LIMIT)
    language = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    raw = DistrictForeignKey(
        RawInbound, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    delivery = DistrictForeignKey(
        Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    # When a family's words were looked through for critical alerts; null until then.
    scanned_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MessageManager["Message"]] = MessageManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(direction__in=Direction.values), name="message_direction_known"
            ),
            models.UniqueConstraint(
                fields=["district", "raw"],
                condition=models.Q(raw__isnull=False),
                name="one_message_a_raw_item",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "conversation", "at", "id"], name="thread"),
            models.Index(
                fields=["district", "id"],
                condition=models.Q(scanned_at__isnull=True, direction="inbound"),
                name="message_unscanned",
            ),
        ]


class Event(DistrictOwned):
    """One line of a conversation's timeline: who, verb, when, detail."""

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="events", indexed=False
    )
    verb = models.CharField(max_length=40)
    by = DistrictForeignKey(
        Membership,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        indexed=False,
    )
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta(DistrictOwned.Meta):
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["district", "conversation", "at", "id"], name="timeline"),
            models.Index(fields=["district", "at"], name="what_happened_since"),
        ]

    def __str__(self) -> str:
        return self.verb


def told_of(conversation: Conversation) -> "models.QuerySet[Event]":
    """Return the events of a conversation, and of those that were merged into it."""
    return Event.objects.filter(conversation__in=[conversation.pk, *merged_into(conversation)])


def merged_into(conversation: Conversation) -> list[int]:
    """Return the ids of the conversations that were merged into one."""
    return _merged(conversation=conversation.pk)


@prepared(conversation=int)
def _merged(*, conversation: int) -> "models.QuerySet[Conversation, int]":
    return Conversation.objects.filter(merged_into=conversation).values_list("pk", flat=True)


class Assignment(DistrictOwned):
    """Who had a conversation, from when to when."""

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="assignments", indexed=False
    )
    owner = DistrictForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    team = DistrictForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "conversation"],
                condition=models.Q(to_at__isnull=True),
                name="one_current_assignment",
            )
        ]


class ReadMark(DistrictOwned):
    """The last moment a member looked at a conversation; later messages are unread."""

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="read_marks", indexed=False
    )
    member = DistrictForeignKey(
        Membership, on_delete=models.CASCADE, related_name="+", indexed=False
    )
    at = models.DateTimeField()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "conversation", "member"], name="one_read_mark_each"
            )
        ]


class Draft(DistrictOwned):
    """What a member is writing on a conversation, saved as they type."""

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="drafts", indexed=False
    )
    member = DistrictForeignKey(
        Membership, on_delete=models.CASCADE, related_name="drafts", indexed=False
    )
    kind = models.CharField(max_length=8, choices=[("reply", _("Reply")), ("note", _("Note"))])
    body = models.TextField(max_length=BODY_LIMIT)
    updated_at = models.DateTimeField()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "conversation", "member", "kind"], name="one_draft_each"
            )
        ]


class Feedback(DistrictOwned):
    """The family's rating of one resolution: 1-10, helpful or not, words."""

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="feedback", indexed=False
    )
    resolution = DistrictForeignKey(
        Event, on_delete=models.PROTECT, related_name="feedback", indexed=False
    )
    rating = models.PositiveSmallIntegerField()
    helpful = models.BooleanField(null=True)
    words = models.TextField(max_length=4000, blank=True)
    language = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()

    class Meta(DistrictOwned.Meta):
        verbose_name_plural = "feedback"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "conversation", "resolution"], name="one_feedback_a_resolution"
            ),
            models.CheckConstraint(
                condition=models.Q(rating__gte=1, rating__lte=10), name="rating_from_1_to_10"
            ),
        ]
        indexes = [models.Index(fields=["district", "at"], name="feedback_by_date")]
