"""How many open promises a closing would move, before anybody decides on it."""

from bisect import bisect_left
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from districts.models import BusinessCalendar
from inbox.business_time import working_minutes_between
from inbox.models import Clock
from inbox.models.hours import working_hours
from inbox.working_hours import WorkingHours

# Beyond so many the count is a lower bound; nobody decides differently for it.
MOST = 50_000
A_DAY = timedelta(days=1)


def conversations_moved(calendar: BusinessCalendar, closed: Collection[date]) -> int:
    """Return how many conversations have a running promise that counts on days to be closed."""
    days, hours = sorted(closed), working_hours(calendar)
    running = Clock.objects.filter(state="running", calendar=calendar)
    near = running.filter(
        due_at__gt=_midnight(days[0], hours.tz),
        started_at__lt=_midnight(days[-1] + A_DAY, hours.tz),
    )
    rows = near.order_by("pk").values_list("conversation", "started_at", "due_at")[:MOST]
    return len({pk for pk, start, due in rows.iterator() if _counts(start, due, days, hours)})


def _counts(start: datetime, due: datetime, days: list[date], hours: WorkingHours) -> bool:
    """Say whether working time between two moments lies on one of the days."""
    last = due.astimezone(hours.tz).date()
    place = bisect_left(days, start.astimezone(hours.tz).date())
    while place < len(days) and days[place] <= last:
        begin = max(start, _midnight(days[place], hours.tz))
        end = min(due, _midnight(days[place] + A_DAY, hours.tz))
        if begin < end and working_minutes_between(begin, end, hours):
            return True
        place += 1
    return False


def _midnight(on: date, tz: ZoneInfo) -> datetime:
    return datetime.combine(on, time.min, tz)
