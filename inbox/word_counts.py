"""Counting the words that grew, as a job: what is not read yet is read, then all is counted.

Each step is one transaction. A conversation is read once (`Wording`), whoever reads it, and a
report is written whole or not at all, so that a job may die anywhere and be done again.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left

from districts.models import District
from districts.scope import current_district_id
from inbox import jobs
from inbox.likeness import LONGEST_TEXT
from inbox.models import Conversation, Job, JobState, Message, Wording, WordReport
from inbox.trending import WEEKS
from inbox.word_tally import Span, report_of
from inbox.wording import numbers_of

KIND = "word_count"
BATCH = 500
# The longest weeks that a page compares, twice, and what may be read and no more compared.
KEPT = timedelta(weeks=2 * max(WEEKS) + 1)
# A report that nobody has looked at for so long is counted no more.
ASKED_WITHIN = timedelta(days=7)
STALE_AFTER, A_MOMENT = timedelta(hours=1), timedelta(minutes=10)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Whose:
    """Whose conversations, and over how many weeks: what a report is about."""

    team: int | None
    schools: tuple[int, ...]
    weeks: int

    @property
    def name(self) -> str:
        """Return a name, the same for whoever counts the same."""
        return f"{self.weeks}.{self.team or ''}.{'-'.join(map(str, self.schools))}"

    @property
    def said(self) -> dict[str, Any]:
        """Return what a job is told."""
        whose = {"team": self.team, "schools": list(self.schools), "weeks": self.weeks}
        return whose | {"name": self.name}


def begin(whose: Whose, *, at: datetime) -> Job:
    """Ask for a report; one that is being counted, or that failed just now, is enough."""
    latest = latest_of(whose)
    if latest is not None and (latest.is_waiting or _failed_lately(latest, at)):
        return latest
    return jobs.begin(KIND, by=None, at=at, **whose.said)


def latest_of(whose: Whose) -> Job | None:
    """Return the latest job for a report."""
    return Job.objects.filter(kind=KIND, said__name=whose.name).order_by("-pk").first()


def step(job: Job, at: datetime) -> None:
    """Read a batch of what was not read yet; when nothing is left, count and write the report."""
    tz = District.objects.get(pk=current_district_id()).tz
    today = at.astimezone(tz).date()
    unread = _unread(since=_midnight(today, tz) - KEPT + A_DAY * 7, until=_midnight(today, tz))
    if not job.total:
        job.total = unread.count() + 1
    rows = read(unread.filter(pk__gt=job.cursor))
    if rows:
        job.cursor, job.done = rows[-1], job.done + len(rows)
        return
    _write(job, today, at, next_day=_midnight(today + A_DAY, tz), midnight=_midnight(today, tz))
    job.done = job.total
    job.finish(at=at)


def read(unread: Any) -> list[int]:
    """Keep the words of a batch of conversations; return their ids."""
    first = Message.objects.filter(conversation=OuterRef("pk"), direction="inbound")
    words = Subquery(first.order_by("at", "id").values(words=Left("body", LONGEST_TEXT))[:1])
    columns = ("pk", "received_at", "language", "subject", "words")
    rows = list(unread.annotate(words=words).order_by("pk").values_list(*columns)[:BATCH])
    Wording.objects.bulk_create(
        [
            Wording(conversation_id=pk, words=_numbers(subject, said, language), at=received_at)
            for pk, received_at, language, subject, said in rows
        ],
        ignore_conflicts=True,
    )
    return [row[0] for row in rows]


@transaction.atomic
def look(*, at: datetime) -> bool:
    """Count anew what a new day has overtaken and somebody still looks at."""
    for report in WordReport.objects.due(at).select_for_update(skip_locked=True)[:BATCH]:
        if at - report.asked_at > ASKED_WITHIN:
            report.delete()
            continue
        weeks, team, schools = report.name.split(".")
        ids = tuple(int(school) for school in schools.split("-") if school)
        begin(Whose(int(team) if team else None, ids, int(weeks)), at=at)
        WordReport.objects.filter(pk=report.pk).update(due_at=at + A_DAY)
    return False


def forget(*, at: datetime) -> None:
    """Remove a batch of what no page compares any more, and the reports' finished jobs."""
    old = Wording.objects.filter(at__lt=at - KEPT).order_by("at").values("pk")[: 20 * BATCH]
    Wording.objects.filter(pk__in=old).delete()
    done = Job.objects.filter(kind=KIND, ended_at__lt=at - A_DAY)
    done.delete()


def _failed_lately(job: Job, at: datetime) -> bool:
    return job.state == JobState.FAILED and at - job.at < A_MOMENT


def _unread(*, since: datetime, until: datetime) -> Any:
    rows = Conversation.objects.filter(received_at__gte=since, received_at__lt=until)
    return rows.filter(wordings__isnull=True)


def _numbers(subject: str, said: str | None, language: str) -> list[int]:
    """Return the numbers of a first message; what staff began says nothing of families."""
    return [] if said is None else numbers_of(f"{subject}\n{said}", language)


def _write(job: Job, today: date, at: datetime, *, midnight: datetime, next_day: datetime) -> None:
    whose = job.said
    length = whose["weeks"] * timedelta(weeks=1)
    tz = next_day.tzinfo
    span = Span(
        begin=_midnight(today - 2 * length, tz),
        middle=_midnight(today - length, tz),
        end=midnight,
        team=whose["team"],
        schools=tuple(whose["schools"]),
    )
    fields = {
        "today": today,
        "body": report_of(span),
        "counted_at": at,
        "due_at": next_day + timedelta(minutes=10),
    }
    WordReport.objects.update_or_create(
        name=whose["name"], defaults=fields, create_defaults=fields | {"asked_at": at}
    )
    forget(at=at)


def _midnight(day: date, tz: Any) -> datetime:
    return datetime.combine(day, time.min, tz)


@transaction.atomic
def count_all(weeks: int, *, at: datetime) -> None:
    """Read and count the whole district at once, as for a demo or after a restore."""
    job = Job(kind=KIND, said=Whose(None, (), weeks).said, at=at, next_try_at=at)
    while job.is_waiting:
        step(job, at)
