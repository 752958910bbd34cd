"""The sweep that sends what waits to be sent, in every district, however it was left behind."""

from districts.sweeping import districts_with, take_turns
from families.models import Delivery
from families.sending import BATCH, Now, send_due


def sweep_deliveries(*, now: Now) -> None:
    """Send every delivery that is due."""
    at = now()
    due = districts_with("find deliveries to send", lambda: Delivery.objects.due(at))
    take_turns(due, lambda: send_due(now=now) == BATCH)
