"""A district's hours for sending surveys: what it decided, its time zone and its school days."""

from datetime import date

from districts.hosts import district_of
from districts.models import BusinessCalendar, CalendarException
from districts.scope import current_district_id
from surveys.models import SurveySettings
from surveys.send_times import SendingHours


def survey_settings() -> SurveySettings:
    """Return what the district decided, or what counts where it has not."""
    return SurveySettings.objects.first() or SurveySettings()


def sending_hours(settings: SurveySettings | None = None) -> SendingHours:
    """Return when letters leave in the district in scope; three queries at most."""
    decided = settings or survey_settings()
    days = _EveryDay() if decided.any_day else _school_days()
    tz = district_of(current_district_id()).tz
    return SendingHours(decided.sends_from, decided.sends_until, tz, days)


class _EveryDay:
    def __call__(self, _day: date) -> bool:
        return True


class _SchoolDays:
    """The days on which a calendar has hours."""

    def __init__(self, weekdays: set[int], exceptions: list[CalendarException]) -> None:
        self._weekdays = weekdays
        self._exceptions = exceptions

    def __call__(self, day: date) -> bool:
        said = [each for each in self._exceptions if each.first_on <= day <= each.last_on]
        if said:
            return all(each.minutes for each in said)
        return day.weekday() in self._weekdays


def _school_days() -> _SchoolDays | _EveryDay:
    calendar = BusinessCalendar.objects.filter(is_default=True).first()
    if calendar is None:
        return _EveryDay()
    weekdays = set(calendar.weekly_spans.values_list("weekday", flat=True))
    return _SchoolDays(weekdays, list(calendar.exceptions.prefetch_related("spans")))
