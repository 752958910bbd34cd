"""A conversation as the family reads it: what they wrote, what was promised, what was answered."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from districts.models import School
from inbox.closings import Awaited, awaited
from inbox.feedback import is_changeable, rating_of
from inbox.holding import Holding
from inbox.intake import Asked
from inbox.links import status_path
from inbox.models import (
    Attachment,
    Clock,
    Conversation,
    Direction,
    Feedback,
    Message,
    Metric,
    RawInbound,
    RawState,
    Status,
    Topic,
)
from inbox.parsing import matter_of, received_at
from inbox.promising import expected_answer


class Standing(StrEnum):
    """Whose turn it is, in the family's eyes."""

    PROMISED = "promised"  # an answer is due
    LATE = "late"  # it was due
    ANSWERED = "answered"  # there is an answer, and more may come
    RECEIVED = "received"  # nothing is promised
    ASKING = "asking"  # we wait for the family
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Part:
    """One utterance of either side; ``waiting`` until a worker has put it into the thread."""

    ours: bool
    author: str
    body: str
    language: str
    at: datetime
    files: list[Attachment]
    waiting: bool = False


@dataclass(frozen=True)
class Correspondence:
    """All that the status page says."""

    reference: str
    kind: str
    topic: Topic | None
    school: School | None
    standing: Standing
    due_at: datetime | None
    awaited: Awaited
    parts: list[Part]
    email: str
    owner: str = ""
    feedback: Feedback | None = None
    may_rate: bool = False
    following: list[str] = field(default_factory=list)


def read(holding: Holding, *, at: datetime) -> Correspondence:
    """Return what a private link shows at a moment."""
    if isinstance(holding.matter, Conversation):
        return _known(holding.matter, at=at)
    return _unparsed(holding.matter, at=at)


def _known(conversation: Conversation, *, at: datetime) -> Correspondence:
    waiting = _waiting(conversation)
    standing, clock = _standing(conversation, at=at)
    if waiting and standing not in {Standing.PROMISED, Standing.LATE}:
        standing, clock = Standing.RECEIVED, None
    resolved = standing is Standing.RESOLVED
    feedback = rating_of(conversation) if resolved else None
    return Correspondence(
        reference=conversation.reference,
        kind=conversation.kind,
        topic=conversation.topic,
        school=conversation.school,
        standing=standing,
        due_at=clock.due_at if clock else None,
        awaited=_awaited(standing, clock),
        parts=[*_said(conversation), *waiting],
        email="" if conversation.is_anonymous else conversation.sender_email,
        owner=conversation.owner.name if conversation.owner else "",
        feedback=feedback,
        may_rate=resolved and (feedback is None or is_changeable(feedback, at=at)),
        following=[status_path(later) for later in conversation.followed_by.order_by("pk")],
    )


def _standing(conversation: Conversation, *, at: datetime) -> tuple[Standing, Clock | None]:
    """Say whose turn it is, and the clock of what is owed next."""
    if conversation.status == Status.RESOLVED:
        return Standing.RESOLVED, None
    live = list(conversation.clocks.live().select_related("calendar").order_by("due_at"))
    answers = [clock for clock in live if clock.metric != Metric.RESOLUTION]
    if answers:
        return _promised(answers[0], at=at)
    if conversation.status == Status.PENDING:
        return Standing.ASKING, None
    if conversation.first_replied_at is None:
        return _expected(conversation, at=at)
    settled = [clock for clock in live if clock.due_at > at]
    return Standing.ANSWERED, settled[0] if settled else None


def _promised(clock: Clock, *, at: datetime) -> tuple[Standing, Clock | None]:
    return (Standing.LATE if clock.due_at <= at else Standing.PROMISED), clock


def _awaited(standing: Standing, clock: Clock | None) -> Awaited:
    """Return the closed days that a promise waits for; what is late has waited enough."""
    return awaited(clock if standing in {Standing.PROMISED, Standing.ANSWERED} else None)


def _expected(conversation: Conversation, *, at: datetime) -> tuple[Standing, Clock | None]:
    """Promise what routing will promise; what was set aside is promised nothing."""
    if conversation.routed_at is not None or conversation.suspicion or conversation.is_spam:
        return Standing.RECEIVED, None
    names = ("topic", "school", "channel", "language", "kind", "priority")
    said = {name: getattr(conversation, name) for name in names}
    clock = expected_answer(**said, at=conversation.received_at)
    return _promised(clock, at=at) if clock else (Standing.RECEIVED, None)


def _said(conversation: Conversation) -> list[Part]:
    """Return what both sides said; never a note."""
    messages = conversation.messages.exclude(direction=Direction.NOTE)
    return [_part(message) for message in messages.prefetch_related("attachments")]


def _part(message: Message) -> Part:
    return Part(
        ours=message.direction == Direction.OUTBOUND,
        author=message.author_name,
        body=message.body,
        language=message.language,
        at=message.at,
        files=list(message.attachments.all()),
    )


def _waiting(conversation: Conversation) -> list[Part]:
    """Return what the family wrote again and no worker has put into the thread yet."""
    waiting = conversation.raw_items.exclude(state=RawState.PARSED).order_by("pk")
    return [_raw_part(raw, _asked(raw)) for raw in waiting.prefetch_related("attachments")]


def _unparsed(raw: RawInbound, *, at: datetime) -> Correspondence:
    asked = _asked(raw)
    said = matter_of(asked)
    clock = None
    if not raw.suspicion:
        clock = expected_answer(**said, at=received_at(asked, raw))
    standing, clock = _promised(clock, at=at) if clock else (Standing.RECEIVED, None)
    return Correspondence(
        reference=raw.reference,
        kind=asked.kind,
        topic=said["topic"],
        school=said["school"],
        standing=standing,
        due_at=clock.due_at if clock else None,
        awaited=_awaited(standing, clock),
        parts=[_raw_part(raw, asked)],
        email=asked.email,
    )


def _raw_part(raw: RawInbound, asked: Asked) -> Part:
    return Part(
        ours=False,
        author=asked.name,
        body=asked.message,
        language=asked.language,
        at=raw.received_at,
        files=list(raw.attachments.all()),
        waiting=True,
    )


def _asked(raw: RawInbound) -> Asked:
    """Read a raw item; one that cannot be read shows as empty, and administrators see it."""
    try:
        return Asked.from_bytes(bytes(raw.body))
    except (ValueError, TypeError):
        return Asked(message="")
