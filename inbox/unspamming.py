"""Taking a conversation back from spam: its promises hear what happened to it meanwhile."""

from datetime import datetime

from districts.models import Membership
from inbox.clocks import rechoose
from inbox.models import Clock, ClockState, Conversation, Metric

# What each turn does to the promise to resolve.
TURNS = {
    "pended": Clock.pause,
    "unpended": Clock.resume,
    "resolved": Clock.meet,
    "reopened": Clock.reopen,
}


def unmark_spam(conversation: Conversation, *, by: Membership, at: datetime) -> None:
    """Take it back: what was promised counts from where it did, as its turns and answers say.

    As spam it owed nothing, so an answer, a turn or another topic has moved no clock.
    """
    marked = conversation.events.filter(verb="marked_spam").order_by("-id").first()
    conversation.unmark_spam(by=by, at=at)
    if marked is not None:
        _answer(conversation, since=marked.at)
        _turn(conversation, since=marked.at)
    conversation.refresh_due()
    rechoose(conversation, at=at)


def _answer(conversation: Conversation, *, since: datetime) -> None:
    """Meet what was answered, and let go what was resolved without an answer."""
    done = conversation.events.filter(verb__in=["replied", "resolved"], at__gte=since)
    first = done.order_by("at", "id").first()
    if first is None:
        return
    for clock in conversation.clocks.live().exclude(metric=Metric.RESOLUTION):
        if first.verb == "replied":
            clock.meet(at=first.at)
        else:
            clock.cancel(at=first.at)


def _turn(conversation: Conversation, *, since: datetime) -> None:
    """Let the promise to resolve count, wait and end, as each turn says."""
    clocks = conversation.clocks.filter(metric=Metric.RESOLUTION)
    clock = clocks.exclude(state=ClockState.CANCELLED).order_by("-ended_at", "-id").first()
    if clock is None:
        return
    turns = conversation.events.filter(verb__in=TURNS, at__gte=since).order_by("at", "id")
    for verb, at in turns.values_list("verb", "at"):
        TURNS[verb](clock, at=at)
