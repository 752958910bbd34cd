"""How families were served: volume, first answers, promises kept, ratings; by school, topic."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Aggregate, Avg, Case, Count, F, FloatField, Q, QuerySet, Value, When

from inbox.models import Clock, ClockState, Conversation, Feedback, Metric

FEW = 5
# What was resolved without an answer ends its clock as well.
ANSWERED = Q(ended_at=F("conversation__first_replied_at"))
KEPT = Q(state=ClockState.MET)
BROKEN = Q(state=ClockState.BREACHED)
# Announced as broken, and answered before the deadline as a later closing of days moved it.
EXCUSED = Q(excused_at__isnull=False, ended_at__lte=F("due_at"))


class Median(Aggregate):
    """PostgreSQL's continuous median."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Period:
    """Whole local days, both included."""

    first_on: date
    last_on: date
    tz: ZoneInfo

    @classmethod
    def last_days(cls, days: int, *, today: date, tz: ZoneInfo) -> "Period":
        """Return the period of so many days that ends today."""
        return cls(today - timedelta(days=days - 1), today, tz)

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last_on - self.first_on).days + 1

    @property
    def before(self) -> "Period":
        """Return the equally long period that ends the day before this one."""
        last = self.first_on - timedelta(days=1)
        return Period(last - timedelta(days=self.days - 1), last, self.tz)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Return its first moment and the first one after it."""
        after = self.last_on + timedelta(days=1)
        return (
            datetime.combine(self.first_on, time.min, self.tz),
            datetime.combine(after, time.min, self.tz),
        )


@dataclass
class Figures:
    """What is known of one school, one topic or all; None where there is nothing to divide by.

    ``median_minutes`` is working time to the first answer; ``kept`` of ``promised`` first answers
    came within the promise; of those that came late ``excused`` were excused, as days were closed
    afterwards; ``score`` is the plain mean of ``ratings`` ratings from 1 to 10.
    """

    volume: int = 0
    answered: int = 0
    median_minutes: float | None = None
    kept: int = 0
    promised: int = 0
    excused: int = 0
    score: float | None = None
    ratings: int = 0

    @property
    def late(self) -> int:
        """Return how many first answers came late, or are late."""
        return self.promised - self.kept

    @property
    def kept_percent(self) -> float | None:
        """Return the share of first answers within the promise, in percent."""
        return 100 * self.kept / self.promised if self.promised else None

    @property
    def few_answers(self) -> bool:
        """Say whether a median would speak of too few answers."""
        return self.answered < FEW

    @property
    def few_ratings(self) -> bool:
        """Say whether a mean would speak of too few ratings."""
        return self.ratings < FEW


@dataclass
class Change:
    """Figures of a period, and of the equally long one before."""

    now: Figures = field(default_factory=Figures)
    before: Figures = field(default_factory=Figures)

    @property
    def volume(self) -> int:
        """Return how many conversations more there were."""
        return self.now.volume - self.before.volume


def service(period: Period, *, by: str = "", schools: Iterable[int] = ()) -> dict[Any, Change]:
    """Return the figures by ``school``, ``topic`` or, without ``by``, of all under the key None.

    ``schools`` are ids; none means every school. Keys are ids, None for conversations without one.
    """
    found: dict[Any, Change] = defaultdict(Change)
    for key, part, values in _rows(period, by, list(schools)):
        figures = getattr(found[key], part)
        for name, value in values.items():
            setattr(figures, name, value)
    return found if by else {None: found[None]}


def _rows(period: Period, by: str, schools: list[int]) -> Iterable[tuple[Any, str, dict[str, Any]]]:
    """Yield key, ``now`` or ``before``, and figures: three queries for both periods together."""
    of = "conversation__"
    arrived = Conversation.objects.filter(is_spam=False)
    clocks = Clock.objects.filter(metric=Metric.FIRST_RESPONSE, conversation__is_spam=False)
    rated = Feedback.objects.filter(conversation__is_spam=False)
    if schools:
        arrived = arrived.filter(school__in=schools)
        clocks = clocks.filter(conversation__school__in=schools)
        rated = rated.filter(conversation__school__in=schools)
    key = f"{of}{by}" if by else ""
    yield from _grouped(_parted(arrived, "received_at", period), by, volume=Count("id"))
    yield from _grouped(
        _parted(clocks, f"{of}received_at", period),
        key,
        answered=Count("id", filter=ANSWERED),
        median_minutes=Median("spent_minutes", filter=ANSWERED),
        kept=Count("id", filter=KEPT),
        promised=Count("id", filter=KEPT | BROKEN),
        excused=Count("id", filter=BROKEN & EXCUSED),
    )
    yield from _grouped(_parted(rated, "at", period), key, score=Avg("rating"), ratings=Count("id"))


def _parted(rows: QuerySet[Any], moment: str, period: Period) -> QuerySet[Any]:
    """Keep what falls into the period or the one before, which it follows without a gap."""
    (begin, _), (start, end) = period.before.span, period.span
    kept: QuerySet[Any] = rows.filter(**{f"{moment}__gte": begin, f"{moment}__lt": end})
    is_now = When(**{f"{moment}__gte": start}, then=Value("now"))
    parted: QuerySet[Any] = kept.annotate(part=Case(is_now, default=Value("before")))
    return parted


def _grouped(
    rows: QuerySet[Any], by: str, **wanted: Aggregate
) -> Iterable[tuple[Any, str, dict[str, Any]]]:
    keys = ["part", by] if by else ["part"]
    for values in rows.order_by().values(*keys).annotate(**wanted):
        part = values.pop("part")
        yield (values.pop(by) if by else None), part, values
