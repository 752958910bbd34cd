"""Changing when a district works; every change makes a new version of its calendar."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext_lazy as _

from districts import audit
from districts.hours import Span, format_spans
from districts.models import (
    BusinessCalendar,
    CalendarException,
    ExceptionSpan,
    Membership,
    WeeklySpan,
)


@transaction.atomic
def save_week(
    calendar: BusinessCalendar, week: dict[int, list[Span]], *, by: Membership, at: datetime
) -> None:
    """Save a calendar's name and zone, and the spans of each weekday, Monday = 0.

    The first calendar of a district is its default.
    """
    is_new = calendar.pk is None
    if is_new:
        calendar.is_default = not BusinessCalendar.objects.filter(is_default=True).exists()
    calendar.save(update_fields=None if is_new else ["name", "time_zone"])
    calendar.weekly_spans.all().delete()
    for weekday, spans in week.items():
        for opens, closes in spans:
            WeeklySpan.objects.create(
                calendar=calendar, weekday=weekday, opens_minute=opens, closes_minute=closes
            )
    _renew(calendar)
    said = [format_spans(week.get(weekday, [])) for weekday in range(7)]
    verb = "created" if is_new else "changed"
    audit.write(
        verb, calendar, by=by, at=at, name=calendar.name, zone=calendar.time_zone, week=said
    )


@transaction.atomic
def save_exception(
    exception: CalendarException, spans: list[Span], *, by: Membership, at: datetime
) -> None:
    """Save days that differ from the week; without spans they are closed."""
    verb = "created" if exception.pk is None else "changed"
    exception.save()
    exception.spans.all().delete()
    for opens, closes in spans:
        ExceptionSpan.objects.create(exception=exception, opens_minute=opens, closes_minute=closes)
    _renew(exception.calendar)
    audit.write(verb, exception, by=by, at=at, **_said(exception), hours=format_spans(spans))


@transaction.atomic
def remove_exception(exception: CalendarException, *, by: Membership, at: datetime) -> None:
    """Let these days be as the week says again."""
    audit.write("removed", exception, by=by, at=at, **_said(exception))
    _renew(exception.calendar)
    exception.delete()


@transaction.atomic
def make_default(calendar: BusinessCalendar, *, by: Membership, at: datetime) -> None:
    """Let a calendar count where no other is named."""
    list(BusinessCalendar.objects.select_for_update().order_by("pk"))
    BusinessCalendar.objects.filter(is_default=True).update(is_default=False)
    BusinessCalendar.objects.filter(pk=calendar.pk).update(is_default=True)
    audit.write("made_default", calendar, by=by, at=at, name=calendar.name)


@transaction.atomic
def remove(calendar: BusinessCalendar, *, by: Membership, at: datetime) -> None:
    """Remove a calendar; whoever used it follows the default. The default itself stays."""
    if calendar.is_default:
        raise ValidationError(_("This is the default calendar: make another the default first."))
    audit.write("removed", calendar, by=by, at=at, name=calendar.name)
    try:
        calendar.delete()
    except ProtectedError as error:
        raise ValidationError(_("Promises are counted in it. Change its hours instead.")) from error


def _renew(calendar: BusinessCalendar) -> None:
    """Make a new version, so that nobody counts with the hours they remember."""
    BusinessCalendar.objects.filter(pk=calendar.pk).update(version=F("version") + 1)
    calendar.refresh_from_db(fields=["version"])


def _said(exception: CalendarException) -> dict[str, str]:
    days: tuple[date, date] = (exception.first_on, exception.last_on)
    return {"name": exception.name, "days": " - ".join(day.isoformat() for day in days)}
