"""What would have become of promises, had they been made: told from what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inbox.business_time import (
    add_working_minutes,
    end_of_working_day,
    working_minutes_between,
)
from inbox.turn_taking import STARTS, STOPS, our_turns
from inbox.working_hours import WorkingHours

DAYS = "days"
# What decides about promises, of all that happens to a conversation.
TOLD = frozenset({"wrote", "replied", *STOPS, *STARTS})
Deed = tuple[str, datetime]


class Fate(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    OPEN = "open"  # neither yet
    ENDED = "ended"  # resolved without the answer, before it was due


@dataclass(frozen=True, slots=True)
class Outcome:
    """One promise that would have been made, when it was due, and what became of it."""

    metric: str
    due_at: datetime
    fate: Fate


@dataclass(frozen=True, slots=True)
class Past:
    """What happened to a conversation: when it was received, and its deeds in order of time.

    A deed is a verb of `TOLD` and its moment; other verbs are passed over.
    """

    received_at: datetime
    deeds: Sequence[Deed]


def retell(
    past: Past, lengths: Mapping[str, tuple[int, str]], hours: WorkingHours, *, at: datetime
) -> list[Outcome]:
    """Return the outcome of each promise that (length, unit) by metric would have made by `at`.

    Lengths are whole working minutes, or days. The rules are those of the clocks: an answer is
    owed from receipt, then from each message for which no other answer is owed; resolving counts
    the stretches that are our turn.
    """
    found = _answers(past, lengths, hours, at)
    if "resolution" in lengths:
        found.append(_resolution(past, lengths["resolution"], hours, at))
    return found


def _answers(
    past: Past, lengths: Mapping[str, tuple[int, str]], hours: WorkingHours, at: datetime
) -> list[Outcome]:
    found: list[Outcome] = []
    owed: tuple[str, datetime] | None = None
    if "first_response" in lengths:
        owed = ("first_response", _due(past.received_at, lengths["first_response"], hours))
    for verb, when in past.deeds:
        if verb == "wrote" and owed is None and "next_response" in lengths:
            owed = ("next_response", _due(when, lengths["next_response"], hours))
        elif verb in {"replied", "resolved"} and owed is not None:
            metric, due_at = owed
            done = Fate.KEPT if verb == "replied" else Fate.ENDED
            found.append(Outcome(metric, due_at, Fate.BROKEN if when > due_at else done))
            owed = None
    if owed is not None:
        metric, due_at = owed
        found.append(Outcome(metric, due_at, Fate.BROKEN if at > due_at else Fate.OPEN))
    return found


def _resolution(past: Past, length: tuple[int, str], hours: WorkingHours, at: datetime) -> Outcome:
    began_at = past.received_at
    total = working_minutes_between(began_at, _due(began_at, length, hours), hours)
    spent, due_at = 0, began_at
    for turn in our_turns(began_at, past.deeds):
        due_at = add_working_minutes(turn.from_at, max(0, total - spent), hours)
        until = at if turn.to_at is None else turn.to_at
        if until > due_at:
            return Outcome("resolution", due_at, Fate.BROKEN)
        spent += working_minutes_between(turn.from_at, until, hours)
    turns = [verb for verb, _when in past.deeds if verb in STOPS | STARTS]
    resolved = turns[-1:] == ["resolved"]
    return Outcome("resolution", due_at, Fate.KEPT if resolved else Fate.OPEN)


def _due(start: datetime, length: tuple[int, str], hours: WorkingHours) -> datetime:
    size, unit = length
    if unit == DAYS:
        return end_of_working_day(start, size, hours)
    return add_working_minutes(start, size, hours)
