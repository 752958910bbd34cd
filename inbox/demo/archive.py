"""Plain stories of the past, written at once: the rows that the verbs would have written.

A verb costs a dozen statements, and most of a demo's past was asked, answered and rated without
ado. `tests/inbox/test_demo_archive.py` tells such a story both ways and compares every row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.text import Truncator

from districts.models import BusinessCalendar, Membership
from inbox.business_time import working_minutes_between
from inbox.clocks import calendar_for
from inbox.deciding import Decision, decide
from inbox.demo import acts
from inbox.demo.acts import Thread
from inbox.demo.mailing import LATELY
from inbox.demo.senders import TYPED_IN
from inbox.demo.stories import Step, Story
from inbox.governing import facts_of, governing, matched, terms_in_order
from inbox.links import hash_token, new_reference, token_for
from inbox.models import (
    Assignment,
    Clock,
    ClockState,
    Conversation,
    Direction,
    Event,
    Feedback,
    Message,
    Metric,
    SlaTarget,
    Status,
)
from inbox.opening import next_number


@dataclass(frozen=True)
class Rules:
    """What routing decides and promises for one topic."""

    decision: Decision
    targets: dict[str, SlaTarget]
    calendar: BusinessCalendar | None
    matched: list[list[str]]


RulesByTopic = dict[int | None, Rules]


@dataclass
class Folder:
    """The rows of one conversation, until they are written."""

    thread: Thread
    rules: RulesByTopic
    conversation: Conversation = field(init=False)
    messages: list[Message] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    naming: list[tuple[Event, Message]] = field(default_factory=list)

    def record(self, verb: str, by: Membership | None, at: datetime, **detail: Any) -> Event:
        """Add a line to the timeline."""
        event = Event(conversation=self.conversation, verb=verb, by=by, at=at, detail=detail)
        self.events.append(event)
        return event

    def say(self, direction: str, body: str, at: datetime, by: Membership | None) -> Message:
        """Add a message."""
        message = Message(
            conversation=self.conversation,
            direction=direction,
            channel=self.conversation.channel,
            author=by,
            author_name=by.name if by else self.conversation.sender_name,
            body=body,
            language="" if direction == Direction.NOTE else self.conversation.language,
            at=at,
        )
        self.messages.append(message)
        return message

    def name(self, event: Event, message: Message) -> None:
        """Let an event name a message, whose id it gets when that is written."""
        self.naming.append((event, message))

    def hand_to(self, owner: Membership | None, at: datetime) -> None:
        """Give it to somebody of the team; whoever had it before had it until then."""
        conversation = self.conversation
        for assignment in self.assignments[-1:]:
            assignment.to_at = at
        conversation.owner = owner
        self.assignments.append(
            Assignment(conversation=conversation, owner=owner, team=conversation.team, from_at=at)
        )

    def meet(self, metric: str, at: datetime) -> None:
        """Meet a promise, or break it first."""
        for clock in self.clocks:
            if clock.metric != metric or clock.ended_at is not None:
                continue
            clock.spent_minutes = max(0, working_minutes_between(clock.began_at, at, clock.hours))
            clock.state, clock.ended_at = ClockState.MET, at
            if at > clock.due_at:
                clock.state, clock.breached_at = ClockState.BREACHED, clock.due_at
                self.record("breached", None, clock.due_at, metric=metric)


def is_plain(story: Story) -> bool:
    """Say whether a story is over and holds nothing but what this module can write."""
    over = story.steps[-1].at < story.thread.world.at - LATELY
    acts_of = [step.act for step in story.steps]
    ends = [at for at, step in enumerate(story.steps) if step.said.get("resolve")]
    reopens = bool(ends) and acts.write_again in acts_of[ends[0] :]
    return over and bool(ends) and not reopens and all(map(_is_plain, story.steps))


def take_number(thread: Thread, _at: datetime) -> None:
    """Take the conversation's number when its turn comes, so that numbers follow time."""
    thread.number = next_number()


def write(stories: Sequence[Story]) -> None:
    """Write plain stories."""
    rules: RulesByTopic = {}
    folders = [_fold(story, rules) for story in stories]
    Conversation.objects.bulk_create(folder.conversation for folder in folders)
    for rows in ("messages", "assignments", "clocks"):
        _write([row for folder in folders for row in getattr(folder, rows)])
    for event, message in (pair for folder in folders for pair in folder.naming):
        event.detail["message"] = message.pk
    for rows in ("events", "feedback"):
        _write([row for folder in folders for row in getattr(folder, rows)])


def _write(rows: list[Any]) -> None:
    if rows:
        type(rows[0]).objects.bulk_create(rows)


def _is_plain(step: Step) -> bool:
    return step.act in PLAIN and not step.said.keys() & {"suspicion", "pend"}


def _fold(story: Story, rules: RulesByTopic) -> Folder:
    folder = Folder(story.thread, rules)
    for step in story.steps:
        PLAIN[step.act](folder, step.at, **step.said)
    return folder


