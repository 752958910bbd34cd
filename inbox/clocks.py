"""The clocks that hold us to what is promised: started, and chosen anew when a matter changes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from districts.models import BusinessCalendar
from inbox.governing import Terms, facts_of, governing, matched, terms_in_order
from inbox.models import (
    Clock,
    Conversation,
    Direction,
    Message,
    Metric,
    SlaPolicy,
    SlaTarget,
    Status,
)
from inbox.turn_taking import STARTS, STOPS, Stretch, our_turns


def policy_for(conversation: Conversation) -> SlaPolicy | None:
    """Return the first policy, in the district's order, whose conditions match."""
    terms = governing(terms_in_order(), facts_of(conversation))
    return terms.policy if terms else None


def calendar_for(
    conversation: Conversation, policy: SlaPolicy | Terms, default: BusinessCalendar | None = None
) -> BusinessCalendar | None:
    """Return the calendar that counts: the one of `own_calendar_id`, else the default.

    None means round the clock, which a policy may ask for. Who asks for many may bring the
    district's default calendar along.
    """
    if policy.round_the_clock:
        return None
    own = own_calendar_id(conversation)
    if own is None and default is not None:
        return default
    return BusinessCalendar.objects.filter(Q(pk=own) if own else Q(is_default=True)).first()


def own_calendar_id(conversation: Conversation) -> int | None:
    """Return whose own calendar counts, the nearest to the work first: the topic's, the team's,
    the topic's department's, the team's department's, the school's; None where none has one.
    """
    answering = [place for place in (conversation.topic, conversation.team) if place is not None]
    nearest = next((place.calendar_id for place in answering if place.calendar_id), None)
    if nearest is not None:
        return nearest
    offices = [place.department for place in answering]
    others = (place.calendar_id for place in (*offices, conversation.school) if place is not None)
    return next((pk for pk in others if pk), None)


def start_clocks(conversation: Conversation, *, at: datetime) -> None:
    """Start what is promised when a matter arrives; once, however often it is asked for.

    ``at`` is when it was received, which for a call or letter lies before it was typed in.
    """
    started = set(conversation.clocks.values_list("metric", flat=True))
    promised = (Metric.FIRST_RESPONSE, Metric.RESOLUTION)
    _start(conversation, {metric: at for metric in promised if metric not in started})
    conversation.refresh_due()


def start_clock(conversation: Conversation, metric: str, *, at: datetime) -> None:
    """Start one promise, if the governing policy makes it; the deadline on the row is as it was."""
    _start(conversation, {metric: at})


def rechoose(
    conversation: Conversation,
    *,
    at: datetime,
    terms: Sequence[Terms] | None = None,
    **because: str,
) -> None:
    """Choose the policy anew, after a change of topic, team, school or priority, or of policies.

    Time already spent is kept; what the policy no longer promises is cancelled, what it promises
    now begins when it would have; a deadline that moves is written to the timeline.
    """
    if conversation.routed_at is None or conversation.is_spam:
        return
    found = governing(terms_in_order() if terms is None else terms, facts_of(conversation))
    targets = _targets(found)
    clocks = list(conversation.clocks.live().select_related("calendar", "target"))
    for clock in clocks:
        if clock.metric not in targets or found is None:
            clock.cancel(at=at)
        elif clock.state != "breached":
            _rechoose(conversation, clock, found, at=at, because=because)
    if conversation.status != Status.RESOLVED:
        waits = targets.keys() - {clock.metric for clock in clocks}
        _start(conversation, _owed(conversation, waits, clocks), found)
    conversation.refresh_due()


def _start(
    conversation: Conversation, begins: Mapping[str, datetime], found: Terms | None = None
) -> None:
    """Start a clock for each metric that the governing policy promises, at its moment."""
    if not begins:
        return
    found = found or governing(terms_in_order(), facts_of(conversation))
    targets = _targets(found)
    if found is None or not targets.keys() & begins.keys():
        return
    calendar = calendar_for(conversation, found)
    why = matched(found, conversation)
    for metric in sorted(targets.keys() & begins.keys()):
        at = begins[metric]
        clock = Clock(conversation=conversation, began_at=at, started_at=at, matched=why)
        clock.promise(targets[metric], calendar)
        clock.save()
        if metric == Metric.RESOLUTION:
            clock.catch_up(_turns(conversation, at))


def _turns(conversation: Conversation, began_at: datetime) -> list[Stretch]:
    """Return when it was our turn; a promise that begins late has not counted the rest."""
    deeds = conversation.events.filter(verb__in=STOPS | STARTS, at__gte=began_at)
    return our_turns(began_at, deeds.order_by("at", "id").values_list("verb", "at"))


def _rechoose(
    conversation: Conversation,
    clock: Clock,
    found: Terms,
    *,
    at: datetime,
    because: Mapping[str, str],
) -> None:
    before = clock.due_at
    clock.matched = matched(found, conversation)
    target = _targets(found)[clock.metric]
    clock.repromise(target, calendar_for(conversation, found), at=at)
    if clock.due_at != before and clock.state == "running":
        conversation.record(
            "promise_moved",
            by=None,
            at=at,
            metric=clock.metric,
            policy=clock.policy_name,
            before=before.isoformat(),
            after=clock.due_at.isoformat(),
            **because,
        )


def _owed(
    conversation: Conversation, waits: set[str], running: Sequence[Clock]
) -> dict[str, datetime]:
    """Return since when each promise is owed that no clock runs for yet."""
    owed: dict[str, datetime] = {}
    if Metric.RESOLUTION in waits:
        owed[Metric.RESOLUTION] = conversation.received_at
    if any(clock.metric != Metric.RESOLUTION for clock in running):
        return owed
    if conversation.first_replied_at is None and Metric.FIRST_RESPONSE in waits:
        # Resolving without an answer ended that promise for good.
        if not conversation.events.filter(verb="resolved").exists():
            owed[Metric.FIRST_RESPONSE] = conversation.received_at
    elif conversation.first_replied_at and Metric.NEXT_RESPONSE in waits:
        wrote = _unanswered(conversation)
        owed |= {Metric.NEXT_RESPONSE: wrote.at} if wrote else {}
    return owed


def _unanswered(conversation: Conversation) -> Message | None:
    """Return the first word of the family after the last answer of a person."""
    answers = conversation.events.filter(verb="replied").order_by("at", "id")
    answered_at = answers.values_list("at", flat=True).last() or conversation.first_replied_at
    theirs = conversation.messages.filter(direction=Direction.INBOUND, at__gt=answered_at)
    return theirs.order_by("at", "id").first()


def _targets(found: Terms | None) -> dict[str, SlaTarget]:
    if found is None or found.policy is None:
        return {}
    return {target.metric: target for target in found.policy.targets.all()}
