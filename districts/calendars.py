"""Changing when a district works; every change makes a new version of its calendar."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import SET_NULL, F, ProtectedError
from django.utils.translation import gettext_lazy as _

from districts import audit
from districts.hours import Span, format_spans
from districts.models import (
    BusinessCalendar,
    CalendarException,
    ExceptionSource,
    ExceptionSpan,
    Membership,
    WeeklySpan,
)
from districts.signals import calendar_changed, calendar_chosen, calendar_removed

Week = dict[int, list[Span]]


class Days(NamedTuple):
    """Days that are to differ from the week; without spans they are closed."""

    name: str
    first_on: date
    last_on: date
    spans: Sequence[Span] = ()
    key: str = ""


@transaction.atomic
def save_week(calendar: BusinessCalendar, week: Week, *, by: Membership, at: datetime) -> None:
    """Save a calendar's name and zone, and the spans of each weekday, Monday = 0.

    The first calendar of a district is its default.
    """
    is_new = calendar.pk is None
    if is_new:
        calendar.is_default = not BusinessCalendar.objects.filter(is_default=True).exists()
    before = None if is_new else _counted(calendar)
    calendar.save(update_fields=None if is_new else ["name", "time_zone"])
    calendar.weekly_spans.all().delete()
    WeeklySpan.objects.bulk_create(
        WeeklySpan(calendar=calendar, weekday=weekday, opens_minute=opens, closes_minute=closes)
        for weekday, spans in week.items()
        for opens, closes in spans
    )
    said = [format_spans(week.get(weekday, [])) for weekday in range(7)]
    verb = "created" if is_new else "changed"
    audit.write(
        verb, calendar, by=by, at=at, name=calendar.name, zone=calendar.time_zone, week=said
    )
    if not is_new and _counted(calendar) != before:
        _renew(calendar, [], by=by, at=at)


@transaction.atomic
def save_exception(
    exception: CalendarException, spans: Sequence[Span], *, by: Membership, at: datetime
) -> None:
    """Save days that differ from the week; without spans they are closed."""
    before = CalendarException.objects.filter(pk=exception.pk).first()
    verb = "changed" if before else "created"
    exception.save()
    exception.spans.all().delete()
    _open(exception, spans)
    audit.write(verb, exception, by=by, at=at, **_said(exception), hours=format_spans([*spans]))
    was = [_changed(before)] if before and before.days != exception.days else []
    _renew(exception.calendar, [_changed(exception), *was], by=by, at=at)


@transaction.atomic
def add_days(
    calendar: BusinessCalendar,
    days: Iterable[Days],
    *,
    source: ExceptionSource,
    series: UUID | None = None,
    by: Membership,
    at: datetime,
) -> list[CalendarException]:
    """Add many days at once, one version of the calendar; those of a known key stay as they are."""
    _lock(calendar)
    known = set(calendar.exceptions.filter(source=source).values_list("source_key", flat=True))
    wanted = {(each.key or f"{each.first_on} {place}"): each for place, each in enumerate(days)}
    new = [each for each in wanted.values() if not each.key or each.key not in known]
    made = [_add(calendar, each, source=source, series=series) for each in new]
    for exception, each in zip(made, new, strict=True):
        said = _said(exception) | {"source": source}
        audit.write("created", exception, by=by, at=at, **said, hours=format_spans([*each.spans]))
    if made:
        _renew(calendar, [_changed(exception) for exception in made], by=by, at=at)
    return made


@transaction.atomic
def remove_days(found: Iterable[CalendarException], *, by: Membership, at: datetime) -> None:
    """Let days be as the week says again."""
    gone: dict[int, list[CalendarException]] = {}
    for exception in found:
        gone.setdefault(exception.calendar_id, []).append(exception)
    for exceptions in gone.values():
        days = [_changed(exception) for exception in exceptions]
        for exception in exceptions:
            audit.write("removed", exception, by=by, at=at, **_said(exception))
        CalendarException.objects.filter(pk__in=[each.pk for each in exceptions]).delete()
        _renew(exceptions[0].calendar, days, by=by, at=at, undone=True)


@transaction.atomic
def make_default(calendar: BusinessCalendar, *, by: Membership, at: datetime) -> None:
    """Let a calendar count where no other is named."""
    list(BusinessCalendar.objects.select_for_update().order_by("pk"))
    BusinessCalendar.objects.filter(is_default=True).update(is_default=False)
    BusinessCalendar.objects.filter(pk=calendar.pk).update(is_default=True)
    audit.write("made_default", calendar, by=by, at=at, name=calendar.name)
    said = {"place": None, "name": calendar.name, "by": by, "at": at}
    calendar_chosen.send(sender=BusinessCalendar, **said)


@transaction.atomic
def remove(calendar: BusinessCalendar, *, by: Membership, at: datetime) -> None:
    """Remove a calendar; whoever used it follows the default. The default itself stays.

    One that promises were counted in is retired, so that they stay explained.
    """
    if calendar.is_default:
        raise ValidationError(_("This is the default calendar: make another the default first."))
    audit.write("removed", calendar, by=by, at=at, name=calendar.name)
    try:
        with transaction.atomic():
            calendar.delete()
    except ProtectedError:
        _retire(calendar, at=at)
        calendar_removed.send(sender=BusinessCalendar, calendar=calendar, by=by, at=at)


def _retire(calendar: BusinessCalendar, *, at: datetime) -> None:
    """Let every place that names it follow the default, as deleting it would have done."""
    calendar.retired_at = at
    calendar.save(update_fields=["retired_at"])
    for reference in BusinessCalendar._meta.related_objects:  # noqa: SLF001 - Django's own door
        if reference.on_delete is SET_NULL:
            rows: type[CalendarException] = reference.related_model  # type: ignore[assignment]
            rows.objects.filter(**{reference.field.name: calendar}).update(
                **{reference.field.name: None}
            )


def _add(
    calendar: BusinessCalendar, days: Days, *, source: ExceptionSource, series: UUID | None
) -> CalendarException:
    exception = CalendarException.objects.create(
        calendar=calendar,
        name=days.name,
        first_on=days.first_on,
        last_on=days.last_on,
        source=source,
        source_key=days.key,
        series=series,
    )
    _open(exception, days.spans)
    return exception


def _open(exception: CalendarException, spans: Sequence[Span]) -> None:
    ExceptionSpan.objects.bulk_create(
        ExceptionSpan(exception=exception, opens_minute=opens, closes_minute=closes)
        for opens, closes in spans
    )


def _lock(calendar: BusinessCalendar) -> None:
    """Let nobody else change it until the end of the transaction."""
    BusinessCalendar.objects.select_for_update().get(pk=calendar.pk)


def _renew(
    calendar: BusinessCalendar,
    days: list[tuple[date, date, str]],
    *,
    by: Membership,
    at: datetime,
    undone: bool = False,
) -> None:
    """Make a new version, so that nobody counts with the hours they remember, and say so."""
    BusinessCalendar.objects.filter(pk=calendar.pk).update(version=F("version") + 1)
    calendar.refresh_from_db(fields=["version"])
    said = {"calendar": calendar, "days": days, "undone": undone, "by": by, "at": at}
    calendar_changed.send(sender=BusinessCalendar, **said)


def _counted(calendar: BusinessCalendar) -> tuple[str, list[tuple[int, int, int]]]:
    """Return what deadlines depend on, as it is stored: the zone, and the week's spans."""
    zone = BusinessCalendar.objects.values_list("time_zone", flat=True).get(pk=calendar.pk)
    spans = calendar.weekly_spans.order_by("weekday", "opens_minute")
    return zone, list(spans.values_list("weekday", "opens_minute", "closes_minute"))


def _changed(exception: CalendarException) -> tuple[date, date, str]:
    return exception.first_on, exception.last_on, exception.name


def _said(exception: CalendarException) -> dict[str, str]:
    return {
        "name": exception.name,
        "days": " - ".join(day.isoformat() for day in exception.days),
    }
