"""Days of a calendar file that hint at special hours; which ones, an administrator types.

A file says "Early release" and perhaps a time, never when work ends. So each of its names is asked
for once, however many days it has.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from districts.calendars import Days, add_days
from districts.hours import Span
from districts.models import BusinessCalendar, CalendarException, ExceptionSource, Membership
from districts.offering import Closable, Offer


@dataclass(frozen=True, slots=True)
class Kind:
    """The days of one name; ``free`` are those that have the hours of the week so far."""

    key: str
    name: str
    free: list[Offer]
    taken: int

    @property
    def dates(self) -> list[date]:
        """Return the days that would get the hours."""
        return [on for offer in self.free for on in offer.dates]

    @property
    def times(self) -> list[str]:
        """Return the times of day that the file has for them."""
        return sorted({offer.time for offer in self.free if offer.time})


def kinds_of(calendar: BusinessCalendar, offers: Iterable[Offer]) -> list[Kind]:
    """Return the days by name, as the file has them, beside what the calendar says already."""
    closable = Closable.of(calendar)
    named: dict[str, list[Offer]] = {}
    for offer in sorted(offers, key=lambda each: each.first_on):
        named.setdefault(offer.name, []).append(offer)
    return [_kind(name, found, closable) for name, found in named.items()]


@transaction.atomic
def take_over(
    calendar: BusinessCalendar,
    chosen: Sequence[tuple[Kind, list[Span]]],
    *,
    by: Membership,
    at: datetime,
) -> list[CalendarException]:
    """Give days the hours that were typed for their name; those of a name are removable as one."""
    made = []
    for kind, spans in chosen:
        days = [Days(each.name, each.first_on, each.last_on, spans, each.key) for each in kind.free]
        series = uuid4() if len(days) > 1 else None
        source = ExceptionSource.FILE
        made += add_days(calendar, days, source=source, series=series, by=by, at=at)
    return made


def _kind(name: str, found: list[Offer], closable: Closable) -> Kind:
    seen: set[date] = set()
    free = []
    for offer in found:
        if all(closable.is_usual(on) and on not in seen for on in offer.dates):
            free.append(offer)
            seen.update(offer.dates)
    key = hashlib.sha256(name.encode()).hexdigest()[:12]
    return Kind(f"hours-{key}", name, free, len(found) - len(free))
