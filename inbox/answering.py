"""Words going back and forth: the reply to a family, and the family writing again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from districts.models import ApiKey, Membership
from districts.prepared import prepared
from inbox import letters, notices
from inbox.clocks import start_clock
from inbox.distributing import nudge
from inbox.files import CheckedFile, attach_to_message
from inbox.models import (
    Clock,
    Conversation,
    Direction,
    InboxSettings,
    Message,
    Metric,
    RawInbound,
    Status,
)
from inbox.opening import add_inbound, open_conversation

DEFAULT_REOPEN_DAYS = 14
SAME_SENDER = (
    "topic",
    "school",
    "guardian",
    "student",
    "student_name",
    "sender_role",
    "sender_name",
    "sender_email",
    "sender_phone",
    "is_anonymous",
    "language",
)


class NewerMessageError(Exception):
    """The family wrote after the point up to which the one replying had read."""

    def __init__(self, newer: Message) -> None:
        super().__init__("A reply came in while you wrote.")
        self.newer = newer


def reply(
    conversation: Conversation,
    *,
    body: str,
    by: Membership | ApiKey | None,
    at: datetime,
    seen: int | None = None,
    resolve: bool = False,
    pend: bool = False,
    files: Sequence[CheckedFile] = (),
) -> Message:
    """Answer the family: on the status page at once, by e-mail through a Delivery.

    ``seen`` is the id of the last message the writer had on screen; when the family has written
    since, NewerMessageError is raised and nothing is written. A machine speaks under
    the name of its key. ``files`` lie on the status page; the mail links to them.
    """
    _stop_if_newer(conversation, seen)
    member = by if isinstance(by, Membership) else None
    message = conversation.messages.create(
        direction=Direction.OUTBOUND,
        channel=conversation.channel,
        author=member,
        author_name=by.name if by else "",
        body=body,
        language=conversation.language,
        at=at,
    )
    kept = attach_to_message(files, message=message)
    _answered(conversation, at=at)
    conversation.record("replied", by=member, at=at, message=message.pk, author=message.author_name)
    if resolve:
        resolve_and_ask(conversation, by=member, at=at, tell=False)
    elif pend:
        conversation.pend(by=member, at=at)
        nudge()
    letters.answer(message, at=at, files=kept)
    return message


def resolve_and_ask(
    conversation: Conversation, *, by: Membership | None, at: datetime, tell: bool = True
) -> None:
    """Resolve, and ask the family how we did; the last answer may carry the question itself."""
    if conversation.status == Status.RESOLVED:
        return
    conversation.resolve(by=by, at=at)
    nudge()
    if tell and not conversation.is_spam:
        letters.resolved(conversation, at=at)


def reopen(
    conversation: Conversation, *, by: Membership | None, at: datetime, reason: str = ""
) -> None:
    """Take a matter up again; a letter about its end that was not sent yet is withdrawn."""
    if conversation.status == Status.RESOLVED:
        letters.unresolved(conversation, at=at)
    conversation.reopen(by=by, at=at, reason=reason)


def family_writes(
    conversation: Conversation, *, body: str, at: datetime, raw: RawInbound | None = None
) -> Message:
    """Take in what the family adds: it is our turn again, and a next answer is promised.

    Within the district's days after resolving, the conversation reopens; later a new one is
    opened that follows it.
    """
    if conversation.status == Status.RESOLVED and _too_late(conversation, at):
        return _follow(conversation, body, at=at, raw=raw)
    message = add_inbound(conversation, body, at=at, raw=raw)
    conversation.heard(body, at=at)
    conversation.record("wrote", by=None, at=at, message=message.pk)
    conversation.wake(at=at)
    conversation.unpend(by=None, at=at)
    reopen(conversation, by=None, at=at, reason="wrote")
    _promise_next(conversation, at=at)
    if conversation.owner is not None and not conversation.is_spam:
        key = f"wrote:{message.pk}"
        notices.tell([conversation.owner], verb="wrote", key=key, at=at, conversation=conversation)
    return message


def _stop_if_newer(conversation: Conversation, seen: int | None) -> None:
    if seen is None:
        return
    newer = conversation.messages.filter(direction=Direction.INBOUND, pk__gt=seen).last()
    if newer is not None:
        raise NewerMessageError(newer)


def _answered(conversation: Conversation, *, at: datetime) -> None:
    """Meet the promise of an answer."""
    for clock in _owed(conversation=conversation.pk):
        clock.conversation = conversation
        clock.meet(at=at)
    conversation.first_replied_at = conversation.first_replied_at or at
    conversation.last_message_at = at
    conversation.refresh_due("first_replied_at", "last_message_at")


@prepared(conversation=int)
def _owed(*, conversation: int) -> QuerySet[Clock]:
    """Ask for the promises that an answer keeps."""
    owed = Clock.objects.live().filter(conversation=conversation)
    return owed.exclude(metric=Metric.RESOLUTION).select_related("calendar")


def _promise_next(conversation: Conversation, *, at: datetime) -> None:
    """Start the promise of a next answer when none is waited for."""
    if conversation.is_spam or conversation.routed_at is None:
        return
    if not conversation.clocks.live().exclude(metric=Metric.RESOLUTION).exists():
        start_clock(conversation, Metric.NEXT_RESPONSE, at=at)
    conversation.refresh_due()


def _too_late(conversation: Conversation, at: datetime) -> bool:
    days = InboxSettings.objects.values_list("reopen_days", flat=True).first()
    limit = timedelta(days=DEFAULT_REOPEN_DAYS if days is None else days)
    return conversation.resolved_at is not None and at - conversation.resolved_at > limit


def _follow(
    conversation: Conversation, body: str, *, at: datetime, raw: RawInbound | None
) -> Message:
    same = {name: getattr(conversation, name) for name in SAME_SENDER}
    following = open_conversation(
        body,
        at=at,
        received_at=at,
        raw=raw,
        follows=conversation,
        channel=conversation.channel,
        subject=conversation.subject,
        **same,
    )
    conversation.record("followed", by=None, at=at, number=following.number)
    return following.messages.get()
