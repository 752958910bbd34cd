"""What a promise has counted, as data: its stretches day by day, its pauses, and what moved it.

Its minutes add up: what the days have counted and what is left are the promise. Words are made of
it in inbox.explaining, JSON in inbox.api.promises, a sentence for families in inbox.closings.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q

from districts.models import BusinessCalendar, CalendarException
from inbox.business_time import DayKind, explain
from inbox.clock_lines import CAUSES, ENDINGS, MOVING, lines_of, own_lines, stages_of, taken_from
from inbox.models import Clock, ClockRun, ClockState, Conversation, Event
from inbox.working_hours import WorkingHours

MOST = 20
Names = Mapping[int | None, Sequence[tuple[date, date, str]]]


@dataclass(frozen=True, slots=True)
class Day:
    """A local date: how many working minutes of it count, and what its calendar calls it."""

    on: date
    minutes: int
    kind: DayKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which it counted, in one calendar; the last one ends at the deadline or the act."""

    from_at: datetime
    to_at: datetime
    calendar: BusinessCalendar | None
    days: list[Day]

    @property
    def minutes(self) -> int:
        """Return the working minutes that it counted."""
        return sum(day.minutes for day in self.days)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which it did not count; ``why`` is "family" or "resolved", open without an end."""

    from_at: datetime
    to_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that moved: ``why`` has [act, name] of a calendar; ``cause`` is another line."""

    at: datetime
    before: datetime
    after: datetime
    why: list[list[str]]
    cause: Event | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """One promise with all that explains its deadline."""

    clock: Clock
    stretches: list[Stretch]
    pauses: list[Pause]
    moves: list[Move]
    stages: list[Event]
    ended_by: Event | None = None
    taken_from: int | None = None

    @property
    def counted(self) -> int:
        """Return the working minutes of all its days."""
        return sum(stretch.minutes for stretch in self.stretches)

    @property
    def used(self) -> int:
        """Return the working minutes that count against the promise, as they did at the time."""
        if self.clock.state == ClockState.CANCELLED:
            return self.counted
        if self.shows_deadline:
            return max(self.clock.total_minutes, self.clock.decisive_run()[1])
        return self.clock.spent_minutes

    @property
    def left(self) -> int:
        """Return the working minutes of the promise that are not used."""
        return max(0, self.clock.total_minutes - self.used)

    @property
    def changed(self) -> int:
        """Return the minutes that its days do not show: their hours have changed since it ended."""
        return self.used - self.counted

    @property
    def is_broken(self) -> bool:
        """Say whether it was announced as broken."""
        return self.clock.breached_at is not None

    @property
    def shows_deadline(self) -> bool:
        """Say whether its days lead to the deadline; else to where it stopped."""
        return leads_to_deadline(self.clock)


def explained(conversation: Conversation, *, only: int | None = None) -> list[Explained]:
    """Return what explains each promise of a conversation, the next due first, in few queries."""
    runs = Prefetch("runs", ClockRun.objects.select_related("calendar"))
    clocks = conversation.clocks.select_related("calendar", "target__policy").prefetch_related(runs)
    if only is not None:
        clocks = clocks.filter(pk=only)
    found = list(clocks.order_by("-due_at", "-pk")[:MOST])[::-1]
    for clock in found:
        clock.refresh()
    events = lines_of(conversation) if found else []
    names = _names(found)
    return [_explained(clock, events, names) for clock in found]


def explained_alone(clock: Clock) -> list[Stretch]:
    """Return the stretches of a clock that may not be stored yet."""
    return _stretches(clock, _names([clock]))


def leads_to_deadline(clock: Clock) -> bool:
    """Say whether a clock's days lead to its deadline: it counts, or was broken."""
    return clock.state in {ClockState.RUNNING, ClockState.BREACHED}


def _explained(clock: Clock, events: list[Event], names: Names) -> Explained:
    own = own_lines(clock, events)
    mine = [e for e in own if clock.began_at <= e.at <= (clock.ended_at or e.at)]
    ended = [e for e in events if e.verb in ENDINGS and e.at == clock.ended_at]
    return Explained(
        clock=clock,
        stretches=_stretches(clock, names),
        pauses=_pauses(clock, mine),
        moves=[move for event in mine for move in _moves(event, clock, mine)],
        stages=stages_of(clock, own),
        ended_by=ended[0] if ended and clock.state == ClockState.CANCELLED else None,
        taken_from=taken_from(clock, events),
    )


