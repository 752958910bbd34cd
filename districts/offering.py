"""Days that a source offers a calendar: what each would change, and taking over the chosen ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from districts.calendars import Days, add_days
from districts.models import BusinessCalendar, CalendarException, ExceptionSource, Membership
from districts.signals import answers, closing_weighed


class Offer(NamedTuple):
    """Days as a source names them; ``closes`` says whether they look like no school, and ``time``
    is the time of day that stands there, if one does.
    """

    key: str
    name: str
    first_on: date
    last_on: date
    closes: bool = True
    time: str = ""

    @property
    def dates(self) -> list[date]:
        """Return each of its days."""
        length = (self.last_on - self.first_on).days + 1
        return [self.first_on + timedelta(days=place) for place in range(length)]


@dataclass(frozen=True, slots=True)
class Weighed:
    """An offer beside the calendar: how many days it would close, and whether it is there."""

    offer: Offer
    closes: int
    is_there: bool
    is_chosen: bool


def weigh(
    calendar: BusinessCalendar,
    offers: Sequence[Offer],
    *,
    source: ExceptionSource,
    chosen: Iterable[str] | None = None,
) -> list[Weighed]:
    """Return the offers in order; chosen to begin with is what looks like no school and is new."""
    known = set(calendar.exceptions.filter(source=source).values_list("source_key", flat=True))
    closable = Closable.of(calendar)
    wanted = None if chosen is None else set(chosen)
    found = []
    for offer in sorted(offers, key=lambda each: (each.first_on, each.last_on, each.name)):
        closes = sum(closable.closes(on) for on in offer.dates)
        is_there = offer.key in known or (not closes and closable.is_closed(offer))
        takes = offer.closes and closes > 0 if wanted is None else offer.key in wanted
        found.append(Weighed(offer, closes, is_there, takes and not is_there))
    return found


def promises_moved(calendar: BusinessCalendar, weighed: Iterable[Weighed]) -> int:
    """Return how many open promises would be due later if what is chosen were closed."""
    closed = {on for each in weighed if each.is_chosen for on in each.offer.dates}
    if not closed:
        return 0
    return sum(answers(closing_weighed, BusinessCalendar, calendar=calendar, closed=closed))


def take_over(
    calendar: BusinessCalendar,
    weighed: Iterable[Weighed],
    *,
    source: ExceptionSource,
    by: Membership,
    at: datetime,
) -> list[CalendarException]:
    """Close the chosen days that are not in the calendar yet; what was taken over before stays."""
    days = [
        Days(each.offer.name, each.offer.first_on, each.offer.last_on, key=each.offer.key)
        for each in weighed
        if each.is_chosen
    ]
    return add_days(calendar, days, source=source, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Closable:
    """Which days of a calendar have hours, and which are closed already."""

    weekdays: frozenset[int]
    closed: frozenset[date]
    special: frozenset[date]

    @classmethod
    def of(cls, calendar: BusinessCalendar) -> "Closable":
        """Read a calendar once for all offers."""
        closed: set[date] = set()
        special: set[date] = set()
        for exception in calendar.exceptions.prefetch_related("spans"):
            days = Offer("", "", *exception.days).dates
            (special if exception.minutes else closed).update(days)
        spans = calendar.weekly_spans.values_list("weekday", flat=True)
        return cls(frozenset(spans), frozenset(closed), frozenset(special))

    def closes(self, on: date) -> bool:
        """Say whether closing a day would take hours away."""
        has_hours = on.weekday() in self.weekdays or on in self.special
        return has_hours and on not in self.closed

    def is_usual(self, on: date) -> bool:
        """Say whether a day has the hours of the week, and nothing else is said of it."""
        return on.weekday() in self.weekdays and on not in self.closed | self.special

    def is_closed(self, offer: Offer) -> bool:
        """Say whether one of the offer's days is closed by an exception already."""
        return any(on in self.closed for on in offer.dates)
