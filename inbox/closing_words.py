"""What a family is told of closed days: "The office is closed on Thursday, November 26."."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from inbox.closings import Awaited, Closing
from inbox.due_words import promise_words, spoken


def closing_words(waits: Awaited, language: str, tz: ZoneInfo, *, at: datetime) -> str:
    """Return a sentence about the closed days that a promise waits for; empty where there are none.

    A deadline that they have moved says so, with the one that was said first.
    """
    if not waits.closings:
        return ""
    with translation.override(spoken(language)):
        days = _(" and ").join(_days(closing) for closing in waits.closings)
        words = {"days": days}
        if waits.first_said is not None:
            words["before"] = promise_words(waits.first_said, language, tz)
            return (
                _("We first said %(before)s; it is later because we are closed %(days)s.") % words
            )
        today = at.astimezone(tz).date()
        if all(closing.days[-1] < today for closing in waits.closings):
            return _("We were closed %(days)s.") % words
        return _("We are closed %(days)s.") % words


def _days(closing: Closing) -> str:
    """Return when it is closed: "on Thursday, November 26 (Thanksgiving)"."""
    days = closing.days
    words = {"first": _day(days[0]), "last": _day(days[-1]), "name": closing.name}
    if len(days) == 1:
        said = _("on %(first)s") % words
    elif len(days) == 2:
        said = _("on %(first)s and %(last)s") % words
    else:
        said = _("from %(first)s to %(last)s") % words
    return _("%(days)s (%(name)s)") % {"days": said, "name": closing.name} if closing.name else said


def _day(on: date) -> str:
    return format_date(on, pgettext("date format of a promise", "l, F j"))
