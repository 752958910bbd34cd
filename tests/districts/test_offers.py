"""Days that the state or a calendar file offers: looked through first, taken over once."""

import subprocess
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from districts import calendar_files, calendar_reader, state_holidays
from districts.models import BusinessCalendar, CalendarException, CalendarUpload
from inbox.models import Job
from tests.builders import NOON, in_calendar
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("at_noon")

YEARS = {"first": date(2025, 7, 1), "last": date(2028, 6, 30)}
ZONE = "America/New_York"
WINTER = """UID:winter@school
DTSTART;VALUE=DATE:20261221
DTEND;VALUE=DATE:20270102
SUMMARY:Winter Break - No School"""
VETERANS = """UID:veterans@school
DTSTART;VALUE=DATE:20261104
SUMMARY:Veterans observance: no classes"""
HALF_DAY = """UID:half@school
DTSTART:20261104T000000
DTEND:20261105T000000Z
SUMMARY:Early release"""
BAKE_SALE = """UID:bake@school
DTSTART;VALUE=DATE:20261105
SUMMARY:PTA bake sale"""
MEETING = """UID:board@school
DTSTART:20261110T190000Z
DTEND:20261110T210000Z
SUMMARY:Board meeting"""
EARLY = """UID:early@school
DTSTART;VALUE=DATE:20260902
RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=10
EXDATE;VALUE=DATE:20260909
SUMMARY:Early release"""


def ics(*events: str) -> bytes:
    """Return a calendar file with these events."""
    whole = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//district//EN\n{whole}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(*events: str) -> dict:
    return calendar_reader.read(ics(*events), **YEARS, tz=ZoneInfo(ZONE))


def bring(admin: Client, body: bytes):
    return admin.post(in_calendar("file/"), {"file": SimpleUploadedFile("year.ics", body)})


# --- State holidays -----------------------------------------------------------------------------


def test_every_state_offers_thanksgiving():
    for state, _name in state_holidays.states():
        days = {offer.first_on for offer in state_holidays.offers(state, 2026)}
        assert date(2026, 11, 26) in days, state


def test_a_school_year_of_holidays_ends_with_june():
    days = [offer.first_on for offer in state_holidays.offers("VA", 2026)]
    assert (days[0], days[-1]) == (date(2026, 7, 3), date(2027, 6, 19))


def test_holidays_are_offered_and_nothing_is_closed_by_looking(admin):
    page = admin.get(in_calendar("holidays/?state=TX&year=2026"))
    names = {each.offer.name for each in page.context["weighed"]}
    assert "Texas Independence Day" in names
    assert not CalendarException.objects.exists()


def test_chosen_holidays_are_closed_and_known_when_one_looks_again(admin):
    where = in_calendar("holidays/?state=VA&year=2026")
    chosen = ["US-VA 2026-11-26", "US-VA 2026-11-27"]
    answer = admin.post(where, {"chosen": chosen, "close": "yes"})
    assert answer.status_code == 302
    made = CalendarException.objects.all()
    assert [(each.name, each.source) for each in made] == [
        ("Thanksgiving Day", "holidays"),
        ("Day After Thanksgiving", "holidays"),
    ]
    weighed = {each.offer.key: each for each in admin.get(where).context["weighed"]}
    assert [weighed[key].is_there for key in chosen] == [True, True]
    admin.post(where, {"chosen": chosen, "close": "yes"})
    assert CalendarException.objects.count() == 2


def test_a_holiday_on_a_sunday_is_not_chosen_to_begin_with(admin):
    weighed = admin.get(in_calendar("holidays/?state=VA&year=2026")).context["weighed"]
    on = {each.offer.first_on: each for each in weighed}
    assert (on[date(2026, 7, 4)].closes, on[date(2026, 7, 4)].is_chosen) == (0, False)
    assert on[date(2026, 11, 26)].is_chosen


def test_a_state_that_is_none_stands_beside_its_field(admin):
    page = admin.get(in_calendar("holidays/?state=ZZ&year=1066")).content.decode()
    assert page.count("Select a valid choice.") >= 2
    assert "Close the chosen days" not in page


# --- Calendar files -----------------------------------------------------------------------------


def test_a_range_is_whole_and_its_end_is_not_in_it():
    (day,) = read(WINTER)["days"]
    assert (day["first_on"], day["last_on"]) == ("2026-12-21", "2027-01-01")
    assert (day["name"], day["closes"]) == ("Winter Break - No School", True)


def test_what_repeats_is_there_once_for_each_time_but_those_taken_out():
    days = [day["first_on"] for day in read(EARLY)["days"]]
    assert len(days) == 9
    assert days[:2] == ["2026-09-02", "2026-09-16"]


def test_what_has_a_time_of_day_is_left_out_and_counted():
    assert read(MEETING, WINTER)["left_out"] == {"timed": 1}


