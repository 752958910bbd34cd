"""A surge hour by hour against what usually comes in that hour of the week, for its chart."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from inbox.models import Surge
from inbox.models.conversation import ConversationQuerySet
from inbox.surge_rate import arrivals

AN_HOUR = timedelta(hours=1)
MOST_HOURS = 24


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour: how many of the surge came, and how many of its topic come in a usual week."""

    at: datetime
    count: int
    usual: float


def hours_of(surge: Surge, conversations: ConversationQuerySet, tz: ZoneInfo) -> list[Hour]:
    """Return the hours from the surge's first message to its last, a day at most."""
    begin = _hour(surge.first_at, tz)
    moments = conversations.values_list("created_at", flat=True)
    counts = Counter(_hour(moment, tz) for moment in moments)
    length = min(MOST_HOURS, (surge.last_at - begin) // AN_HOUR + 1)
    hours = [begin + n * AN_HOUR for n in range(length)]
    weeks = arrivals(begin, begin + length * AN_HOUR, tz)
    usual: Counter[int] = Counter()
    for past, week in enumerate(weeks, start=1):
        for at, topic, _school in week:
            if surge.topic_id in {None, topic}:
                usual[(at - _earlier(begin, past, tz)) // AN_HOUR] += 1
    size = len(weeks) or 1
    return [Hour(hour, counts[hour], usual[n] / size) for n, hour in enumerate(hours)]


def _hour(moment: datetime, tz: ZoneInfo) -> datetime:
    return moment.astimezone(tz).replace(minute=0, second=0, microsecond=0)


def _earlier(begin: datetime, weeks: int, tz: ZoneInfo) -> datetime:
    return begin.astimezone(tz) - timedelta(weeks=weeks)
