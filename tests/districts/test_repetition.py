"""Days that come again: worked out, looked at before they are added, and removed as one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from districts.models import AuditEntry, BusinessCalendar, CalendarException
from districts.repetition import Rhythm, repeated
from inbox.models import Job
from tests.builders import in_calendar

pytestmark = pytest.mark.usefixtures("at_noon")

YEAR = (date(2026, 9, 1), date(2027, 6, 30))
FRIDAYS = {
    "name": "Half-day Friday",
    "weekday": "4",
    "rhythm": "weekly",
    "first_on": "2026-11-06",
    "last_on": "2026-12-31",
    "hours": "8:00-12:00",
}


def look(admin, **said):
    return admin.post(in_calendar("repeat/"), FRIDAYS | said | {"look": "yes"})


def add(admin, **said):
    """Look at the days, and add what was seen."""
    seen = look(admin, **said).context["form"].sign
    return admin.post(in_calendar("repeat/"), FRIDAYS | said | {"add": "yes", "seen": seen})


@pytest.mark.parametrize(
    ("rhythm", "weekday", "begins", "count"),
    [
        (Rhythm.WEEKLY, 4, date(2026, 9, 4), 43),
        (Rhythm.BIWEEKLY, 4, date(2026, 9, 4), 22),
        (Rhythm.FIRST, 0, date(2026, 9, 7), 10),
        (Rhythm.FOURTH, 3, date(2026, 9, 24), 10),
        (Rhythm.LAST, 2, date(2026, 9, 30), 10),
    ],
)
def test_a_weekday_comes_again(rhythm, weekday, begins, count):
    days = repeated(rhythm, weekday, *YEAR)
    assert (days[0], len(days)) == (begins, count)


@given(
    st.sampled_from(Rhythm),
    st.integers(0, 6),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 731),
)
def test_days_are_of_their_weekday_in_order_and_within(rhythm, weekday, first, length):
    last = first + timedelta(days=length)
    days = repeated(rhythm, weekday, first, last)
    assert days == sorted(set(days))
    assert all(day.weekday() == weekday and first <= day <= last for day in days)
    assert set(days) <= set(repeated(Rhythm.WEEKLY, weekday, first, last))


def test_days_are_shown_and_counted_before_any_is_added(admin):
    page = look(admin).content.decode()
    assert "8 days would be added" in page
    assert "Fri, Nov 6, 2026" in page
    assert "Add these 8 days" in page
    assert not CalendarException.objects.exists()


def test_what_was_seen_is_added_as_one_with_one_count_anew(admin):
    assert add(admin).status_code == 302
    made = CalendarException.objects.all()
    assert len(made) == 8
    assert {(each.hours, each.source) for each in made} == {("8:00-12:00", "typed")}
    assert len({each.series for each in made}) == 1
    assert (BusinessCalendar.objects.get().version, Job.objects.count()) == (2, 1)
    assert AuditEntry.objects.filter(verb="created").count() == 8


def test_what_was_changed_since_is_shown_again_first(admin):
    seen = look(admin).context["form"].sign
    sent = FRIDAYS | {"add": "yes", "seen": seen, "last_on": "2026-11-13"}
    page = admin.post(in_calendar("repeat/"), sent)
    assert "2 days would be added" in page.content.decode()
    assert not CalendarException.objects.exists()


def test_days_that_are_there_already_are_left_out_by_name(admin):
    calendar, day = BusinessCalendar.objects.get(), date(2026, 11, 27)
    CalendarException.objects.create(
        calendar=calendar, name="Thanksgiving", first_on=day, last_on=day
    )
    assert "left out: part of Thanksgiving" in look(admin).content.decode()
    add(admin)
    assert CalendarException.objects.filter(name="Half-day Friday").count() == 7


def test_closing_days_may_lie_over_special_hours(admin):
    add(admin)
    add(admin, hours="", name="Closed Fridays")
    assert CalendarException.objects.count() == 16


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"weekday": "7"}, "weekday"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"first_on": "soon"}, "first_on"),
        ({"first_on": "1066-11-06"}, "first_on"),
        ({"last_on": "2026-11-01"}, "last_on"),
        ({"last_on": "2030-11-01"}, "last_on"),
        ({"first_on": "2026-11-07", "last_on": "2026-11-08"}, "last_on"),
        ({"hours": "late"}, "hours"),
    ],
)
def test_what_cannot_be_repeated_is_said_beside_its_field(admin, said, field):
    page = look(admin, **said)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}


def test_the_same_days_are_not_added_twice(admin):
    add(admin)
    page = look(admin)
    assert page.status_code == 422
    assert "These days are part of “Half-day Friday” already." in page.content.decode()


def test_one_of_them_is_removed_by_itself_or_all_as_one(admin):
    add(admin)
    first = CalendarException.objects.first()
    page = admin.get(in_calendar(f"days/{first.pk}/")).content.decode()
    assert "One of 8 days that were made together" in page
    admin.post(in_calendar(f"days/{first.pk}/remove/"))
    assert CalendarException.objects.count() == 7
    where = in_calendar(f"series/{first.series}/remove/")
    assert "all 7 days?" in admin.get(where).content.decode()
    admin.post(where)
    assert not CalendarException.objects.exists()
    assert admin.get(where).status_code == 404


def test_a_series_is_found_in_its_own_calendar_only(admin):
    add(admin)
    other = BusinessCalendar.objects.create(name="Buses", time_zone="America/New_York")
    series = CalendarException.objects.first().series
    where = f"/settings/calendars/{other.pk}/series/{series}/remove/"
    assert admin.post(where).status_code == 404


def test_looking_costs_the_same_however_many_days_there_are(admin, django_assert_max_num_queries):
    add(admin, last_on="2028-11-05")
    with django_assert_max_num_queries(14):
        look(admin, weekday="3", last_on="2028-11-05")
