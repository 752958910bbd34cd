"""When news may be mailed: tables of cases, and laws that hold on every clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.mail_times import Quiet, next_hour, next_time

NEW_YORK = ZoneInfo("America/New_York")
ZONES = [NEW_YORK, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")]


def local(day: int, hour: int, minute: int = 0, *, month: int = 11, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK, fold=fold)


@pytest.mark.parametrize(
    ("at", "end"),
    [
        (local(3, 18, 59), local(3, 18, 59)),
        (local(3, 19), local(4, 6, 30)),
        (local(3, 23, 59), local(4, 6, 30)),
        (local(4, 0), local(4, 6, 30)),
        (local(4, 6, 29), local(4, 6, 30)),
        (local(4, 6, 30), local(4, 6, 30)),
    ],
)
def test_quiet_hours_over_night_end_in_the_morning(at, end):
    assert Quiet(time(19), time(6, 30), NEW_YORK).end_after(at) == end


@pytest.mark.parametrize(
    ("begins", "ends", "at", "end"),
    [
        (time(12), time(13), local(3, 12, 30), local(3, 13)),
        (time(12), time(12), local(3, 12), local(3, 12)),
        # 2:30 does not exist on 8 March; 3:30 is the first moment past it.
        (time(1), time(2, 30), local(8, 1, 30, month=3), local(8, 3, 30, month=3)),
        # 1:50 comes twice on 1 November; what is quiet in the second hour ends in it.
        (time(1), time(1, 50), local(1, 1, 45, fold=1), local(1, 1, 50, fold=1)),
    ],
)
def test_quiet_hours_in_other_shapes(begins, ends, at, end):
    found = Quiet(begins, ends, NEW_YORK).end_after(at)
    assert found.astimezone(UTC) == end.astimezone(UTC)


SECONDS = st.integers(0, 4 * 366 * 24 * 3600)
MOMENTS = SECONDS.map(lambda n: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=n))


@given(MOMENTS, st.times(), st.times(), st.sampled_from(ZONES))
def test_nothing_is_mailed_in_quiet_hours_nor_put_off_for_more_than_a_day(at, begins, ends, tz):
    quiet = Quiet(begins.replace(second=0, microsecond=0), ends.replace(microsecond=0), tz)
    found = quiet.end_after(at)
    assert at <= found <= at + timedelta(hours=25)
    assert quiet.holds(at) or found == at


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_next_full_hour_is_full_and_next(at, tz):
    found = next_hour(at, tz)
    assert at < found <= at + timedelta(hours=1)
    # Where clocks change by half an hour, an hour cut short by that is full by the old clock.
    assert found.astimezone(tz).minute in ({0} if tz.key != "Australia/Lord_Howe" else {0, 30})


@given(MOMENTS, st.times(), st.sampled_from(ZONES))
def test_the_daily_time_comes_within_a_day(at, clock, tz):
    found = next_time(at, clock.replace(microsecond=0), tz)
    assert at < found <= at + timedelta(hours=26)
