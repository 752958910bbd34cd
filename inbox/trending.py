"""What families write about more, and less: the last weeks beside the same number before.

Weeks are whole local days and end yesterday, so that each holds what it is compared with; today so
far stands beside. Everything is read from kept counts, in one query.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import DateField, F, Func, IntegerField, Q, Sum, Value
from django.db.models.functions import Cast

from districts.scope import current_district_id
from inbox.counting_scope import CountingScope
from inbox.models import DayCount
from inbox.unusual import Week, chance_of_count, chance_of_share, survivors

A_WEEK = timedelta(days=7)
# Of how many weeks one may ask, and how many are shown to whoever has not asked.
WEEKS, WEEKS_AT_FIRST = (1, 4, 13), 4
A_YEAR_OF_WEEKS = 52
# With how many weeks before the last one is compared, when it is asked whether it is unusual.
USUAL_WEEKS = 12
KEPT_SECONDS = 60


class Key(NamedTuple):
    """What is counted: ids of a topic and a school (0: those without one), a language; or all."""

    topic: int | None = None
    school: int | None = None
    language: str | None = None


ALL = Key()
# For every line how many there were, by how many weeks ago.
Weekly = defaultdict[Key, Counter[int]]


@dataclass
class Trend:
    """One line: how many in the last weeks, before, a year ago and today, and week by week.

    ``weekly`` holds the number of weeks ago (1 is the last) and the count. ``usual`` is the mean
    of the weeks that an unusual one was compared with, None where it is not unusual; ``chance`` is
    how likely so unusual a week is by chance.
    """

    key: Key
    now: int = 0
    before: int = 0
    year_ago: int = 0
    today: int = 0
    weekly: Counter[int] = field(default_factory=Counter)
    usual: float | None = None
    chance: float = 1.0

    @property
    def change(self) -> int:
        """Return how many more there were."""
        return self.now - self.before

    @property
    def is_unusual(self) -> bool:
        """Say whether the last week was."""
        return self.usual is not None

    @property
    def last_week(self) -> int:
        """Return how many there were in the last seven whole days."""
        return self.weekly[1]


@dataclass
class Trends:
    """The lines by what they count, and how many comparisons were made to mark the unusual."""

    weeks: int
    today: date
    lines: dict[Key, Trend]
    compared: int = 0
    first_weeks_ago: int = 0

    @property
    def all(self) -> Trend:
        """Return the line of everything."""
        return self.lines.get(ALL, Trend(ALL))

    @property
    def unusual(self) -> list[Trend]:
        """Return what was unusual in the last week, the most surprising first."""
        found = [line for line in self.lines.values() if line.is_unusual]
        return sorted(found, key=lambda line: line.chance)

    @property
    def usual_weeks(self) -> int:
        """Return with how many weeks the last one was compared."""
        return max(0, self.first_weeks_ago - 1)

    @property
    def has_year_ago(self) -> bool:
        """Say whether there is anything to compare with a year ago."""
        return self.all.year_ago > 0

    def of(self, kind: str) -> list[Trend]:
        """Return the lines of one kind, those that rose most first."""
        lines = [line for key, line in self.lines.items() if kind_of(key) == kind]
        return sorted(lines, key=lambda line: (-line.change, -line.now))

    def days(self, *, ago: int = 0) -> tuple[date, date]:
        """Return the first and last day of the weeks that are compared, so many weeks ago."""
        last = self.today - timedelta(days=1) - ago * A_WEEK
        return last - self.weeks * A_WEEK + timedelta(days=1), last


def kind_of(key: Key) -> str:
    """Return what sort of line a key is of."""
    if key.topic is not None:
        return "topic" if key.school is None else "pair"
    if key.school is not None:
        return "school"
    return "all" if key.language is None else "language"


def trends(scope: CountingScope, *, weeks: int, today: date) -> Trends:
    """Return the trends of a scope, ``weeks`` beside as many before."""
    found = _past(scope, weeks, today)
    for key, counts in _added(_rows(scope, Q(on=today), today)).items():
        found.lines.setdefault(key, Trend(key)).today = counts[0]
    return found


class WeeksAgo(Func):
    """In which week before a day another one lies: 0 is that day itself, 1 the seven before it."""

    template = "((%(expressions)s + 6) / 7)"
    arg_joiner = " - "
    output_field = IntegerField()


def _past(scope: CountingScope, weeks: int, today: date) -> Trends:
    """Return the trends of the whole days, at most a minute old: they hardly ever change."""
    name = f"trend-lines:{current_district_id()}:{scope.name}:{weeks}:{today}"
    found: Trends | None = cache.get(name)
    if found is None:
        weekly = _added(_rows(scope, _whole_days(weeks, today), today))
        found = Trends(weeks, today, {key: _line(key, weekly[key], weeks) for key in weekly})
        found.first_weeks_ago = max(
            (ago for ago in found.all.weekly if ago <= USUAL_WEEKS + 1), default=0
        )
        _mark(found)
        cache.set(name, found, KEPT_SECONDS)
    return found


def _whole_days(weeks: int, today: date) -> Q:
    last_year = today - A_YEAR_OF_WEEKS * A_WEEK
    days = Q(on__gt=today - max(2 * weeks, USUAL_WEEKS + 1) * A_WEEK - timedelta(days=1))
    days &= Q(on__lt=today)
    return days | Q(on__gte=last_year - weeks * A_WEEK, on__lt=last_year)


def _rows(scope: CountingScope, days: Q, today: date) -> Iterable[tuple[Any, ...]]:
    ago = WeeksAgo(Cast(Value(today), DateField()), F("on"))
    counts = scope.narrow(DayCount.objects.filter(days)).order_by()
    kinds = counts.annotate(ago=ago).values_list("topic", "school", "language", "ago")
    found: Iterable[tuple[Any, ...]] = kinds.annotate(n=Sum("count"))
    return found


def _added(rows: Iterable[tuple[Any, ...]]) -> Weekly:
    """Add the rows to every line that they belong to."""
    weekly: Weekly = defaultdict(Counter)
    for topic, school, language, ago, count in rows:
        for key in (
            ALL,
            Key(topic=topic),
            Key(school=school),
            Key(language=language),
            Key(topic=topic, school=school),
        ):
            weekly[key][ago] += count
    return weekly


def _line(key: Key, weekly: Counter[int], weeks: int) -> Trend:
    def over(first: int) -> int:
        return sum(weekly[ago] for ago in range(first, first + weeks))

    year_ago = over(A_YEAR_OF_WEEKS + 1)
    return Trend(key, over(1), over(weeks + 1), year_ago, weekly=weekly)


def _mark(found: Trends) -> None:
    """Mark the lines whose last week is unusual, corrected for all that were compared.

    All together are compared as a count; everything else as its share of all, so that a holiday,
    which moves all alike, is one surprise and not forty.
    """
    ago = range(2, found.first_weeks_ago + 1)
    chances = {key: _chance(key, line, found.all, ago) for key, line in found.lines.items()}
    told = {key: chance for key, chance in chances.items() if chance is not None}
    found.compared = len(told)
    for key, survives in zip(told, survivors(list(told.values())), strict=True):
        if survives:
            line = found.lines[key]
            line.chance = told[key]
            line.usual = sum(line.weekly[week] for week in ago) / len(ago)


def _chance(key: Key, line: Trend, everything: Trend, ago: range) -> float | None:
    if key == ALL:
        return chance_of_count([line.weekly[week] for week in ago], line.last_week)
    weeks = [Week(line.weekly[week], everything.weekly[week]) for week in ago]
    return chance_of_share(weeks, Week(line.last_week, everything.last_week))
