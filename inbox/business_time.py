"""Arithmetic in working time: deadlines, lengths, and the days that explain them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from itertools import islice
from typing import NamedTuple

from inbox.working_hours import (
    BadWorkingHoursError,
    DayKind,
    WorkingHours,
    date_of,
)
from inbox.working_timeline import EPOCH, MICROSECOND, NoWorkingTimeError

__all__ = [
    "BadWorkingHoursError",
    "DayKind",
    "DayRow",
    "NoWorkingTimeError",
    "WorkingHours",
    "add_working_minutes",
    "add_working_minutes_in_bulk",
    "end_of_working_day",
    "explain",
    "is_working",
    "working_minutes_between",
]

MINUTE = timedelta(minutes=1) // MICROSECOND


class DayRow(NamedTuple):
    """One line of an explanation: a local date, its whole working minutes, and why it has them."""

    on: date
    minutes: int
    label: DayKind


def add_working_minutes(start: datetime, minutes: int, hours: WorkingHours) -> datetime:
    """Return the moment by which `minutes` of working time have passed since `start`.

    A real minute counts when its wall-clock reading in the calendar's zone lies inside a span of
    its local date: an hour that the clocks repeat counts twice, one they skip not at all. A result
    at the end of a span is that end, not the next opening; no minutes give `start` itself.

    `start` is aware, to the microsecond; the result is in its time zone. Raises ValueError for a
    naive start or negative minutes, NoWorkingTimeError when ten years pass without working time.
    """
    if minutes < 0:
        raise ValueError("Working minutes to add cannot be negative.")
    return _moment(hours.timeline.advance(_instant(start), minutes * MINUTE), start.tzinfo)


def add_working_minutes_in_bulk(
    lengths: Iterable[tuple[datetime, int]], hours: WorkingHours
) -> list[datetime]:
    """Return `add_working_minutes` for each (start, minutes), in order, with its errors.

    The calendar works out each day once, so the cost is two binary searches a deadline.
    """
    return [add_working_minutes(start, minutes, hours) for start, minutes in lengths]


def working_minutes_between(start: datetime, end: datetime, hours: WorkingHours) -> int:
    """Return the whole working minutes from `start` to `end`, both aware, rounded down.

    When `end` is the earlier one, the minutes between them as a negative number. Raises ValueError
    for a naive datetime.
    """
    begin, stop = _instant(start), _instant(end)
    if stop < begin:
        return -working_minutes_between(end, start, hours)
    return hours.timeline.worked_between(begin, stop) // MINUTE


def is_working(at: datetime, hours: WorkingHours) -> bool:
    """Say whether an aware moment lies inside a span. Raises ValueError for a naive datetime."""
    return hours.timeline.worked_between(_instant(at), _instant(at) + 1) > 0


def end_of_working_day(start: datetime, days: int, hours: WorkingHours) -> datetime:
    """Return the close of business `days` working days after the day `start` counts as received.

    What arrives outside working time counts as received at the next opening; 0 days is the close
    of that day. A working day is a local date with working time, its close the end of the last.

    `start` is aware; the result is in its time zone. Raises ValueError for a naive start or
    negative days, NoWorkingTimeError when ten years pass without working time.
    """
    if days < 0:
        raise ValueError("Working days to add cannot be negative.")
    _opening, received = hours.timeline.next_opening(_instant(start))
    closings = hours.timeline.closings_from(received)
    return _moment(next(islice(closings, days, None)), start.tzinfo)


def explain(start: datetime, due: datetime, hours: WorkingHours) -> list[DayRow]:
    """Return a row for each local date from `start` to `due`, the closed ones too.

    The minutes are whole and add up to `working_minutes_between(start, due)`. Raises ValueError for
    a naive datetime or when `due` is before `start`.
    """
    begin, end = _instant(start), _instant(due)
    if end < begin:
        raise ValueError("An explanation needs a deadline that is not before its start.")
    worked: Counter[int] = Counter()
    for day, work in hours.timeline.stretches(begin, end):
        worked[day] += work
    first = min([hours.timeline.local_day(begin), *worked])
    last = max([hours.timeline.local_day(max(begin, end - 1)), *worked])
    return list(_rows(range(first, last + 1), worked, hours))


def _rows(days: range, worked: Counter[int], hours: WorkingHours) -> Iterator[DayRow]:
    spent = 0
    for day in days:
        # Rounding the running sum, not each day, keeps the rows adding up to the whole.
        minutes = (spent + worked[day]) // MINUTE - spent // MINUTE
        spent += worked[day]
        yield DayRow(date_of(day), minutes, hours.kind_of(date_of(day)))


def _instant(at: datetime) -> int:
    if at.utcoffset() is None:
        raise ValueError(f"{at!r} is naive: business time needs a time zone.")
    return (at - EPOCH) // MICROSECOND


def _moment(instant: int, tz: tzinfo | None) -> datetime:
    return (EPOCH + instant * MICROSECOND).astimezone(tz)
