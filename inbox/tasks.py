"""What workers do for the inbox: parse, route, keep time."""

from celery import shared_task
from django.utils import timezone

from inbox import parsing, routing, sweeping


@shared_task
def parse(raw_id: int) -> None:
    """Parse one raw item."""
    parsing.take(raw_id, at=timezone.now())


@shared_task
def route(conversation_id: int) -> None:
    """Route one conversation."""
    routing.take(conversation_id, at=timezone.now())


@shared_task
def sweep_intake() -> None:
    """Parse and route what waits in every district."""
    sweeping.sweep_intake(at=timezone.now())


@shared_task
def sweep_clocks() -> None:
    """Announce what is due in every district."""
    sweeping.sweep_clocks(at=timezone.now())
