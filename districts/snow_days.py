"""A day closed at one click, today or back-dated, for one calendar or all; and taken back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from districts.calendars import Days, add_days, remove_days
from districts.models import BusinessCalendar, CalendarException, ExceptionSource, Membership

FURTHEST_BACK = timedelta(days=366)
FURTHEST_AHEAD = timedelta(days=30)


@transaction.atomic
def close(
    calendars: Iterable[BusinessCalendar], on: date, name: str, *, by: Membership, at: datetime
) -> UUID | None:
    """Close a day in each of the calendars that is not closed then already.

    Return what takes it back, or None where every calendar was closed already. Closed counts over
    special hours of the same day.
    """
    series = uuid4()
    closed = [
        calendar
        for calendar in calendars
        if not calendar.exceptions.in_the_way(on, on, closes=True).exists()
    ]
    day = [Days(name, on, on, key=on.isoformat())]
    for calendar in closed:
        add_days(calendar, day, source=ExceptionSource.SNOW_DAY, series=series, by=by, at=at)
    return series if closed else None


def closed_by(series: UUID) -> list[CalendarException]:
    """Return the days that one click closed, with their calendars."""
    found = CalendarException.objects.filter(series=series, source=ExceptionSource.SNOW_DAY)
    return list(found.select_related("calendar").order_by("calendar__name"))


def take_back(series: UUID, *, by: Membership, at: datetime) -> bool:
    """Open again what one click closed; say whether there was anything left to open."""
    found = closed_by(series)
    remove_days(found, by=by, at=at)
    return bool(found)
