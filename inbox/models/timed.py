"""The columns of a clock, its constraints, and the indexes that sweeps need."""

from django.db import models

from districts.models import BusinessCalendar, DistrictForeignKey
from inbox.models.clock_state import LIVE, ClockState
from inbox.models.conversation import Conversation
from inbox.models.promise import Metric, SlaTarget, Unit
from inbox.models.stages import WithStages


class Timed(WithStages):
    """One running target on one conversation.

    ``breached`` is still waiting for its act; ``ended_at`` says when it was met or cancelled, and
    ``breached_at`` stays, so a late answer is a breach that ended. ``spent_minutes`` is working
    time used up before ``started_at`` of the present run (pauses, changes of policy).

    ``calendar_version`` is the version of the calendar that the deadlines were counted with.
    """

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="clocks", indexed=False
    )
    target = DistrictForeignKey(
        SlaTarget, null=True, on_delete=models.SET_NULL, related_name="+", indexed=False
    )
    policy_name = models.CharField(max_length=120)
    matched = models.JSONField(default=list)
    metric = models.CharField(max_length=16, choices=Metric.choices)
    unit = models.CharField(max_length=8, choices=Unit.choices)
    length = models.PositiveIntegerField()
    calendar = DistrictForeignKey(
        BusinessCalendar, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    calendar_version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=ClockState.choices, default=ClockState.RUNNING)
    began_at = models.DateTimeField()
    started_at = models.DateTimeField()
    spent_minutes = models.PositiveIntegerField(default=0)
    total_minutes = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(WithStages.Meta):
        abstract = True
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ClockState.values), name="clock_state_known"
            ),
            models.UniqueConstraint(
                fields=["district", "conversation", "metric"],
                condition=LIVE,
                name="one_live_clock_a_metric",
            ),
            models.CheckConstraint(
                condition=models.Q(excused_at__isnull=True)
                | models.Q(state="breached", due_at__gt=models.F("breached_at")),
                name="only_a_breach_is_excused",
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
                condition=models.Q(state="running", warn_at__isnull=False),
                name="clock_to_warn",
            ),
            models.Index(
                fields=["district", "escalate_at"],
                condition=models.Q(escalate_at__isnull=False),
                name="clock_to_escalate",
            ),
            # What a changed calendar governs: see inbox.recounting.
            models.Index(
                fields=["district", "calendar", "conversation"],
                condition=models.Q(state__in=["running", "paused", "breached"]),
                name="clock_of_calendar",
            ),
            # The three that a sweep across districts reads: nothing due costs one index probe.
            models.Index(
                fields=["due_at"], condition=models.Q(state="running"), name="clock_due_anywhere"
            ),
            models.Index(
                fields=["warn_at"],
                condition=models.Q(state="running", warn_at__isnull=False),
                name="clock_to_warn_anywhere",
            ),
            models.Index(
                fields=["escalate_at"],
                condition=models.Q(escalate_at__isnull=False),
                name="clock_to_escalate_anywhere",
            ),
        ]
