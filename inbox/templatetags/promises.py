"""What families read: what is promised to everybody, and when something was written."""

from datetime import datetime, tzinfo

from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, gettext_noop, ngettext, pgettext

from inbox.due_words import clock_words
from inbox.models import Kind, SlaTarget, Unit
from inbox.models.topic import Translated

register = template.Library()

MINUTES_AN_HOUR = 60
YOURS = {
    Kind.QUESTION: gettext_noop("Your question"),
    Kind.CONCERN: gettext_noop("Your concern"),
    Kind.SUGGESTION: gettext_noop("Your suggestion"),
    Kind.COMPLIMENT: gettext_noop("Your compliment"),
    Kind.COMMENT: gettext_noop("Your comment"),
}


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
    if target.policy.round_the_clock:
        return _counted(
            hours,
            ngettext(
                "A person answers within %(number)d hour, day and night.",
                "A person answers within %(number)d hours, day and night.",
                hours,
            ),
        )
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


@register.filter
def yours(kind: str) -> str:
    """Say what somebody wrote as they called it: `{{ letter.kind|yours }}`, "Your question"."""
    return gettext(YOURS[Kind(kind) if kind in Kind.values else Kind.COMMENT])


@register.filter
def name_in(noun: Translated | None, language: str) -> str:
    """Name a topic in a language: `{{ letter.topic|name_in:language }}`."""
    return noun.name_in(language) if noun else ""


def _counted(number: int, sentence: str) -> str:
    return sentence % {"number": number}
