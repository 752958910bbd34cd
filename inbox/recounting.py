"""Counting promises anew when a calendar has changed, or when another one counts.

A clock says with which version of its calendar it was counted, so whatever differs waits, and it
does not matter who comes first: the job that counts it anew, or the sweep that was about to
announce it. Two changes need no order either: what is counted is always the calendar as it is.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from districts.models import BusinessCalendar, Membership
from inbox import jobs
from inbox.clocks import own_calendar_id
from inbox.models import Clock, ClockRun, Conversation, Job
from inbox.models.clock_state import ClockQuerySet
from inbox.recounted import Day, Renewal, Why, recount

KIND = "recount"
BATCH = 500
COUNTING = Q(state__in=["running", "paused"])
# A day begins and ends within so much of midnight in UTC, wherever it is.
ANY_ZONE = timedelta(hours=14)
A_DAY = timedelta(days=1)
LAST = "left"  # in what a job says: it has come to the clocks that have left the calendar


def begin_for_hours(
    calendar: BusinessCalendar,
    days: Iterable[tuple[date, date, str]],
    *,
    undone: bool,
    by: Membership | None,
    at: datetime,
) -> Job | None:
    """Count anew what counts in a calendar whose hours have changed; None where nothing does.

    ``days`` are what may differ now, with their names; none means that every day may.
    """
    said = [[first.isoformat(), last.isoformat(), name] for first, last, name in days]
    act = "week" if not said else "undone" if undone else "days"
    return _begin(by=by, at=at, calendar=calendar.pk, days=said, act=act, name=calendar.name)


def begin_for_choice(
    place: str, pk: int | None, *, act: str, name: str, by: Membership | None, at: datetime
) -> Job | None:
    """Count anew what belongs to a place for which another calendar may count; "" is everything."""
    return _begin(by=by, at=at, place=place, pk=pk, act=act, name=name)


def again(stopped: Job, *, by: Membership, at: datetime) -> Job | None:
    """Go on with what stopped: a job of its own, for whatever was not counted anew yet."""
    return _begin(by=by, at=at, **{key: stopped.said[key] for key in stopped.said if key != LAST})


def step(job: Job, at: datetime) -> None:
    """Count a batch of conversations anew; after the last one, look once more from the start.

    What has left the calendar, but has spent time in it before, comes last, and once.
    """
    waiting = waiting_for(job.said)
    after = waiting.filter(conversation__gt=job.cursor).order_by("conversation")
    ids = list(after.values_list("conversation", flat=True).distinct()[:BATCH])
    if ids:
        found = recount(ids, _renewals(job.said, ids), at=at)
        for name, count in found.items():
            job.result[name] = job.result.get(name, 0) + count
        job.done += len(ids)
        job.cursor = ids[-1]
    elif "calendar" not in job.said or LAST in job.said:
        job.finish(at=at)
    elif job.cursor:
        job.cursor = 0  # what was promised with the old hours while this was under way
    else:
        job.said[LAST] = True
    job.total = max(job.total, job.done)


def refresh(clocks: Iterable[Clock], *, at: datetime) -> bool:
    """Count anew which of these clocks were counted with old hours; say whether any was.

    Their conversations are locked. Nothing is announced by hours that are no longer true.
    """
    found = False
    stale = [c for c in clocks if c.calendar and c.calendar.version != c.calendar_version]
    for calendar_id in {clock.calendar_id for clock in stale}:
        ids = sorted({c.conversation_id for c in stale if c.calendar_id == calendar_id})
        days = [day for said in _under_way(calendar_id) for day in said["days"]]
        renewals = _renewals({"calendar": calendar_id, "days": days}, ids)
        if renewals:
            recount(ids, renewals, at=at)
            found = True
    return found


def waiting_for(said: dict[str, Any]) -> ClockQuerySet:
    """Return the clocks that a change concerns and that were not counted anew yet."""
    if LAST in said:
        return _elsewhere(said["calendar"])
    if "calendar" not in said:
        belongs = _belongs(said["place"], said["pk"])
        return Clock.objects.filter(COUNTING & belongs).exclude(
            target__policy__round_the_clock=True
        )
    version = BusinessCalendar.objects.values_list("version", flat=True).get(pk=said["calendar"])
    stale = Clock.objects.filter(calendar=said["calendar"]).exclude(calendar_version=version)
    return stale.filter(COUNTING | _touched(said["days"]))


def _begin(*, by: Membership | None, at: datetime, **said: Any) -> Job | None:
    total = waiting_for(said).values("conversation").distinct().count()
    if not total and "calendar" in said:
        total = _elsewhere(said["calendar"]).values("conversation").distinct().count()
    return jobs.begin(KIND, by=by, at=at, total=total, **said) if total else None


def _elsewhere(calendar: int) -> ClockQuerySet:
    """Return the clocks that have spent time in a calendar and count in another one by now."""
    spent = ClockRun.objects.filter(calendar=calendar).values("clock")
    return Clock.objects.filter(COUNTING, pk__in=spent).exclude(calendar=calendar)


def _belongs(place: str, pk: int | None) -> Q:
    """Return what belongs to a place: a school, team, topic, department or former calendar."""
    if place == "department":
        return Q(conversation__topic__department=pk) | Q(conversation__team__department=pk)
    if place == "calendar":
        return Q(calendar=pk)
    return Q(**{f"conversation__{place}": pk}) if place else Q()


def _touched(days: list[list[str]]) -> Q:
    """Return the breaches that a change of these days may excuse."""
    if not days:
        return Q(pk__in=[])
    first = datetime.fromisoformat(f"{min(day[0] for day in days)}T00:00+00:00") - ANY_ZONE
    last = datetime.fromisoformat(f"{max(day[1] for day in days)}T00:00+00:00") + A_DAY + ANY_ZONE
    return Q(state="breached", breached_at__gte=first, began_at__lte=last)


def _renewals(said: dict[str, Any], ids: list[int]) -> list[Renewal]:
    """Return each clock of these conversations that waits, with the calendar that counts now."""
    waiting = waiting_for(said).filter(conversation__in=ids)
    if "calendar" in said:
        calendar = BusinessCalendar.objects.get(pk=said["calendar"])
        why = _why(said["calendar"])
        if LAST in said:
            return [Renewal(c.pk, c.calendar, why) for c in waiting.select_related("calendar")]
        return [Renewal(pk, calendar, why) for pk in waiting.values_list("pk", flat=True)]
    chosen = _chosen(ids)
    why = Why([], [(said["act"], said["name"])])
    pairs = waiting.values_list("pk", "conversation", "calendar")
    return [
        Renewal(pk, chosen[of], why)
        for pk, of, now in pairs
        if now != getattr(chosen[of], "pk", None)
    ]


def _why(calendar_id: int) -> Why:
    """Return what was changed in a calendar and is being counted: one change, or several."""
    said = _under_way(calendar_id)
    days = [
        Day(date.fromisoformat(first), date.fromisoformat(last), name, each["act"])
        for each in said
        for first, last, name in each["days"]
    ]
    return Why(days, [("week", each["name"]) for each in said if each["act"] == "week"])


def _under_way(calendar_id: int | None) -> list[dict[str, Any]]:
    """Return what the jobs say that still count a calendar's promises anew, the oldest first."""
    jobs_left = Job.objects.filter(kind=KIND, state="waiting", said__calendar=calendar_id)
    return [job.said for job in jobs_left.order_by("pk")]


def _chosen(ids: list[int]) -> dict[int, BusinessCalendar | None]:
    """Return the calendar that counts for each of these conversations."""
    with_places = Conversation.objects.select_related(
        "topic__department", "team__department", "school"
    )
    own = {each.pk: own_calendar_id(each) for each in with_places.filter(pk__in=ids)}
    known = BusinessCalendar.objects.in_bulk({pk for pk in own.values() if pk})
    default = BusinessCalendar.objects.filter(is_default=True).first()
    return {pk: known.get(calendar or 0, default) for pk, calendar in own.items()}
