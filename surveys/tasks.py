"""What workers do for surveys: carry waves on, and count answers."""

from celery import shared_task
from django.utils import timezone

from surveys import carrying, sweeping, waving


@shared_task
def carry_on(wave_id: int) -> None:
    """Open a wave if it is time, and do what is due in it."""
    at = timezone.now()
    waving.open_due(at=at)
    carrying.take(wave_id, at=at)


@shared_task
def sweep_waves() -> None:
    """Open, carry on and close what is due in every district."""
    sweeping.sweep_waves(at=timezone.now())


@shared_task
def sweep_answers() -> None:
    """Open and count the answers that have become enough, in every district."""
    sweeping.sweep_answers(at=timezone.now())
