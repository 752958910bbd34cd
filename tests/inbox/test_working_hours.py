"""Working hours: what they refuse, and that they stay what they were made as."""

import pickle
from datetime import UTC, date, time

import pytest

from inbox.business_time import BadWorkingHoursError, WorkingHours, add_working_minutes
from tests.inbox.calendars import NEW_YORK, ROUND_THE_CLOCK, SCHOOL, SCHOOL_DAY, new_york


def test_a_calendar_keeps_its_own_copy_of_the_hours() -> None:
    weekly = {weekday: list(SCHOOL_DAY) for weekday in range(5)}
    hours = WorkingHours(NEW_YORK, weekly, {})
    weekly[1].clear()

    due = add_working_minutes(new_york("Tue 2026-11-03 11:30"), 60, hours)

    assert due == new_york("Tue 2026-11-03 13:30")


def test_calendars_are_equal_by_their_hours_and_can_be_pickled() -> None:
    add_working_minutes(new_york("Tue 2026-11-03 11:30"), 60, SCHOOL)

    assert pickle.loads(pickle.dumps(SCHOOL)) == SCHOOL
    assert SCHOOL != ROUND_THE_CLOCK


BAD_SPANS = {
    "overlap": ([(time(8), time(12)), (time(11), time(16))], "overlap or are out of order"),
    "unsorted": ([(time(13), time(16)), (time(8), time(12))], "overlap or are out of order"),
    "empty": ([(time(8), time(8))], "ends before or when it starts"),
    "backwards": ([(time(16), time(8))], "ends before or when it starts"),
    "to midnight as 0:00": ([(time(8), time.min)], "ends before or when it starts"),
    "a zone of its own": ([(time(8, tzinfo=UTC), time(9))], "without a time zone"),
}


@pytest.mark.parametrize(("spans", "reason"), BAD_SPANS.values(), ids=BAD_SPANS)
def test_bad_spans_are_refused_with_the_day_and_the_reason(
    spans: list[tuple[time, time]], reason: str
) -> None:
    with pytest.raises(BadWorkingHoursError, match=f"^Tuesday: .*{reason}"):
        WorkingHours(NEW_YORK, {1: spans}, {})
    with pytest.raises(BadWorkingHoursError, match=f"^2026-11-03: .*{reason}"):
        WorkingHours(NEW_YORK, {}, {date(2026, 11, 3): spans})


def test_spans_that_touch_are_one_stretch() -> None:
    hours = WorkingHours(NEW_YORK, {1: [(time(8), time(12)), (time(12), time(16))]}, {})

    due = add_working_minutes(new_york("Tue 2026-11-03 11:30"), 60, hours)

    assert due == new_york("Tue 2026-11-03 12:30")


def test_days_that_are_no_days_are_refused() -> None:
    with pytest.raises(BadWorkingHoursError, match="7 is no weekday"):
        WorkingHours(NEW_YORK, {7: SCHOOL_DAY}, {})
    with pytest.raises(BadWorkingHoursError, match="is no date"):
        WorkingHours(NEW_YORK, {}, {new_york("Tue 2026-11-03 09:00"): SCHOOL_DAY})
    with pytest.raises(BadWorkingHoursError, match="is no time zone"):
        WorkingHours("America/New_York", {}, {})  # type: ignore[arg-type]
