"""One running promise: its verbs, and the arithmetic of its deadline."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.functional import cached_property

from districts.models import BusinessCalendar
from inbox.business_time import add_working_minutes, end_of_working_day, working_minutes_between
from inbox.models.clock_run import ClockRun
from inbox.models.clock_state import ClockManager, ClockState
from inbox.models.hours import working_hours
from inbox.models.promise import SlaTarget, Unit
from inbox.models.timed import Timed
from inbox.turn_taking import Stretch
from inbox.working_hours import WorkingHours


class Clock(Timed):
    """One running target on one conversation."""

    objects: ClassVar[ClockManager["Clock"]] = ClockManager()

    class Meta(Timed.Meta):
        abstract = False

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
        runs = self.runs_so_far
        if runs and runs[0].from_at == self.began_at:
            self.spent_minutes = sum(run.minutes for run in runs)
        self.calendar_version = self.calendar.version if self.calendar else 0
        self.total_minutes = self.length
        if self.unit == Unit.DAYS:
            self.total_minutes = working_minutes_between(self.began_at, self._close(), self.hours)
        self.due_at = self._deadline()
        self.plan_warning()

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
        self.refresh()
        if at > self.due_at:
            self.breach()
            return
        self._bank(at)
        self.state, self.paused_at = ClockState.PAUSED, at
        self.derive()
        self.store()

    def resume(self, *, at: datetime) -> None:
        """Go on counting with what is left."""
        if self.state != ClockState.PAUSED:
            return
        self.state, self.paused_at, self.started_at = ClockState.RUNNING, None, at
        self.derive()
        self.save()

    def meet(self, *, at: datetime) -> None:
        """Keep the promise, or end a broken one late: the breach stays, at its deadline."""
        if not self.is_live:
            return
        self.refresh()
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
        """Owe it no more; what was broken by then is broken, whoever had not noticed yet."""
        if not self.is_live:
            return
        self.refresh()
        if self.state == ClockState.RUNNING and at > self.due_at:
            self.breach()
        self.void(at=at)

    def void(self, *, at: datetime) -> None:
        """Let it be as if it had never been owed: a duplicate, or spam."""
        if not self.is_live:
            return
        if self.state != ClockState.BREACHED:
            self.state = ClockState.CANCELLED
        self._end(at)

    def revive(self) -> None:
        """Undo a cancellation: it counts, or is paused, from where it did, in today's hours."""
        self.ended_at = None
        if self.state == ClockState.CANCELLED:
            self.state = ClockState.PAUSED if self.paused_at else ClockState.RUNNING
            self.derive()
        else:
            self.escalate_at = self.due_at  # the sweep then finds when the next step is due
        self.save()

    def reopen(self, *, at: datetime) -> None:
        """Owe the act again after it was done; the time already spent is kept."""
        if self.is_live:
            return
        self._keep(self.ended_at or self.started_at)
        self.ended_at, self.started_at = None, at
        if self.state != ClockState.BREACHED:
            self.state = ClockState.RUNNING
            self.derive()
        self.store()

    def refresh(self) -> None:
        """Count by the hours as they are now, before an act is judged by a deadline; unsaved."""
        stale = self.calendar is not None and self.calendar.version != self.calendar_version
        if stale and self.state in {ClockState.RUNNING, ClockState.PAUSED}:
            self.derive()

    @property
    def runs_so_far(self) -> list[ClockRun]:
        """Return the stretches in which it counted before the present one, in their order."""
        return [*(self.runs.all() if self.pk else []), *self.banked]

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
        started_at, spent, hours = self.decisive_run()
        minutes = max(0, self.total_minutes * percent // 100 - spent)
        self.warn_at = add_working_minutes(started_at, minutes, hours)

    def _end(self, at: datetime) -> None:
        """Stop; what was to be announced by now still is, however late the sweep."""
        self.ended_at = at
        if self.escalate_at is not None and self.escalate_at > at:
            self.escalate_at = None
        self.save()

    def _deadline(self) -> datetime:
        """Return when it is due: at the close of a working day, or when its minutes are used up."""
        started_at, spent, hours = self.decisive_run()
        if self.unit == Unit.DAYS and started_at == self.began_at:
            return self._close()
        return add_working_minutes(started_at, max(0, self.total_minutes - spent), hours)

    def decisive_run(self) -> tuple[datetime, int, WorkingHours]:
        """Return the start of the run in which it is due, what was spent before it, and its hours.

        It is the present one, unless it was broken in an earlier one and reopened since.
        """
        broken_at = self.breached_at
        if broken_at is None or self.started_at <= broken_at:
            ended = self.ended_at is not None  # its last run is spent too
            before = sum(run.minutes for run in self.runs_so_far) if ended else self.spent_minutes
            return self.started_at, before, self.hours
        runs = [run for run in self.runs_so_far if run.from_at <= broken_at]
        spent = sum(run.minutes for run in runs[:-1])
        return (
            (runs[-1].from_at, spent, runs[-1].hours)
            if runs
            else (broken_at, self.total_minutes, self.hours)
        )

    def _close(self) -> datetime:
        return end_of_working_day(self.began_at, self.length, self.hours)
