"""The columns of a conversation, its constraints, and the indexes its lists need."""

from django.db import models

from districts.models import DistrictForeignKey, Membership, School, Team
from inbox.models.choices import Channel, Kind, Priority, Status
from inbox.models.sender import WithSender
from inbox.models.topic import Topic


class Matter(WithSender):
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

    received_at = models.DateTimeField()
    created_at = models.DateTimeField()
    routed_at = models.DateTimeField(null=True, blank=True)
    # In its team's queue since then, because nobody who could take it was here and free.
    queued_at = models.DateTimeField(null=True, blank=True)
    # Told to the district's owner as something that nobody has.
    unowned_told_at = models.DateTimeField(null=True, blank=True)
    routing_tries = models.PositiveSmallIntegerField(default=0)
    last_inbound_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    first_replied_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    due_metric = models.CharField(max_length=16, blank=True)
    follows = DistrictForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )

    # Where it goes on since it was merged; the one named there is merged into none itself.
    merged_into = DistrictForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    class Meta(WithSender.Meta):
        abstract = True
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
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(status="resolved"),
                name="conversation_merged_is_closed",
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
                "district",
                models.F("due_at").asc(nulls_last=True),
                "id",
                condition=models.Q(status="pending"),
                name="conversation_waiting_due",
            ),
            models.Index(
                fields=["district", "-last_message_at", "-id"], name="conversation_newest"
            ),
            models.Index(fields=["district", "received_at"], name="conversation_received"),
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
                "district",
                "team",
                models.F("due_at").asc(nulls_last=True),
                "id",
                condition=models.Q(queued_at__isnull=False),
                name="conversation_queue",
            ),
            models.Index(
                fields=["district"],
                condition=models.Q(
                    owner__isnull=True,
                    status="open",
                    is_spam=False,
                    unowned_told_at__isnull=True,
                ),
                name="conversation_unowned_anywhere",
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
