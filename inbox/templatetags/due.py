"""Due times and promises in templates, in the time zone of the district."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from inbox import closing_words as closings
from inbox import due_words as words
from inbox.closings import Awaited
from inbox.due_distance import tone_of

register = template.Library()


@register.filter
def due_words(due_at: datetime | None, at: datetime) -> str:
    """Say a due time to staff: `{{ clock.due_at|due_words:at }}`; nothing where none is."""
    return words.due_words(due_at, at, timezone.get_current_timezone()) if due_at else ""


@register.filter
def due_tone(due_at: datetime | None, at: datetime) -> str:
    """Name the tone of a due time, for a class: `due--{{ clock.due_at|due_tone:at }}`."""
    return tone_of(due_at, at).value if due_at else ""


@register.simple_tag
def promise_words(
    due_at: datetime | None, language: str, tz: ZoneInfo | str, *, show_zone: bool = False
) -> str:
    """Say a promise to a family: `{% promise_words due_at language district.tz %}`.

    `show_zone=True` names the time zone, where the reader may be in another one.
    """
    if due_at is None:
        return ""
    return words.promise_words(due_at, language, ZoneInfo(str(tz)), show_zone=show_zone)


@register.simple_tag
def closing_words(waits: Awaited, language: str, tz: ZoneInfo | str) -> str:
    """Say what a promise waits for: `{% closing_words letter.awaited language district.tz %}`."""
    return closings.closing_words(waits, language, ZoneInfo(str(tz)), at=timezone.now())
