"""How many messages like these usually come in these hours, from the district's own weeks."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Q

from inbox.gathering import Heard, majority
from inbox.likeness import Usual, core_of, is_alike
from inbox.models import Conversation
from inbox.usual_rate import UsualRate, usual_rate

WEEKS = 8
A_WEEK = timedelta(weeks=1)
# A topic, or a topic at a school, speaks for itself once so many came in these hours.
ENOUGH = 8
MOST_ROWS = 20_000

Arrival = tuple[datetime, int | None, int | None]
Keep = Callable[[int | None, int | None], bool]


def rate_of_alike(
    group: Sequence[Heard],
    before: Sequence[Heard],
    usual: Usual,
    *,
    since: datetime,
    at: datetime,
    tz: ZoneInfo,
) -> UsualRate:
    """Return the usual rate of messages like a group's, in the hours of the week that it took."""
    topic = majority(each.topic for each in group)
    school = majority(each.school for each in group)
    keep, counts = _narrowest(arrivals(since, at, tz), topic, school)
    core = core_of([each.sketch for each in group], usual)
    same = [each for each in before if keep(each.topic, each.school)]
    alike = sum(is_alike(each.sketch, core) for each in same)
    return usual_rate(counts).part((alike + 1) / (len(same) + 2))


def arrivals(since: datetime, at: datetime, tz: ZoneInfo) -> list[list[Arrival]]:
    """Return what arrived in the same hours of each earlier week, the last one first.

    Weeks before the district's first conversation are left out, since nothing could arrive.
    """
    first = Conversation.objects.order_by("received_at").values_list("received_at", flat=True)
    began = first.first()
    spans = [
        span
        for weeks in range(1, WEEKS + 1)
        if began is not None and (span := _earlier(since, at, weeks, tz))[0] >= began
    ]
    if not spans:
        return []
    within = reduce(or_, (Q(received_at__gte=low, received_at__lt=high) for low, high in spans))
    kept = Conversation.objects.filter(within, is_spam=False)
    rows = list(kept.values_list("received_at", "topic_id", "school_id")[:MOST_ROWS])
    return [[row for row in rows if low <= row[0] < high] for low, high in spans]


def _earlier(since: datetime, at: datetime, weeks: int, tz: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the same hours of an earlier week, by the clock on the wall."""
    back = weeks * A_WEEK
    low, high = since.astimezone(tz), at.astimezone(tz)
    return low - back, high - back


def _narrowest(
    weeks: list[list[Arrival]], topic: int | None, school: int | None
) -> tuple[Keep, list[int]]:
    """Return the narrowest part of the district with enough of a past, and its counts."""
    parts: list[Keep] = [lambda _topic, _school: True]
    if topic is not None:
        parts.insert(0, lambda of, _school: of == topic)
    if topic is not None and school is not None:
        parts.insert(0, lambda of, where: of == topic and where == school)
    for keep in parts:
        counts = [sum(keep(of, where) for _at, of, where in week) for week in weeks]
        if sum(counts) >= ENOUGH:
            return keep, counts
    return parts[-1], [len(week) for week in weeks]
