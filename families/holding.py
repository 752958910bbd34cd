"""What a person decides about stuck mail: send it again, regard it as arrived, or let it be."""

from datetime import datetime

from districts import audit
from districts.models import Membership
from districts.queue import enqueue
from families.models import Delivery, DeliveryState


def send_again(delivery: Delivery, *, by: Membership, at: datetime) -> None:
    """Queue a stuck delivery afresh, under the Message-ID it has."""
    changed = Delivery.objects.stuck().filter(pk=delivery.pk)
    if changed.update(state=DeliveryState.QUEUED, tries=0, next_try_at=at, error=""):
        audit.write("sent_again", delivery, by=by, at=at)
        enqueue("families.tasks.send", delivery.pk)


def regard_as_sent(delivery: Delivery, *, by: Membership, at: datetime) -> None:
    """Close a stuck delivery that the family says has arrived."""
    changed = Delivery.objects.stuck().filter(pk=delivery.pk)
    if changed.update(state=DeliveryState.SENT, sent_at=at, error=""):
        audit.write("regarded_as_sent", delivery, by=by, at=at)


def discard(delivery: Delivery, *, by: Membership, at: datetime) -> None:
    """Let a stuck delivery never leave."""
    changed = Delivery.objects.stuck().filter(pk=delivery.pk)
    if changed.update(state=DeliveryState.SUPPRESSED):
        audit.write("discarded", delivery, by=by, at=at)
