"""What workers do for families: send mail."""

from celery import shared_task
from django.utils import timezone

from families import sending, sweeping


@shared_task
def send(delivery_id: int) -> None:
    """Send one delivery."""
    sending.send(delivery_id, now=timezone.now)


@shared_task
def sweep_deliveries() -> None:
    """Send what is due in every district."""
    sweeping.sweep_deliveries(now=timezone.now)
