"""Working hours as people type them: ``8:00-12:00, 13:00-16:30``, or ``8 am to 4:30 pm``.

A span is a pair of minutes of the day, half-open; 1,440 is the day's end.
"""

import re
from itertools import pairwise

Span = tuple[int, int]

DAY = 24 * 60
MOST_SPANS = 6
_DASH = r"\s*(?:-|–|—|to|a)\s*"
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?(?:m\b\.?)?"
_SPAN = re.compile(_TIME + _DASH + _TIME, re.IGNORECASE)


class BadHoursError(ValueError):
    """A text is no list of spans; ``what`` names the fault and ``text`` the part that has it."""

    def __init__(self, what: str, text: str) -> None:
        super().__init__(f"{what}: {text}")
        self.what = what
        self.text = text


def parse_spans(text: str) -> list[Span]:
    """Return the spans of a day, in order; an empty text is a closed day.

    Raises BadHoursError with ``what`` one of unreadable, backwards, overlap, too_many.
    """
    parts = [part.strip() for part in re.split(r"[,;\n]|\band\b|\by\b", text) if part.strip()]
    if len(parts) > MOST_SPANS:
        raise BadHoursError("too_many", text)
    spans = sorted(_span(part) for part in parts)
    for (_opens, closes), (opens, _closes) in pairwise(spans):
        if opens < closes:
            raise BadHoursError("overlap", format_spans([(opens, _closes)]))
    return spans


def format_spans(spans: list[Span]) -> str:
    """Return spans as ``parse_spans`` reads them: ``8:00-12:00, 13:00-16:30``."""
    return ", ".join(f"{_text(opens)}-{_text(closes)}" for opens, closes in spans)


def _span(text: str) -> Span:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise BadHoursError("unreadable", text)
    opens, closes = _minute(text, *match.groups()[:3]), _minute(text, *match.groups()[3:])
    if opens >= closes:
        raise BadHoursError("backwards", text)
    return opens, closes


def _minute(text: str, hours: str, minutes: str | None, half: str | None) -> int:
    hour = int(hours)
    if half:
        if not 1 <= hour <= 12:
            raise BadHoursError("unreadable", text)
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    minute = hour * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or minute > DAY:
        raise BadHoursError("unreadable", text)
    return minute


def _text(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
