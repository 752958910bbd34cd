"""Lengths of working time in words, and what a line of promises asks for."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.languages import language_name
from inbox.models import Aspect, Channel, Kind, Priority, Unit

WORDS: Mapping[str, Mapping[str, Any]] = {
    Aspect.PRIORITY: dict(Priority.choices),
    Aspect.CHANNEL: dict(Channel.choices),
    Aspect.KIND: dict(Kind.choices),
}
AN_HOUR = 60


def hours_words(minutes: int) -> str:
    """Return working minutes as hours and minutes: "5 h 25", "0"."""
    hours, rest = divmod(minutes, AN_HOUR)
    if not minutes:
        return "0"
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest}


def length_words(length: int, unit: str, *, always: bool = False) -> str:
    """Return a length in words: "2 working days", "4 working hours", "30 minutes" day and night."""
    if unit == Unit.DAYS:
        said = ngettext("%(count)d working day", "%(count)d working days", length)
    elif length % AN_HOUR == 0:
        length //= AN_HOUR
        said = _hours(length, always=always)
    elif always:
        said = ngettext("%(count)d minute", "%(count)d minutes", length)
    else:
        said = ngettext("%(count)d working minute", "%(count)d working minutes", length)
    return said % {"count": length}


def value_words(aspect: str, value: str) -> str:
    """Return a value of an aspect as it was kept: "urgent" is "Urgent", "es" is "Spanish"."""
    if aspect == Aspect.LANGUAGE:
        return str(language_name(value))
    return str(WORDS.get(aspect, {}).get(value, value))


def _hours(length: int, *, always: bool) -> str:
    if always:
        return ngettext("%(count)d hour", "%(count)d hours", length)
    return ngettext("%(count)d working hour", "%(count)d working hours", length)
