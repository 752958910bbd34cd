"""One running promise: its verbs, and the arithmetic of its deadline."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import BusinessCalendar, DistrictForeignKey, DistrictOwned, ScopedManager
from inbox.business_time import (
    add_working_minutes,
    end_of_working_day,
    working_minutes_between,
)
from inbox.models.conversation import Conversation
from inbox.models.hours import working_hours
from inbox.models.promise import Metric, SlaTarget, Unit
from inbox.working_hours import WorkingHours


class ClockState(models.TextChoices):
    """What became of a promise so far."""

    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    MET = "met", _("Met")
    BREACHED = "breached", _("Breached")
    CANCELLED = "cancelled", _("Cancelled")


LIVE = models.Q(state__in=["running", "paused"]) | models.Q(state="breached", ended_at__isnull=True)


class ClockQuerySet(models.QuerySet["Clock"]):
    """Clocks by what is still owed."""

    def live(self) -> "ClockQuerySet":
        """Keep those whose act is still owed: running, paused, or breached and not ended."""
        return self.filter(LIVE)

    def to_warn(self, at: datetime) -> "ClockQuerySet":
        """Keep running ones whose warning is due and was not given."""
        return self.filter(state="running", warned_at__isnull=True, warn_at__lte=at)

    def to_breach(self, at: datetime) -> "ClockQuerySet":
        """Keep running ones whose deadline has passed."""
        return self.filter(state="running", due_at__lte=at)


ClockManager = ScopedManager.from_queryset(ClockQuerySet)


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

    objects: ClassVar[ClockManager["Clock"]] = ClockManager()

    class Meta(DistrictOwned.Meta):
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

    def __str__(self) -> str:
        return f"{self.metric} {self.state}"

    @property
    def hours(self) -> WorkingHours:
        """Return the working hours it counts in; without a calendar, round the clock."""
        return working_hours(self.calendar)

    @property
    def is_live(self) -> bool:
        """Say whether its act is still owed."""
        return self.state in {"running", "paused"} or (
            self.state == ClockState.BREACHED and self.ended_at is None
        )

    def promise(self, target: SlaTarget, calendar: BusinessCalendar | None) -> None:
        """Take over a target's promise, keeping the time already spent; nothing is saved."""
        self.target, self.policy_name, self.calendar = target, target.policy.name, calendar
        self.metric, self.unit, self.length = target.metric, target.unit, target.length
        self.warn_percent = target.warn_percent
        if self.unit == Unit.DAYS:
            close = end_of_working_day(self.began_at, self.length, self.hours)
            self.total_minutes = working_minutes_between(self.began_at, close, self.hours)
        else:
            self.total_minutes = self.length
        self._set_deadlines()

    def pause(self, *, at: datetime) -> None:
        """Stop counting; the time spent so far is kept."""
        if self.state != ClockState.RUNNING:
            return
        if at > self.due_at:
            self.breach()
            return
        self.spent_minutes += working_minutes_between(self.started_at, at, self.hours)
        self.state, self.paused_at = ClockState.PAUSED, at
        self.save()

    def resume(self, *, at: datetime) -> None:
        """Go on counting with what is left."""
        if self.state != ClockState.PAUSED:
            return
        self.state, self.paused_at, self.started_at = ClockState.RUNNING, None, at
        self._set_deadlines()
        self.save()

    def meet(self, *, at: datetime) -> None:
        """Keep the promise, or end a broken one late: the breach stays, at its deadline."""
        if not self.is_live:
            return
        if self.state != ClockState.PAUSED:
            self.spent_minutes += max(0, working_minutes_between(self.started_at, at, self.hours))
        if self.state == ClockState.RUNNING and at > self.due_at:
            self.breach()
        if self.state != ClockState.BREACHED:
            self.state = ClockState.MET
        self.ended_at, self.paused_at = at, None
        self.save()

    def breach(self) -> None:
        """Break the promise, at its deadline whenever that is noticed, and say so."""
        self.state, self.breached_at = ClockState.BREACHED, self.due_at
        self.save()
        self.conversation.record("breached", by=None, at=self.due_at, metric=self.metric)

    def cancel(self, *, at: datetime) -> None:
        """Owe it no more."""
        if not self.is_live:
            return
        if self.state != ClockState.BREACHED:
            self.state = ClockState.CANCELLED
        self.ended_at, self.paused_at = at, None
        self.save()

    def revive(self) -> None:
        """Undo a cancellation: it counts from where it did, as if never cancelled."""
        self.state, self.ended_at = ClockState.RUNNING, None
        self.save()

    def reopen(self, *, at: datetime) -> None:
        """Owe the act again after it was done; the time already spent is kept."""
        if self.is_live:
            return
        self.ended_at, self.started_at = None, at
        if self.state != ClockState.BREACHED:
            self.state = ClockState.RUNNING
            self._set_deadlines()
        self.save()

    def _set_deadlines(self) -> None:
        left = max(0, self.total_minutes - self.spent_minutes)
        warn = max(0, self.total_minutes * self.warn_percent // 100 - self.spent_minutes)
        self.due_at = add_working_minutes(self.started_at, left, self.hours)
        self.warn_at = add_working_minutes(self.started_at, warn, self.hours)
