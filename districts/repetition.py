"""Days that come again: a weekday every week, every second one, or by its place in the month."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum


class Rhythm(StrEnum):
    """How often a weekday counts; of a month, which one of its kind."""

    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    LAST = "last"


def repeated(rhythm: Rhythm, weekday: int, first: date, last: date) -> list[date]:
    """Return the days between two dates, both included, in order; Monday = 0.

    Every second week counts from the first such day on.
    """
    begins = first + timedelta(days=(weekday - first.weekday()) % 7)
    step = 2 if rhythm is Rhythm.BIWEEKLY else 1
    count = (last - begins).days // 7 + 1
    days = [begins + timedelta(weeks=place) for place in range(0, count, step)]
    return [on for on in days if COUNTS[rhythm](on)]


def _place(place: int) -> Callable[[date], bool]:
    return lambda on: (on.day - 1) // 7 == place


def _always(_on: date) -> bool:
    return True


def _is_last(on: date) -> bool:
    return on.day + 7 > monthrange(on.year, on.month)[1]


COUNTS: dict[Rhythm, Callable[[date], bool]] = {
    Rhythm.WEEKLY: _always,
    Rhythm.BIWEEKLY: _always,
    Rhythm.FIRST: _place(0),
    Rhythm.SECOND: _place(1),
    Rhythm.THIRD: _place(2),
    Rhythm.FOURTH: _place(3),
    Rhythm.LAST: _is_last,
}
