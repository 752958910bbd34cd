"""A school year to look at: twelve months, and what each day is, in shape and words."""

from datetime import date

from django.conf import settings

from districts.models import BusinessCalendar, CalendarException
from districts.school_year import first_year_of, school_year
from tests.cast import Cast

WINTER = (date(2026, 12, 21), date(2027, 1, 1))


def add(name: str, first: date, last: date, *spans: tuple[int, int]) -> CalendarException:
    calendar = BusinessCalendar.objects.get()
    made = CalendarException.objects.create(
        calendar=calendar, name=name, first_on=first, last_on=last
    )
    for opens, closes in spans:
        made.spans.create(opens_minute=opens, closes_minute=closes)
    return made


def kinds(first_year: int = 2026) -> dict[date, str]:
    months = school_year(BusinessCalendar.objects.get(), first_year)
    return {day.on: day.said.kind for m in months for week in m.weeks for day in week if day}


def test_a_school_year_has_every_day_from_july_to_june_once(in_fairview: Cast):
    days = list(kinds())
    assert (days[0], days[-1], len(days)) == (date(2026, 7, 1), date(2027, 6, 30), 365)
    assert len(kinds(2027)) == 366
    assert days == sorted(days)


def test_each_day_is_what_counts_on_it(in_fairview: Cast):
    add("Winter break", *WINTER)
    add("Early release", date(2026, 12, 16), date(2026, 12, 23), (480, 720))
    found = kinds()
    said = [found[date(2026, 12, day)] for day in (14, 16, 19, 20, 21, 23, 24)]
    assert said == ["open", "special", "special", "special", "closed", "closed", "closed"]
    assert found[date(2027, 1, 3)] == "off"


def test_july_begins_a_school_year():
    assert [first_year_of(date(2026, month, 1)) for month in (6, 7)] == [2025, 2026]


def test_the_page_says_in_words_what_the_signs_show(in_fairview: Cast, client_of):
    add("Winter break", *WINTER)
    early = add("Early release", date(2026, 12, 16), date(2026, 12, 16), (480, 720))
    calendar = BusinessCalendar.objects.get()
    page = client_of(in_fairview.admin).get(f"/settings/calendars/{calendar.pk}/year/2026/")
    text = page.content.decode()
    assert text.count('<table class="month">') == 12
    assert f'href="/settings/calendars/{calendar.pk}/days/{early.pk}/"' in text
    assert "Wednesday, Early release: 8:00-12:00" in text
    assert text.count("Winter break: closed") == 12
    assert "What the signs mean" in text


def test_a_year_costs_the_same_however_many_days_differ(
    in_fairview: Cast, client_of, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(settings, "HOST_CACHE_SECONDS", 60)
    for day in range(1, 25):
        add(f"Day {day}", date(2026, 9, day), date(2026, 9, day), (480, 720))
    admin, calendar = client_of(in_fairview.admin), BusinessCalendar.objects.get()
    with django_assert_max_num_queries(14):
        admin.get(f"/settings/calendars/{calendar.pk}/year/2026/")
