"""At which moments letters leave: on days that suit, by the wall clock of a zone, never at night.

Every function takes and returns aware datetimes, and is pure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
# After so many days without one that suits, such as in summer, any day does.
LONGEST_WAIT = 14


@dataclass(frozen=True)
class SendingHours:
    """The hours of each day that suits in which letters leave: from ``begins``, before ``ends``."""

    begins: time
    ends: time
    tz: ZoneInfo
    suits: Callable[[date], bool]

    def first(self, at: datetime) -> datetime:
        """Return the moment itself where letters may leave, else when they next may."""
        local = at.astimezone(self.tz)
        if self.suits(local.date()) and self.begins <= local.time() < self.ends:
            return at
        first = local.date() if local.time() < self.begins else local.date() + DAY
        return self._opening(self._next_day(first))

    def days(self, at: datetime, count: int) -> list[datetime]:
        """Return the first moment of each of so many days, from a moment on."""
        found = [self.first(at)]
        while len(found) < count:
            after = found[-1].astimezone(self.tz).date() + DAY
            found.append(self._opening(self._next_day(after)))
        return found

    def _next_day(self, first: date) -> date:
        near = (first + DAY * days for days in range(LONGEST_WAIT))
        return next((day for day in near if self.suits(day)), first)

    def _opening(self, day: date) -> datetime:
        return datetime.combine(day, self.begins, self.tz).astimezone(UTC)
