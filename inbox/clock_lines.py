"""Which lines of a timeline tell one promise: its own, in its time, wherever it was by then."""

from datetime import datetime

from django.db.models import Q

from inbox.models import Clock, Conversation, Event

MOST_EVENTS = 300
MOVING = ("promise_moved", "recounted")
STAGES = ("warned", "breached", "escalated")
CAUSES = ("moved", "prioritised", "assigned", "merged_in", "parted", "unmarked_spam")
ENDINGS = ("resolved", "marked_spam", "merged", "pended")
TOLD = (*MOVING, *STAGES, *CAUSES, *ENDINGS)


def lines_of(conversation: Conversation) -> list[Event]:
    """Return the lines that promises are told by, its own and of what was merged into it."""
    here = Q(conversation=conversation) | Q(conversation__merged_into=conversation)
    lines = Event.objects.filter(here, verb__in=TOLD).select_related("by", "conversation")
    return list(lines.order_by("-at", "-id")[:MOST_EVENTS])[::-1]


def own_lines(clock: Clock, events: list[Event]) -> list[Event]:
    """Return the lines of the conversation that it was in at the time, whatever merged since."""
    key = str(clock.pk)
    merged = [e for e in events if e.verb == "merged" and key in e.detail.get("clocks", {})]

    def home(at: datetime) -> int:
        left = next((event for event in merged if at < event.at), None)
        return left.detail["clocks"][key]["conversation_id"] if left else clock.conversation_id

    return [event for event in events if event.conversation_id == home(event.at)]


def stages_of(clock: Clock, own: list[Event]) -> list[Event]:
    """Return the warnings, the breach and the steps of its chain, of its own lines."""
    return [line for line in own if line.verb in STAGES and _is_of(line, clock, own)]


def taken_from(clock: Clock, events: list[Event]) -> int | None:
    """Return the number of the conversation that it was another one's before they were merged."""
    for event in events:
        if event.verb == "merged" and event.conversation_id != clock.conversation_id:
            was = event.detail.get("clocks", {}).get(str(clock.pk), {})
            if was.get("conversation_id") == event.conversation_id:
                return event.conversation.number
    return None


def _is_of(event: Event, clock: Clock, own: list[Event]) -> bool:
    """Say whether a stage is this clock's: its metric, in its time; a step follows its breach."""
    if event.detail.get("metric") != clock.metric or event.at < clock.began_at:
        return False
    if event.verb == "breached":
        return event.at == clock.breached_at
    if event.verb == "escalated":
        broken = [e.at for e in own if _is_breach(e, clock.metric) and e.at <= event.at]
        return clock.breached_at is not None and clock.breached_at == max(broken, default=None)
    return event.at <= (clock.ended_at or event.at)


def _is_breach(event: Event, metric: str) -> bool:
    return event.verb == "breached" and event.detail.get("metric") == metric
