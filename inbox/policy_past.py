"""What promises would have meant lately: each conversation's past, retold under both sets."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from inbox.clocks import Calendars, calendar_for, calendars
from inbox.governing import Terms, facts_of, governing
from inbox.models import Conversation, Event
from inbox.models.hours import working_hours
from inbox.retelling import TOLD, Deed, Outcome, Past, retell

SAMPLE = 20
Side = tuple[Terms | None, list[Outcome]]


def count(
    result: dict[str, Any],
    batch: Sequence[Conversation],
    before: Sequence[Terms],
    after: Sequence[Terms],
    *,
    at: datetime,
) -> None:
    """Add a batch to what is counted so far, by policy, metric and fate."""
    deeds = _deeds(batch)
    known = calendars()
    for conversation in batch:
        past = Past(conversation.received_at, deeds[conversation.pk])
        sides = [_retold(conversation, past, terms, known, at=at) for terms in (before, after)]
        _count(result, conversation, sides)


def _deeds(batch: Sequence[Conversation]) -> dict[int, list[Deed]]:
    """Return what happened to each, by id, in one query."""
    deeds: dict[int, list[Deed]] = defaultdict(list)
    told = Event.objects.filter(conversation__in=batch, verb__in=TOLD).order_by("at", "id")
    for pk, verb, at in told.values_list("conversation_id", "verb", "at"):
        deeds[pk].append((verb, at))
    return deeds


def _retold(
    conversation: Conversation,
    past: Past,
    terms: Sequence[Terms],
    known: Calendars,
    *,
    at: datetime,
) -> Side:
    found = governing(terms, facts_of(conversation))
    if found is None:
        return None, []
    hours = working_hours(calendar_for(conversation, found, known))
    lengths = {metric: (each.length, each.unit) for metric, each in found.promises.items()}
    return found, retell(past, lengths, hours, at=at)


def _count(result: dict[str, Any], conversation: Conversation, sides: list[Side]) -> None:
    """Count each promise by metric and by policy, and keep the first that end differently."""
    for name, (found, outcomes) in zip(("before", "after"), sides, strict=True):
        if found is None:
            continue
        policies = result.setdefault(name, {})
        counted = policies.setdefault(str(found.pk or "new"), {"name": found.name, "matters": 0})
        counted["matters"] += 1
        for outcome in outcomes:
            fates = counted.setdefault(outcome.metric, {})
            fates[outcome.fate.value] = fates.get(outcome.fate.value, 0) + 1
    (old, told), (new, retold) = sides
    if _fates(told) != _fates(retold) or (old and old.pk) != (new and new.pk):
        result["differ"] = result.get("differ", 0) + 1
        sample = result.setdefault("sample", [])
        if len(sample) < SAMPLE:
            said = {"number": conversation.number, "subject": conversation.subject}
            names = {"before": old.name if old else "", "after": new.name if new else ""}
            sample.append(said | names | {"was": _fates(told), "would": _fates(retold)})


def _fates(outcomes: list[Outcome]) -> list[list[str]]:
    return [[outcome.metric, outcome.fate.value] for outcome in outcomes]
