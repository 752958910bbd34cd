"""The clocks that hold us to what is promised: started, and chosen anew when a matter changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from districts.models import BusinessCalendar, Department, School, Team
from inbox.governing import Terms, facts_of, governing, matched, terms_in_order
from inbox.models import (
    Clock,
    ClockState,
    Conversation,
    Direction,
    Message,
    Metric,
    SlaPolicy,
    Status,
    Topic,
)
from inbox.turn_taking import STARTS, STOPS, Stretch, our_turns


def policy_for(conversation: Conversation) -> SlaPolicy | None:
    """Return the first policy, in the district's order, whose conditions match."""
    terms = governing(terms_in_order(), facts_of(conversation))
    return terms.policy if terms else None


Calendars = Mapping[int | None, BusinessCalendar]


def calendars() -> Calendars:
    """Return the district's calendars by id, and its default under None."""
    known = list(BusinessCalendar.objects.all())
    by_id: dict[int | None, BusinessCalendar] = {each.pk: each for each in known}
    default = next((each for each in known if each.is_default), None)
    return by_id | ({None: default} if default else {})


def calendar_for(
    conversation: Conversation, policy: SlaPolicy | Terms, known: Calendars | None = None
) -> BusinessCalendar | None:
    """Return the calendar that counts: the one of `own_calendar_id`, else the default.

    None means round the clock, which a policy may ask for. Who asks for many brings along the
    calendars that the district has.
    """
    if policy.round_the_clock:
        return None
    own = own_calendar_id(conversation)
    if known is not None:
        return known.get(own)
    return BusinessCalendar.objects.filter(Q(pk=own) if own else Q(is_default=True)).first()


def own_calendar_id(conversation: Conversation) -> int | None:
    """Return the calendar of the place whose own calendar counts; None where none has one."""
    place = calendar_place(conversation)
    return place.calendar_id if place else None


def calendar_place(conversation: Conversation) -> Topic | Team | Department | School | None:
    """Return whose own calendar counts, the nearest to the work first: the topic's, the team's,
    the topic's department's, the team's department's, the school's; None where none has one.
    """
    answering = [place for place in (conversation.topic, conversation.team) if place is not None]
    nearest = next((place for place in answering if place.calendar_id), None)
    if nearest is not None:
        return nearest
    offices = [place.department for place in answering]
    others = (place for place in (*offices, conversation.school) if place is not None)
    return next((place for place in others if place.calendar_id), None)


def whose_calendar(conversation: Conversation, calendar: BusinessCalendar) -> str:
    """Return whose a calendar is that a promise counts in: "topic", "team", "department", "school",
    or "default"; "then" where another one would be chosen now.
    """
    place = calendar_place(conversation)
    if place is not None and place.calendar_id == calendar.pk:
        return type(place).__name__.lower()
    return "default" if calendar.is_default else "then"


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


@dataclass(frozen=True, slots=True)
class Choice:
    """What choosing a policy anew makes of a matter's promises; nothing of it is saved yet.

    ``kept`` clocks have their new promise, each with the deadline that it had; ``late`` ones were
    broken before anybody noticed.
    """

    kept: list[tuple[Clock, datetime]] = field(default_factory=list)
    late: list[Clock] = field(default_factory=list)
    ended: list[Clock] = field(default_factory=list)
    begun: list[Clock] = field(default_factory=list)

    @property
    def moved(self) -> list[tuple[Clock, datetime]]:
        """Return the running clocks whose deadline changes, with the one before."""
        return [
            (clock, before)
            for clock, before in self.kept
            if clock.state == ClockState.RUNNING and clock.due_at != before
        ]


def choose(
    conversation: Conversation,
    found: Terms | None,
    clocks: Sequence[Clock],
    *,
    at: datetime,
    known: Calendars | None = None,
) -> Choice:
    """Return what a policy makes of a conversation's live clocks, and which it adds to them.

    Time already spent is kept. What was broken stays broken. ``known`` are the district's
    calendars, for those who ask for many.
    """
    choice, targets = Choice(), found.targets if found else {}
    hours = calendar_for(conversation, found, known) if found else None
    why = matched(found, conversation) if found else []
    for clock in clocks:
        before = clock.due_at
        clock.refresh()
        if clock.metric not in targets:
            choice.ended.append(clock)
        elif clock.state == ClockState.RUNNING and clock.due_at < at:
            choice.late.append(clock)
        elif clock.state != ClockState.BREACHED:
            clock.matched = why
            clock.repromise(targets[clock.metric], hours, at=at)
            choice.kept.append((clock, before))
    if found and conversation.status != Status.RESOLVED:
        waits = targets.keys() - {clock.metric for clock in clocks}
        choice.begun.extend(_begin(conversation, _owed(conversation, waits, clocks), found, hours))
        for clock in choice.begun:
            if clock.metric == Metric.RESOLUTION:
                clock.catch_up(_turns(conversation, clock.began_at))
    return choice


def rechoose(
    conversation: Conversation,
    *,
    at: datetime,
    terms: Sequence[Terms] | None = None,
    **because: str,
) -> Choice:
    """Choose the policy anew, after a change of topic, team, school or priority, or of policies.

    What the policy no longer promises is cancelled, what it promises in addition counts from when
    it would have begun; a deadline that moves is written to the timeline.
    """
    if conversation.routed_at is None or conversation.is_spam:
        return Choice()
    found = governing(terms_in_order() if terms is None else terms, facts_of(conversation))
    clocks = list(conversation.clocks.live().select_related("calendar", "target"))
    choice = choose(conversation, found, clocks, at=at)
    for clock in choice.ended:
        clock.cancel(at=at)
    for clock in choice.late:
        clock.breach()
    for clock, _before in choice.kept:
        clock.store()
    for clock in choice.begun:
        clock.store()
    for clock, before in choice.moved:
        _say_moved(conversation, clock, before, at=at, because=because)
    conversation.refresh_due()
    return choice


def _start(conversation: Conversation, begins: Mapping[str, datetime]) -> None:
    """Start a clock for each metric that the governing policy promises, at its moment."""
    if not begins:
        return
    found = governing(terms_in_order(), facts_of(conversation))
    if found is None or not found.targets.keys() & begins.keys():
        return
    for clock in _begin(conversation, begins, found, calendar_for(conversation, found)):
        clock.store()


def _begin(
    conversation: Conversation,
    begins: Mapping[str, datetime],
    found: Terms,
    calendar: BusinessCalendar | None,
) -> list[Clock]:
    """Return a clock for each metric that is promised, not saved yet."""
    clocks = []
    for metric in sorted(found.targets.keys() & begins.keys()):
        at = begins[metric]
        clock = Clock(conversation=conversation, began_at=at, started_at=at)
        clock.matched = matched(found, conversation)
        clock.promise(found.targets[metric], calendar)
        clocks.append(clock)
    return clocks


def _turns(conversation: Conversation, began_at: datetime) -> list[Stretch]:
    """Return when it was our turn; a promise that begins late has not counted the rest."""
    deeds = conversation.events.filter(verb__in=STOPS | STARTS, at__gte=began_at)
    return our_turns(began_at, deeds.order_by("at", "id").values_list("verb", "at"))


def _say_moved(
    conversation: Conversation,
    clock: Clock,
    before: datetime,
    *,
    at: datetime,
    because: Mapping[str, str],
) -> None:
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
