"""Working time where a zone turns its clocks or leaves out a date."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from inbox.business_time import (
    WorkingHours,
    add_working_minutes,
    end_of_working_day,
    explain,
    working_minutes_between,
)
from tests.inbox.calendars import ALL_DAY, MINUTE, NEW_YORK, new_york


def test_a_span_in_the_hour_that_is_skipped_holds_nothing() -> None:
    hours = WorkingHours(NEW_YORK, {6: [(time(2, 15), time(2, 45))]}, {})
    midnight, due = new_york("Sun 2026-03-08 00:00"), new_york("Sun 2026-03-15 02:16")

    assert add_working_minutes(midnight, 1, hours) == due
    assert [row.minutes for row in explain(midnight, due, hours)] == [0, 0, 0, 0, 0, 0, 0, 1]


def test_a_span_in_the_hour_that_is_repeated_counts_twice_with_a_pause_between() -> None:
    hours = WorkingHours(NEW_YORK, {6: [(time(1, 15), time(1, 45))]}, {})
    start = new_york("Sun 2026-11-01 00:00").astimezone(UTC)

    assert add_working_minutes(start, 30, hours) == datetime(2026, 11, 1, 5, 45, tzinfo=UTC)
    assert add_working_minutes(start, 31, hours) == datetime(2026, 11, 1, 6, 16, tzinfo=UTC)
    assert working_minutes_between(start, start + timedelta(hours=5), hours) == 60


def test_a_span_over_the_gap_loses_only_what_is_skipped() -> None:
    hours = WorkingHours(NEW_YORK, {6: [(time(1, 30), time(3, 30))]}, {})
    start, end = new_york("Sun 2026-03-08 00:00"), new_york("Sun 2026-03-08 12:00")

    assert working_minutes_between(start, end, hours) == 60


def test_a_date_that_a_zone_skipped_has_no_working_time() -> None:
    apia = WorkingHours(ZoneInfo("Pacific/Apia"), dict.fromkeys(range(7), ALL_DAY), {})
    thursday = datetime(2011, 12, 29, 12, tzinfo=apia.tz)

    assert end_of_working_day(thursday, 1, apia) == datetime(2012, 1, 1, tzinfo=apia.tz)


def test_a_date_that_comes_back_after_midnight_closes_when_it_ends_for_good() -> None:
    newfoundland = ZoneInfo("America/St_Johns")  # in 2010, at 00:01, clocks went back to 23:01
    hours = WorkingHours(newfoundland, dict.fromkeys(range(7), ALL_DAY), {})

    close = end_of_working_day(datetime(2010, 11, 6, 12, tzinfo=newfoundland), 0, hours)

    assert close.astimezone(UTC) == datetime(2010, 11, 7, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize("key", ["America/New_York", "Pacific/Honolulu", "Pacific/Auckland"])
def test_every_day_of_sixty_years_has_its_length_its_lunch_and_its_close(key: str) -> None:
    spans = [(time.min, time(12)), (time(13), time.max)]
    hours = WorkingHours(ZoneInfo(key), dict.fromkeys(range(7), spans), {})
    first = datetime(1980, 1, 1, tzinfo=hours.tz)
    half_days = [(first + timedelta(hours=12 * half)).astimezone(UTC) for half in range(60 * 730)]

    for midnight, noon, following in zip(
        half_days[::2], half_days[1::2], half_days[2::2], strict=False
    ):
        real = (following - midnight) // MINUTE - 60
        assert working_minutes_between(midnight, following, hours) == real
        assert working_minutes_between(noon, noon + MINUTE * 60, hours) == 0
        assert end_of_working_day(midnight, 0, hours) == following
