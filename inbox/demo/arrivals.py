"""When families write: by season, weekday and hour, less on days off, in the time zone of home."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from inbox.working_hours import DayKind, WorkingHours

DAYS = 91
A_DAY = timedelta(days=1)
SEASON = (1.0, 1.0, 1.0, 0.9, 1.0, 0.7, 0.4, 1.4, 1.3, 1.05, 1.0, 0.8)
WEEK = (1.25, 1.1, 1.0, 0.95, 0.85, 0.18, 0.3)
DAY_OFF = 0.3
# The last days fill the inbox that somebody sees first.
LAST_DAYS, MORE = 6, 1.8
HOURS = (
    *(0.05, 0.03, 0.02, 0.02, 0.1, 0.4, 1.4, 2.6, 2.4, 1.6, 1.3, 1.2),
    *(1.4, 1.3, 1.6, 2.3, 1.9, 1.3, 1.0, 1.2, 1.5, 1.1, 0.5, 0.15),
)


def arrivals(random: Random, count: int, *, at: datetime, hours: WorkingHours) -> list[datetime]:
    """Return when ``count`` messages of the last three months came in, in order."""
    today = at.astimezone(hours.tz).date()
    days = [today - ago * A_DAY for ago in range(DAYS, -1, -1)]
    weights = [_weight(day, hours) for day in days]
    weights[-LAST_DAYS:] = [weight * MORE for weight in weights[-LAST_DAYS:]]
    moments: list[datetime] = []
    while len(moments) < count:
        day = random.choices(days, weights=weights)[0]
        moment = _moment(random, day, hours.tz)
        if moment < at - timedelta(minutes=3):
            moments.append(moment)
    return sorted(moments)


def _weight(day: date, hours: WorkingHours) -> float:
    """Return how much is written on a day; on days off there is less to ask."""
    is_off = hours.kind_of(day) is DayKind.CLOSED
    return SEASON[day.month - 1] * WEEK[day.weekday()] * (DAY_OFF if is_off else 1)


def _moment(random: Random, day: date, tz: ZoneInfo) -> datetime:
    hour = random.choices(range(24), weights=HOURS)[0]
    clock = time(hour, random.randrange(60), random.randrange(60))
    return datetime.combine(day, clock, tzinfo=tz)
