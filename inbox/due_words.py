"""Due times and promises in the words of the people who read them."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, gettext_noop, ngettext, pgettext

from inbox.due_distance import Distance, Form, distance_of, wall_clock
from inbox.zone_words import zone_words

PHRASES = {
    Form.NOW: gettext_noop("due now"),
    Form.MINUTES_LEFT: gettext_noop("in %(minutes)d min"),
    Form.HOURS_LEFT: gettext_noop("in %(hours)d h"),
    Form.HOURS_AND_MINUTES_LEFT: gettext_noop("in %(hours)d h %(minutes)d min"),
    Form.TODAY: gettext_noop("today %(clock)s"),
    Form.THIS_WEEK: gettext_noop("%(day)s %(clock)s"),
    Form.THIS_HALF_YEAR: gettext_noop("%(day)s, %(clock)s"),
    Form.FAR: "%(day)s",
    Form.MINUTES_LATE: gettext_noop("%(minutes)d min late"),
    Form.HOURS_LATE: gettext_noop("%(hours)d h late"),
    Form.DAYS_LATE: gettext_noop("%(days)d d late"),
}

WITH_DAY = {form for form, phrase in PHRASES.items() if "%(day)s" in phrase}
WITH_CLOCK = {form for form, phrase in PHRASES.items() if "%(clock)s" in phrase}


def due_words(due_at: datetime, at: datetime, tz: tzinfo) -> str:
    """Return a due time as staff read it at a moment: "in 2 h", "Thu 3:30 pm", "1 h late"."""
    distance = distance_of(due_at, at, tz)
    return gettext(PHRASES[distance.form]) % {
        "days": distance.days,
        "hours": distance.hours,
        "minutes": distance.minutes,
        "day": _day(distance) if distance.form in WITH_DAY else "",
        "clock": clock_words(distance.local) if distance.form in WITH_CLOCK else "",
    }


def promise_words(due_at: datetime, language: str, tz: ZoneInfo, *, show_zone: bool = False) -> str:
    """Return a promise as a family reads it: "by Thursday, November 26, 3:30 pm".

    It stays true however late it is read. With `show_zone`, for readers who may be elsewhere, the
    zone follows: "(Eastern time)". A language that is not offered falls back to LANGUAGE_CODE.
    """
    with translation.override(spoken(language)):
        promise = _promise(wall_clock(due_at, tz))
        if not show_zone:
            return promise
        return gettext("%(promise)s (%(zone)s)") % {"promise": promise, "zone": zone_words(tz.key)}


def clock_words(local: datetime) -> str:
    """Return the time of day of a local datetime: "3:30 pm"."""
    clock = f"{local.hour % 12 or 12}:{local.minute:02}"
    phrase = gettext("%(clock)s am") if local.hour < 12 else gettext("%(clock)s pm")
    return phrase % {"clock": clock}


def _day(distance: Distance) -> str:
    local = distance.local
    if distance.form is Form.THIS_WEEK:
        return format_date(local, pgettext("date format of a weekday", "D"))
    if distance.form is Form.THIS_HALF_YEAR:
        return format_date(local, pgettext("date format without year", "M j"))
    return format_date(local, pgettext("date format with year", "M j, Y"))


def _promise(local: datetime) -> str:
    day = format_date(local, pgettext("date format of a promise", "l, F j"))
    if (local.hour, local.minute) == (12, 0):
        return gettext("by %(day)s, noon") % {"day": day}
    # The number is the hour, for languages in which one o'clock takes another article.
    phrase = ngettext("by %(day)s, %(clock)s", "by %(day)s, %(clock)s", local.hour % 12 or 12)
    return phrase % {"day": day, "clock": clock_words(local)}


def spoken(language: str) -> str:
    """Return the offered language for one that is asked for; LANGUAGE_CODE where it is not."""
    try:
        return translation.get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE
