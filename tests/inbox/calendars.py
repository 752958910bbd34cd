"""The calendar of the worked cases, and a walk minute by minute to check any arithmetic against."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from inbox.business_time import WorkingHours

NEW_YORK = ZoneInfo("America/New_York")
MINUTE = timedelta(minutes=1)
SCHOOL_DAY = [(time(8), time(12)), (time(13), time(16, 30))]
ALL_DAY = [(time.min, time.max)]
CLOSED = [date(2026, 11, 26), date(2026, 11, 27), *(date(2026, 12, day) for day in range(21, 32))]

SCHOOL = WorkingHours(
    NEW_YORK,
    dict.fromkeys(range(5), SCHOOL_DAY),
    {date(2026, 11, 25): SCHOOL_DAY[:1], **dict.fromkeys([*CLOSED, date(2027, 1, 1)], ())},
)
ROUND_THE_CLOCK = WorkingHours(NEW_YORK, dict.fromkeys(range(7), ALL_DAY), {})
NEVER = WorkingHours(NEW_YORK, {}, {})


def new_york(words: str) -> datetime:
    return datetime.strptime(words, "%a %Y-%m-%d %H:%M").replace(tzinfo=NEW_YORK)


def is_working(at: datetime, hours: WorkingHours) -> bool:
    local = at.astimezone(hours.tz)
    spans = hours.exceptions.get(local.date(), hours.weekly.get(local.weekday(), ()))
    return any(
        start <= local.time() and (local.time() < end or end == time.max) for start, end in spans
    )


def walk(start: datetime, hours: WorkingHours) -> Iterator[datetime]:
    """Yield the end of each working minute from a whole-minute UTC start on."""
    for at in (start + MINUTE * minute for minute in range(12 * 1440)):
        if is_working(at, hours):
            yield at + MINUTE
