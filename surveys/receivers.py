"""News from below: a survey letter that could not be delivered."""

from typing import Any

from django.dispatch import receiver

from families.models import Delivery, DeliveryState
from families.signals import delivery_stuck
from surveys.letters import invitation_of
from surveys.models import Invitation, InvitationState


@receiver(delivery_stuck)
def mark_bounced(*, delivery: Delivery, **_kwargs: Any) -> None:
    """Show on the wave that a letter was given up; one whose end is unknown may have arrived."""
    invitation = invitation_of(delivery) if delivery.state == DeliveryState.FAILED else None
    if invitation is not None:
        sent = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.SENT)
        sent.update(state=InvitationState.BOUNCED)
