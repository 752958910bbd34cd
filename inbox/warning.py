"""Telling people that a promise is about to slip, was broken, or still is: once for each stage.

Each stage is a due time on the clock (inbox.models.stages). A sweep claims what is due, tells in
order every stage that has passed, and sets the next one's time, in one transaction: whoever is
killed half way has told nothing, and a sweep that comes late tells late and skips nothing.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from inbox import recounting
from inbox.announcing import Stage, announce, broken, step
from inbox.business_time import add_working_minutes
from inbox.chain import Link, People, Step, next_step, steps_of
from inbox.models import Clock, ClockState, InboxSettings
from inbox.models.clock_state import ClockQuerySet
from inbox.models.each import set_each

# Claimed in one transaction: large enough that its statements weigh little for each clock, small
# enough that a killed sweeper leaves less than a second's work behind.
BATCH = 500

WARNED = ("warn_at", "warned_at", "warned_percent")
BROKEN = ("state", "breached_at", "escalate_at", "escalated_minutes")


@transaction.atomic
def warn_due(*, at: datetime) -> bool:
    """Warn of a batch of the district's promises; say whether there may be more to warn of."""
    due = Clock.objects.to_warn(at).order_by("warn_at")
    return _tell(due, lambda clock, _steps: _warn(clock, at=at), WARNED, at=at)


@transaction.atomic
def breach_due(*, at: datetime) -> bool:
    """Break a batch of the district's promises, each at its own deadline, and say so.

    What was never warned of is warned of first.
    """
    due = Clock.objects.to_breach(at).order_by("due_at")
    return _tell(due, lambda clock, steps: _break(clock, steps, at=at), WARNED + BROKEN, at=at)


@transaction.atomic
def escalate_due(*, at: datetime) -> bool:
    """Go on with a batch of the district's broken promises, to whoever comes next in the chain."""
    due = Clock.objects.to_escalate(at).order_by("escalate_at")
    return _tell(due, lambda clock, steps: _escalate(clock, steps, at=at), BROKEN, at=at)


Pass = Callable[[Clock, list[Step]], list[Stage]]


def _tell(due: ClockQuerySet, stages_of: Pass, fields: tuple[str, ...], *, at: datetime) -> bool:
    """Claim a batch, move each clock on past its due stages, and announce them."""
    clocks = _claim(due, at=at)
    settings = InboxSettings.objects.first() if clocks else None
    steps = steps_of(settings)
    stages = [stage for clock in clocks for stage in stages_of(clock, steps)]
    set_each(clocks, *fields)
    if stages:
        announce(stages, People(clocks, settings, at=at), at=at)
    return len(clocks) == BATCH


def _claim(due: ClockQuerySet, *, at: datetime) -> list[Clock]:
    """Lock a batch with its conversations, as a person's act on one does, and skip what is held.

    What was counted with a calendar's former hours is counted anew before it is announced.
    """
    rows = due.select_related("conversation", "calendar")
    locked = rows.select_for_update(skip_locked=True, of=("self", "conversation"))
    clocks = list(locked[:BATCH])
    while recounting.refresh(clocks, at=at):
        clocks = list(locked.all()[:BATCH])
    return clocks


def _warn(clock: Clock, *, at: datetime) -> list[Stage]:
    """Pass every warning whose time has come."""
    stages = []
    while clock.warn_at is not None and clock.warn_at <= at:
        clock.warned_percent, clock.warned_at = clock.next_warning() or 100, at
        stages.append(Stage(clock, "warned", str(clock.warned_percent), (Link.OWNER,), at))
        clock.plan_warning()
    return stages


def _break(clock: Clock, steps: list[Step], *, at: datetime) -> list[Stage]:
    """Pass the deadline: what is left to warn of, the breach, and every step due since."""
    warned = _warn(clock, at=at)
    clock.state, clock.breached_at = ClockState.BREACHED, clock.due_at
    clock.escalate_at = clock.due_at
    return [*warned, broken(clock), *_escalate(clock, steps, at=at)]


def _escalate(clock: Clock, steps: list[Step], *, at: datetime) -> list[Stage]:
    """Pass every step of the chain whose time has come, while the act was owed."""
    until = min(at, clock.ended_at) if clock.ended_at else at
    stages = []
    while True:
        following = next_step(steps, clock.escalated_minutes)
        clock.escalate_at = _moment_of(following, clock)
        if following is None or clock.escalate_at is None or clock.escalate_at > until:
            break
        clock.escalated_minutes = following.minutes
        stages.append(step(clock, following, at=at))
    if clock.ended_at is not None or clock.conversation.is_spam:
        clock.escalate_at = None
    return stages


def _moment_of(following: Step | None, clock: Clock) -> datetime | None:
    if following is None:
        return None
    return add_working_minutes(clock.due_at, following.minutes, clock.hours)
