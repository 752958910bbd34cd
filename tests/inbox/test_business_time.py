"""Working time: the worked cases of the design, edges, days, errors and explanations."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from inbox.business_time import (
    DayKind,
    NoWorkingTimeError,
    WorkingHours,
    add_working_minutes,
    add_working_minutes_in_bulk,
    end_of_working_day,
    explain,
    working_minutes_between,
)
from tests.inbox.calendars import (
    ALL_DAY,
    MINUTE,
    NEVER,
    NEW_YORK,
    ROUND_THE_CLOCK,
    SCHOOL,
    SCHOOL_DAY,
    new_york,
)

# --- The worked cases ---------------------------------------------------------------------------

CASES = {
    "over lunch": (SCHOOL, "Tue 2026-11-03 11:30", 60, "Tue 2026-11-03 13:30"),
    "over night": (SCHOOL, "Tue 2026-11-03 16:00", 60, "Wed 2026-11-04 08:30"),
    "at night": (SCHOOL, "Tue 2026-11-03 22:15", 30, "Wed 2026-11-04 08:30"),
    "at closing": (SCHOOL, "Tue 2026-11-03 16:30", 1, "Wed 2026-11-04 08:01"),
    "ends at closing": (SCHOOL, "Tue 2026-11-03 13:00", 210, "Tue 2026-11-03 16:30"),
    "ends at lunch": (SCHOOL, "Tue 2026-11-03 08:00", 240, "Tue 2026-11-03 12:00"),
    "Thanksgiving": (SCHOOL, "Wed 2026-11-25 11:00", 450, "Mon 2026-11-30 15:30"),
    "winter break": (SCHOOL, "Fri 2026-12-18 15:00", 450, "Mon 2027-01-04 15:00"),
    "clocks go back": (SCHOOL, "Fri 2026-10-30 16:00", 60, "Mon 2026-11-02 08:30"),
    "spring": (ROUND_THE_CLOCK, "Sat 2026-03-07 12:00", 1440, "Sun 2026-03-08 13:00"),
    "autumn": (ROUND_THE_CLOCK, "Sat 2026-10-31 12:00", 1440, "Sun 2026-11-01 11:00"),
}


@pytest.mark.parametrize(("hours", "start", "minutes", "due"), CASES.values(), ids=CASES)
def test_a_worked_case_gives_the_deadline_of_the_design(
    hours: WorkingHours, start: str, minutes: int, due: str
) -> None:
    found = add_working_minutes(new_york(start), minutes, hours)

    assert f"{found:%a %Y-%m-%d %H:%M}" == due
    assert working_minutes_between(new_york(start), found, hours) == minutes


@pytest.mark.parametrize(
    ("day", "minutes"),
    [("Sat 2026-03-07", 1440), ("Sun 2026-03-08", 1380), ("Sun 2026-11-01", 1500)],
)
def test_a_day_open_round_the_clock_is_as_long_as_the_clocks_make_it(
    day: str, minutes: int
) -> None:
    midnight = new_york(f"{day} 00:00")
    next_midnight = midnight + timedelta(days=1)

    assert working_minutes_between(midnight, next_midnight, ROUND_THE_CLOCK) == minutes


# --- Ends and edges -----------------------------------------------------------------------------


def test_no_minutes_give_the_start_itself() -> None:
    night = new_york("Tue 2026-11-03 22:15")

    assert add_working_minutes(night, 0, SCHOOL) == night


def test_the_last_working_moment_counts_and_the_closing_time_does_not() -> None:
    closing = new_york("Tue 2026-11-03 16:30")

    assert working_minutes_between(closing - MINUTE, closing, SCHOOL) == 1
    assert working_minutes_between(closing, closing + MINUTE, SCHOOL) == 0


def test_minutes_between_are_rounded_down() -> None:
    start = new_york("Tue 2026-11-03 09:00")

    assert working_minutes_between(start, start + timedelta(seconds=119), SCHOOL) == 1


def test_minutes_between_in_the_wrong_order_are_negative() -> None:
    start = new_york("Tue 2026-11-03 11:30")

    assert working_minutes_between(start + timedelta(hours=2), start, SCHOOL) == -60


def test_seconds_of_the_start_are_kept() -> None:
    start = new_york("Tue 2026-11-03 11:59") + timedelta(seconds=30, microseconds=7)

    assert add_working_minutes(start, 1, SCHOOL) == start + timedelta(minutes=61)


def test_time_max_means_midnight() -> None:
    hours = WorkingHours(NEW_YORK, {1: [(time(23), time.max)], 2: [(time.min, time(1))]}, {})

    noon, midnight = new_york("Tue 2026-11-03 12:00"), new_york("Wed 2026-11-04 00:00")

    assert add_working_minutes(noon, 60, hours) == midnight
    assert working_minutes_between(noon, midnight + timedelta(hours=1), hours) == 120


def test_the_result_is_in_the_zone_of_the_start() -> None:
    due = add_working_minutes(new_york("Tue 2026-11-03 11:30").astimezone(UTC), 60, SCHOOL)

    assert due.isoformat() == "2026-11-03T18:30:00+00:00"


def test_in_bulk_every_deadline_is_what_it_is_alone() -> None:
    lengths = [(new_york(start), minutes) for _, start, minutes, _ in CASES.values()]
    alone = [add_working_minutes(start, minutes, SCHOOL) for start, minutes in lengths]

    assert add_working_minutes_in_bulk(lengths, SCHOOL) == alone


def test_a_minute_across_a_summer_of_70_days_looks_at_few_of_them() -> None:
    summer = {date(2026, 6, 12) + timedelta(days=day): () for day in range(70)}
    hours = WorkingHours(NEW_YORK, SCHOOL.weekly, summer)

    due = add_working_minutes(new_york("Thu 2026-06-11 16:30"), 1, hours)

    assert due == new_york("Fri 2026-08-21 08:01")
    assert len(hours.timeline.blocks) <= 3


# --- Whole working days -------------------------------------------------------------------------

DAYS = {
    "in hours": ("Tue 2026-11-03 09:00", 2, "Thu 2026-11-05 16:30"),
    "before opening": ("Tue 2026-11-03 06:00", 2, "Thu 2026-11-05 16:30"),
    "at opening": ("Tue 2026-11-03 08:00", 2, "Thu 2026-11-05 16:30"),
    "at lunch": ("Tue 2026-11-03 12:30", 2, "Thu 2026-11-05 16:30"),
    "just before close": ("Tue 2026-11-03 16:29", 2, "Thu 2026-11-05 16:30"),
    "at close": ("Tue 2026-11-03 16:30", 2, "Fri 2026-11-06 16:30"),
    "after close": ("Tue 2026-11-03 22:15", 2, "Fri 2026-11-06 16:30"),
    "Friday night": ("Fri 2026-11-06 17:00", 2, "Wed 2026-11-11 16:30"),
    "Sunday": ("Sun 2026-11-08 10:00", 2, "Wed 2026-11-11 16:30"),
    "the same day": ("Tue 2026-11-03 09:00", 0, "Tue 2026-11-03 16:30"),
    "the next opening's day": ("Tue 2026-11-03 17:00", 0, "Wed 2026-11-04 16:30"),
    "a short day": ("Tue 2026-11-24 09:00", 1, "Wed 2026-11-25 12:00"),
    "Thanksgiving": ("Tue 2026-11-24 09:00", 2, "Mon 2026-11-30 16:30"),
    "after a short day": ("Wed 2026-11-25 12:00", 2, "Wed 2026-12-02 16:30"),
    "winter break": ("Thu 2026-12-17 09:00", 2, "Mon 2027-01-04 16:30"),
}


@pytest.mark.parametrize(("start", "days", "due"), DAYS.values(), ids=DAYS)
def test_working_days_end_at_the_close_of_business(start: str, days: int, due: str) -> None:
    assert f"{end_of_working_day(new_york(start), days, SCHOOL):%a %Y-%m-%d %H:%M}" == due


def test_a_day_whose_only_span_is_skipped_by_the_clocks_is_no_working_day() -> None:
    weekly = {6: [(time(2), time(3))], 0: SCHOOL_DAY, 5: SCHOOL_DAY}
    hours = WorkingHours(NEW_YORK, weekly, {})

    due = end_of_working_day(new_york("Sat 2026-03-07 09:00"), 1, hours)

    assert due == new_york("Mon 2026-03-09 16:30")


# --- Errors -------------------------------------------------------------------------------------


def test_naive_datetimes_are_refused() -> None:
    naive, aware = datetime(2026, 11, 3, 9), new_york("Tue 2026-11-03 09:00")  # noqa: DTZ001

    for refused in (
        lambda: add_working_minutes(naive, 1, SCHOOL),
        lambda: add_working_minutes_in_bulk([(naive, 1)], SCHOOL),
        lambda: working_minutes_between(naive, aware, SCHOOL),
        lambda: working_minutes_between(aware, naive, SCHOOL),
        lambda: end_of_working_day(naive, 1, SCHOOL),
        lambda: explain(aware, naive, SCHOOL),
    ):
        with pytest.raises(ValueError, match="naive"):
            refused()


def test_negative_lengths_are_refused() -> None:
    start = new_york("Tue 2026-11-03 09:00")

    with pytest.raises(ValueError, match="negative"):
        add_working_minutes(start, -1, SCHOOL)
    with pytest.raises(ValueError, match="negative"):
        end_of_working_day(start, -1, SCHOOL)
    with pytest.raises(ValueError, match="before its start"):
        explain(start, start - MINUTE, SCHOOL)


def test_a_calendar_without_working_time_says_so() -> None:
    start = new_york("Tue 2026-11-03 09:00")

    with pytest.raises(NoWorkingTimeError, match="within ten years"):
        add_working_minutes(start, 1, NEVER)
    with pytest.raises(NoWorkingTimeError, match="within ten years"):
        end_of_working_day(start, 0, NEVER)
    assert working_minutes_between(start, start + timedelta(days=1), NEVER) == 0


def test_nine_years_and_more_without_working_time_are_no_reason_to_give_up() -> None:
    start, last = new_york("Tue 2026-11-03 09:00"), date(2036, 11, 2)
    hours = WorkingHours(NEW_YORK, {}, {last: SCHOOL_DAY})

    assert add_working_minutes(start, 450, hours).date() == last
    assert end_of_working_day(start, 0, hours).date() == last
    with pytest.raises(NoWorkingTimeError, match="within ten years"):
        add_working_minutes(start, 451, hours)
    with pytest.raises(NoWorkingTimeError, match="within ten years"):
        end_of_working_day(start, 1, hours)


def test_working_time_further_away_than_ten_years_is_not_looked_for() -> None:
    hours = WorkingHours(NEW_YORK, {}, {date(2036, 11, 5): SCHOOL_DAY})

    with pytest.raises(NoWorkingTimeError, match="within ten years"):
        add_working_minutes(new_york("Tue 2026-11-03 09:00"), 1, hours)


def test_a_long_length_with_one_working_day_a_year_takes_as_many_years() -> None:
    hours = WorkingHours(NEW_YORK, {}, {date(year, 9, 1): ALL_DAY for year in range(2027, 2060)})
    start = new_york("Tue 2026-11-03 09:00")

    assert add_working_minutes(start, 30 * 1440, hours) == new_york("Sat 2056-09-02 00:00")
    assert end_of_working_day(start, 29, hours) == new_york("Sat 2056-09-02 00:00")


@pytest.mark.parametrize(
    "start", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
)
def test_the_ends_of_the_datetime_range_give_a_plain_error(start: datetime) -> None:
    with pytest.raises(NoWorkingTimeError, match="years 1 and 9999"):
        add_working_minutes(start, 1, SCHOOL)


# --- Explain ------------------------------------------------------------------------------------


def test_explain_lists_every_day_from_start_to_due_with_its_minutes() -> None:
    rows = explain(new_york("Wed 2026-11-25 11:00"), new_york("Mon 2026-11-30 15:30"), SCHOOL)

    assert [(row.on.day, row.minutes, row.label) for row in rows] == [
        (25, 60, DayKind.SPECIAL),
        (26, 0, DayKind.CLOSED),
        (27, 0, DayKind.CLOSED),
        (28, 0, DayKind.OFF),
        (29, 0, DayKind.OFF),
        (30, 390, DayKind.OPEN),
    ]


def test_explain_stops_at_the_day_that_ends_with_the_deadline() -> None:
    rows = explain(
        new_york("Tue 2026-11-03 12:00"), new_york("Wed 2026-11-04 00:00"), ROUND_THE_CLOCK
    )

    assert [(row.on.day, row.minutes) for row in rows] == [(3, 720)]


def test_explain_of_no_time_at_all_is_the_day_itself() -> None:
    night = new_york("Tue 2026-11-03 22:15")

    assert explain(night, night, SCHOOL) == [(date(2026, 11, 3), 0, DayKind.OPEN)]


def test_explained_minutes_add_up_when_the_start_has_seconds() -> None:
    start = new_york("Tue 2026-11-03 16:29") + timedelta(seconds=30)
    due = add_working_minutes(start, 61, SCHOOL)

    assert [row.minutes for row in explain(start, due, SCHOOL)] == [0, 61]
