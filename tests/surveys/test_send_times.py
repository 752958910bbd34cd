"""At which moments survey letters leave: on school days, by day, by the district's clock."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from surveys.send_times import SendingHours

NEW_YORK = ZoneInfo("America/New_York")


def hours(*closed: date) -> SendingHours:
    """Return Monday to Friday, eight to seven, but for some days."""
    return SendingHours(
        time(8), time(19), NEW_YORK, lambda day: day.weekday() < 5 and day not in closed
    )


def local(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("at", "first"),
    [
        (local(11, 3, 12), local(11, 3, 12)),
        (local(11, 3, 7, 59), local(11, 3, 8)),
        (local(11, 3, 19), local(11, 4, 8)),
        (local(11, 6, 20), local(11, 9, 8)),
        (local(11, 7, 12), local(11, 9, 8)),
        (local(10, 30, 22), local(11, 2, 8)),
    ],
)
def test_letters_wait_for_the_next_morning_of_a_school_day(at, first):
    assert hours().first(at) == first


def test_a_day_off_is_passed_over():
    assert hours(date(2026, 11, 4)).first(local(11, 3, 20)) == local(11, 5, 8)


def test_in_a_long_break_any_day_does():
    never = SendingHours(time(8), time(19), NEW_YORK, lambda _day: False)
    assert never.first(local(7, 4, 12)) == local(7, 5, 8)


def test_a_wave_is_spread_over_the_days_that_suit():
    days = hours().days(local(11, 5, 14), 3)
    assert days == [local(11, 5, 14), local(11, 6, 8), local(11, 9, 8)]


def test_moments_are_kept_when_the_clocks_change():
    assert hours().first(local(10, 31, 12)).astimezone(UTC).hour == 13
