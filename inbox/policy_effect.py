"""What promises do to what is open: chosen anew for each conversation, and nothing saved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from inbox.clocks import calendars, choose
from inbox.governing import Terms, facts_of, governing
from inbox.models import Conversation

SAMPLE = 20
WITH_CLOCKS = ("clocks__calendar", "clocks__runs__calendar")


def count(
    effect: dict[str, Any], batch: Sequence[Conversation], terms: Sequence[Terms], *, at: datetime
) -> None:
    """Add a batch, read with `WITH_CLOCKS`, to what is counted so far."""
    known = calendars()
    for conversation in batch:
        live = [clock for clock in conversation.clocks.all() if clock.is_live]
        found = governing(terms, facts_of(conversation))
        choice = choose(conversation, found, live, at=at, known=known)
        moved = [(clock.metric, before, clock.due_at) for clock, before in choice.moved]
        begun = [(clock.metric, None, clock.due_at) for clock in choice.begun]
        ended = [(clock.metric, clock.due_at, None) for clock in choice.ended]
        for metric, before, after in [*moved, *begun, *ended]:
            _count(effect, conversation, metric, before, after, at=at)


def _count(
    effect: dict[str, Any],
    conversation: Conversation,
    metric: str,
    before: datetime | None,
    after: datetime | None,
    *,
    at: datetime,
) -> None:
    """Count one promise that would move, begin or end, and keep the first ones to look at."""
    kind = _kind_of(before, after)
    effect[kind] = effect.get(kind, 0) + 1
    if after is not None and after <= at:
        effect["overdue"] = effect.get("overdue", 0) + 1
    sample = effect.setdefault("sample", [])
    if len(sample) < SAMPLE:
        said = {"number": conversation.number, "subject": conversation.subject, "metric": metric}
        moments = {
            "before": before.isoformat() if before else "",
            "after": after.isoformat() if after else "",
        }
        sample.append(said | moments)


def _kind_of(before: datetime | None, after: datetime | None) -> str:
    """Name what becomes of one promise."""
    if before is None:
        return "begun"
    if after is None:
        return "ended"
    return "earlier" if after < before else "later"
