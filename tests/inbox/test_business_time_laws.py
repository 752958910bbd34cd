"""The laws of working time, for any calendar and in every zone, a walk by minutes as oracle."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inbox.business_time import (
    WorkingHours,
    add_working_minutes,
    add_working_minutes_in_bulk,
    end_of_working_day,
    explain,
    working_minutes_between,
)
from tests.inbox.calendars import MINUTE, SCHOOL, SCHOOL_DAY, is_working, walk

ZONES = [
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Havana",  # changes at midnight
    "America/St_Johns",  # changed at 00:01
    "America/Sao_Paulo",  # skipped midnight
    "Pacific/Apia",  # skipped a whole day
    "Australia/Lord_Howe",  # half an hour
    "Antarctica/Troll",  # two hours
    "Asia/Kathmandu",  # +05:45
    "Africa/Casablanca",  # negative saving
]
CHANGES = [
    datetime(2010, 11, 6, tzinfo=UTC),
    datetime(2011, 3, 12, tzinfo=UTC),
    datetime(2011, 10, 15, tzinfo=UTC),
    datetime(2011, 12, 29, tzinfo=UTC),
    datetime(2026, 3, 28, tzinfo=UTC),
    datetime(2026, 10, 31, tzinfo=UTC),
]


@st.composite
def day_spans(draw: st.DrawFn) -> list[tuple[time, time]]:
    minutes = sorted(draw(st.lists(st.integers(0, 1440), max_size=6)))
    ends = [time.max if minute == 1440 else time(*divmod(minute, 60)) for minute in minutes]
    return [(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False) if start < end]


@st.composite
def calendars(draw: st.DrawFn) -> WorkingHours:
    weekly = draw(st.dictionaries(st.integers(0, 6), day_spans(), max_size=7))
    # One weekday is never closed, so that there is always a deadline to find.
    weekly[draw(st.integers(0, 6))] = SCHOOL_DAY
    near = st.builds(
        lambda change, days: change.date() + timedelta(days=days),
        st.sampled_from(CHANGES),
        st.integers(0, 9),
    )
    exceptions = draw(st.dictionaries(near, day_spans(), max_size=4))
    return WorkingHours(ZoneInfo(draw(st.sampled_from(ZONES))), weekly, exceptions)


starts = st.builds(
    lambda change, minutes: change + MINUTE * minutes,
    st.sampled_from(CHANGES),
    st.integers(-1440, 4320),
)
lengths = st.integers(0, 5000)
lawful = settings(deadline=None, max_examples=200)


@settings(deadline=None, max_examples=60)
@given(calendars(), starts)
def test_the_arithmetic_agrees_with_a_walk_minute_by_minute(
    hours: WorkingHours, start: datetime
) -> None:
    walked = list(walk(start, hours))
    end = start + timedelta(days=12)
    each = [(start, count + 1) for count in range(len(walked))]

    assert add_working_minutes_in_bulk(each, hours) == walked
    assert working_minutes_between(start, end, hours) == len(walked)
    assert sum(row.minutes for row in explain(start, end, hours)) == len(walked)


@settings(deadline=None, max_examples=60)
@given(calendars(), starts)
def test_the_close_of_a_working_day_agrees_with_a_walk(
    hours: WorkingHours, start: datetime
) -> None:
    closings = {(end - MINUTE).astimezone(hours.tz).date(): end for end in walk(start, hours)}
    received = next(iter(closings), date.min)
    whole_days = sorted(day for day in closings if day >= received)[:-1]

    for days, day in enumerate(whole_days):
        assert end_of_working_day(start, days, hours) == closings[day]


@lawful
@given(calendars(), starts, lengths, lengths)
def test_adding_is_monotone_in_minutes(
    hours: WorkingHours, start: datetime, one: int, other: int
) -> None:
    fewer, more = sorted((one, other))

    assert add_working_minutes(start, fewer, hours) <= add_working_minutes(start, more, hours)


@lawful
@given(calendars(), starts, starts, lengths)
def test_adding_is_monotone_in_start(
    hours: WorkingHours, one: datetime, other: datetime, minutes: int
) -> None:
    earlier, later = sorted((one, other))

    due = add_working_minutes(earlier, minutes, hours)

    assert due <= add_working_minutes(later, minutes, hours)


@lawful
@given(calendars(), starts, lengths)
@example(SCHOOL, datetime(2026, 12, 18, 20, tzinfo=UTC), 10**6)
def test_what_was_added_lies_between(hours: WorkingHours, start: datetime, minutes: int) -> None:
    due = add_working_minutes(start, minutes, hours)

    assert working_minutes_between(start, due, hours) == minutes


@lawful
@given(calendars(), starts, lengths, lengths)
def test_adding_in_two_steps_is_adding_at_once(
    hours: WorkingHours, start: datetime, first: int, second: int
) -> None:
    halfway = add_working_minutes(start, first, hours)
    at_once = add_working_minutes(start, first + second, hours)

    assert add_working_minutes(halfway, second, hours) == at_once


@lawful
@given(calendars(), starts, lengths, st.integers(0, 9))
def test_closing_a_day_never_makes_a_deadline_earlier(
    hours: WorkingHours, start: datetime, minutes: int, days: int
) -> None:
    snow_day = start.date() + timedelta(days=days)
    closed = WorkingHours(hours.tz, hours.weekly, {**hours.exceptions, snow_day: ()})

    assert add_working_minutes(start, minutes, closed) >= add_working_minutes(start, minutes, hours)
    assert end_of_working_day(start, days, closed) >= end_of_working_day(start, days, hours)


def latest_clock_change(zone: ZoneInfo) -> datetime:
    """Return the first midnight in UTC after the clocks last changed, or some day of 1972."""
    probe = datetime(2027, 1, 1, tzinfo=UTC)
    while probe.year > 1972:
        earlier = probe - timedelta(days=30)
        if earlier.astimezone(zone).utcoffset() != probe.astimezone(zone).utcoffset():
            return first_day_with_offset_of(probe, zone, earlier)
        probe = earlier
    return probe


def first_day_with_offset_of(probe: datetime, zone: ZoneInfo, earlier: datetime) -> datetime:
    while earlier.astimezone(zone).utcoffset() != probe.astimezone(zone).utcoffset():
        earlier += timedelta(days=1)
    return earlier


@pytest.mark.parametrize("region", sorted({key.partition("/")[0] for key in available_timezones()}))
def test_every_zone_agrees_with_a_walk_over_its_latest_clock_change(region: str) -> None:
    split_days = dict.fromkeys(range(7), ((time.min, time(1, 30)), (time(2, 15), time.max)))
    for key in available_timezones():
        if key.partition("/")[0] != region:
            continue
        hours = WorkingHours(ZoneInfo(key), split_days, {})
        start = latest_clock_change(hours.tz) - timedelta(hours=26)
        minutes = [start + MINUTE * minute for minute in range(28 * 60)]
        worked = list(accumulate(is_working(at, hours) for at in minutes))

        assert [working_minutes_between(start, at + MINUTE, hours) for at in minutes] == worked, key