@pytest.mark.parametrize(
    ("name", "closes"),
    [
        ("No School - Teacher Inservice", True),
        ("District closed", True),
        ("Spring Recess", True),
        ("Día feriado: sin clases", True),
        ("Fall Break", True),
        ("Breakfast with the principal", False),
        ("Early release before winter break", False),
        ("First day after spring break", False),
        ("Spirit week", False),
    ],
)
def test_words_say_what_looks_like_no_school(name, closes):
    (day,) = read(f"UID:1\nDTSTART;VALUE=DATE:20261102\nSUMMARY:{name}")["days"]
    assert day["closes"] is closes


def test_what_is_cancelled_is_left_out():
    assert read(WINTER + "\nSTATUS:CANCELLED", BAKE_SALE)["left_out"] == {"cancelled": 1}


def test_days_outside_the_school_years_are_not_offered():
    long_ago = "UID:1\nDTSTART;VALUE=DATE:19990101\nSUMMARY:Old holiday"
    far = "UID:2\nDTSTART;VALUE=DATE:20990101\nSUMMARY:Far holiday"
    assert [day["name"] for day in read(long_ago, far, BAKE_SALE)["days"]] == ["PTA bake sale"]


def test_many_days_are_cut_after_those_that_look_like_days_off():
    daily = "UID:1\nDTSTART;VALUE=DATE:20260901\nRRULE:FREQ=DAILY\nSUMMARY:Lunch menu"
    found = read(daily, WINTER)
    assert len(found["days"]) == calendar_reader.MOST_DAYS
    assert found["days"][0]["name"] == "Winter Break - No School"
    assert found["left_out"]["many"] > 400


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;BYSECOND=0,1,2"])
def test_what_repeats_every_second_for_ever_is_left_out(rule):
    hostile = f"UID:1\nDTSTART;VALUE=DATE:20260901\nRRULE:{rule}\nSUMMARY:Holiday"
    assert read(hostile, WINTER)["left_out"] == {"repeats": 1}


