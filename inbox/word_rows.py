"""The words that grew as the page of trends shows them: a table for each language, or why none."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from families.languages import language_name
from inbox import word_counts
from inbox.counted import Counted
from inbox.counting_scope import CountingScope
from inbox.models import Job, WordReport
from inbox.word_counts import STALE_AFTER, Whose

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WordRow:
    """One word: its counts, the lists behind them, and the length of its bars in percent."""

    text: str
    now: int
    before: int
    expected: float
    now_url: str
    before_url: str
    bar: int
    mark: int


@dataclass(frozen=True)
class Tongue:
    """What was found in one language: how many words were compared, and which grew."""

    code: str
    compared: int
    rows: list[WordRow] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return what the language is called."""
        return language_name(self.code)


@dataclass(frozen=True)
class Words:
    """The tables, when they were counted, and the job that counts them while there are none."""

    tongues: list[Tongue]
    counted_at: datetime | None
    job: Job | None

    @property
    def seen(self) -> str:
        """Return a name of what is shown, to compare with."""
        counting = f"{self.job.state}{self.job.percent}" if self.job else ""
        return f"{self.counted_at}{counting}"

    @property
    def is_counting(self) -> bool:
        """Say whether there is nothing to show yet."""
        return self.job is not None and self.job.is_waiting

    @property
    def is_broken(self) -> bool:
        """Say whether counting failed."""
        return self.job is not None and not self.job.is_waiting

    @property
    def found(self) -> list[Tongue]:
        """Return the languages in which a word grew."""
        return [tongue for tongue in self.tongues if tongue.rows]

    @property
    def compared(self) -> int:
        """Return how many words were compared in all languages."""
        return sum(tongue.compared for tongue in self.tongues)


def words_for(scope: CountingScope, *, weeks: int, today: date, at: datetime) -> Words:
    """Return the words that grew for a scope; what is missing or old is asked for."""
    if scope.is_empty:
        return Words([], None, None)
    whose = whose_of(scope, weeks)
    report = WordReport.objects.filter(name=whose.name, today=today).first()
    if report is None:
        return Words([], None, word_counts.begin(whose, at=at))
    if at - report.counted_at > STALE_AFTER:
        word_counts.begin(whose, at=at)
    if at - report.asked_at > A_DAY:
        WordReport.objects.filter(pk=report.pk).update(asked_at=at)
    parts = [each for each in report.body if scope.language in {"", each["language"]}]
    tongues = [_tongue(each, scope, weeks, today) for each in parts]
    return Words(tongues, report.counted_at, None)


def whose_of(scope: CountingScope, weeks: int) -> Whose:
    """Return whose words these are; languages are counted apart in any case."""
    schools = (scope.school,) if scope.school is not None else scope.within
    return Whose(scope.team, tuple(sorted(schools)), weeks)


def _tongue(said: dict[str, Any], scope: CountingScope, weeks: int, today: date) -> Tongue:
    longest = max((max(each["now"], each["expected"]) for each in said["words"]), default=0)
    rows = [_row(each, said["language"], scope, weeks, today, longest) for each in said["words"]]
    return Tongue(said["language"], said["compared"], rows)


def _row(
    said: dict[str, Any], language: str, scope: CountingScope, weeks: int, today: date, longest: int
) -> WordRow:
    last, length = today - A_DAY, timedelta(weeks=weeks)
    common = {"view": "all", **scope.filters, "language": language, "said": said["text"]}

    def url(last_on: date) -> str:
        counted = Counted("received", last_on - length + A_DAY, last_on)
        return f"{reverse('inbox:list')}?{urlencode(common | {'counted': str(counted)})}"

    return WordRow(
        text=said["text"],
        now=said["now"],
        before=said["before"],
        expected=said["expected"],
        now_url=url(last),
        before_url=url(last - length),
        bar=round(100 * said["now"] / longest),
        mark=round(100 * said["expected"] / longest),
    )