def _arrive(folder: Folder, at: datetime) -> None:
    thread, words = folder.thread, " ".join(folder.thread.ask.body.split())
    received_at, fields = acts.received(thread, at), dict(thread.ask.fields)
    fields["subject"] = fields.get("subject") or Truncator(words).chars(90)
    folder.conversation = conversation = Conversation(
        number=thread.number,
        reference=new_reference(),
        preview=Truncator(words).chars(200),
        received_at=received_at,
        created_at=at,
        last_inbound_at=received_at,
        last_message_at=received_at,
        **fields,
    )
    token = token_for(conversation.district_id, conversation.reference)
    conversation.token_hash = hash_token(token)
    folder.record("received", None, received_at, channel=conversation.channel)
    if conversation.channel in TYPED_IN:
        folder.record("recorded", thread.world.logins["recorder"], at)
    folder.say(Direction.INBOUND, thread.ask.body, received_at, None)


def _route(folder: Folder, at: datetime) -> None:
    conversation, rules = folder.conversation, _rules(folder)
    decision = rules.decision
    conversation.team, conversation.routed_at = decision.team, at
    folder.hand_to(decision.owner, at)
    folder.record(
        "routed",
        None,
        at,
        owner=decision.owner.name if decision.owner else "",
        team=decision.team.name if decision.team else "",
        decided_by=decision.decided_by,
    )
    for metric in (Metric.FIRST_RESPONSE, Metric.RESOLUTION):
        _promise(folder, metric, conversation.received_at)


def _promise(folder: Folder, metric: str, at: datetime) -> None:
    """Start a clock, where there is such a promise."""
    rules = _rules(folder)
    if metric in rules.targets:
        clock = Clock(conversation=folder.conversation, began_at=at, started_at=at)
        clock.matched = rules.matched
        clock.promise(rules.targets[metric], rules.calendar)
        folder.clocks.append(clock)


def _rules(folder: Folder) -> Rules:
    """Return what holds for the conversation's topic, found once for each topic."""
    conversation = folder.conversation
    if conversation.topic_id not in folder.rules:
        decision = decide(conversation, at=conversation.received_at)
        conversation.team = decision.team
        terms = governing(terms_in_order(), facts_of(conversation))
        policy = terms.policy if terms else None
        targets = {target.metric: target for target in policy.targets.all()} if policy else {}
        folder.rules[conversation.topic_id] = Rules(
            decision,
            targets,
            calendar_for(conversation, policy) if policy else None,
            matched(terms, conversation) if terms else [],
        )
    return folder.rules[conversation.topic_id]


def _hand_over(folder: Folder, at: datetime) -> None:
    conversation = folder.conversation
    owner, by = acts.handed(folder.thread, conversation.team)
    if owner == conversation.owner:
        return
    before, held = conversation.owner, [conversation.owner_id, conversation.team_id]
    folder.hand_to(owner, at)
    folder.record(
        "assigned",
        by,
        at,
        owner=owner.name,
        team=conversation.team.name if conversation.team else "",
        before=before.name if before else "",
        held=held,
    )


def _note(folder: Folder, at: datetime, *, body: str) -> None:
    by = folder.conversation.owner
    folder.record("noted", by, at)
    folder.say(Direction.NOTE, body, at, by)


def _answer(folder: Folder, at: datetime, *, body: str, resolve: bool = False) -> None:
    conversation, by = folder.conversation, folder.conversation.owner
    message = folder.say(Direction.OUTBOUND, body, at, by)
    for metric in (Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE):
        folder.meet(metric, at)
    conversation.first_replied_at = conversation.first_replied_at or at
    conversation.last_message_at = at
    folder.name(folder.record("replied", by, at, author=message.author_name), message)
    if resolve:
        folder.meet(Metric.RESOLUTION, at)
        conversation.status, conversation.resolved_at = Status.RESOLVED, at
        folder.record("resolved", by, at)


def _write_again(folder: Folder, at: datetime, *, body: str) -> None:
    conversation = folder.conversation
    message = folder.say(Direction.INBOUND, body, at, None)
    conversation.last_inbound_at = conversation.last_message_at = at
    conversation.preview = Truncator(" ".join(body.split())).chars(200)
    folder.name(folder.record("wrote", None, at), message)
    answers = [clock for clock in folder.clocks if clock.metric != Metric.RESOLUTION]
    if all(clock.ended_at is not None for clock in answers):
        _promise(folder, Metric.NEXT_RESPONSE, at)


def _rate(folder: Folder, at: datetime) -> None:
    if folder.conversation.is_anonymous:
        return
    was_late = any(clock.breached_at for clock in folder.clocks)
    said = acts.verdict(folder.thread, was_late=was_late)
    resolution = next(event for event in folder.events if event.verb == "resolved")
    folder.feedback.append(
        Feedback(conversation=folder.conversation, resolution=resolution, at=at, **said)
    )
    folder.record("rated", None, at, rating=said["rating"], helpful=said["helpful"])


PLAIN: dict[Callable[..., None], Callable[..., None]] = {
    acts.arrive: _arrive,
    acts.route: _route,
    acts.hand_over: _hand_over,
    acts.note: _note,
    acts.answer: _answer,
    acts.write_again: _write_again,
    acts.rate: _rate,
}
