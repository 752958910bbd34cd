"""Taking back what one just did: the verb that leads to the state before it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from districts.models import Membership, Team
from inbox.answering import reopen
from inbox.clocks import rechoose
from inbox.merging import PartedError, part
from inbox.models import Conversation, Event, Topic
from inbox.moving import move, prioritise
from inbox.unspamming import unmark_spam

WITHIN = timedelta(minutes=10)


class TooLateError(Exception):
    """It cannot be taken back: too long ago, not one's own, or something came after it."""


def undo(conversation: Conversation, event: Event, *, by: Membership, at: datetime) -> None:
    """Lead a conversation back to before one's own latest act on it; raise TooLateError else."""
    back = BACK.get(event.verb)
    later = conversation.events.filter(verb=event.verb, pk__gt=event.pk)
    if conversation.merged_into_id and event.verb != "merged":
        raise TooLateError
    if back is None or event.by_id != by.pk or at - event.at > WITHIN or later.exists():
        raise TooLateError
    back(conversation, event, by, at)


def latest(conversation: Conversation, verb: str, *, by: Membership, at: datetime) -> Event | None:
    """Return the line that an act at this moment has written; None when it changed nothing."""
    return conversation.events.filter(verb=verb, by=by, at=at).order_by("-pk").first()


def parting_of(conversation: Conversation, *, by: Membership, at: datetime) -> Event | None:
    """Return the line of a merging that a member may still take back."""
    if conversation.merged_into_id is None:
        return None
    mine = conversation.events.filter(verb="merged", by=by, at__gte=at - WITHIN)
    return mine.order_by("-pk").first()


def _assigned(conversation: Conversation, event: Event, by: Membership, at: datetime) -> None:
    owner_id, team_id = event.detail.get("held", [None, None])
    conversation.assign(
        Membership.objects.active().filter(pk=owner_id).first(),
        team=Team.objects.filter(pk=team_id).first(),
        by=by,
        at=at,
    )
    rechoose(conversation, at=at)


def _moved(conversation: Conversation, event: Event, by: Membership, at: datetime) -> None:
    topic = Topic.objects.filter(pk=event.detail.get("before_id")).first()
    if topic is None:
        raise TooLateError
    given = latest(conversation, "assigned", by=by, at=event.at)
    move(conversation, topic, by=by, at=at)
    if given is not None:
        _assigned(conversation, given, by, at)


def _prioritised(conversation: Conversation, event: Event, by: Membership, at: datetime) -> None:
    prioritise(conversation, str(event.detail["before"]), by=by, at=at)


Back = Callable[[Conversation, Event, Membership, datetime], None]


def _merged(conversation: Conversation, event: Event, by: Membership, at: datetime) -> None:
    try:
        part(conversation, event, by=by, at=at)
    except PartedError as error:
        raise TooLateError from error


BACK: dict[str, Back] = {
    "merged": _merged,
    "assigned": _assigned,
    "moved": _moved,
    "prioritised": _prioritised,
    "pended": lambda conversation, _event, by, at: conversation.unpend(by=by, at=at),
    "snoozed": lambda conversation, _event, by, at: conversation.wake(by=by, at=at),
    "resolved": lambda conversation, _event, by, at: reopen(conversation, by=by, at=at),
    "marked_spam": lambda conversation, _event, by, at: unmark_spam(conversation, by=by, at=at),
}
