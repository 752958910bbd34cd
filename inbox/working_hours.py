"""When a district works: weekly hours and exceptions by date, in its own time zone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from inbox.working_timeline import DAY, EPOCH, MICROSECOND, DaySpans, Timeline

EPOCH_DATE = EPOCH.date()
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class BadWorkingHoursError(ValueError):
    """The spans of a day are not in order, overlap, or are no spans at all."""


class DayKind(StrEnum):
    """Why a date has the working time that it has."""

    OPEN = "open"  # the weekly hours of that weekday
    OFF = "off"  # a weekday without weekly hours
    SPECIAL = "special"  # an exception with hours of its own
    CLOSED = "closed"  # an exception without hours


@dataclass(frozen=True)
class WorkingHours:
    """The working time of one calendar.

    `weekly` maps a weekday (Monday = 0) and `exceptions` a date to its spans: any number, half-open
    [start, end), in order, not overlapping, in wall-clock time of `tz`; an end of `time.max` means
    24:00. A weekday left out is closed, so is an exception without spans. Both mappings are copied.

    Raises BadWorkingHoursError, a ValueError, which names the day and what is wrong with it.
    """

    tz: ZoneInfo
    weekly: Mapping[int, Sequence[tuple[time, time]]]
    exceptions: Mapping[date, Sequence[tuple[time, time]]]
    timeline: Timeline = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.tz, tzinfo):
            raise BadWorkingHoursError(f"{self.tz!r} is no time zone.")
        weekly = {_weekday(day): tuple(spans) for day, spans in self.weekly.items()}
        exceptions = {_plain_date(on): tuple(spans) for on, spans in self.exceptions.items()}
        week = [_day_spans(name, weekly.get(day, ())) for day, name in enumerate(WEEKDAYS)]
        by_day = {number_of(on): _day_spans(f"{on}", spans) for on, spans in exceptions.items()}
        object.__setattr__(self, "weekly", weekly)
        object.__setattr__(self, "exceptions", exceptions)
        object.__setattr__(self, "timeline", Timeline(self.tz, week, by_day))

    def kind_of(self, on: date) -> DayKind:
        """Return what governs a date, the weekly hours or an exception, and if it is open."""
        exception = self.exceptions.get(on)
        if exception is None:
            return DayKind.OPEN if self.weekly.get(on.weekday()) else DayKind.OFF
        return DayKind.SPECIAL if exception else DayKind.CLOSED


def number_of(on: date) -> int:
    """Return a date's number, counted from 1970-01-01."""
    return (on - EPOCH_DATE).days


def date_of(day: int) -> date:
    """Return the date that has this number."""
    return EPOCH_DATE + timedelta(days=day)


def _weekday(day: int) -> int:
    if day not in range(7):
        raise BadWorkingHoursError(f"{day!r} is no weekday: Monday is 0 and Sunday 6.")
    return day


def _plain_date(on: date) -> date:
    if isinstance(on, datetime) or not isinstance(on, date):
        raise BadWorkingHoursError(f"{on!r} is no date.")
    return on


def _day_spans(day: str, spans: Sequence[tuple[time, time]]) -> DaySpans:
    measured = tuple((_since_midnight(day, start), _until(day, end)) for start, end in spans)
    for start, end in measured:
        if start >= end:
            raise BadWorkingHoursError(
                f"{day}: a span ends before or when it starts (24:00 is time.max)."
            )
    for (_, end), (start, _) in pairwise(measured):
        if start < end:
            raise BadWorkingHoursError(f"{day}: spans overlap or are out of order.")
    return measured


def _since_midnight(day: str, at: time) -> int:
    if at.tzinfo is not None:
        raise BadWorkingHoursError(f"{day}: hours are wall-clock times, without a time zone.")
    return (
        datetime.combine(EPOCH_DATE, at) - datetime.combine(EPOCH_DATE, time.min)
    ) // MICROSECOND


def _until(day: str, at: time) -> int:
    return DAY if at == time.max else _since_midnight(day, at)
