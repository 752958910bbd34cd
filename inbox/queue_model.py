"""A team as a queue: what arrives, how long an answer takes, and which promises would be kept.

A discrete-event simulation of G_t/G/c, first come, first served: arrivals by a Poisson process
whose rate depends on weekday and hour, answers that take as long as recorded ones did (drawn with
replacement), c people who each answer one thing at a time while the team is open. As nothing moves
while it is closed, time is counted in open minutes, and the recursion of Kiefer & Wolfowitz (1955,
Trans. Am. Math. Soc. 78:1) gives every moment exactly.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from itertools import accumulate
from random import Random

HOUR, DAY = 60, 24 * 60
WEEK = 7 * DAY


@dataclass(frozen=True)
class OpenWeek:
    """The minutes of a week in which a team works: spans [from, until), Monday 0:00 being 0."""

    spans: tuple[tuple[int, int], ...]

    @property
    def minutes(self) -> int:
        """Return how many there are in a week."""
        return sum(until - start for start, until in self.spans)

    def place(self, minute: float) -> float:
        """Return a minute of the week in open minutes; what is closed falls on the next opening."""
        return sum(max(0.0, min(minute, until) - start) for start, until in self.spans)

    @property
    def closings(self) -> list[int]:
        """Return at which open minute each working day of the week ends."""
        by_day = [0] * 7
        for start, until in self.spans:
            by_day[start // DAY] += until - start
        return list(accumulate(minutes for minutes in by_day if minutes))

    def closing(self, place: float, days: int) -> float:
        """Return the open minute at which the n-th working day after that of a place ends."""
        weeks, within = divmod(place, self.minutes)
        closings = self.closings
        more, day = divmod(bisect_right(closings, within) + days, len(closings))
        return (weeks + more) * self.minutes + closings[day]


@dataclass(frozen=True)
class Load:
    """What a team has to do. ``rates``: messages in each hour of a week (168), Monday 0:00 first;
    ``first``: which share of them open a conversation; ``minutes``: open minutes that answers took.
    """

    week: OpenWeek
    rates: tuple[float, ...]
    first: float
    minutes: tuple[float, ...]

    def busy(self, people: int) -> float:
        """Return the share of their open time that so many people would need; above 1, too little.

        Lambda E[S] / c.
        """
        taken = sum(self.rates) * sum(self.minutes) / len(self.minutes)
        return taken / (people * self.week.minutes)


@dataclass(frozen=True, slots=True)
class Item:
    """One message: when it comes, in open minutes; how long it takes; whether it is a first one."""

    at: float
    minutes: float
    is_first: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """A first answer within open minutes, or by the close of the n-th working day after."""

    length: int
    in_days: bool


def draw(load: Load, *, weeks: int, random: Random) -> list[Item]:
    """Return the messages of so many weeks, in order."""
    return [
        Item(
            load.week.place(minute) + week * load.week.minutes,
            random.choice(load.minutes),
            random.random() < load.first,
        )
        for week in range(weeks)
        for minute in _moments(load.rates, random)
    ]


def answer(items: Sequence[Item], *, people: int) -> list[float]:
    """Return when each is answered, in open minutes: the next free person takes the next one."""
    free = [0.0] * people
    heapify(free)
    done = []
    for item in items:
        moment = max(item.at, free[0]) + item.minutes
        heapreplace(free, moment)
        done.append(moment)
    return done


def kept(
    items: Sequence[Item], done: Sequence[float], promise: Promise, week: OpenWeek, *, after: float
) -> float | None:
    """Return the share of first answers within a promise, of what comes after a moment."""
    judged = [
        moment <= due(item.at, promise, week)
        for item, moment in zip(items, done, strict=True)
        if item.is_first and item.at >= after
    ]
    return sum(judged) / len(judged) if judged else None


def due(at: float, promise: Promise, week: OpenWeek) -> float:
    """Return when a promise made at an open minute falls due."""
    return week.closing(at, promise.length) if promise.in_days else at + promise.length


def interval(shares: Sequence[float], *, within: float = 0.9) -> tuple[float, float, float]:
    """Return the bounds between which so many of the shares lie, and their mean between them.

    The percentile interval over replications: how one stretch of weeks differs from the next.
    """
    ordered = sorted(shares)
    edge = (1 - within) / 2
    return _at(ordered, edge), sum(ordered) / len(ordered), _at(ordered, 1 - edge)


def _moments(rates: Sequence[float], random: Random) -> Iterator[float]:
    """Yield the minutes of a week at which something arrives: exponential gaps, hour by hour."""
    for hour, rate in enumerate(rates):
        moment = random.expovariate(rate) if rate else 1.0
        while moment < 1:
            yield (hour + moment) * HOUR
            moment += random.expovariate(rate)


def _at(ordered: Sequence[float], share: float) -> float:
    """Return the percentile, between neighbours in proportion."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