def test_a_rule_that_never_comes_true_is_ended_by_the_limit():
    never = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    events = [f"UID:{n}\nDTSTART;VALUE=DATE:20260901\n{never}\nSUMMARY:x" for n in range(20)]
    with pytest.raises(ValidationError, match="repeats without end"):
        calendar_files.read(ics(*events), today=NOON.date(), zone=ZONE)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "The submitted file is empty."),
        (b"%PDF-1.7 not a calendar", "This is no calendar file."),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:x", "This is no calendar file."),
        (b"\x00\xff" * 99, "This is no calendar file."),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "This is no calendar file."),
        (ics(MEETING), "no day of these school years that could differ"),
        (ics(WINTER) + b" " * calendar_files.MOST_BYTES, "larger than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_beside_its_field(admin, body, said):
    page = bring(admin, body)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not CalendarUpload.objects.exists()


def test_a_file_is_looked_through_before_anything_changes(in_fairview: Cast, admin):
    answer = bring(admin, ics(WINTER, VETERANS, BAKE_SALE, MEETING))
    page = admin.get(answer.headers["location"])
    assert not CalendarException.objects.exists()
    chosen = {each.offer.name: each.is_chosen for each in page.context["weighed"]}
    assert chosen == {
        "Veterans observance: no classes": True,
        "PTA bake sale": False,
        "Winter Break - No School": True,
    }
    text = page.content.decode()
    assert "closes 10 days" in text
    assert "1 open conversation would be due later" in text
    assert "1 has a time of day" in text


def test_what_is_chosen_is_counted_again_before_it_is_taken_over(admin):
    where = bring(admin, ics(WINTER, VETERANS)).headers["location"]
    weighed = admin.get(where).context["weighed"]
    winter = next(each.offer.key for each in weighed if "Winter" in each.offer.name)
    page = admin.post(where, {"chosen": [winter], "count": "yes"}).content.decode()
    assert "0 open conversations would be due later" in page
    assert not CalendarException.objects.exists()
    admin.post(where, {"chosen": [winter], "close": "yes"})
    made = CalendarException.objects.get()
    assert made.days == (date(2026, 12, 21), date(2027, 1, 1))


def test_a_second_import_of_the_same_file_adds_nothing(admin):
    for _ in range(2):
        where = bring(admin, ics(WINTER, VETERANS)).headers["location"]
        keys = [each.offer.key for each in admin.get(where).context["weighed"]]
        admin.post(where, {"chosen": keys, "close": "yes"})
    assert CalendarException.objects.count() == 2
    assert CalendarUpload.objects.count() == 1
    assert Job.objects.count() == 1


def test_a_day_that_was_never_offered_cannot_be_chosen(admin):
    where = bring(admin, ics(WINTER)).headers["location"]
    page = admin.post(where, {"chosen": ["0" * 40], "close": "yes"})
    assert page.status_code == 422
    assert "Choose at least one day." in page.content.decode()


def test_another_administrators_file_is_nobodys_else(in_fairview: Cast, admin):
    where = bring(admin, ics(WINTER)).headers["location"]
    CalendarUpload.objects.update(by=in_fairview.manager)
    assert admin.get(where).status_code == 404


def test_looking_through_costs_the_same_however_many_days_there_are(
    in_fairview: Cast, admin, django_assert_max_num_queries
):
    many = [
        f"UID:{n}\nDTSTART;VALUE=DATE:202609{n:02}\nSUMMARY:No school {n}" for n in range(1, 31)
    ]
    where = bring(admin, ics(*many)).headers["location"]
    with django_assert_max_num_queries(20):
        admin.get(where)


# --- Special hours ------------------------------------------------------------------------------

RELEASE = """UID:release@school
DTSTART:20261118T170000Z
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Early release"""


def special(admin: Client, *events: str) -> tuple[str, str]:
    """Bring a file; return where its days are offered, and the name of the first hours field."""
    where = bring(admin, ics(*events)).headers["location"]
    kinds = admin.get(where).context["kinds"]
    return where, kinds[0].key


def test_what_sounds_like_special_hours_is_read_with_its_time_on_the_districts_clocks():
    days = read(RELEASE, MEETING)["days"]
    assert [(day["first_on"], day["time"], day["special"]) for day in days] == [
        ("2026-11-18", "12:00", True),
        ("2026-11-25", "12:00", True),
        ("2026-12-02", "12:00", True),
    ]


def test_a_time_with_a_zone_and_one_without_spoil_no_file():
    days = read(HALF_DAY, WINTER)["days"]
    assert [day["name"] for day in days] == ["Winter Break - No School", "Early release"]


@pytest.mark.parametrize(
    ("name", "is_special"),
    [
        ("Early dismissal", True),
        ("Half-day Friday", True),
        ("Two-hour delay", True),
        ("Salida temprana", True),
        ("Minimum day", True),
        ("No school", False),
        ("Half price tickets", False),
    ],
)
def test_words_say_what_hints_at_special_hours(name, is_special):
    (day,) = read(f"UID:1\nDTSTART;VALUE=DATE:20261102\nSUMMARY:{name}")["days"]
    assert day["special"] is is_special


def test_special_hours_are_offered_by_name_and_nothing_is_applied_silently(admin):
    where, key = special(admin, EARLY, RELEASE)
    page = admin.get(where).content.decode()
    assert page.count(f'name="{key}"') == 1
    assert "12 days" in page
    assert "12:00 in the file" in page
    assert admin.post(where, {key: "", "close": "yes"}).status_code == 422
    assert not CalendarException.objects.exists()


def test_hours_that_are_typed_hold_for_all_days_of_the_name_and_are_removable_as_one(admin):
    where, key = special(admin, RELEASE)
    assert admin.post(where, {key: "8:00-12:00", "close": "yes"}).status_code == 302
    made = CalendarException.objects.all()
    assert [each.hours for each in made] == ["8:00-12:00"] * 3
    assert {each.source for each in made} == {"file"}
    assert len({each.series for each in made}) == 1
    page = admin.get(where).content.decode()
    assert "3 days are in the calendar already" in page
    assert f'name="{key}"' not in page


def test_hours_that_cannot_be_read_are_said_beside_their_field(admin):
    where, key = special(admin, RELEASE, WINTER)
    page = admin.post(where, {key: "noon", "close": "yes"})
    assert page.status_code == 422
    assert "“noon” cannot be read" in page.content.decode()
    assert not CalendarException.objects.exists()


def test_a_day_that_is_closed_or_without_hours_gets_none(admin):
    day = date(2026, 11, 25)
    calendar = BusinessCalendar.objects.get()
    CalendarException.objects.create(calendar=calendar, name="Closed", first_on=day, last_on=day)
    saturday = "UID:s\nDTSTART;VALUE=DATE:20261121\nSUMMARY:Early release"
    where, key = special(admin, RELEASE, saturday)
    admin.post(where, {key: "8:00-12:00", "close": "yes"})
    assert CalendarException.objects.filter(name="Early release").count() == 2


def test_a_file_is_read_while_no_transaction_of_the_request_is_open(admin, monkeypatch):
    """A program may run for ten seconds; no row and no connection is held meanwhile."""
    depths, run = [], subprocess.run

    def watched(*args, **kwargs):
        depths.append(len(connection.savepoint_ids))
        return run(*args, **kwargs)

    monkeypatch.setattr(subprocess, "run", watched)
    assert bring(admin, ics(WINTER)).status_code == 302
    assert depths == [len(connection.savepoint_ids)]
