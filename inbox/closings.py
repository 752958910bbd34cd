"""Which closed days a promise waits for, as a family is told: their dates and their name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from inbox.business_time import DayKind
from inbox.explained import Day, explained_alone
from inbox.models import Clock

MOST = 2


@dataclass(frozen=True, slots=True)
class Closing:
    """Closed days that follow each other and have one name, of those that are usually open."""

    days: Sequence[date]
    name: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """What lies between a promise's start and its deadline, and the deadline said first."""

    closings: Sequence[Closing] = ()
    first_said: datetime | None = None


def awaited(clock: Clock | None) -> Awaited:
    """Return the closed days between a promise's start and its deadline, the last two of them.

    A deadline that a closing has made later says which one was said first.
    """
    if clock is None:
        return Awaited()
    days = [day for stretch in explained_alone(clock) for day in stretch.days]
    usual = clock.hours.weekly
    shut = [day for day in days if day.kind is DayKind.CLOSED and usual.get(day.on.weekday())]
    found = [
        Closing([day.on for day in group], ", ".join(names))
        for names, group in groupby(shut, key=_names)
    ]
    return Awaited(found[-MOST:], _first_said(clock) if found else None)


def _names(day: Day) -> tuple[str, ...]:
    return day.names


def _first_said(clock: Clock) -> datetime | None:
    """Return the deadline before closings moved it, where it is later now."""
    if not clock.conversation_id:  # what nobody has stored yet
        return None
    moved = clock.conversation.events.filter(verb="recounted").order_by("at", "id")
    for event in moved:
        for move in event.detail.get("moves", []):
            by_closing = any(act == "days" for act, _name in move["why"])
            if move["metric"] == clock.metric and event.at >= clock.began_at and by_closing:
                before = datetime.fromisoformat(move["before"])
                return before if before < clock.due_at else None
    return None
