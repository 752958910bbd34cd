"""What a team had to do lately, and how it did: read from its messages for the promise planner."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from districts.models import BusinessCalendar, Team
from inbox.business_time import working_minutes_between
from inbox.models import Clock, ClockState, Direction, Message, Metric, Unit
from inbox.models.hours import working_hours
from inbox.queue_model import HOUR, WEEK, Load, OpenWeek

LATELY = timedelta(weeks=13)
STAFFING = timedelta(weeks=4)
A_WEEK = timedelta(weeks=1)
KEPT, BROKEN = Q(state=ClockState.MET), Q(state=ClockState.BREACHED)
MOST_MESSAGES = 30_000
MOST_ANSWERS = 2_000
# Who gave fewer of the answers than this helped out; they are not counted as one of the team.
OWN_SHARE = 0.05
FEWEST_QUESTIONS, FEWEST_ANSWERS, FEWEST_PROMISES = 60, 40, 30


class Said(NamedTuple):
    """A message as far as it matters here."""

    conversation: int
    direction: str
    author: int | None
    at: datetime
    received_at: datetime


@dataclass(frozen=True)
class Workload:
    """What the planner knows of a team; kept with its job as it stands here.

    ``kept`` of ``promised`` first answers with the usual promise (``length`` in ``unit``) came in
    time; ``people`` gave the answers of the last weeks.
    """

    spans: list[list[int]]
    rates: list[float]
    questions: int
    messages: int
    minutes: list[float]
    people: int
    length: int
    unit: str
    kept: int
    promised: int

    @property
    def is_enough(self) -> bool:
        """Say whether there is enough to speak of."""
        return (
            self.people > 0
            and self.questions >= FEWEST_QUESTIONS
            and len(self.minutes) >= FEWEST_ANSWERS
            and self.promised >= FEWEST_PROMISES
        )

    @property
    def load(self) -> Load:
        """Return it as the queue's load."""
        week = OpenWeek(tuple((start, until) for start, until in self.spans))
        share = self.questions / self.messages
        return Load(week, tuple(self.rates), share, tuple(self.minutes))

    @property
    def kept_percent(self) -> float:
        """Return the share of promises that were kept, in percent."""
        return 100 * self.kept / self.promised

    def stored(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def observe(team: int | None, *, at: datetime) -> Workload:
    """Return the workload of a team, or of the district, of the last thirteen weeks."""
    calendar = _calendar(team)
    said = _messages(team, at)
    since = said[0].at if len(said) == MOST_MESSAGES else at - LATELY
    asked = [one for one in said if one.direction == Direction.INBOUND]
    length, unit, kept, promised = _promises(team, since, at)
    minutes = _answer_minutes(said, calendar)
    return Workload(
        spans=_spans(calendar),
        rates=_rates(asked, calendar, weeks=(at - since) / A_WEEK),
        questions=sum(one.at == one.received_at for one in asked),
        messages=len(asked),
        minutes=minutes[-MOST_ANSWERS:],
        people=_people(said, at),
        length=length,
        unit=unit,
        kept=kept,
        promised=promised,
    )


def _calendar(team: int | None) -> BusinessCalendar | None:
    teams = Team.objects.filter(calendar__isnull=False).select_related("calendar")
    own = teams.filter(pk=team).first() if team else None
    return own.calendar if own else BusinessCalendar.objects.filter(is_default=True).first()


def _messages(team: int | None, at: datetime) -> list[Said]:
    """Return the newest messages, the oldest of them first; notes are none."""
    spoken = Message.objects.filter(at__gte=at - LATELY, at__lt=at, conversation__is_spam=False)
    newest = _of(team, spoken.exclude(direction=Direction.NOTE)).order_by("-at", "-id")
    columns = ("conversation_id", "direction", "author_id", "at", "conversation__received_at")
    return [Said(*row) for row in newest.values_list(*columns)[:MOST_MESSAGES]][::-1]


def _of(team: int | None, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows if team is None else rows.filter(conversation__team=team)


def _spans(calendar: BusinessCalendar | None) -> list[list[int]]:
    """Return the weekly hours in minutes of the week; without a calendar, round the clock."""
    if calendar is None:
        return [[day * WEEK // 7, (day + 1) * WEEK // 7] for day in range(7)]
    day = WEEK // 7
    rows = calendar.weekly_spans.order_by("weekday", "opens_minute")
    return [[s.weekday * day + s.opens_minute, s.weekday * day + s.closes_minute] for s in rows]


def _rates(
    asked: Iterable[Said], calendar: BusinessCalendar | None, *, weeks: float
) -> list[float]:
    """Return how many messages come in each hour of a local week."""
    zone = working_hours(calendar).tz
    found: Counter[int] = Counter()
    for one in asked:
        local = one.at.astimezone(zone)
        found[local.weekday() * 24 + local.hour] += 1
    return [found[hour] / weeks for hour in range(WEEK // HOUR)]


def _answer_minutes(said: Sequence[Said], calendar: BusinessCalendar | None) -> list[float]:
    """Return the open minutes that each answer took: since its author was free for it.

    That is the later of the family's last words and the author's answer before, so waiting for
    other answers is not counted, and whatever else the author had to do is.
    """
    hours = working_hours(calendar)
    asked_at: dict[int, datetime] = {}
    free_at: dict[int, datetime] = {}
    found = []
    for one in said:
        if one.direction == Direction.INBOUND:
            asked_at[one.conversation] = one.at
        elif one.author is not None and one.conversation in asked_at:
            asked = asked_at.pop(one.conversation)
            start = max(asked, free_at.get(one.author, asked))
            found.append(float(max(1, working_minutes_between(start, one.at, hours))))
        if one.author is not None:
            free_at[one.author] = one.at
    return found


def _people(said: Iterable[Said], at: datetime) -> int:
    """Return how many gave the answers of the last weeks."""
    given = Counter(
        one.author
        for one in said
        if one.direction == Direction.OUTBOUND and one.author and one.at >= at - STAFFING
    )
    return sum(count >= OWN_SHARE * given.total() for count in given.values())


def _promises(team: int | None, since: datetime, at: datetime) -> tuple[int, str, int, int]:
    """Return the commonest promise of a first answer, and how many of these were kept, and made."""
    clocks = Clock.objects.filter(
        metric=Metric.FIRST_RESPONSE,
        conversation__received_at__gte=since,
        conversation__received_at__lt=at,
        conversation__is_spam=False,
    )
    made: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    rows = _of(team, clocks.filter(KEPT | BROKEN)).order_by().values_list("length", "unit")
    for length, unit, kept, count in rows.annotate(kept=Count("id", filter=KEPT), n=Count("id")):
        made[length, unit] = [kept, count]
    usual = max(made, key=lambda key: made[key][1], default=(2, str(Unit.DAYS)))
    kept_ones, promised = made[usual]
    return usual[0], usual[1], kept_ones, promised
