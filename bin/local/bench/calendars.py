"""What a calendar costs: many deadlines at once, and a snow day over many open conversations."""

import time
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from districts import snow_days
from districts.models import (
    BusinessCalendar,
    CalendarException,
    District,
    Membership,
    User,
    WeeklySpan,
)
from districts.scope import district_scope
from inbox import running, starting
from inbox.business_time import WorkingHours, add_working_minutes_in_bulk, working_minutes_between
from inbox.models import Clock, Conversation, Event, Job, SlaTarget
from inbox.models.hours import working_hours
from local.bench.people import People
from local.bench.report import Figure

MILLISECOND = 1000
DEADLINES = 100_000
OPEN = 20_000
CHUNK = 2_000
SLUG = "snowfield"


def business_time(people: People, _seconds: float) -> list[Figure]:
    """100,000 deadlines of a district's calendar in bulk, as none of its days was asked for yet."""
    random = Random(1)  # noqa: S311 - a load, no secret
    with transaction.atomic(), district_scope(people.district.pk):
        known = working_hours(BusinessCalendar.objects.get(is_default=True))
    hours = WorkingHours(known.tz, known.weekly, known.exceptions)
    begin = datetime.now(UTC) - timedelta(days=90)
    lengths = [
        (begin + timedelta(minutes=random.randrange(180 * 1440)), random.randrange(1, 5000))
        for _ in range(DEADLINES)
    ]
    began = time.perf_counter()
    add_working_minutes_in_bulk(lengths, hours)
    took = time.perf_counter() - began
    figure = Figure("business time, 100,000", took * MILLISECOND, took * MILLISECOND, 1 / took)
    figure.goal, figure.reached = "under 2 s", took < 2
    return [figure]


def snow_day(_people: People, _seconds: float) -> list[Figure]:
    """A day is closed over 20,000 open conversations, and opened again; each says what moved."""
    with transaction.atomic():
        district = District.objects.filter(slug=SLUG).first() or _found()
    with district_scope(district.pk):
        with transaction.atomic():
            calendar = BusinessCalendar.objects.get(is_default=True)
            member = Membership.objects.get()
        at = datetime.now(UTC)
        on = _next_school_day(at)
        _clear(member, at)
        with transaction.atomic():
            series = snow_days.close([calendar], on, "Snow day", by=member, at=at)
        figures = [_measure("snow day over 20,000 open", at)]
        _check(at)
        if series is not None:
            with transaction.atomic():
                snow_days.take_back(series, by=member, at=at)
            figures.append(_measure("  taken back", at))
            _check(at)
    return figures


def _clear(member: Membership, at: datetime) -> None:
    """Open what a run that was broken off left closed, and do what it left undone."""
    with transaction.atomic():
        closed = CalendarException.objects.filter(source="snow_day")
        left = {day.series for day in closed if day.series is not None}
        for series in left:
            snow_days.take_back(series, by=member, at=at)
    while running.take_waiting(at=at + timedelta(hours=1)):
        pass


def _measure(name: str, at: datetime) -> Figure:
    """Do the waiting job to its end, as a worker does."""
    with transaction.atomic():
        job = Job.objects.get(kind="recount", state="waiting")
    began = time.perf_counter()
    while running.take(job.pk, at=at):
        pass
    took = time.perf_counter() - began
    with transaction.atomic():
        job.refresh_from_db()
    moved = job.result.get("recounted", 0)
    figure = Figure(name, took * MILLISECOND, took * MILLISECOND, moved / took, goal="under 60 s")
    figure.reached = took < 60 and moved == OPEN and job.state == "done"
    figure.note = f"{moved:,} moved"
    return figure


@transaction.atomic
def _check(at: datetime) -> None:
    """Every deadline adds up day by day, and the conversation says when it is due and why."""
    hours = working_hours(BusinessCalendar.objects.get(is_default=True))
    said = {
        (event.conversation_id, move["metric"]): move
        for event in Event.objects.filter(verb="recounted", at=at).order_by("pk")
        for move in event.detail["moves"]
    }
    for clock in Clock.objects.filter(state="running").iterator():
        move = said[clock.conversation_id, clock.metric]
        adds_up = working_minutes_between(clock.started_at, clock.due_at, hours)
        if move["after"] != clock.due_at.isoformat() or not move["why"]:
            raise SystemExit(f"Clock {clock.pk} does not say why it moved.")
        if adds_up != clock.total_minutes:
            raise SystemExit(f"Clock {clock.pk} does not add up.")


def _found() -> District:
    """Make a district of its own with so many open conversations and their promises."""
    print(f"Seeding {OPEN:,} open conversations ...", flush=True)
    zone = "America/New_York"
    district = District.objects.create(name="Snowfield Schools", slug=SLUG, time_zone=zone)
    at = datetime.now(UTC)
    with district_scope(district.pk):
        calendar = BusinessCalendar.objects.create(
            name="School days", time_zone=zone, is_default=True
        )
        WeeklySpan.objects.bulk_create(
            WeeklySpan(calendar=calendar, weekday=day, opens_minute=opens, closes_minute=closes)
            for day in range(5)
            for opens, closes in ((480, 720), (780, 990))
        )
        user = User.objects.create_user("bench@snowfield.example")
        Membership.objects.create(user=user, name="Bench", role="administrator", joined_at=at)
        starting.equip()
        targets = list(SlaTarget.objects.filter(policy__is_default=True).select_related("policy"))
        for first in range(0, OPEN, CHUNK):
            _seed(range(first + 1, first + CHUNK + 1), targets, calendar, at=at)
    return district


def _seed(
    numbers: range, targets: list[SlaTarget], calendar: BusinessCalendar, *, at: datetime
) -> None:
    """Make open conversations, received just before now, whose promises run past the next day."""
    made = Conversation.objects.bulk_create(
        Conversation(
            number=number,
            reference=f"SNOW{number:06}",
            subject="When does the bus come?",
            channel="form",
            sender_name="Ana Ortiz",
            received_at=at,
            created_at=at,
            routed_at=at,
            last_inbound_at=at,
            last_message_at=at,
        )
        for number in numbers
    )
    clocks = []
    for conversation in made:
        own = []
        began = at - timedelta(seconds=conversation.number % 3600)
        for target in targets:
            clock = Clock(conversation=conversation, began_at=began, started_at=began)
            clock.promise(target, calendar)
            own.append(clock)
        earliest = min(own, key=lambda clock: clock.due_at)
        conversation.due_at, conversation.due_metric = earliest.due_at, earliest.metric
        clocks += own
    Clock.objects.bulk_create(clocks)
    Conversation.objects.bulk_update(made, ["due_at", "due_metric"], batch_size=500)


def _next_school_day(at: datetime) -> date:
    on = at.astimezone(ZoneInfo("America/New_York")).date() + timedelta(days=1)
    return on if on.weekday() < 5 else on + timedelta(days=7 - on.weekday())
