"""Promises and their clocks: what was promised, by when, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import BusinessCalendar, DistrictForeignKey, DistrictOwned, Membership
from inbox.models.conversation import Conversation, Priority
from inbox.models.topic import Topic


class Metric(models.TextChoices):
    """What is promised."""

    FIRST_RESPONSE = "first_response", _("First answer")
    NEXT_RESPONSE = "next_response", _("Next answer")
    RESOLUTION = "resolution", _("Resolution")


class Unit(models.TextChoices):
    """How a promise's length is counted."""

    MINUTES = "minutes", _("Working minutes")
    DAYS = "days", _("Working days")


class SlaPolicy(DistrictOwned):
    """When promises apply: the first policy that matches governs; the last matches all.

    The fuller conditions come with issue 3; an empty condition matches everything.
    """

    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    priority = models.CharField(max_length=12, choices=Priority.choices, blank=True)
    topic = DistrictForeignKey(
        Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="policies"
    )
    is_default = models.BooleanField(default=False)
    round_the_clock = models.BooleanField(default=False)

    class Meta(DistrictOwned.Meta):
        ordering = ["position"]
        verbose_name_plural = "SLA policies"
        constraints = [
            models.UniqueConstraint(fields=["district", "position"], name="policy_position_once"),
            models.UniqueConstraint(
                fields=["district"], condition=models.Q(is_default=True), name="one_default_policy"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SlaTarget(DistrictOwned):
    """One promise of a policy: metric, length and when to warn."""

    policy = DistrictForeignKey(SlaPolicy, on_delete=models.CASCADE, related_name="targets")
    metric = models.CharField(max_length=16, choices=Metric.choices)
    unit = models.CharField(max_length=8, choices=Unit.choices)
    length = models.PositiveIntegerField()
    warn_percent = models.PositiveSmallIntegerField(default=75)

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district", "policy", "metric"], name="target_once"),
            models.CheckConstraint(
                condition=models.Q(metric__in=Metric.values), name="target_metric_known"
            ),
            models.CheckConstraint(condition=models.Q(length__gt=0), name="target_has_length"),
            models.CheckConstraint(
                condition=models.Q(warn_percent__gt=0, warn_percent__lt=100),
                name="target_warns_before",
            ),
        ]


class ClockState(models.TextChoices):
    """What became of a promise so far."""

    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    MET = "met", _("Met")
    BREACHED = "breached", _("Breached")
    CANCELLED = "cancelled", _("Cancelled")


class Clock(DistrictOwned):
    """One running target on one conversation.

    ``breached`` is still waiting for its act; ``ended_at`` says when it was met or cancelled, and
    ``breached_at`` stays, so a late answer is a breach that ended. ``spent_minutes`` is working
    time used up before ``started_at`` of the present run (pauses, changes of policy).
    """

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="clocks", indexed=False
    )
    target = DistrictForeignKey(
        SlaTarget, null=True, on_delete=models.SET_NULL, related_name="+", indexed=False
    )
    policy_name = models.CharField(max_length=120)
    metric = models.CharField(max_length=16, choices=Metric.choices)
    unit = models.CharField(max_length=8, choices=Unit.choices)
    length = models.PositiveIntegerField()
    warn_percent = models.PositiveSmallIntegerField(default=75)
    calendar = DistrictForeignKey(
        BusinessCalendar, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    state = models.CharField(max_length=12, choices=ClockState.choices, default=ClockState.RUNNING)
    began_at = models.DateTimeField()
    started_at = models.DateTimeField()
    spent_minutes = models.PositiveIntegerField(default=0)
    total_minutes = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ClockState.values), name="clock_state_known"
            ),
            models.UniqueConstraint(
                fields=["district", "conversation", "metric"],
                condition=models.Q(state__in=["running", "paused"])
                | models.Q(state="breached", ended_at__isnull=True),
                name="one_live_clock_a_metric",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "conversation"], name="clock_of_conversation"),
            models.Index(
                fields=["district", "due_at"],
                condition=models.Q(state="running"),
                name="clock_due",
            ),
            models.Index(
                fields=["district", "warn_at"],
                condition=models.Q(state="running", warned_at__isnull=True),
                name="clock_to_warn",
            ),
            # The two that a sweep across districts reads: nothing due costs one index probe.
            models.Index(
                fields=["due_at"], condition=models.Q(state="running"), name="clock_due_anywhere"
            ),
            models.Index(
                fields=["warn_at"],
                condition=models.Q(state="running", warned_at__isnull=True),
                name="clock_to_warn_anywhere",
            ),
        ]


class Notification(DistrictOwned):
    """News for one member; its key makes it arrive once."""

    member = DistrictForeignKey(Membership, on_delete=models.CASCADE, related_name="notifications")
    conversation = DistrictForeignKey(
        Conversation, null=True, on_delete=models.CASCADE, related_name="+", indexed=False
    )
    key = models.CharField(max_length=120)
    verb = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["district", "key"], name="notification_key_once")
        ]
