"""Trends as a page shows them: names, the lists behind every number, a sentence, a chart."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from districts.charts import Chart, changes
from districts.models import School
from families.languages import language_name
from inbox.counted import Counted
from inbox.counting_scope import CountingScope
from inbox.filtering import NOBODY
from inbox.models import Topic
from inbox.trending import ALL, Key, Trend, Trends

MOST_DRAWN = 12
MOST_PAIRS = 10


@dataclass(frozen=True)
class Row:
    """One line with its name, and the addresses of the lists that its numbers count."""

    name: str
    line: Trend
    now_url: str
    before_url: str
    year_ago_url: str
    today_url: str
    week_url: str


@dataclass(frozen=True)
class Names:
    """What topics and schools are called."""

    topics: Mapping[int, str]
    schools: Mapping[int, str]

    @classmethod
    def read(cls) -> "Names":
        """Read them; topics in the reader's language."""
        reader = get_language() or ""
        topics = Topic.objects.only("name", "translations")
        return cls(
            {topic.pk: topic.name_in(reader) for topic in topics},
            dict(School.objects.values_list("pk", "name")),
        )

    def of(self, key: Key) -> str:
        """Return what a line is called."""
        if key == ALL:
            return _("All together")
        if key.language is not None:
            return language_name(key.language)
        school = self.schools.get(key.school or 0, _("No school"))
        if key.topic is None:
            return school
        topic = self.topics.get(key.topic, _("No topic"))
        said = {"topic": topic, "school": school}
        return topic if key.school is None else _("%(topic)s at %(school)s") % said


def rows(found: Trends, lines: list[Trend], scope: CountingScope, names: Names) -> list[Row]:
    """Return lines as a table shows them."""
    week = Trends(1, found.today, {})
    spans = (
        found.days(),
        found.days(ago=found.weeks),
        found.days(ago=52),
        (found.today, found.today),
        week.days(),
    )
    common = urlencode({"view": "all", **scope.filters})
    begun = [
        f"{reverse('inbox:list')}?{common}&counted={Counted('received', *span)}" for span in spans
    ]
    return [
        Row(names.of(line.key), line, *(f"{url}{narrowed}" for url in begun))
        for line in lines
        for narrowed in [_narrowed(scope, line.key)]
    ]


def pairs(found: Trends) -> list[Trend]:
    """Return the topics at schools that rose most."""
    rising = [line for line in found.of("pair") if line.change > 0]
    return rising[:MOST_PAIRS]


def headline(found: Trends, names: Names) -> str:
    """Return the page's first sentence: what was unusual, else what rose most."""
    if found.unusual:
        line = found.unusual[0]
        said = {"name": names.of(line.key), "n": line.last_week, "usual": round(line.usual or 0)}
        return _("Unusual last week: %(name)s, %(n)d where about %(usual)d are usual.") % said
    rising = [line for line in found.of("topic") if line.change > 0]
    if not rising:
        return _("Families wrote about nothing more often than before.")
    said = {"name": names.of(rising[0].key), "n": rising[0].now, "before": rising[0].before}
    return _("%(name)s rose most: %(n)d conversations, %(before)d before.") % said


def chart(found: Trends, names: Names) -> Chart:
    """Return the topics, this time beside before, those that changed most first."""
    lines = sorted(found.of("topic"), key=lambda line: (-abs(line.change), -line.now))
    drawn = sorted(lines[:MOST_DRAWN], key=lambda line: (-line.change, -line.now))
    points = [
        {"name": names.of(line.key), "before": line.before, "now": line.now, "words": signed(line)}
        for line in drawn
    ]
    axis = _("Conversations: ○ before, ● now")
    return Chart(
        "by-topic",
        _("Topics rising and falling"),
        _("%(n)d topics, each a line from before to now; the table below has the numbers.")
        % {"n": len(points)},
        changes(points, axis=axis) if points else None,
    )


def signed(line: Trend) -> str:
    """Return a change with its sign; a true minus, so that figures align."""
    return f"+{line.change}" if line.change > 0 else f"−{-line.change}" if line.change else "0"


def _narrowed(scope: CountingScope, key: Key) -> str:
    """Return what a line's addresses narrow by beside what all of them do."""
    said = {
        name: value or NOBODY
        for name, value in key._asdict().items()
        if value is not None and value != scope.filters.get(name)
    }
    return f"&{urlencode(said)}" if said else ""
