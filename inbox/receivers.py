"""News from the apps below: mail that did not leave."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from families.models import Delivery
from families.signals import delivery_stuck
from inbox import undelivered


@receiver(delivery_stuck)
def tell_staff(*, delivery: Delivery, at: datetime, **_kwargs: Any) -> None:
    """Show on the conversation that a letter of it is stuck."""
    undelivered.tell(delivery, at=at)