def _stretches(clock: Clock, names: Names) -> list[Stretch]:
    """Return when it counted: up to its deadline where it leads there, else to where it stopped."""
    runs = clock.runs_so_far
    last_from, _spent, _hours = clock.decisive_run()
    if leads_to_deadline(clock):
        until = max(clock.due_at, last_from)
        runs = [run for run in runs if run.from_at < last_from]
    else:
        until = clock.started_at if clock.paused_at else clock.ended_at or clock.started_at
        if clock.state == ClockState.CANCELLED:
            until = min(until, clock.due_at)
    decisive = next((run for run in clock.runs_so_far if run.from_at == last_from), None)
    last = (last_from, until, decisive.calendar if decisive else clock.calendar)
    lengths = [*((run.from_at, run.to_at, run.calendar) for run in runs), last]
    hours = {run.calendar_id: run.hours for run in clock.runs_so_far}
    hours[clock.calendar_id] = clock.hours
    return [
        Stretch(begin, end, calendar, _days(begin, end, calendar, hours, names))
        for begin, end, calendar in lengths
        if begin < end
    ]


def _days(
    begin: datetime,
    end: datetime,
    calendar: BusinessCalendar | None,
    hours: Mapping[int | None, WorkingHours],
    names: Names,
) -> list[Day]:
    key = calendar.pk if calendar else None
    known = names.get(key, ())
    return [
        Day(row.on, row.minutes, row.label, _named(row.on, row.label, known))
        for row in explain(begin, end, hours[key])
    ]


def _named(on: date, kind: DayKind, known: Sequence[tuple[date, date, str]]) -> tuple[str, ...]:
    if kind not in {DayKind.CLOSED, DayKind.SPECIAL}:
        return ()
    return tuple(dict.fromkeys(name for first, last, name in known if first <= on <= last))


def _names(clocks: Iterable[Clock]) -> Names:
    """Return the exceptions of every calendar that these clocks counted in, in one query."""
    clocks = list(clocks)
    ids = {clock.calendar_id for clock in clocks}
    ids |= {run.calendar_id for clock in clocks for run in clock.runs_so_far}
    found: dict[int | None, list[tuple[date, date, str]]] = defaultdict(list)
    first = min((clock.began_at for clock in clocks), default=None)
    if first is None or ids <= {None}:
        return found
    last = max(max(clock.due_at, clock.ended_at or clock.due_at) for clock in clocks)
    near = Q(first_on__lte=last + timedelta(days=1), last_on__gte=first - timedelta(days=1))
    for row in CalendarException.objects.filter(near, calendar__in=ids - {None}):
        found[row.calendar_id].append((row.first_on, row.last_on, row.name))
    return found


def _pauses(clock: Clock, mine: list[Event]) -> list[Pause]:
    """Return the times between its runs, and since the last one while it is paused."""
    starts = [*(run.from_at for run in clock.runs_so_far), clock.started_at]
    ends = [run.to_at for run in clock.runs_so_far]
    resolved = {event.at for event in mine if event.verb == "resolved"}
    pauses = [
        Pause(end, start, "resolved" if end in resolved else "family")
        for end, start in zip(ends, starts[1:], strict=True)
        if end < start
    ]
    if clock.state == ClockState.PAUSED and clock.paused_at:
        pauses.append(Pause(clock.paused_at, None, "family"))
    return pauses


def _moves(event: Event, clock: Clock, mine: list[Event]) -> list[Move]:
    """Return how an event moved this clock's deadline."""
    if event.verb not in MOVING:
        return []
    detail: dict[str, Any] = event.detail
    said = detail.get("moves", [detail])
    causes = [each for each in mine if each.verb in CAUSES and each.at == event.at]
    return [
        Move(
            event.at,
            datetime.fromisoformat(one["before"]),
            datetime.fromisoformat(one["after"]),
            one.get("why", []),
            causes[0] if causes else event if detail.get("cause") else None,
        )
        for one in said
        if one["metric"] == clock.metric
    ]
