"""Five districts' shapes that nobody tuned anything to, against the minutes as they pass."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from inbox.business_time import (
    WorkingHours,
    add_working_minutes,
    add_working_minutes_in_bulk,
    end_of_working_day,
    working_minutes_between,
)
from tests.inbox.minutes import MINUTE, MinuteWalk

CASES = 10_000
FIRST, DAYS = date(2026, 1, 1), 3 * 365
LAST_START = 365 * 1440  # so that what begins in the first year ends within the walk
Spans = list[tuple[time, time]]


def days_of(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def closed(*breaks: tuple[date, date]) -> dict[date, Spans]:
    return {on: [] for first, last in breaks for on in days_of(first, last)}


def year_round_with_four_breaks() -> WorkingHours:
    breaks = [
        (date(year, *first), date(year, *last))
        for year in (2026, 2027, 2028)
        for first, last in (
            ((3, 16), (4, 3)),
            ((6, 22), (7, 17)),
            ((9, 28), (10, 16)),
            ((12, 19), (12, 31)),
        )
    ]
    week = {key: [(time(7, 30), time(11, 45)), (time(12, 30), time(16))] for key in range(5)}
    return WorkingHours(ZoneInfo("America/Los_Angeles"), week, closed(*breaks))


def half_day_fridays() -> WorkingHours:
    week = {key: [(time(8), time(16, 30))] for key in range(4)} | {4: [(time(8), time(12, 10))]}
    summers = [(date(year, 6, 8), date(year, 8, 14)) for year in (2026, 2027, 2028)]
    early = {date(2026, 11, 25): [(time(8), time(11))], date(2027, 3, 5): [(time(9), time(10))]}
    return WorkingHours(ZoneInfo("America/Chicago"), week, closed(*summers) | early)


def navajo_nation(zone: str = "America/Denver") -> WorkingHours:
    """Window Rock, Arizona: the Nation changes its clocks, the state around it does not."""
    week = {key: [(time(7, 45), time(12)), (time(12, 45), time(16, 15))] for key in range(5)}
    holidays = closed((date(2026, 4, 27), date(2026, 4, 27)), (date(2026, 6, 1), date(2026, 6, 1)))
    return WorkingHours(ZoneInfo(zone), week, holidays)


def open_past_midnight() -> WorkingHours:
    """An evening school on Saturdays until two, over both changes of the clocks."""
    week: dict[int, Spans] = {key: [(time(8), time(16))] for key in range(5)}
    week |= {5: [(time(18), time.max)], 6: [(time.min, time(2))]}
    return WorkingHours(ZoneInfo("America/New_York"), week, {})


def safety_line() -> WorkingHours:
    return WorkingHours(
        ZoneInfo("America/Anchorage"), {key: [(time.min, time.max)] for key in range(7)}, {}
    )


SHAPES = [
    year_round_with_four_breaks,
    half_day_fridays,
    navajo_nation,
    open_past_midnight,
    safety_line,
]
shapes = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)


@cache
def walk_of(shape) -> MinuteWalk:
    return MinuteWalk(shape(), FIRST, days=DAYS)


def starts(shape, seed: str) -> Iterator[tuple[datetime, random.Random]]:
    chance = random.Random(f"{shape.__name__} {seed}")
    for _ in range(CASES):
        yield walk_of(shape).begins + MINUTE * chance.randrange(LAST_START), chance


@shapes
def test_minutes_added_are_those_of_the_walk(shape):
    walk, lengths = walk_of(shape), []
    for start, chance in starts(shape, "add"):
        lengths.append((start, chance.choice((1, 30, 60, chance.randrange(1, 12_000)))))
    found = add_working_minutes_in_bulk(lengths, shape())
    assert found == [walk.add(start, minutes) for start, minutes in lengths]


@shapes
def test_minutes_between_are_those_of_the_walk(shape):
    walk, hours = walk_of(shape), shape()
    for start, chance in starts(shape, "between"):
        end = start + MINUTE * chance.randrange(90 * 1440)
        assert working_minutes_between(start, end, hours) == walk.between(start, end), start


@shapes
def test_working_days_close_as_in_the_walk(shape):
    walk, hours = walk_of(shape), shape()
    for start, chance in starts(shape, "days"):
        days = chance.randrange(12)
        assert end_of_working_day(start, days, hours) == walk.close_after(start, days), start


def test_the_navajo_nation_and_the_state_around_it_part_in_summer_only():
    nation, state = navajo_nation(), navajo_nation("America/Phoenix")
    winter = datetime(2026, 1, 7, 15, tzinfo=nation.tz)
    summer = datetime(2026, 7, 8, 15, 30, tzinfo=nation.tz)
    assert add_working_minutes(winter, 60, nation) == add_working_minutes(winter, 60, state)
    assert f"{add_working_minutes(summer, 60, nation):%a %H:%M}" == "Thu 08:00"
    assert f"{add_working_minutes(summer, 60, state):%a %H:%M}" == "Wed 16:30"
