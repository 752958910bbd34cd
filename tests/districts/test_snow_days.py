"""One click closes a day, today or back-dated, in one calendar or in all; and it is taken back."""

from datetime import timedelta

import pytest
from django.test import Client

from districts.models import AuditEntry, BusinessCalendar, CalendarException
from districts.scope import district_scope
from inbox.models import Job
from inbox.models.hours import working_hours
from inbox.working_hours import DayKind
from tests.builders import NOON, make_calendar
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("at_noon")

TODAY = NOON.date()


def close(admin: Client, **sent):
    return admin.post("/settings/calendars/snow-day/", {"on": TODAY.isoformat(), **sent})


def test_one_click_closes_today_in_every_calendar(admin):
    make_calendar(name="Buses", is_default=False)
    page = admin.get("/settings/calendars/")
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    answer = admin.post("/settings/calendars/snow-day/", sent)
    closed = CalendarException.objects.all()
    assert {each.calendar.name for each in closed} == {"School days", "Buses"}
    assert {(each.name, *each.days) for each in closed} == {("Snow day", TODAY, TODAY)}
    assert answer.headers["location"] == f"/settings/calendars/snow-day/{closed[0].series}/"
    shown = admin.get(answer.headers["location"]).content.decode()
    assert "Nov. 3, 2026 is closed" in shown
    assert "/settings/calendars/deadlines/?slot=yes" in shown


def test_a_day_in_the_past_is_closed_too(admin):
    yesterday = TODAY - timedelta(days=1)
    close(admin, on=yesterday.isoformat(), name="Power cut")
    assert CalendarException.objects.get().days == (yesterday, yesterday)
    assert AuditEntry.objects.latest("pk").detail["name"] == "Power cut"


def test_one_calendar_alone_may_be_closed(admin):
    other = make_calendar(name="Buses", is_default=False)
    close(admin, calendar=other.pk)
    assert CalendarException.objects.get().calendar == other


def test_undo_opens_what_the_click_closed_and_nothing_else(admin):
    calendar = BusinessCalendar.objects.get()
    days = {"first_on": TODAY, "last_on": TODAY + timedelta(days=3)}
    CalendarException.objects.create(calendar=calendar, name="Other", **days).spans.create(
        opens_minute=480, closes_minute=720
    )
    close(admin)
    series = CalendarException.objects.get(source="snow_day").series
    admin.post(f"/settings/calendars/snow-day/{series}/undo/")
    assert [each.name for each in CalendarException.objects.all()] == ["Other"]
    assert admin.post(f"/settings/calendars/snow-day/{series}/undo/").status_code == 404


def test_closed_counts_over_special_hours(admin):
    calendar = BusinessCalendar.objects.get()
    special = CalendarException.objects.create(
        calendar=calendar, name="Early release", first_on=TODAY, last_on=TODAY
    )
    special.spans.create(opens_minute=480, closes_minute=720)
    close(admin)
    calendar.refresh_from_db()
    assert working_hours(calendar).kind_of(TODAY) is DayKind.CLOSED


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"on": ""}, "This field is required."),
        ({"on": "2026-02-31"}, "Enter a valid date."),
        ({"on": "2024-01-01"}, "Choose a day of the last year or the next 30 days."),
        ({"on": "2027-01-01"}, "Choose a day of the last year or the next 30 days."),
        ({"calendar": "0"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(admin, sent, said):
    page = close(admin, **sent)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not CalendarException.objects.exists()


def test_a_day_that_is_closed_already_says_so(admin):
    close(admin)
    page = close(admin)
    assert page.status_code == 422
    assert "This day is closed already." in page.content.decode()
    assert CalendarException.objects.count() == 1


def test_another_districts_calendar_cannot_be_closed(admin, harbor: Cast):
    with district_scope(harbor.district.pk):
        theirs = BusinessCalendar.objects.get()
    page = close(admin, calendar=theirs.pk)
    assert page.status_code == 422
    with district_scope(harbor.district.pk):
        assert not theirs.exceptions.exists()


def test_the_progress_is_shown_and_asked_for_until_it_ends(in_fairview: Cast, admin):
    close(admin)
    page = admin.get("/settings/calendars/deadlines/").content.decode()
    assert "Snow day: 0 of 1 conversations counted anew." in page
    slot = admin.get("/settings/calendars/deadlines/?slot=yes").content.decode()
    assert 'hx-trigger="every 2s"' in slot
    Job.objects.update(state="done", ended_at=NOON, result={"recounted": 1, "excused": 2})
    slot = admin.get("/settings/calendars/deadlines/?slot=yes").content.decode()
    assert "hx-trigger" not in slot
    assert "the deadline of 1 conversation moved." in slot
    assert "2 late promises are excused." in slot
