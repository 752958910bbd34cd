"""From a district's calendar to the working hours that promises count in."""

from collections import defaultdict
from datetime import date, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from districts.models import BusinessCalendar
from inbox.working_hours import WorkingHours

Spans = list[tuple[time, time]]

_ALWAYS: Spans = [(time.min, time.max)]
ROUND_THE_CLOCK = WorkingHours(ZoneInfo("UTC"), dict.fromkeys(range(7), _ALWAYS), {})


def working_hours(calendar: BusinessCalendar | None) -> WorkingHours:
    """Return a calendar's hours, read once for each of its versions; None is round the clock."""
    if calendar is None:
        return ROUND_THE_CLOCK
    return _read(calendar.pk, calendar.version)


@lru_cache(maxsize=1024)
def _read(calendar_id: int, _version: int) -> WorkingHours:
    """Read the hours; the version changes with every change of the calendar."""
    calendar = BusinessCalendar.objects.get(pk=calendar_id)
    weekly: dict[int, Spans] = defaultdict(list)
    for span in calendar.weekly_spans.all():
        weekly[span.weekday].append((_time(span.opens_minute), _time(span.closes_minute)))
    exceptions: dict[date, Spans] = {}
    for exception in sorted(
        calendar.exceptions.prefetch_related("spans"), key=lambda each: not each.minutes
    ):  # the closed days last: where two name the same day, closed counts
        spans = [(_time(opens), _time(closes)) for opens, closes in exception.minutes]
        for day in range((exception.last_on - exception.first_on).days + 1):
            exceptions[exception.first_on + timedelta(days=day)] = spans
    return WorkingHours(ZoneInfo(calendar.time_zone), weekly, exceptions)


def _time(minute: int) -> time:
    """Return a minute of the day as a time; 1,440 is the day's end."""
    return time.max if minute == 24 * 60 else time(minute // 60, minute % 60)
