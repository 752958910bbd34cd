"""The exchange with a person on one matter."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import (
    DistrictForeignKey,
    DistrictOwned,
    Membership,
    School,
    ScopedManager,
    Team,
)
from families.models import Guardian, Student
from inbox.models.topic import Topic


class Status(models.TextChoices):
    """Whose turn it is."""

    OPEN = "open", _("Open")
    PENDING = "pending", _("Waiting for the family")
    RESOLVED = "resolved", _("Resolved")


class Priority(models.TextChoices):
    """How pressing it is."""

    CRITICAL = "critical", _("Critical")
    URGENT = "urgent", _("Urgent")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("Low")


class Kind(models.TextChoices):
    """What the sender says it is."""

    QUESTION = "question", _("Question")
    CONCERN = "concern", _("Concern")
    SUGGESTION = "suggestion", _("Suggestion")
    COMPLIMENT = "compliment", _("Compliment")
    COMMENT = "comment", _("Comment")


class Channel(models.TextChoices):
    """How it reached us."""

    FORM = "form", _("Web form")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    PHONE = "phone", _("Phone")
    IN_PERSON = "in_person", _("In person")
    LETTER = "letter", _("Letter")
    API = "api", _("API")


class SenderRole(models.TextChoices):
    """Who the sender says they are."""

    GUARDIAN = "guardian", _("Parent or guardian")
    STUDENT = "student", _("Student")
    STAFF = "staff", _("Staff")
    COMMUNITY = "community", _("Community member")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Conversations by state; who may see them is said in inbox.access."""

    def open(self) -> "ConversationQuerySet":
        """Keep those whose turn is ours."""
        return self.filter(status=Status.OPEN, is_spam=False)

    def unresolved(self) -> "ConversationQuerySet":
        """Keep those that are not resolved."""
        return self.exclude(status=Status.RESOLVED).filter(is_spam=False)

    def awake(self, at: datetime) -> "ConversationQuerySet":
        """Keep those that are not snoozed past a moment."""
        return self.filter(models.Q(snoozed_until__isnull=True) | models.Q(snoozed_until__lte=at))

    def overdue(self, at: datetime) -> "ConversationQuerySet":
        """Keep open ones whose next deadline has passed."""
        return self.open().filter(due_at__lte=at)

    def unowned(self) -> "ConversationQuerySet":
        """Keep those that nobody must see closed."""
        return self.filter(owner__isnull=True)


ConversationManager = ScopedManager.from_queryset(ConversationQuerySet)


class Conversation(DistrictOwned):
    """One matter, from the first message to its resolution, with a number per district.

    ``due_at`` and ``due_metric`` repeat the earliest running clock, for lists; ``routed_at`` is
    null until a worker has given it team, owner and clocks.
    """

    number = models.PositiveBigIntegerField()
    reference = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=160)
    preview = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.QUESTION)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    priority = models.CharField(max_length=12, choices=Priority.choices, default=Priority.NORMAL)
    is_spam = models.BooleanField(default=False)
    suspicion = models.CharField(max_length=120, blank=True)

    topic = DistrictForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT)
    school = DistrictForeignKey(School, null=True, blank=True, on_delete=models.PROTECT)
    team = DistrictForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, indexed=False)
    owner = DistrictForeignKey(
        Membership,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="conversations",
        indexed=False,
    )

    guardian = DistrictForeignKey(
        Guardian, null=True, blank=True, on_delete=models.PROTECT, related_name="conversations"
    )
    student = DistrictForeignKey(Student, null=True, blank=True, on_delete=models.PROTECT)
    student_name = models.CharField(max_length=120, blank=True)
    sender_role = models.CharField(
        max_length=12, choices=SenderRole.choices, default=SenderRole.GUARDIAN
    )
    sender_name = models.CharField(max_length=120, blank=True)
    sender_email = models.CharField(max_length=254, blank=True)
    sender_phone = models.CharField(max_length=40, blank=True)
    is_anonymous = models.BooleanField(default=False)
    language = models.CharField(max_length=12, default="en")

    received_at = models.DateTimeField()
    created_at = models.DateTimeField()
    routed_at = models.DateTimeField(null=True, blank=True)
    routing_tries = models.PositiveSmallIntegerField(default=0)
    last_inbound_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    first_replied_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    due_metric = models.CharField(max_length=16, blank=True)

    objects: ClassVar[ConversationManager["Conversation"]] = ConversationManager()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district", "number"], name="conversation_number_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="conversation_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(priority__in=Priority.values), name="conversation_priority_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="conversation_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values), name="conversation_channel_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status="resolved", resolved_at__isnull=False)
                | ~models.Q(status="resolved"),
                name="conversation_resolved_when",
            ),
        ]
        indexes = [
            models.Index(
                "district",
                models.F("due_at").asc(nulls_last=True),
                "id",
                condition=models.Q(status__in=["open", "pending"]),
                name="conversation_due_next",
            ),
            models.Index(
                "district",
                "owner",
                models.F("due_at").asc(nulls_last=True),
                "id",
                condition=models.Q(status__in=["open", "pending"]),
                name="conversation_owner_due",
            ),
            models.Index(
                "district",
                "team",
                models.F("due_at").asc(nulls_last=True),
                "id",
                condition=models.Q(status__in=["open", "pending"]),
                name="conversation_team_due",
            ),
            models.Index(
                fields=["district", "-last_message_at", "-id"], name="conversation_newest"
            ),
            models.Index(
                fields=["district", "created_at"],
                condition=models.Q(routed_at__isnull=True),
                name="conversation_unrouted",
            ),
            models.Index(
                fields=["created_at"],
                condition=models.Q(routed_at__isnull=True),
                name="conversation_unrouted_anywhere",
            ),
            models.Index(
                fields=["snoozed_until"],
                condition=models.Q(snoozed_until__isnull=False),
                name="conversation_snoozed_anywhere",
            ),
            models.Index(
                fields=["district", "token_hash"],
                condition=~models.Q(token_hash=""),
                name="conversation_by_token",
            ),
            models.Index(fields=["district", "reference"], name="conversation_by_reference"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"

    @property
    def sender_label(self) -> str:
        """Return whom staff see as the sender: a name, an address, or that there is none."""
        if self.is_anonymous:
            return str(_("Anonymous"))
        return self.sender_name or self.sender_email or self.sender_phone or str(_("No name given"))
