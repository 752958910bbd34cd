"""Telling staff, on the conversation, that what we wrote to a family did not arrive."""

from datetime import datetime

from families.models import Delivery
from inbox import notices
from inbox.letters import conversation_of


def tell(delivery: Delivery, *, at: datetime) -> None:
    """Write it on the timeline, and leave the owner a note; once for each delivery and state."""
    conversation = conversation_of(delivery)
    if conversation is None:
        return
    conversation.record(
        "undelivered",
        by=None,
        at=at,
        delivery=delivery.pk,
        purpose=delivery.purpose,
        state=delivery.state,
    )
    if conversation.owner is not None:
        notices.tell(
            [conversation.owner],
            verb="undelivered",
            key=f"undelivered:{delivery.pk}:{delivery.state}",
            at=at,
            conversation=conversation,
            purpose=delivery.purpose,
        )
