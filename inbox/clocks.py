"""Which promise governs a conversation, and the clocks that hold us to it."""

from collections.abc import Sequence
from datetime import datetime

from districts.models import BusinessCalendar
from inbox.models import Clock, Conversation, Metric, SlaPolicy, SlaTarget


def policy_for(conversation: Conversation) -> SlaPolicy | None:
    """Return the first policy, in the district's order, whose conditions match."""
    for policy in SlaPolicy.objects.prefetch_related("targets"):
        if policy.priority not in {"", conversation.priority}:
            continue
        if policy.topic_id is None or policy.topic_id == conversation.topic_id:
            return policy
    return None


def calendar_for(conversation: Conversation, policy: SlaPolicy) -> BusinessCalendar | None:
    """Return the calendar that counts: the topic's, team's or school's own, else the default.

    None means round the clock, which a policy may ask for.
    """
    if policy.round_the_clock:
        return None
    places = (conversation.topic, conversation.team, conversation.school)
    own = [place.calendar for place in places if place is not None and place.calendar_id]
    return own[0] if own else BusinessCalendar.objects.filter(is_default=True).first()


def start_clocks(conversation: Conversation, *, at: datetime) -> None:
    """Start what is promised when a matter arrives; once, however often it is asked for.

    ``at`` is when it was received, which for a call or letter lies before it was typed in.
    """
    started = set(conversation.clocks.values_list("metric", flat=True))
    promised = (Metric.FIRST_RESPONSE, Metric.RESOLUTION)
    _start(conversation, [metric for metric in promised if metric not in started], at=at)
    conversation.refresh_due()


def start_clock(conversation: Conversation, metric: str, *, at: datetime) -> None:
    """Start one promise, if the governing policy makes it; the deadline on the row is as it was."""
    _start(conversation, [metric], at=at)


def _start(conversation: Conversation, metrics: Sequence[str], *, at: datetime) -> None:
    policy = policy_for(conversation)
    targets = [_target(policy, metric) for metric in metrics]
    calendar = calendar_for(conversation, policy) if policy else None
    for target in targets:
        if target is not None:
            clock = Clock(conversation=conversation, began_at=at, started_at=at)
            clock.promise(target, calendar)
            clock.save()


def rechoose(conversation: Conversation, *, at: datetime) -> None:
    """Choose the policy anew after a change of topic, team, school or priority.

    Time already spent is kept; a deadline that moves is written to the timeline.
    """
    policy = policy_for(conversation)
    for clock in conversation.clocks.filter(state__in=["running", "paused"]):
        target = _target(policy, clock.metric)
        if policy is None or target is None:
            clock.cancel(at=at)
            continue
        before = clock.due_at
        clock.promise(target, calendar_for(conversation, policy))
        clock.save()
        if clock.due_at != before:
            _say_moved(conversation, clock, before, at=at)
    conversation.refresh_due()


def _say_moved(conversation: Conversation, clock: Clock, before: datetime, *, at: datetime) -> None:
    conversation.record(
        "promise_moved",
        by=None,
        at=at,
        metric=clock.metric,
        policy=clock.policy_name,
        before=before.isoformat(),
        after=clock.due_at.isoformat(),
    )


def _target(policy: SlaPolicy | None, metric: str) -> SlaTarget | None:
    targets = policy.targets.all() if policy else []
    return next((target for target in targets if target.metric == metric), None)
