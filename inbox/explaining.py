"""Why a promise is due when it is, for staff: what governs it, day by day, and what moved it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from inbox.business_time import DayKind, end_of_working_day
from inbox.deadline_words import (
    calendar_words,
    deadline_words,
    fate_words,
    matched_words,
    moment_words,
    policy_words,
    start_words,
)
from inbox.due_words import clock_words, due_words
from inbox.event_words import event_words
from inbox.explained import Day, Explained, Move, Pause, Stretch, explained
from inbox.length_words import hours_words
from inbox.models import Clock, ClockState, Conversation, Event, Unit
from inbox.moved_words import because_words

# Of a longer table the days in the middle are one line.
FIRST_LINES, LAST_LINES = 20, 10
MOST_NUMBERED = 60
LIVE_STATES = {ClockState.RUNNING, ClockState.PAUSED}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: which day or days, why, and how many working minutes."""

    words: str
    why: str
    minutes: int
    is_note: bool = False

    @property
    def length(self) -> str:
        """Return the working time as hours and minutes: "5 h 25"; of a note nothing."""
        return "" if self.is_note else hours_words(self.minutes)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A promise, what governs it, the lines that add up to it, and what happened to it."""

    clock: Clock
    title: str
    policy: str
    matched: str
    calendar: str
    start: str
    deadline: str
    lines: list[Line]
    happened: list[str]

    @property
    def total(self) -> str:
        """Return the whole working time of the lines."""
        return hours_words(sum(line.minutes for line in self.lines))


def explanations(
    conversation: Conversation, *, at: datetime, tz: ZoneInfo, only: int | None = None
) -> list[Explanation]:
    """Return an explanation of each promise of a conversation, the next one due last."""
    told = explained(conversation, only=only)
    return [_explanation(each, conversation, at, tz) for each in told]


def _explanation(
    told: Explained, conversation: Conversation, at: datetime, tz: ZoneInfo
) -> Explanation:
    clock = told.clock
    return Explanation(
        clock=clock,
        title=_title(clock, at, tz),
        policy=policy_words(clock),
        matched=matched_words(clock),
        calendar=calendar_words(clock, conversation, tz),
        start=start_words(clock, conversation, tz),
        deadline=deadline_words(told, tz),
        lines=lines_of(told, tz),
        happened=[*_happened(told, at, tz), *fate_words(told, tz, at)],
    )


def lines_of(told: Explained, tz: ZoneInfo) -> list[Line]:
    """Return the lines of the table, which add up to the promise."""
    lines = list(_stretch_lines(told, tz))
    if told.changed:
        known = told.clock.runs_so_far or told.clock.state not in LIVE_STATES
        words = _("Its hours have changed since: then it had") if known else _("Counted before")
        lines.append(Line(words, "", told.changed))
    if told.left:
        lines.append(Line(_("Left over"), "", told.left))
    return lines


def _title(clock: Clock, at: datetime, tz: ZoneInfo) -> str:
    promise = clock.get_metric_display()
    if clock.state in {ClockState.RUNNING, ClockState.BREACHED} and clock.ended_at is None:
        due = due_words(clock.due_at, at, tz)
        return _("%(promise)s: %(due)s") % {"promise": promise, "due": due}
    return promise


def _stretch_lines(told: Explained, tz: ZoneInfo) -> Iterator[Line]:
    """Yield the lines of each stretch with the pauses between them."""
    numbered = _numbered(told)
    pauses = {pause.from_at: pause for pause in told.pauses}
    for number, stretch in enumerate(told.stretches):
        begin = stretch.from_at if number else None
        yield from _folded(_day_lines(stretch, numbered, begin, tz))
        if stretch.to_at in pauses:
            yield _pause_line(pauses[stretch.to_at], tz)
        elif number + 1 < len(told.stretches):
            yield from _other_hours(stretch, told.stretches[number + 1], tz)


def _day_lines(
    stretch: Stretch, numbered: dict[date, int], begin: datetime | None, tz: ZoneInfo
) -> list[Line]:
    """Return a line for each working day of a stretch, and one for each row of closed ones."""
    lines = []
    for closed, group in groupby(stretch.days, key=lambda day: _is_closed(day, numbered)):
        days = list(group)
        if closed:
            lines.append(Line(_days(days), _why(days), 0))
        else:
            lines += [Line(_day(day.on), _place(day, numbered), day.minutes) for day in days]
    if begin is not None and lines:
        words = {"day": lines[0].words, "clock": clock_words(begin.astimezone(tz))}
        lines[0] = Line(_("%(day)s, from %(clock)s") % words, lines[0].why, lines[0].minutes)
    return lines


def _folded(lines: list[Line]) -> list[Line]:
    """Return the lines; of very many those in the middle are one."""
    middle = lines[FIRST_LINES:-LAST_LINES]
    if len(middle) < 2:
        return lines
    words = ngettext("%(count)d line more", "%(count)d lines more", len(middle))
    folded = Line(words % {"count": len(middle)}, "", sum(line.minutes for line in middle))
    return [*lines[:FIRST_LINES], folded, *lines[-LAST_LINES:]]


def _pause_line(pause: Pause, tz: ZoneInfo) -> Line:
    words = {"from": moment_words(pause.from_at, tz)}
    why = _("waiting for the family") if pause.why == "family" else _("resolved")
    if pause.to_at is None:
        return Line(_("Since %(from)s") % words, why, 0)
    words["to"] = moment_words(pause.to_at, tz)
    return Line(_("%(from)s to %(to)s") % words, why, 0)


def _other_hours(before: Stretch, after: Stretch, tz: ZoneInfo) -> Iterator[Line]:
    """Yield the line that says in which hours it counts from then on."""
    if before.calendar != after.calendar:
        name = after.calendar.name if after.calendar else _("day and night")
        words = {"from": moment_words(after.from_at, tz), "calendar": name}
        yield Line(_("From %(from)s on: %(calendar)s") % words, "", 0, is_note=True)


def _numbered(told: Explained) -> dict[date, int]:
    """Return which working day each date is for a promise in days that never paused."""
    clock = told.clock
    whole = clock.unit == Unit.DAYS and clock.decisive_run()[0] == clock.began_at
    if not whole or not told.shows_deadline or clock.length > MOST_NUMBERED:
        return {}
    closes = [
        end_of_working_day(clock.began_at, days, clock.hours) for days in range(clock.length + 1)
    ]
    zone = clock.hours.tz
    return {
        (close - datetime.resolution).astimezone(zone).date(): number
        for number, close in enumerate(closes)
    }


def _is_closed(day: Day, numbered: dict[date, int]) -> bool:
    return day.minutes == 0 and day.on not in numbered


def _place(day: Day, numbered: dict[date, int]) -> str:
    """Return what a working day is to the promise, and what its calendar calls it."""
    said = list(day.names)
    if numbered.get(day.on) == 0:
        said.append(_("counts as received"))
    elif day.on in numbered:
        said.append(_("working day %(number)d") % {"number": numbered[day.on]})
    return ", ".join(said)


def _why(days: list[Day]) -> str:
    names = list(dict.fromkeys(name for day in days for name in day.names))
    if names:
        return ", ".join(names)
    kinds = {day.kind for day in days}
    if DayKind.CLOSED in kinds:
        return _("closed")
    return _("outside working hours") if kinds & {DayKind.OPEN, DayKind.SPECIAL} else _("no hours")


def _happened(told: Explained, at: datetime, tz: ZoneInfo) -> list[str]:
    """Return what happened to it, in the order in which it did."""
    said = [(move.at, _moved(move, at, tz)) for move in told.moves]
    said += [(stage.at, _stage(stage)) for stage in told.stages]
    lines = [
        _("%(when)s: %(what)s") % {"when": moment_words(when, tz), "what": what}
        for when, what in sorted(said, key=lambda each: each[0])
    ]
    if told.taken_from is not None:
        words = {"number": told.taken_from}
        lines.insert(
            0, _("Taken over from #%(number)s, merged into this: it is due first.") % words
        )
    return lines


def _moved(move: Move, at: datetime, tz: ZoneInfo) -> str:
    words = {"after": moment_words(move.after, tz), "before": moment_words(move.before, tz)}
    said = _("due %(after)s, was %(before)s") % words
    if move.why:
        return because_words(said, move.why)
    if move.cause is None:
        return said
    if move.cause.verb == "promise_moved":
        why = _("changed promises were applied to what is open")
    else:
        why = event_words(move.cause, at=at, tz=tz)
    return _("%(said)s: %(why)s") % {"said": said, "why": why}


def _stage(stage: Event) -> str:
    if stage.verb == "breached":
        return _("Late, and announced as late")
    if stage.verb == "escalated":
        return _("Still late: told who comes next in the chain")
    if "percent" not in stage.detail:
        return _("Warned that it is due soon")
    return _("Warned at %(percent)d %% of its time") % {"percent": stage.detail["percent"]}


def _days(days: list[Day]) -> str:
    if len(days) == 1:
        return _day(days[0].on)
    return _("%(first)s to %(last)s") % {"first": _day(days[0].on), "last": _day(days[-1].on)}


def _day(on: date) -> str:
    return format_date(on, pgettext("date format of a day in a table", "D, M j"))
