"""A calendar's school year, July to June, day by day: open, closed, special or without hours."""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from districts.hours import Span, format_spans
from districts.models import BusinessCalendar, CalendarException

FIRST_MONTH = 7
SUNDAY = 6


class Said(NamedTuple):
    """What is said of one day: what counts, its name and hours, and the exception behind it."""

    kind: str
    name: str = ""
    hours: str = ""
    exception: int | None = None


class Day(NamedTuple):
    """One day of the year view; ``kind`` is open, off, special or closed."""

    on: date
    said: Said


@dataclass(frozen=True)
class Month:
    """A month as it hangs on a wall: weeks from Sunday on, None outside of it."""

    first_on: date
    weeks: list[list[Day | None]]


def first_year_of(on: date) -> int:
    """Return the year in which a day's school year began."""
    return on.year if on.month >= FIRST_MONTH else on.year - 1


def bounds(first_year: int) -> tuple[date, date]:
    """Return the first and the last day of a school year."""
    return date(first_year, FIRST_MONTH, 1), date(first_year + 1, FIRST_MONTH, 1) - timedelta(1)


def school_year(calendar: BusinessCalendar, first_year: int) -> list[Month]:
    """Return the twelve months of a school year."""
    said = _exceptions(exceptions_of(calendar, first_year))
    week: dict[int, list[Span]] = {}
    for span in calendar.weekly_spans.all():
        week.setdefault(span.weekday, []).append((span.opens_minute, span.closes_minute))
    usual = {day: Said("open", hours=format_spans(spans)) for day, spans in week.items()}
    found = []
    for place in range(12):
        first = date(first_year + (FIRST_MONTH + place > 12), (FIRST_MONTH + place - 1) % 12 + 1, 1)
        weeks = months.Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
        found.append(Month(first, [[_day(on, first, said, usual) for on in row] for row in weeks]))
    return found


def exceptions_of(calendar: BusinessCalendar, first_year: int) -> list[CalendarException]:
    """Return the days of a school year that differ from the week, in order."""
    first, last = bounds(first_year)
    near = calendar.exceptions.filter(first_on__lte=last, last_on__gte=first)
    return list(near.prefetch_related("spans").order_by("first_on", "pk"))


def _day(on: date, first: date, said: dict[date, Said], usual: dict[int, Said]) -> Day | None:
    if on.month != first.month:
        return None
    return Day(on, said.get(on) or usual.get(on.weekday()) or Said("off"))


def _exceptions(found: list[CalendarException]) -> dict[date, Said]:
    """Return what counts on each day that differs; closed counts over special hours."""
    said: dict[date, Said] = {}
    for exception in sorted(found, key=lambda each: not each.minutes):
        kind = "special" if exception.minutes else "closed"
        what = Said(kind, exception.name, exception.hours, exception.pk)
        for days in range((exception.last_on - exception.first_on).days + 1):
            said[exception.first_on + timedelta(days=days)] = what
    return said
