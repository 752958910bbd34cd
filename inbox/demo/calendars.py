"""When a demo district works: hours with a lunch break, and the holidays around now."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from districts.models import (
    BusinessCalendar,
    CalendarException,
    District,
    ExceptionSpan,
    WeeklySpan,
)

MONDAY, THURSDAY = 0, 3
A_DAY = timedelta(days=1)


class Holiday(NamedTuple):
    """Days off with a name; ``until`` is the minute at which a half day closes."""

    name: str
    first: date
    last: date
    until: int = 0


def make_calendar(
    district: District, name: str, spans: list[str], year: int, holidays: Mapping[str, Any]
) -> BusinessCalendar:
    """Make a calendar of Monday to Friday with its holidays; the first one is the default."""
    calendar = BusinessCalendar.objects.create(
        name=name,
        time_zone=district.time_zone,
        is_default=not BusinessCalendar.objects.exists(),
    )
    opening = [tuple(_minute(end) for end in span.split("-")) for span in spans]
    WeeklySpan.objects.bulk_create(
        WeeklySpan(calendar=calendar, weekday=day, opens_minute=opens, closes_minute=closes)
        for day in range(5)
        for opens, closes in opening
    )
    for each in range(year - 1, year + 2):
        for holiday in holidays_of(each, holidays):
            _close(calendar, holiday, opens=opening[0][0])
    return calendar


def holidays_of(year: int, wanted: Mapping[str, Any]) -> Iterator[Holiday]:
    """Yield the days off of a calendar year, in order."""
    yield _monday("Martin Luther King Jr. Day", nth(year, 1, MONDAY, 3))
    yield _monday("Presidents' Day", nth(year, 2, MONDAY, 3))
    spring = nth(year, 4, MONDAY, 1)
    yield Holiday("Spring break", spring, spring + 4 * A_DAY)
    yield _monday("Memorial Day", nth(year, 6, MONDAY, 1) - 7 * A_DAY)
    yield _monday("Juneteenth", date(year, 6, 19))
    yield _monday("Independence Day", date(year, 7, 4))
    yield _monday("Labor Day", nth(year, 9, MONDAY, 1))
    if wanted.get("columbus"):
        yield _monday("Indigenous Peoples' Day", nth(year, 10, MONDAY, 2))
    if wanted.get("veterans"):
        yield _monday("Veterans Day", date(year, 11, 11))
    thanks = nth(year, 11, THURSDAY, 4)
    yield Holiday("Half day before Thanksgiving", thanks - A_DAY, thanks - A_DAY, until=12 * 60)
    yield Holiday("Thanksgiving", thanks, thanks + A_DAY)
    eve = date(year, 12, 24)
    winter = eve - eve.weekday() * A_DAY
    yield Holiday("Winter break", winter, winter + 11 * A_DAY)


def nth(year: int, month: int, weekday: int, which: int) -> date:
    """Return the first, second, ... such weekday of a month."""
    first = date(year, month, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (which - 1)) * A_DAY


def _monday(name: str, on: date) -> Holiday:
    return Holiday(name, on, on)


def _close(calendar: BusinessCalendar, holiday: Holiday, *, opens: int) -> None:
    exception = CalendarException.objects.create(
        calendar=calendar, name=holiday.name, first_on=holiday.first, last_on=holiday.last
    )
    if holiday.until:
        ExceptionSpan.objects.create(
            exception=exception, opens_minute=opens, closes_minute=holiday.until
        )


def _minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
