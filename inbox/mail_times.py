"""When news may be mailed: at once, at the next full hour or once a day, and never in quiet hours.

Every function takes and returns aware datetimes, and is pure.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours of each day, by the wall clock of a zone, in which no mail is sent.

    From ``begins`` on and before ``ends``, which may be past midnight; equal means no hours.
    """

    begins: time
    ends: time
    tz: ZoneInfo

    def holds(self, at: datetime) -> bool:
        """Say whether a moment lies in the quiet hours."""
        now = at.astimezone(self.tz).time()
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends

    def end_after(self, at: datetime) -> datetime:
        """Return the moment itself where it is not quiet, else when the quiet hours around it end.

        An end that the clocks skip is the first moment after it, one they repeat the next to come.
        """
        if not self.holds(at):
            return at
        local = at.astimezone(self.tz)
        day = local.date() if local.time() < self.ends else local.date() + DAY
        return _upcoming(datetime.combine(day, self.ends, self.tz), at)


def next_hour(at: datetime, tz: ZoneInfo) -> datetime:
    """Return the next full hour after a moment, by the wall clock of a zone."""
    local = at.astimezone(tz)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return at - past + HOUR


def next_time(at: datetime, clock: time, tz: ZoneInfo) -> datetime:
    """Return when the wall clock of a zone next shows a time, after a moment."""
    local = at.astimezone(tz)
    today = _upcoming(datetime.combine(local.date(), clock, tz), at)
    if today > at:
        return today
    return datetime.combine(local.date() + DAY, clock, tz).astimezone(UTC)


def _upcoming(wall: datetime, at: datetime) -> datetime:
    """Return a wall-clock reading in real time: of two, the one that is still to come."""
    first = wall.astimezone(UTC)
    return first if first > at else wall.replace(fold=1).astimezone(UTC)
