"""How conversations are shown: channel icons, languages, counts, topics in one's language."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from families.languages import language_name
from inbox.channel_icons import channel_icon
from inbox.decided_words import decided_words as why
from inbox.due_words import clock_words
from inbox.event_words import event_words as words_of
from inbox.models import Event, Job
from inbox.moved_words import change_words as words_of_change
from inbox.news_words import news_words
from inbox.rows import Row

register = template.Library()
register.filter(language_name)
register.filter(channel_icon)
register.filter(news_words)

RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


@register.simple_tag
def list_row(row: Row) -> SafeString:
    """Draw a row of the list: ``{% list_row row %}``; the same words are drawn once."""
    return _drawn(row, get_language() or "")


# A row is what it says: whoever is shown the same words gets the same markup.
@lru_cache(maxsize=2048)
def _drawn(row: Row, language: str) -> SafeString:
    with translation.override(language):
        return render_to_string("inbox/_row.html", {"row": row})


@register.filter
def spoken(noun: Any) -> str:
    """Return the name of a topic or category in the reader's language."""
    return str(noun.name_in(get_language())) if noun is not None else ""


@register.filter
def of(values: Mapping[str, Any], key: str) -> Any:
    """Return a mapping's value: ``{{ counts|of:view.slug }}``; empty where it has none."""
    return values.get(key, "") if values else ""


@register.filter
def event_words(event: Event, at: datetime) -> str:
    """Say a line of the timeline: ``{{ event|event_words:at }}``."""
    return words_of(event, at=at, tz=ZoneInfo(timezone.get_current_timezone_name()))


@register.filter
def decided_words(event: Event | None) -> str:
    """Say what decided where a conversation went: ``{{ reading.placed|decided_words }}``."""
    return why(event) if event is not None else ""


@register.filter
def change_words(job: Job) -> str:
    """Say which change of a calendar a job counts anew for: ``{{ job|change_words }}``."""
    return words_of_change(job.said)


@register.filter
def moment_words(moment: datetime | None, at: datetime) -> str:
    """Say when something was: "10:05 am" today, "Tue 10:05 am" this week, else the date."""
    if moment is None:
        return ""
    local, here = timezone.localtime(moment), timezone.localtime(at)
    clock = clock_words(local)
    days = (here.date() - local.date()).days
    if days == 0:
        return clock
    if 0 < days < 7:
        day = format_date(local, pgettext("date format of a weekday", "D"))
    elif local.year == here.year:
        day = format_date(local, pgettext("date format without year", "M j"))
    else:
        day = format_date(local, pgettext("date format with year", "M j, Y"))
    return f"{day} {clock}"


@register.filter
def direction(code: str) -> str:
    """Return the direction in which a language is written, for ``dir``."""
    return "rtl" if code.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@register.filter
def rating_words(feedback: Mapping[str, Any]) -> str:
    """Say a family's rating: "Rated 9 of 10, helpful"."""
    phrase = gettext("Rated %(n)s of 10")
    if feedback.get("helpful") is not None:
        helpful = feedback["helpful"]
        phrase = (
            gettext("Rated %(n)s of 10, helpful")
            if helpful
            else gettext("Rated %(n)s of 10, not helpful")
        )
    return phrase % {"n": feedback.get("rating")}
