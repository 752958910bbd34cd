"""What families read: what is promised to everybody, and when something was written."""

from datetime import datetime, tzinfo

from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import ngettext, pgettext

from inbox.due_words import clock_words
from inbox.models import SlaTarget, Unit

register = template.Library()

MINUTES_AN_HOUR = 60


@register.simple_tag
def usual_promise(target: SlaTarget) -> str:
    """Say within which time a person answers: `{% usual_promise promise %}`."""
    if target.unit == Unit.DAYS:
        return _counted(
            target.length,
            ngettext(
                "A person answers within %(number)d school day.",
                "A person answers within %(number)d school days.",
                target.length,
            ),
        )
    hours = -(-target.length // MINUTES_AN_HOUR)
    return _counted(
        hours,
        ngettext(
            "A person answers within %(number)d working hour.",
            "A person answers within %(number)d working hours.",
            hours,
        ),
    )


@register.filter
def written_on(at: datetime, tz: tzinfo) -> str:
    """Say when something was written: `{{ part.at|written_on:district.tz }}`."""
    local = at.astimezone(tz)
    day = format_date(local, pgettext("date format of a letter", "l, F j, Y"))
    return f"{day}, {clock_words(local)}"


def _counted(number: int, sentence: str) -> str:
    return sentence % {"number": number}
