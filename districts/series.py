"""Days that were made together, as a repetition or by a file: made, found and removed as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from districts.calendars import Days, add_days
from districts.hours import Span
from districts.models import BusinessCalendar, CalendarException, ExceptionSource, Membership


@dataclass(frozen=True, slots=True)
class Planned:
    """One day of a repetition; ``taken_by`` names what says already what it would say."""

    on: date
    taken_by: str = ""


def plan(calendar: BusinessCalendar, days: Sequence[date], *, closes: bool) -> list[Planned]:
    """Return days beside what the calendar says of them."""
    if not days:
        return []
    others = list(calendar.exceptions.in_the_way(days[0], days[-1], closes=closes))
    return [
        Planned(on, next((each.name for each in others if each.first_on <= on <= each.last_on), ""))
        for on in days
    ]


def add(
    calendar: BusinessCalendar,
    name: str,
    planned: Sequence[Planned],
    spans: Sequence[Span],
    *,
    by: Membership,
    at: datetime,
) -> int:
    """Add the days of a repetition that are free, in one version; return how many."""
    days = [Days(name, each.on, each.on, spans) for each in planned if not each.taken_by]
    source = ExceptionSource.TYPED
    return len(add_days(calendar, days, source=source, series=uuid4(), by=by, at=at))


def members_of(calendar: BusinessCalendar, series: UUID | None) -> list[CalendarException]:
    """Return the days of a calendar that were made together, in order; none for a day alone."""
    if series is None:
        return []
    found = calendar.exceptions.filter(series=series).select_related("calendar")
    return list(found.order_by("first_on", "pk"))
