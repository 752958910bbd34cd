"""Telling staff, on the conversation, that what we wrote to a family did not arrive."""

from datetime import datetime

from families.models import Delivery
from inbox.letters import conversation_of
from inbox.models import Notification


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
        Notification.objects.get_or_create(
            key=f"undelivered:{delivery.pk}:{delivery.state}:{conversation.owner.pk}",
            defaults={
                "member": conversation.owner,
                "conversation": conversation,
                "verb": "undelivered",
                "detail": {"purpose": delivery.purpose, "number": conversation.number},
                "at": at,
            },
        )
