"""Every minute of some years as one calendar has it: an oracle that only looks, and never reckons.

Each minute is asked whether its wall-clock reading lies inside a span of its local date. Clocks in
the zones it is used for change on whole hours, so that a reading is taken once an hour.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta

from inbox.business_time import WorkingHours

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


class MinuteWalk:
    """The working minutes from a UTC midnight on, as a sorted list of their numbers."""

    def __init__(self, hours: WorkingHours, first: date, *, days: int) -> None:
        self.begins = datetime.combine(first, time.min, UTC)
        self.working: list[int] = []
        self.dates: list[date] = []
        for hour in range(days * 24):
            local = (self.begins + HOUR * hour).astimezone(hours.tz)
            for minute in range(60):
                at = local.hour * 60 + minute
                if _is_open(hours, local.date(), at):
                    self.working.append(hour * 60 + minute)
                    self.dates.append(local.date())
        self.last_of = {on: number for number, on in enumerate(self.dates)}
        self.working_dates = sorted(self.last_of)

    def number_of(self, at: datetime) -> int:
        return (at - self.begins) // MINUTE

    def add(self, start: datetime, minutes: int) -> datetime:
        found = bisect_left(self.working, self.number_of(start)) + minutes - 1
        return self.begins + MINUTE * (self.working[found] + 1)

    def between(self, start: datetime, end: datetime) -> int:
        return bisect_left(self.working, self.number_of(end)) - bisect_left(
            self.working, self.number_of(start)
        )

    def close_after(self, start: datetime, days: int) -> datetime:
        received = self.dates[bisect_left(self.working, self.number_of(start))]
        closing = self.working_dates[bisect_left(self.working_dates, received) + days]
        return self.begins + MINUTE * (self.working[self.last_of[closing]] + 1)


def _is_open(hours: WorkingHours, on: date, minute: int) -> bool:
    spans = hours.exceptions.get(on, hours.weekly.get(on.weekday(), ()))
    return any(_minute(start) <= minute < _minute(end) for start, end in spans)


def _minute(at: time) -> int:
    return 24 * 60 if at == time.max else at.hour * 60 + at.minute
