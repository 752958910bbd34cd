"""A batch of conversations counted anew: which deadlines moved, what is excused, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from districts.models import BusinessCalendar
from inbox import live
from inbox.models import Clock, ClockState, Conversation, Event
from inbox.models.each import set_each

MOST_REASONS = 3
COUNTED = (
    "calendar",
    "calendar_version",
    "total_minutes",
    "spent_minutes",
    "due_at",
    "warn_at",
    "escalate_at",
    "excused_at",
    "excused_reason",
)


class Day(NamedTuple):
    """Days that changed, with their name; ``act`` is "days", or "undone" where they were opened."""

    first: date
    last: date
    name: str
    act: str


class Why(NamedTuple):
    """What happened to a calendar: days that changed, or (act, name) of what changes every day."""

    days: list[Day]
    acts: list[tuple[str, str]]

    def between(self, begin: datetime, end: datetime, tz: ZoneInfo) -> list[list[str]]:
        """Return [act, name] of what explains a deadline counted from one moment to another."""
        first, last = begin.astimezone(tz).date(), end.astimezone(tz).date()
        near = [day for day in self.days if day.first <= last and first <= day.last]
        found = dict.fromkeys([*((day.act, day.name) for day in near), *self.acts])
        return [list(each) for each in found][:MOST_REASONS]


class Renewal(NamedTuple):
    """One clock to count anew, in the calendar that counts for it now, and why."""

    clock: int
    calendar: BusinessCalendar | None
    why: Why


@dataclass
class Found:
    """What came of one conversation: its clocks, and what its timeline has to say."""

    conversation: Conversation
    clocks: list[Clock] = field(default_factory=list)
    renewed: list[Clock] = field(default_factory=list)
    moves: list[dict[str, Any]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def renew(self, clock: Clock, renewal: Renewal, *, at: datetime) -> None:
        """Count a clock anew."""
        before = clock.due_at
        clock.recount(renewal.calendar)
        self.renewed.append(clock)
        tz = ZoneInfo(renewal.calendar.time_zone if renewal.calendar else "UTC")
        why = renewal.why.between(clock.began_at, max(before, clock.due_at), tz)
        said = {"metric": clock.metric, "after": clock.due_at.isoformat(), "why": why}
        if clock.state == ClockState.BREACHED:
            self._judge(clock, said, at=at)
        if clock.is_live and clock.state != ClockState.PAUSED and clock.due_at != before:
            self.moves.append(said | {"before": before.isoformat()})

    def close(self, *, at: datetime) -> None:
        """Say on the timeline what moved, and repeat the next deadline on the conversation."""
        if self.moves:
            self._say("recounted", {"moves": self.moves}, at=at)
        owed = [c for c in self.clocks if c.is_live and c.state != ClockState.PAUSED]
        following = min(owed, key=lambda clock: (clock.due_at, clock.pk), default=None)
        self.conversation.due_at = following.due_at if following else None
        self.conversation.due_metric = following.metric if following else ""

    def _judge(self, clock: Clock, said: dict[str, Any], *, at: datetime) -> None:
        """Excuse an announced breach that would not have been one, or take the excuse back."""
        assert clock.breached_at is not None  # noqa: S101 - a constraint of the state
        holds = (clock.ended_at or at) <= clock.due_at and clock.due_at > clock.breached_at
        if holds == (clock.excused_at is not None):
            return
        clock.excused_at = at if holds else None
        clock.excused_reason = "; ".join(name for _act, name in said["why"])[:200] if holds else ""
        said |= {"before": clock.breached_at.isoformat()}
        self._say("excused" if holds else "excuse_ended", said, at=at)

    def _say(self, verb: str, detail: dict[str, Any], *, at: datetime) -> None:
        self.events.append(Event(conversation=self.conversation, verb=verb, at=at, detail=detail))


def recount(ids: list[int], renewals: Iterable[Renewal], *, at: datetime) -> dict[str, int]:
    """Count clocks of these conversations anew, as one batch; return how many moved, by what.

    Conversations are locked before their clocks, as a person's act does. What is announced stays
    announced: a breach that is none any more is excused.
    """
    known = Conversation.objects.filter(pk__in=ids).order_by("pk").select_for_update()
    found = {conversation.pk: Found(conversation) for conversation in known}
    wanted = {renewal.clock: renewal for renewal in renewals}
    clocks = Clock.objects.filter(conversation__in=ids).order_by("pk")
    with_hours = clocks.select_related("calendar").prefetch_related("runs__calendar")
    for clock in with_hours.select_for_update(of=("self",)):
        each = found[clock.conversation_id]
        each.clocks.append(clock)
        if clock.pk in wanted and clock.state in {"running", "paused", "breached"}:
            each.renew(clock, wanted[clock.pk], at=at)
    for each in found.values():
        each.close(at=at)
    return _store(list(found.values()))


def _store(found: list[Found]) -> dict[str, int]:
    events = [event for each in found for event in each.events]
    set_each([clock for each in found for clock in each.renewed], *COUNTED)
    set_each([each.conversation for each in found if each.moves], "due_at", "due_metric")
    Event.objects.bulk_create(events, batch_size=1000)
    live.many_moved({event.conversation_id for event in events})
    return dict(Counter(event.verb for event in events))
