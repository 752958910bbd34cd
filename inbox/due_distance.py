"""How far a due time is away, and in which form to say so: arithmetic only, no words."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

SOON = timedelta(hours=3)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Tone(StrEnum):
    """How much a due time presses."""

    CALM = "calm"
    SOON = "soon"  # less than three hours are left
    LATE = "late"  # the due time has come


class Form(StrEnum):
    """The shape in which a due time is said, named by an example."""

    NOW = "due now"
    MINUTES_LEFT = "in 40 min"
    HOURS_LEFT = "in 2 h"
    HOURS_AND_MINUTES_LEFT = "in 1 h 50 min"
    TODAY = "today 4:30 pm"
    THIS_WEEK = "Thu 3:30 pm"
    THIS_HALF_YEAR = "Nov 30, 9:10 am"
    FAR = "Jan 4, 2028"
    MINUTES_LATE = "25 min late"
    HOURS_LATE = "1 h late"
    DAYS_LATE = "3 d late"


@dataclass(frozen=True, slots=True)
class Distance:
    """A due time seen from a moment: the form, the numbers it needs, and the local wall clock."""

    form: Form
    local: datetime
    days: int = 0
    hours: int = 0
    minutes: int = 0


def tone_of(due_at: datetime, at: datetime) -> Tone:
    """Return how much a due time presses at a moment, both aware."""
    left = _since(at, due_at)
    if left <= timedelta(0):
        return Tone.LATE
    return Tone.SOON if left < SOON else Tone.CALM


def distance_of(due_at: datetime, at: datetime, tz: tzinfo) -> Distance:
    """Return how to say a due time at a moment, both aware, to people in a time zone.

    Numbers are rounded down, to at least what the form names. Less than a minute either way is
    now, less than three hours ahead is a length, and whatever is further away is a wall clock.
    """
    left, local = _since(at, due_at), wall_clock(due_at, tz)
    if abs(left) < MINUTE:
        return Distance(Form.NOW, local)
    if left < timedelta(0):
        return _late(-left, local)
    if left < SOON:
        return _soon(left, local)
    return Distance(_form_of_date(local, at.astimezone(tz)), local)


def wall_clock(due_at: datetime, tz: tzinfo) -> datetime:
    """Return the local time of a deadline; midnight as the minute before, on the day it ends."""
    local = due_at.astimezone(tz)
    return local - MINUTE if (local.hour, local.minute) == (0, 0) else local


def _late(lateness: timedelta, local: datetime) -> Distance:
    if lateness < HOUR:
        return Distance(Form.MINUTES_LATE, local, minutes=lateness // MINUTE)
    if lateness < DAY:
        return Distance(Form.HOURS_LATE, local, hours=lateness // HOUR)
    return Distance(Form.DAYS_LATE, local, days=lateness.days)


def _soon(left: timedelta, local: datetime) -> Distance:
    hours, minutes = divmod(left // MINUTE, 60)
    if not hours:
        form = Form.MINUTES_LEFT
    else:
        form = Form.HOURS_AND_MINUTES_LEFT if minutes else Form.HOURS_LEFT
    return Distance(form, local, hours=hours, minutes=minutes)


def _form_of_date(local: datetime, here: datetime) -> Form:
    days = (local.date() - here.date()).days
    if days <= 0:
        return Form.TODAY
    # On the seventh day the weekday would be today's.
    if days < 7:
        return Form.THIS_WEEK
    return Form.THIS_HALF_YEAR if days < 180 else Form.FAR


def _since(at: datetime, due_at: datetime) -> timedelta:
    """Return the real time between, which wall clocks of one zone get wrong when they change."""
    return due_at.astimezone(UTC) - at.astimezone(UTC)
