"""One running promise: its verbs, and the arithmetic of its deadline."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property

from districts.models import BusinessCalendar, DistrictForeignKey
from inbox.business_time import add_working_minutes, end_of_working_day, working_minutes_between
from inbox.models.clock_run import ClockRun
from inbox.models.clock_state import LIVE, ClockManager, ClockState
from inbox.models.conversation import Conversation
from inbox.models.hours import working_hours
from inbox.models.promise import Metric, SlaTarget, Unit
from inbox.models.stages import WithStages
from inbox.turn_taking import Stretch
from inbox.working_hours import WorkingHours


class Clock(WithStages):
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

    objects: ClassVar[ClockManager["Clock"]] = ClockManager()

    class Meta(WithStages.Meta):
        abstract = False
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

    def is_excused(self, at: datetime) -> bool:
        """Say whether its breach is one that a later closing of days has removed, so far."""
        return self.excused_at is not None and (self.ended_at or at) <= self.due_at

    def promise(self, target: SlaTarget, calendar: BusinessCalendar | None) -> None:
        """Take over a target's promise, keeping the time already spent; nothing is saved."""
        self.target, self.policy_name, self.calendar = target, target.policy.name, calendar
        self.metric, self.unit, self.length = target.metric, target.unit, target.length
        self.warn_percents = list(target.warn_percents)
        self.derive()

    def repromise(
        self, target: SlaTarget, calendar: BusinessCalendar | None, *, at: datetime
    ) -> None:
        """Take over another promise at a moment; what was spent stays spent; nothing is saved.

        Hours that change count from now on only, and what is chosen now is not due before now. A
        promise in days that never paused is measured whole: it is due at a close of business.
        """
        counts = self.state == ClockState.RUNNING and at > self.started_at
        whole = target.unit == Unit.DAYS and self.started_at == self.began_at
        if counts and not whole and calendar != self.calendar:
            self._bank(at)
        self.promise(target, calendar)
        if counts and self.due_at < at:
            self._bank(at)
            self.derive()

    def catch_up(self, turns: Sequence[Stretch]) -> None:
        """Count only the stretches in which it was our turn; for one that begins late, unsaved."""
        for turn in turns:
            self.started_at = turn.from_at
            if turn.to_at is not None:
                self._bank(turn.to_at)
        if turns and turns[-1].to_at is not None:
            self.state, self.paused_at = ClockState.PAUSED, turns[-1].to_at
        self.derive()

    def derive(self) -> None:
        """Work out spent time, deadline and warning anew from the facts; nothing is saved.

        The facts are when it began, its runs, when the present run began, its length, and its
        calendar as that is now; whoever changes a calendar calls this, and stores.
        """
        runs = [*(self.runs.all() if self.pk else []), *self.banked]
        if runs and runs[0].from_at == self.began_at:
            self.spent_minutes = sum(run.minutes for run in runs)
        self.calendar_version = self.calendar.version if self.calendar else 0
        if self.unit == Unit.DAYS:
            close = end_of_working_day(self.began_at, self.length, self.hours)
            self.total_minutes = working_minutes_between(self.began_at, close, self.hours)
        else:
            self.total_minutes = self.length
        self._set_deadlines()

    def recount(self, calendar: BusinessCalendar | None) -> None:
        """Count anew in a calendar's present hours; nothing is saved."""
        before, self.calendar = self.due_at, calendar
        if self.ended_at is not None:
            self.spent_minutes = 0
        self.derive()
        if self.ended_at is not None:  # its last run is spent, and is none of its runs before
            self._spend(self.ended_at)
        if self.escalate_at is not None and self.due_at != before:
            self.escalate_at = self.due_at  # the sweep then finds when the next step is due

    def store(self) -> None:
        """Save it with the runs that ended since it was read."""
        self.save()
        ClockRun.objects.bulk_create(self.banked)
        self.banked.clear()

    def pause(self, *, at: datetime) -> None:
        """Stop counting; the time spent so far is kept."""
        if self.state != ClockState.RUNNING:
            return
        if at > self.due_at:
            self.breach()
            return
        self._bank(at)
        self.state, self.paused_at = ClockState.PAUSED, at
        self.store()

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
        if self.state == ClockState.PAUSED:
            self.started_at = at
        else:
            self._spend(at)
        if self.state == ClockState.RUNNING and at > self.due_at:
            self.breach()
        if self.state != ClockState.BREACHED:
            self.state = ClockState.MET
        self.paused_at = None
        self._end(at)

    def breach(self) -> None:
        """Break the promise, at its deadline whenever that is noticed; the sweep tells people."""
        self.state, self.breached_at = ClockState.BREACHED, self.due_at
        self.escalate_at = self.due_at
        self.save()
        self.conversation.record("breached", by=None, at=self.due_at, metric=self.metric)

    def cancel(self, *, at: datetime) -> None:
        """Owe it no more."""
        if not self.is_live:
            return
        if self.state != ClockState.BREACHED:
            self.state = ClockState.CANCELLED
        self._end(at)

    def revive(self) -> None:
        """Undo a cancellation: it counts, or is paused, from where it did."""
        if self.state == ClockState.CANCELLED:
            self.state = ClockState.PAUSED if self.paused_at else ClockState.RUNNING
        self.ended_at = None
        self.save()

    def reopen(self, *, at: datetime) -> None:
        """Owe the act again after it was done; the time already spent is kept."""
        if self.is_live:
            return
        self._keep(self.ended_at or self.started_at)
        self.ended_at, self.started_at = None, at
        if self.state != ClockState.BREACHED:
            self.state = ClockState.RUNNING
            self._set_deadlines()
        self.store()

    @cached_property
    def banked(self) -> list[ClockRun]:
        """Return the runs that ended since it was read and are not saved yet."""
        return []

    def _bank(self, at: datetime) -> None:
        """End the present run: what it counted is spent, in the hours that it counted in."""
        self._spend(at)
        self._keep(at)
        self.started_at = at

    def _spend(self, at: datetime) -> None:
        self.spent_minutes += max(0, working_minutes_between(self.started_at, at, self.hours))

    def _keep(self, until: datetime) -> None:
        if self.started_at < until:
            run = ClockRun(from_at=self.started_at, to_at=until, calendar=self.calendar)
            run.clock = self
            self.banked.append(run)

    def plan_warning(self) -> None:
        """Set when the next warning is due; nothing is saved."""
        percent = self.next_warning()
        if percent is None:
            self.warn_at = None
            return
        minutes = max(0, self.total_minutes * percent // 100 - self.spent_minutes)
        self.warn_at = add_working_minutes(self.started_at, minutes, self.hours)

    def _end(self, at: datetime) -> None:
        """Stop; what was to be announced by now still is, however late the sweep."""
        self.ended_at = at
        if self.escalate_at is not None and self.escalate_at > at:
            self.escalate_at = None
        self.save()

    def _set_deadlines(self) -> None:
        left = max(0, self.total_minutes - self.spent_minutes)
        self.due_at = add_working_minutes(self.started_at, left, self.hours)
        self.plan_warning()
