"""Notes that name a colleague: ``@Tom May`` brings the conversation to Tom's notice."""

from datetime import datetime

from districts.models import Membership
from inbox import notices
from inbox.access import visible_to
from inbox.models import Conversation, Message


def note_and_mention(
    conversation: Conversation, body: str, *, by: Membership, at: datetime
) -> Message:
    """Write a note, and tell everybody it names who may see the conversation."""
    message = conversation.note(body, by=by, at=at)
    named = [
        member
        for member in _named(body)
        if member.pk != by.pk and visible_to(member).filter(pk=conversation.pk).exists()
    ]
    notices.tell(
        named,
        verb="mentioned",
        key=f"mention:{message.pk}",
        at=at,
        conversation=conversation,
        by=by.name,
    )
    return message


def _named(body: str) -> list[Membership]:
    if "@" not in body:
        return []
    plain = body.casefold()
    members = Membership.objects.active().with_places()
    return [member for member in members if f"@{member.name.casefold()}" in plain]
